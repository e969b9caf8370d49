"""The only door from an id in a request to a placement."""

from uuid import UUID

from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem
from jieqing.recovery.placements.engine import problems
from jieqing.recovery.placements.models import Placement


def placement_by_id(actor: Actor, placement_id: UUID) -> Placement | Problem:
    found = Placement.objects.select_related("creditor").filter(pk=placement_id, site_id=actor.own_site)
    return found.first() or Problem.of(problems.UNKNOWN)
