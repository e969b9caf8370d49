"""The only door from an id in a request to a message: whoever may see its case."""

from uuid import UUID

from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.recovery.cases.access import case_by_id
from jieqing.recovery.channels.models import Message
from jieqing.recovery.channels.problems import MESSAGE_UNKNOWN


def message_by_id(actor: Actor, message_id: UUID) -> Message | Problem:
    found = Message.objects.select_related("case").filter(pk=message_id, site_id=actor.own_site).first()
    if found is None or is_problem(case_by_id(actor, found.case_id)):
        return Problem.of(MESSAGE_UNKNOWN)
    return found
