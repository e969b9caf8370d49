"""Sending an e-mail: composed anew, scanned, permitted, the permit used and the letter queued, all in one transaction.

What the gate denies comes back as its refusal with every reason and the next time; it is evidence already. The job is a row of the
same transaction: nothing leaves before commit, and what was rolled back never leaves. The same form twice is one message.
"""

from collections.abc import Mapping
from hashlib import sha256
from uuid import UUID

from django.db import connection, transaction

from jieqing.claims.parties.engine.choices import Channel
from jieqing.claims.parties.selectors import contact_facts
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem, is_problem, unwrap
from jieqing.plumbing import sealing
from jieqing.plumbing.db.scopes import site_scope
from jieqing.plumbing.logs.jobs import deferring
from jieqing.recovery.cases.access import case_by_id
from jieqing.recovery.channels import problems
from jieqing.recovery.channels.engine.states import Step
from jieqing.recovery.channels.models import Message
from jieqing.recovery.channels.selectors import SEAL
from jieqing.recovery.channels.services.drafting import Draft, draft_email
from jieqing.recovery.channels.services.stepping import write_step
from jieqing.recovery.outreach.engine.contents import Content
from jieqing.recovery.outreach.engine.purposes import Purpose
from jieqing.recovery.outreach.engine.spoken import Wording
from jieqing.recovery.outreach.services import Refused, request_permit, use_permit
from jieqing.trust.compliance.engine.permits import Permit

DELIVER_TASK, QUEUE = "channels.deliver", "outreach"
KEY_CHARS_MAX = 64


def send_email(
    *,
    actor: Actor,
    case_id: UUID,
    point_id: UUID,
    script_id: UUID,
    purpose: Purpose,
    typed: Mapping[str, str],
    is_verified: bool,
    key: str,
) -> Message | Refused | Problem:
    """Send one e-mail; ``is_verified`` is the sender's word that who reads there was identified, and stands in evidence."""
    key = key[:KEY_CHARS_MAX]
    with site_scope(actor.own_site), transaction.atomic():
        _wait_for_the_same(actor.own_site, key)
        known = Message.objects.filter(key=key).first()
        if known is not None:
            return case_problem if is_problem(case_problem := case_by_id(actor, known.case_id)) else known
        draft = draft_email(actor=actor, case_id=case_id, script_id=script_id, purpose=purpose, typed=typed)
        if is_problem(draft):
            return draft
        if draft.scan.verdict == "block":
            return Problem.of(problems.WORDS_BLOCKED, words="、".join(_blocked(draft)))
        known_point = contact_facts(point_id, clock.now())
        if known_point is not None and not known_point.number_valid:
            return Problem.of(problems.ADDRESS_INVALID)
        permit = request_permit(
            actor=actor,
            case=case_id,
            point=point_id,
            channel=Channel.EMAIL,
            purpose=purpose,
            content=Content(identity_verified=is_verified),
            wording=Wording(script_id, draft.values),
        )
        if not isinstance(permit, Permit):
            return permit
        unwrap(use_permit(actor=actor, permit=permit, channel=Channel.EMAIL, point=point_id))
        message = _written(actor, case_id, point_id, purpose, key, draft, permit)
        # By name, not by import: the tasks import this module.
        deferring(DELIVER_TASK, queue=QUEUE).defer(site_id=str(actor.own_site), message_id=str(message.pk))
    return message


def _written(
    actor: Actor, case_id: UUID, point_id: UUID, purpose: Purpose, key: str, draft: Draft, permit: Permit
) -> Message:
    body, subject = draft.composed.body.encode(), draft.composed.subject.encode()
    message = Message(
        id=new_id(),
        site_id=actor.own_site,
        case=unwrap(case_by_id(actor, case_id)),
        point_id=point_id,
        key=key,
        permit_id=permit.id,
        permit_until=permit.expires_at,
        purpose=purpose.value,
        script_version_id=draft.script.version_id,
        subject_sealed=sealing.seal(SEAL, subject),
        body_sealed=sealing.seal(SEAL, body),
        body_digest=sha256(body).digest(),
        tells_debt=draft.script.tells_debt,
        remaining_minor=draft.amounts.remaining_minor,
        original_minor=draft.amounts.original_minor,
        currency=draft.amounts.currency,
        as_of=draft.amounts.as_of,
        by=actor.id,
        at=clock.now(),
        entry_id=permit.decision_id,
    )
    message.save(force_insert=True)
    told = {
        "permit": str(permit.id),
        "script_digest": draft.script.digest.hex(),
        "remaining_minor": message.remaining_minor,
        "original_minor": message.original_minor,
        "currency": message.currency,
        "as_of": message.as_of.isoformat(),
    }
    step = write_step(actor=actor, message=message, step=Step.ASKED, told=told)
    message.entry_id = step.entry_id
    message.save(update_fields=["entry_id"])
    return message


def _blocked(draft: Draft) -> list[str]:
    return sorted({draft.scan.words_of(one) for one in draft.scan.findings})


def _wait_for_the_same(site_id: UUID, key: str) -> None:
    """A second click waits here until the first has committed, and then finds its message."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"channels.send:{site_id}:{key}"]
        )
