"""What every verb about an enquiry does: write the step, and its evidence, in one transaction."""

from collections.abc import Mapping
from uuid import UUID

from jieqing.estate.reception.engine.enquiries import ENDINGS, State
from jieqing.estate.reception.models import ENDING_STATES, Enquiry, EnquiryStep
from jieqing.estate.reception.problems import ALREADY_ENDED
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor, ActorKind
from jieqing.kernel.outcomes import Problem
from jieqing.plumbing import sealing
from jieqing.trust.evidence import services as evidence

SEAL = "reception"


def lock_open(enquiry: Enquiry) -> Problem | None:
    """Hold the row until commit; a Problem when somebody ended it meanwhile."""
    Enquiry.objects.select_for_update().filter(pk=enquiry.pk).first()
    ended = EnquiryStep.objects.filter(enquiry=enquiry, state__in=ENDING_STATES).exists()
    return ALREADY_ENDED if ended else None


def write_step(
    *,
    actor: Actor,
    enquiry: Enquiry,
    state: State,
    by_name: str = "",
    text: str = "",
    notice_id: UUID | None = None,
    facts: Mapping[str, object] | None = None,
) -> EnquiryStep:
    """The step and its entry; the words go into evidence as a salted commitment only."""
    at = clock.now()
    told: dict[str, object] = {"reference": enquiry.reference, "state": state.value}
    if state in ENDINGS:
        told["is_in_time"] = at <= enquiry.due_at
    entry_id = evidence.record(
        actor=actor,
        action=f"estate.reception.enquiry_{state.value}",
        subject=subject_of(enquiry),
        facts={**told, **(facts or {})},
        personal={"text": text} if text else {},
    )
    step = EnquiryStep(
        site_id=enquiry.site_id,
        enquiry=enquiry,
        state=state.value,
        at=at,
        by_id=actor.id if actor.kind is ActorKind.PERSON else None,
        by_name=by_name[:80],
        text_sealed=seal(text) if text else None,
        notice_id=notice_id,
        entry_id=entry_id,
    )
    step.save(force_insert=True)
    return step


def subject_of(enquiry: Enquiry) -> str:
    return f"estate.reception.enquiry:{enquiry.pk}"


def seal(text: str) -> bytes:
    return sealing.seal(SEAL, text.encode())
