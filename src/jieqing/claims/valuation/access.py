"""The doors from an id in a request to a judgement or a limit. Another site's id and no id get the same answer."""

from uuid import UUID

from jieqing.claims.valuation.engine.decision_problems import DECISION_UNKNOWN
from jieqing.claims.valuation.engine.limit_problems import UNKNOWN
from jieqing.claims.valuation.models import CustomerLimit, Decision
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem


def decision_by_id(actor: Actor, decision_id: UUID) -> Decision | Problem:
    if actor.site_id is None:
        raise ValueError("a door of a site opens for an actor of a site")
    found = Decision.objects.filter(id=decision_id, site_id=actor.site_id).first()
    return found or Problem.of(DECISION_UNKNOWN)


def limit_by_id(actor: Actor, limit_id: UUID) -> CustomerLimit | Problem:
    if actor.site_id is None:
        raise ValueError("a door of a site opens for an actor of a site")
    found = CustomerLimit.objects.filter(id=limit_id, site_id=actor.site_id).first()
    return found or Problem.of(UNKNOWN)
