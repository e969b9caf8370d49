"""A second person's yes: asked for where a rule leaves a contact to one, answered by somebody else, used for one permit.

The request says exactly what would be done; the permit is asked for with the same words, and judged anew: an approval lifts
"approve first", never a denial. Whoever asked cannot answer; whoever answered must still hold the right when it is used.
"""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from jieqing.claims.parties.engine.choices import Channel
from jieqing.estate.accounts.access import colleague
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor, ActorKind
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.recovery.outreach import problems
from jieqing.recovery.outreach.access import approval_by_id
from jieqing.recovery.outreach.engine.approvals import HOLDS_FOR, WAITS_FOR, ApprovalState
from jieqing.recovery.outreach.engine.contact_verdict import ContactVerdict, told
from jieqing.recovery.outreach.engine.contents import Content
from jieqing.recovery.outreach.engine.purposes import Purpose
from jieqing.recovery.outreach.models import ApprovalAnswer, ApprovalRequest, ApprovalUse
from jieqing.recovery.outreach.selectors.approvals import state_of
from jieqing.recovery.outreach.services.requesting import Approved, request_permit, state_contact
from jieqing.recovery.outreach.sight import may_approve
from jieqing.trust.compliance import services as gate
from jieqing.trust.compliance.engine.permits import Permit
from jieqing.trust.compliance.engine.verdicts import ALLOW, DENY
from jieqing.trust.evidence import services as evidence

WORDS_MAX = 500


def ask_approval(
    *,
    actor: Actor,
    case: UUID,
    point: UUID,
    channel: Channel,
    purpose: Purpose,
    content: Content,
    why: str,
    companion: UUID | None = None,
) -> ApprovalRequest | Problem:
    """Put a contact before a second person. Refused where none is needed, and where the rules deny it anyway."""
    reason = why.strip()[:WORDS_MAX]
    if not reason:
        return Problem.of(problems.WHY_MISSING)
    with transaction.atomic():
        asked = state_contact(
            actor=actor,
            case=case,
            point=point,
            channel=channel,
            purpose=purpose,
            content=content,
            companion=companion,
        )
        if is_problem(asked):
            return asked
        (verdict,) = gate.preview([(asked.subject, asked.facts)], site_id=actor.own_site)
        now = clock.now()
        if verdict.verdict == ALLOW:
            return Problem.of(problems.NOTHING_TO_APPROVE)
        if verdict.verdict == DENY:
            lead = told(verdict, now)
            return Problem.of(problems.NOT_TO_APPROVE, why=lead.why[0], article=lead.article[0])
        if _waits_already(asked.case.id, point, channel, purpose, now):
            return Problem.of(problems.ASKED_ALREADY)
        row = ApprovalRequest(
            id=new_id(),
            site_id=actor.own_site,
            case=asked.case,
            point_id=point,
            channel=channel.value,
            purpose=purpose.value,
            content=asdict(content),
            companion_id=companion,
            rules=[one.rule.id for one in verdict.reasons],
            why=reason,
            asked_by=actor.id,
            asked_at=now,
            expires_at=now + WAITS_FOR,
        )
        row.entry_id = evidence.record(
            actor=actor,
            action="recovery.outreach.approval_asked",
            subject=f"recovery.outreach.approval:{row.pk}",
            facts={
                "point": str(point),
                "channel": row.channel,
                "purpose": row.purpose,
                "content": asked_content(row),
                "companion": str(companion) if companion else None,
                "rules": row.rules,
                "facts_digest": verdict.facts_digest,
                "pack_digest": verdict.pack_digest,
            },
            personal={"why": reason},
            chain=asked.case.id,
        )
        row.save(force_insert=True)
    return row


def answer_approval(
    *, actor: Actor, approval_id: UUID, is_approved: bool, reason: str
) -> ApprovalAnswer | Problem:
    """Say yes or no, once, with the reason; never to one's own request."""
    said = reason.strip()[:WORDS_MAX]
    if not said:
        return Problem.of(problems.WHY_MISSING)
    with transaction.atomic():
        row = approval_by_id(actor, approval_id)
        if is_problem(row):
            return row
        if actor.kind is not ActorKind.PERSON or row.asked_by == actor.id or not may_approve(actor):
            return Problem.of(problems.APPROVER_REFUSED)
        now = clock.now()
        if state_of(row, now) is not ApprovalState.WAITING:
            return Problem.of(problems.ANSWERED_ALREADY)
        answer = ApprovalAnswer(
            id=new_id(),
            site_id=row.site_id,
            request=row,
            is_approved=is_approved,
            reason=said,
            by=actor.id,
            at=now,
            valid_until=now + HOLDS_FOR if is_approved else now,
        )
        answer.entry_id = evidence.record(
            actor=actor,
            action="recovery.outreach.approval_answered",
            subject=f"recovery.outreach.approval:{row.pk}",
            facts={"is_approved": is_approved, "valid_until": answer.valid_until},
            personal={"reason": said},
            chain=row.case_id,
        )
        try:
            with transaction.atomic():
                answer.save(force_insert=True)
        except IntegrityError:
            # Two answered at once: the first stands, and this one leaves no evidence.
            transaction.set_rollback(True)
            return Problem.of(problems.ANSWERED_ALREADY)
    return answer


def permit_by_approval(*, actor: Actor, approval_id: UUID) -> Permit | gate.Refused | Problem:
    """Take the permit of an approval: the same contact, judged as things stand now. A refusal leaves the approval unused."""
    with transaction.atomic():
        _one_at_a_time(actor.own_site, approval_id)
        row = approval_by_id(actor, approval_id)
        if is_problem(row):
            return row
        if row.asked_by != actor.id:
            return Problem.of(problems.NOT_YOURS)
        if state_of(row, clock.now()) is not ApprovalState.APPROVED:
            return Problem.of(problems.NOT_APPROVED)
        approver = colleague(actor, row.answer.by)
        if is_problem(approver):
            return Problem.of(problems.APPROVER_REFUSED)
        found = request_permit(
            actor=actor,
            case=row.case_id,
            point=row.point_id,
            channel=Channel(row.channel),
            purpose=Purpose(row.purpose),
            content=Content(**row.content),
            approved=Approved(approver, row.answer.reason),
            companion=row.companion_id,
        )
        if isinstance(found, Permit):
            ApprovalUse.objects.create(
                id=new_id(),
                site_id=row.site_id,
                request=row,
                permit_id=found.id,
                decision_id=found.decision_id,
                at=found.issued_at,
            )
        return found


def preview_request(*, actor: Actor, row: ApprovalRequest) -> ContactVerdict | Problem:
    """What the gate would answer this person now to the words of a request. Holds no slot, leaves no entry."""
    asked = state_contact(
        actor=actor,
        case=row.case_id,
        point=row.point_id,
        channel=Channel(row.channel),
        purpose=Purpose(row.purpose),
        content=Content(**row.content),
        companion=row.companion_id,
    )
    if is_problem(asked):
        return asked
    (verdict,) = gate.preview([(asked.subject, asked.facts)], site_id=actor.own_site)
    return told(verdict, clock.now())


def _waits_already(case_id: UUID, point: UUID, channel: Channel, purpose: Purpose, now: datetime) -> bool:
    same = ApprovalRequest.objects.filter(
        case_id=case_id, point_id=point, channel=channel, purpose=purpose, expires_at__gt=now
    )
    return same.filter(answer__isnull=True).exists()


def _one_at_a_time(site_id: UUID, approval_id: UUID) -> None:
    """Two of the asker's own clicks at once lead to one permit: the second waits and finds the use."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
            [f"outreach.approval:{site_id}:{approval_id}"],
        )


def asked_content(row: ApprovalRequest) -> dict[str, object]:
    """What would be said, as far as it was told."""
    return {name: value for name, value in row.content.items() if value is not None}
