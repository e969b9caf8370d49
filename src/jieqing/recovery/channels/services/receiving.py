"""Taking in what comes back: matched by its thread, put on the case's timeline with its words sealed, read for what we owe the writer.

A wish to get no more mail takes effect at once, by the debtor's own words; everything else (a dispute, hardship, a complaint …)
becomes the case's next step for its owner today, because only a person can judge it. A bounce gives the slot back, and an
address that does not exist is marked invalid. Taken in twice, a message is one.
"""

from hashlib import sha256

from django.db import transaction

from jieqing.claims.parties import access as parties
from jieqing.claims.parties.engine.choices import Channel, ChoiceSource
from jieqing.claims.parties.services import mark_invalid, record_opt_out
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor, system_actor
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing import keys, sealing
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.cases.engine.codes import EventKind, NextAction
from jieqing.recovery.cases.selectors import working_day
from jieqing.recovery.cases.services import set_next_action
from jieqing.recovery.cases.services.timeline import write_event
from jieqing.recovery.channels.engine.incoming import Incoming, Kind, own_words, read_incoming
from jieqing.recovery.channels.engine.states import Step
from jieqing.recovery.channels.engine.threads import thread_of
from jieqing.recovery.channels.models import Message, MessageStep, Received
from jieqing.recovery.channels.problems import NOT_OURS
from jieqing.recovery.channels.selectors import SEAL, opened
from jieqing.recovery.channels.services.delivering import THREAD_KEY
from jieqing.recovery.channels.services.stepping import subject_of, write_step
from jieqing.trust.evidence import services as evidence
from jieqing.trust.wording.selectors import scan_incoming

OPT_OUT = "opt_out"
_STEPS = {Kind.REPLY: Step.REPLIED, Kind.BOUNCE: Step.BOUNCED, Kind.DELIVERED: Step.DELIVERED}
_NEXT = {"dispute": NextAction.ANSWER_DISPUTE, "complaint": NextAction.ANSWER_COMPLAINT}


def receive(raw: bytes) -> Received | Problem:
    """Take in one message as the mail server gave it; not ours is a Problem and leaves nothing."""
    incoming = read_incoming(raw)
    thread = thread_of(incoming.references, keys.seed(THREAD_KEY))
    if thread is None:
        return Problem.of(NOT_OURS)
    actor, digest = system_actor(thread.site_id, "channels"), sha256(raw).digest()
    with site_scope(thread.site_id), transaction.atomic():
        # Locked: a message that is polled twice at once is taken in by whoever comes first.
        message = (
            Message.objects.select_for_update(of=("self",))
            .select_related("case")
            .filter(pk=thread.message_id)
            .first()
        )
        if message is None:
            return Problem.of(NOT_OURS)
        known = Received.objects.filter(digest=digest).first()
        return known or _taken_in(actor, message, incoming, digest)


def _taken_in(actor: Actor, message: Message, incoming: Incoming, digest: bytes) -> Received:
    words = own_words(incoming.text, opened(message.body_sealed))
    found = scan_incoming(words).findings if incoming.kind is Kind.REPLY and words else ()
    categories = sorted({one.category for one in found})
    row = Received(
        id=new_id(),
        site_id=actor.own_site,
        message=message,
        kind=incoming.kind.value,
        text_sealed=sealing.seal(SEAL, words.encode()) if words else b"",
        digest=digest,
        categories=categories,
        status=incoming.status[:12],
        at=clock.now(),
    )
    told: dict[str, object] = {"kind": row.kind, "categories": categories, "status": row.status}
    row.entry_id = evidence.record(
        actor=actor,
        action="recovery.channels.received",
        subject=subject_of(message),
        facts={**told, "sha256": digest.hex()},
        personal={"text": words} if words else None,
        chain=message.case_id,
    )
    row.save(force_insert=True)
    step = _STEPS.get(incoming.kind)
    if step is not None:
        _say(actor, message, step, told)
        _follow(actor, message, incoming, categories)
    return row


def _say(actor: Actor, message: Message, step: Step, told: dict[str, object]) -> None:
    had = MessageStep.objects.filter(message=message, step=step.value).exists()
    if not had:
        write_step(actor=actor, message=message, step=step, told=told)
    elif step is Step.REPLIED:
        # The permit is settled; a further reply is a further line.
        write_event(
            actor=actor,
            case=message.case,
            kind=EventKind.MESSAGE_REPLIED,
            facts={"message": str(message.pk), **told},
        )


def _follow(actor: Actor, message: Message, incoming: Incoming, categories: list[str]) -> None:
    """What an answer demands: a stop at once, the rest from whoever has the case."""
    if incoming.kind is Kind.DELIVERED:
        return
    point = parties.point_by_id(actor, message.point_id)
    if not is_problem(point):
        if OPT_OUT in categories:
            record_opt_out(
                actor=actor,
                party=point.party,
                channel=Channel.EMAIL,
                source=ChoiceSource.WRITING,
                reason=f"邮件回复 {message.pk}",
            )
        if incoming.is_address_wrong:
            mark_invalid(actor=actor, point=point, reason=f"退信 {incoming.status}")
    action = next((_NEXT[one] for one in categories if one in _NEXT), NextAction.FOLLOW_UP)
    # A closed case has no next step; its timeline says what came.
    set_next_action(actor=actor, case=message.case, action=action.value, on=working_day())
