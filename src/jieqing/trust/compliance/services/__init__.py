"""Verbs of the gate: ask for a permit, use it, say what became of it. Only `recovery.outreach` calls them.

What a site tightens for itself is changed by `propose_overlay`, `adopt_overlay` and `withdraw_overlay`; the room's own pages
reach these at `services.overlays`, which leads to no permit.
"""

from jieqing.trust.compliance.services.minting import Approval, Refused, mint
from jieqing.trust.compliance.services.overlays import adopt_overlay, propose_overlay, withdraw_overlay
from jieqing.trust.compliance.services.previewing import preview
from jieqing.trust.compliance.services.using import give_back, redeem, settle

__all__ = [
    "Approval",
    "Refused",
    "adopt_overlay",
    "give_back",
    "mint",
    "preview",
    "propose_overlay",
    "redeem",
    "settle",
    "withdraw_overlay",
]
