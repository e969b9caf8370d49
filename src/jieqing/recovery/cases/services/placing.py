"""The seam to placements and the legality check: no placement in force, no case."""

from collections.abc import Collection, Sequence
from uuid import UUID

from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.recovery.cases import problems
from jieqing.recovery.intake.services import may_open
from jieqing.recovery.placements.selectors import active_placements_of
from jieqing.recovery.placements.services import ensure_standing_placement, placements_for

CHUNK = 20_000


def placement_of(*, actor: Actor, item_ids: Collection[UUID]) -> UUID | Problem:
    """The one placement that a new case on these items rests on, or why there is none."""
    found = placements_for(actor=actor, item_ids=item_ids)
    if is_problem(found):
        return found
    placements = set(found.values())
    return placements.pop() if len(placements) == 1 else Problem.of(problems.MIXED_PLACEMENTS)


def placements_of_many(*, actor: Actor, item_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """The placement in force for each of many items; those without one are missing."""
    ensure_standing_placement(actor=actor)
    found: dict[UUID, UUID] = {}
    for start in range(0, len(item_ids), CHUNK):
        found |= active_placements_of(item_ids[start : start + CHUNK])
    return found


def refusal_of(*, actor: Actor, item_ids: Collection[UUID]) -> Problem | None:
    """Why the legality check keeps a case from opening on these items, or None."""
    return may_open(actor=actor, item_ids=item_ids).problem


def refused_items(*, actor: Actor, item_ids: Sequence[UUID]) -> set[UUID]:
    """Those of many items on which no case may open: refused, or waiting for a lawyer's decision."""
    opens: set[UUID] = set()
    for start in range(0, len(item_ids), CHUNK):
        opens |= set(may_open(actor=actor, item_ids=item_ids[start : start + CHUNK]).opens)
    return set(item_ids) - opens
