"""News of valuation: ids only."""

from dataclasses import dataclass
from uuid import UUID

from jieqing.plumbing.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DebtorsMarked(Event):
    """A mark that a rating reads (an open dispute) began or ended for these debtors."""

    party_ids: tuple[UUID, ...]
