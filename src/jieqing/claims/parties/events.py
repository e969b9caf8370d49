"""News of parties: ids only."""

from dataclasses import dataclass
from uuid import UUID

from jieqing.plumbing.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DebtorStandingChanged(Event):
    """Something that holds for these parties (hardship, insolvency …) began or ended."""

    party_ids: tuple[UUID, ...]
