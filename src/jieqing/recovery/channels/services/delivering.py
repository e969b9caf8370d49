"""The worker's part: claim a message, look once more, hand it to the mail server, say what the server said.

Claiming is a row that only one worker can write, committed before anything leaves: a message leaves at most once. A worker that
dies after claiming leaves its message claimed, which ``find_stuck`` calls uncertain; nobody sends it again. A message whose
permit has run out while no worker ran is not sent late: at night it would be a contact that nothing permits.
"""

from datetime import timedelta
from email.message import EmailMessage
from uuid import UUID

from django.db import IntegrityError, transaction

from jieqing.claims.parties import access as parties
from jieqing.claims.parties.engine.choices import Channel
from jieqing.claims.parties.engine.purposes import RevealPurpose
from jieqing.claims.parties.services import reveal_point
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor, system_actor
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing import keys
from jieqing.plumbing.db.scopes import site_scope
from jieqing.plumbing.transports import smtp
from jieqing.recovery.channels.engine.states import Step, Why
from jieqing.recovery.channels.engine.threads import Thread, message_header
from jieqing.recovery.channels.models import Message
from jieqing.recovery.channels.selectors import opened
from jieqing.recovery.channels.services.drafting import amounts_of
from jieqing.recovery.channels.services.stepping import write_step
from jieqing.recovery.outreach.engine.purposes import Purpose
from jieqing.recovery.outreach.services import still_stands

THREAD_KEY = "channels.threads"
# Longer than the transport waits for any answer.
STUCK_AFTER = timedelta(minutes=10)
_STEPS: dict[smtp.Answer, tuple[Step, Why | None]] = {
    smtp.Answer.ACCEPTED: (Step.SENT, None),
    smtp.Answer.LATER: (Step.NOT_SENT, Why.SERVER_BUSY),
    smtp.Answer.REFUSED: (Step.NOT_SENT, Why.SERVER_REFUSED),
    smtp.Answer.UNCERTAIN: (Step.UNCERTAIN, None),
}


def deliver(site_id: UUID, message_id: UUID) -> Step | None:
    """Send one message that waits; None when somebody else has it or it is not there."""
    actor = system_actor(site_id, "channels")
    transport = smtp.configured()
    with site_scope(site_id):
        message = Message.objects.select_related("case").filter(pk=message_id).first()
        if message is None or not _claimed(actor, message):
            return None
    # Claimed and committed. What was asked two minutes ago is looked at once more.
    with site_scope(site_id), transaction.atomic():
        why, address = _last_look(actor, message, transport)
        if why is not None:
            write_step(actor=actor, message=message, step=Step.NOT_SENT, why=why)
            return Step.NOT_SENT
    assert transport is not None
    outcome = transport.hand_over(_email(message, transport.sender), address)
    step, why = _STEPS[outcome.answer]
    with site_scope(site_id), transaction.atomic():
        write_step(actor=actor, message=message, step=step, why=why, reply_code=outcome.reply_code)
    return step


def find_stuck(site_id: UUID) -> int:
    """Messages that a worker claimed and never spoke of again: whether they left is unknown."""
    actor, before = system_actor(site_id, "channels"), clock.now() - STUCK_AFTER
    with site_scope(site_id), transaction.atomic():
        rows = [
            message
            for message in Message.objects.filter(steps__step=Step.CLAIMED.value, steps__at__lt=before)
            .select_related("case")
            .prefetch_related("steps")
            if {step.step for step in message.steps.all()} == {Step.ASKED.value, Step.CLAIMED.value}
        ]
        for message in rows:
            write_step(actor=actor, message=message, step=Step.UNCERTAIN)
    return len(rows)


def _claimed(actor: Actor, message: Message) -> bool:
    try:
        with transaction.atomic():
            write_step(actor=actor, message=message, step=Step.CLAIMED)
    except IntegrityError:
        return False
    return True


def _last_look(
    actor: Actor, message: Message, transport: smtp.SmtpTransport | None
) -> tuple[Why | None, str]:
    """Why it must not leave after all, or where it goes."""
    if transport is None:
        return Why.NO_SERVER, ""
    if message.permit_until <= clock.now():
        return Why.LATE, ""
    if not still_stands(
        actor=actor,
        permit_id=message.permit_id,
        case=message.case_id,
        point=message.point_id,
        channel=Channel.EMAIL,
        purpose=Purpose(message.purpose),
    ):
        return Why.STANDING, ""
    if message.tells_debt and amounts_of(message.case)[0].remaining_minor != message.remaining_minor:
        return Why.BALANCE, ""
    point = parties.point_by_id(actor, message.point_id)
    address = (
        point
        if is_problem(point)
        else reveal_point(actor=actor, point=point, purpose=RevealPurpose.PERMITTED_CONTACT)
    )
    return (Why.ADDRESS, "") if is_problem(address) else (None, address)


def _email(message: Message, sender: str) -> EmailMessage:
    email = EmailMessage()
    email["Subject"] = opened(message.subject_sealed)
    thread = Thread(message.site_id, message.pk)
    email["Message-ID"] = message_header(thread, sender.rpartition("@")[2].rstrip(">"), keys.seed(THREAD_KEY))
    email["Date"] = clock.now()
    # Base64: no line of ours is too long for a server, and none is rewritten on the way.
    email.set_content(opened(message.body_sealed), cte="base64")
    return email
