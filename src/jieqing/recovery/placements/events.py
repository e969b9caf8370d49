"""What others may hear of placements: ids only."""

from dataclasses import dataclass
from uuid import UUID

from jieqing.plumbing.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementActivated(Event):
    """A placement began; ``covers_all`` means every item without a placement of its own, and then no items are listed."""

    placement_id: UUID
    item_ids: tuple[UUID, ...]
    covers_all: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementRecalled(Event):
    """The creditor took debts back: contact stops in this very transaction.

    ``is_whole`` is False when only some items left; with ``covers_all`` no items are listed and every case of the placement
    is meant.
    """

    placement_id: UUID
    item_ids: tuple[UUID, ...]
    covers_all: bool
    is_whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementEnded(Event):
    """The agreed term ran out; for cases the same as a recall."""

    placement_id: UUID
    item_ids: tuple[UUID, ...]
    covers_all: bool
    is_whole: bool = True
