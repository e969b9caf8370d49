"""A person says what became of a message of which the machine does not know whether it left; until then nobody is contacted."""

from uuid import UUID

from django.db import transaction

from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.channels import problems
from jieqing.recovery.channels.access import message_by_id
from jieqing.recovery.channels.engine.states import Step, Why, state_of
from jieqing.recovery.channels.models import MessageStep
from jieqing.recovery.channels.selectors import steps_of
from jieqing.recovery.channels.services.stepping import write_step

REASON_CHARS_MAX = 500


def resolve(*, actor: Actor, message_id: UUID, has_arrived: bool, reason: str) -> MessageStep | Problem:
    """Say that an uncertain message arrived or never left, and how that was found out."""
    said = reason.strip()[:REASON_CHARS_MAX]
    if not said:
        return Problem.of(problems.REASON_MISSING)
    with site_scope(actor.own_site), transaction.atomic():
        message = message_by_id(actor, message_id)
        if is_problem(message):
            return message
        type(message).objects.select_for_update(of=("self",)).get(pk=message.pk)
        if state_of(step.step for step in steps_of(message)) is not Step.UNCERTAIN:
            return Problem.of(problems.NOT_UNCERTAIN)
        return write_step(
            actor=actor,
            message=message,
            step=Step.DELIVERED if has_arrived else Step.NOT_SENT,
            why=None if has_arrived else Why.PERSON,
            reason=said,
        )
