"""One step of a message: its row, its evidence, the permit's outcome and the case's timeline, in the caller's transaction."""

from typing import Any

from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import unwrap
from jieqing.recovery.cases.engine.codes import EventKind
from jieqing.recovery.cases.services.timeline import write_event
from jieqing.recovery.channels.engine.states import OUTCOMES, Step, Why
from jieqing.recovery.channels.models import Message, MessageStep
from jieqing.recovery.outreach.services import settle_contact
from jieqing.trust.evidence import services as evidence

ON_THE_TIMELINE: dict[Step, EventKind] = {
    Step.SENT: EventKind.MESSAGE_SENT,
    Step.NOT_SENT: EventKind.MESSAGE_NOT_SENT,
    Step.UNCERTAIN: EventKind.MESSAGE_UNCERTAIN,
    Step.DELIVERED: EventKind.MESSAGE_DELIVERED,
    Step.BOUNCED: EventKind.MESSAGE_BOUNCED,
    Step.REPLIED: EventKind.MESSAGE_REPLIED,
}


def subject_of(message: Message) -> str:
    return f"recovery.channels.message:{message.pk}"


def write_step(
    *,
    actor: Actor,
    message: Message,
    step: Step,
    why: Why | None = None,
    reply_code: int | None = None,
    reason: str = "",
    told: dict[str, Any] | None = None,
) -> MessageStep:
    """Write a step. Errors: IntegrityError when this message has had it (two workers, one message)."""
    facts = {"why": why.value if why else None, "reply_code": reply_code, **(told or {})}
    row = MessageStep(
        id=new_id(),
        site_id=actor.own_site,
        message=message,
        step=step.value,
        why=why.value if why else "",
        reply_code=reply_code,
        reason=reason,
        by=actor.id,
        at=clock.now(),
    )
    row.entry_id = evidence.record(
        actor=actor,
        action=f"recovery.channels.{step.value}",
        subject=subject_of(message),
        facts=facts,
        personal={"reason": reason} if reason else None,
        chain=message.case_id,
    )
    row.save(force_insert=True)
    if step in OUTCOMES:
        unwrap(settle_contact(actor=actor, permit_id=message.permit_id, outcome=OUTCOMES[step]))
    if step in ON_THE_TIMELINE:
        write_event(
            actor=actor,
            case=message.case,
            kind=ON_THE_TIMELINE[step],
            facts={"message": str(message.pk), **({"why": why.value} if why else {}), **(told or {})},
        )
    return row
