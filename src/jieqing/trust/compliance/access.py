"""The only door from an id in a request to a site's overlay."""

from uuid import UUID

from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem, ProblemKind
from jieqing.trust.compliance.models import Overlay


def overlay_by_id(actor: Actor, overlay_id: UUID) -> Overlay | Problem:
    """An overlay of the actor's site, in whatever state."""
    rows = Overlay.objects.filter(pk=overlay_id, site_id=actor.own_site)
    return rows.prefetch_related("steps").first() or Problem.of(UNKNOWN_OVERLAY)


UNKNOWN_OVERLAY = ProblemKind(
    "gate.no_overlay",
    "没有这份附加规则。",
    "There is no such overlay.",
    "请回到列表重新选择。",
    "Go back to the list and choose again.",
)
