"""Complaints: always taken, on a closed case too; a hold until answered; answered in time by somebody without a part in it."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.plumbing.events import publish
from jieqing.recovery.cases import problems
from jieqing.recovery.cases.engine.codes import CaseState, EventKind, HoldKind, HoldSource, NextAction
from jieqing.recovery.cases.engine.complaints import ComplaintKind, ComplaintOutcome, due_on, may_extend
from jieqing.recovery.cases.events import ComplaintFiled
from jieqing.recovery.cases.models import Case, Complaint, Hold
from jieqing.recovery.cases.selectors.days import working_day
from jieqing.recovery.cases.services.guards import (
    code_of,
    first_problem,
    held,
    not_to_come,
    reason_problem,
    text_problem,
)
from jieqing.recovery.cases.services.holding import end_hold, write_hold
from jieqing.recovery.cases.services.opening import lock_openings
from jieqing.recovery.cases.services.queue import refresh
from jieqing.recovery.cases.services.timeline import write_event


def file_complaint(
    *,
    actor: Actor,
    case: Case,
    kind: str,
    text: str,
    filed_on: date | None = None,
    about_id: UUID | None = None,
) -> Complaint | Problem:
    """Take a complaint; work on the case rests until it is answered. Nobody may refuse to take one."""
    wanted = code_of(ComplaintKind, kind)
    with site_scope(actor.own_site), transaction.atomic():
        lock_openings(actor)
        found, today = held(case), working_day()
        filed = filed_on or today
        problem = first_problem([found, wanted, text_problem(text), not_to_come(filed, today)])
        if problem or is_problem(found) or is_problem(wanted):
            return problem or problems.UNKNOWN
        last = Complaint.objects.aggregate(last=Max("number"))["last"] or 0
        complaint = Complaint(
            id=new_id(),
            site_id=found.site_id,
            case=found,
            number=last + 1,
            kind=wanted.value,
            about_id=about_id,
            text=text.strip(),
            filed_on=filed,
            due_on=due_on(wanted, filed),
            filed_at=clock.now(),
            filed_by=actor.id,
        )
        _write_complaint(actor, found, complaint)
        refresh(actor=actor, case_ids=[found.id])
    return complaint


def extend_complaint(*, actor: Actor, complaint: Complaint, reason: str) -> Complaint | Problem:
    """Take the longer term that the law allows for this kind, with a reason."""
    with site_scope(actor.own_site), transaction.atomic():
        found, row = held(complaint.case), Complaint.objects.select_for_update().get(id=complaint.id)
        problem = first_problem([found, reason_problem(reason)])
        if problem or is_problem(found):
            return problem or problems.UNKNOWN
        if row.answered_at is not None:
            return Problem.of(problems.ALREADY_ENDED)
        kind = ComplaintKind(row.kind)
        if not may_extend(kind, row.extensions):
            return Problem.of(problems.NO_EXTENSION, due=row.due_on.isoformat())
        row.extensions += 1
        row.due_on = due_on(kind, row.filed_on, row.extensions)
        row.save(update_fields=["extensions", "due_on"])
        facts = {"complaint": str(row.id), "due_on": row.due_on.isoformat(), "extensions": row.extensions}
        write_event(
            actor=actor, case=found, kind=EventKind.COMPLAINT_EXTENDED, facts=facts, text=reason.strip()
        )
    return row


def answer_complaint(*, actor: Actor, complaint: Complaint, outcome: str, answer: str) -> Complaint | Problem:
    """Answer a complaint; its hold ends. Not by whoever is in charge of the case or is complained about."""
    wanted = code_of(ComplaintOutcome, outcome)
    with site_scope(actor.own_site), transaction.atomic():
        found, row = held(complaint.case), Complaint.objects.select_for_update().get(id=complaint.id)
        problem = first_problem([found, wanted, text_problem(answer)])
        if problem or is_problem(found) or is_problem(wanted):
            return problem or problems.UNKNOWN
        if row.answered_at is not None:
            return Problem.of(problems.ALREADY_ENDED)
        if actor.id in (found.owner_id, row.about_id):
            return Problem.of(problems.OWN_COMPLAINT)
        today = working_day()
        row.answered_at, row.answered_on, row.answered_by = clock.now(), today, actor.id
        row.outcome, row.answer = wanted.value, answer.strip()
        facts = {
            "complaint": str(row.id),
            "outcome": wanted.value,
            "on": today.isoformat(),
            "is_in_time": today <= row.due_on,
        }
        event = write_event(
            actor=actor, case=found, kind=EventKind.COMPLAINT_ANSWERED, facts=facts, text=row.answer
        )
        row.end_entry_id = event.entry_id
        row.save(
            update_fields=[
                "answered_at",
                "answered_on",
                "answered_by",
                "outcome",
                "answer",
                "end_entry_id",
            ]
        )
        _go_on(actor, found, row)
    return row


def _write_complaint(actor: Actor, case: Case, complaint: Complaint) -> None:
    facts = {
        "complaint": str(complaint.id),
        "number": complaint.number,
        "kind": complaint.kind,
        "filed_on": complaint.filed_on.isoformat(),
        "due_on": complaint.due_on.isoformat(),
        "about": str(complaint.about_id) if complaint.about_id else None,
    }
    event = write_event(
        actor=actor, case=case, kind=EventKind.COMPLAINT_FILED, facts=facts, text=complaint.text
    )
    complaint.entry_id = event.entry_id
    complaint.save(force_insert=True)
    if case.state == CaseState.OPEN:
        write_hold(
            actor=actor,
            case=case,
            kind=HoldKind.COMPLAINT,
            source=HoldSource.COMPLAINT,
            from_on=complaint.filed_on,
            reason=complaint.text[:400],
            complaint=complaint,
        )
        case.next_action, case.next_action_on = NextAction.ANSWER_COMPLAINT.value, complaint.due_on
        case.save(update_fields=["next_action", "next_action_on"])
    publish(
        ComplaintFiled(
            site_id=case.site_id,
            case_id=case.id,
            complaint_id=complaint.id,
            kind=complaint.kind,
            due_on=complaint.due_on,
        )
    )


def _go_on(actor: Actor, case: Case, complaint: Complaint) -> None:
    if case.state != CaseState.OPEN:
        return
    for hold in Hold.objects.filter(complaint=complaint, released_at=None):
        end_hold(actor=actor, case=case, hold=hold, reason=complaint.answer)
    case.next_action, case.next_action_on = NextAction.FOLLOW_UP.value, working_day()
    case.save(update_fields=["next_action", "next_action_on"])
    refresh(actor=actor, case_ids=[case.id])
