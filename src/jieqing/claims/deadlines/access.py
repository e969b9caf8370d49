"""The doors from an id in a request to a watched term or a recorded act."""

from uuid import UUID

from jieqing.claims.deadlines.engine.watched import UNKNOWN
from jieqing.claims.deadlines.models import LimitationAct, Watch
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem


def watch_by_id(actor: Actor, watch_id: UUID) -> Watch | Problem:
    return Watch.objects.filter(id=watch_id, site_id=actor.own_site).first() or Problem.of(UNKNOWN)


def limitation_act_by_id(actor: Actor, limitation_act_id: UUID) -> LimitationAct | Problem:
    found = LimitationAct.objects.filter(id=limitation_act_id, site_id=actor.own_site).first()
    return found or Problem.of(UNKNOWN)
