"""Verbs on placements."""

from jieqing.recovery.placements.services.opening import (
    AGREEMENT_BYTES_MAX,
    AGREEMENT_MB_MAX,
    decline_placement,
    open_placement,
    sign_placement,
)
from jieqing.recovery.placements.services.standing import ensure_standing_placement, placements_for
from jieqing.recovery.placements.services.starting import activate_placement, decide_conflicts
from jieqing.recovery.placements.services.stopping import (
    end_due_placements,
    recall_placement,
    withdraw_items,
)

__all__ = [
    "AGREEMENT_BYTES_MAX",
    "AGREEMENT_MB_MAX",
    "activate_placement",
    "decide_conflicts",
    "decline_placement",
    "end_due_placements",
    "ensure_standing_placement",
    "open_placement",
    "placements_for",
    "recall_placement",
    "sign_placement",
    "withdraw_items",
]
