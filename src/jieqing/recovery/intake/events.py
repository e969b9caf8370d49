"""News of the legality check: ids only."""

from dataclasses import dataclass
from uuid import UUID

from jieqing.plumbing.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalityTurned(Event):
    """A check made again changed what may be done: debts that are refused now, and those that no longer are."""

    refused: tuple[UUID, ...]
    cleared: tuple[UUID, ...]
