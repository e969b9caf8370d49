"""Requests for approval as they stand: those that wait first, then the newest."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Case, IntegerField, QuerySet, Value, When

from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.recovery.outreach.engine.approvals import ApprovalState, approval_state
from jieqing.recovery.outreach.models import ApprovalRequest
from jieqing.recovery.outreach.sight import approvals_of

PAGE_ROWS = 50


@dataclass(frozen=True, slots=True)
class ApprovalsPage:
    rows: tuple[ApprovalRequest, ...]
    total: int


def state_of(row: ApprovalRequest, now: datetime) -> ApprovalState:
    """What a request is at a moment."""
    answer = getattr(row, "answer", None)
    return approval_state(
        now,
        expires_at=row.expires_at,
        is_approved=answer.is_approved if answer else None,
        valid_until=answer.valid_until if answer else None,
        is_used=getattr(row, "use", None) is not None,
    )


def approvals_page(
    actor: Actor, *, state: str = "", offset: int = 0, limit: int = PAGE_ROWS
) -> ApprovalsPage:
    """Those the actor may see; `waiting` and `approved` narrow to what can still be acted on."""
    rows = _in_state(approvals_of(actor), state, clock.now())
    return ApprovalsPage(tuple(rows[offset : offset + limit]), rows.count())


def waiting_for(actor: Actor, limit: int) -> list[ApprovalRequest]:
    """What this person could answer now: others' requests that wait."""
    rows = _in_state(approvals_of(actor), "waiting", clock.now()).exclude(asked_by=actor.id)
    return list(rows[:limit])


def approved_for(actor: Actor, limit: int) -> list[ApprovalRequest]:
    """Own requests that were approved and not used yet."""
    return list(_in_state(approvals_of(actor), "approved", clock.now()).filter(asked_by=actor.id)[:limit])


def approvals_of_case(actor: Actor, case_id: UUID) -> list[ApprovalRequest]:
    return list(approvals_of(actor).filter(case_id=case_id).order_by("-asked_at", "-id")[:PAGE_ROWS])


def _in_state(rows: QuerySet[ApprovalRequest], state: str, now: datetime) -> QuerySet[ApprovalRequest]:
    waits = {"answer__isnull": True, "expires_at__gt": now}
    if state == ApprovalState.WAITING:
        rows = rows.filter(**waits)
    elif state == ApprovalState.APPROVED:
        rows = rows.filter(answer__is_approved=True, answer__valid_until__gt=now, use__isnull=True)
    place = Case(When(**waits, then=Value(0)), default=Value(1), output_field=IntegerField())
    return rows.order_by(place, "-asked_at", "-id")
