"""Verbs of the gate: ask for a permit, use it, say what became of it. Only `recovery.outreach` calls them."""

from jieqing.trust.compliance.services.minting import Approval, Refused, mint
from jieqing.trust.compliance.services.previewing import preview
from jieqing.trust.compliance.services.using import give_back, redeem, settle

__all__ = ["Approval", "Refused", "give_back", "mint", "preview", "redeem", "settle"]
