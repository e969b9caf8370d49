"""Who would do it: one person, or two for a visit. What both hold counts; what only one of them holds does not."""

from uuid import UUID

from jieqing.claims.parties.engine.choices import Channel
from jieqing.estate.accounts.access import check, colleague
from jieqing.kernel.actor import Actor, ActorKind
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.recovery.cases.selectors.staff import Worker, workers
from jieqing.recovery.outreach.engine.gate_facts import Staff
from jieqing.recovery.outreach.problems import COMPANION_REFUSED
from jieqing.recovery.outreach.selectors.gathering import staff_of

WORKS = "cases.work"


def colleagues() -> list[Worker]:
    """Everybody on the active site who may work on cases, by name."""
    return workers()


def staff_for(actor: Actor, channel: Channel, companion: UUID | None) -> Staff | Problem:
    """The facts about staff. A companion is a colleague who may work on cases; their clearances are read for today."""
    if companion is None:
        return staff_of(actor)
    if channel is not Channel.VISIT or companion == actor.id or actor.kind is not ActorKind.PERSON:
        return Problem.of(COMPANION_REFUSED)
    found = colleague(actor, companion)
    if is_problem(found) or check(found, WORKS) is not None:
        return Problem.of(COMPANION_REFUSED)
    return Staff(actor.clearances & found.clearances, 2)
