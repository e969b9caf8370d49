"""Reads of placements."""

from jieqing.recovery.placements.selectors.conflicts import (
    ConflictHit,
    conflicts_of,
    digest_of,
    newest_check,
)
from jieqing.recovery.placements.selectors.listing import (
    PlacementFilter,
    PlacementPage,
    counts_by_state,
    placement_page,
    placements_page,
    told_placement,
)
from jieqing.recovery.placements.selectors.reading import (
    STATE_NAMES,
    PlacementFacts,
    active_placements_of,
    enquiries_of,
    facts_of,
    in_force_on,
    is_in_force,
    item_ids_of,
    placement_facts,
    placements_of_enquiry,
    standing_placement,
)

__all__ = [
    "STATE_NAMES",
    "ConflictHit",
    "PlacementFacts",
    "PlacementFilter",
    "PlacementPage",
    "active_placements_of",
    "conflicts_of",
    "counts_by_state",
    "digest_of",
    "enquiries_of",
    "facts_of",
    "in_force_on",
    "is_in_force",
    "item_ids_of",
    "newest_check",
    "placement_facts",
    "placement_page",
    "placements_of_enquiry",
    "placements_page",
    "standing_placement",
    "told_placement",
]
