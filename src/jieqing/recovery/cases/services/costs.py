"""What a case costs: minutes of work and money laid out, as rows that are only added to.

A wrong row is corrected by one with the other sign that names it, so that sums are right and nothing disappears. On closed
cases too: bills come late.
"""

from datetime import date

from django.db import transaction

from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.cases import problems
from jieqing.recovery.cases.engine.codes import Activity, EventKind, OutlayKind
from jieqing.recovery.cases.models import Case, Effort, Outlay
from jieqing.recovery.cases.selectors.days import working_day
from jieqing.recovery.cases.services.guards import (
    code_of,
    first_problem,
    held,
    not_to_come,
    reason_problem,
)
from jieqing.recovery.cases.services.queue import refresh
from jieqing.recovery.cases.services.timeline import write_event

MINUTES_MAX = 24 * 60


def record_effort(
    *,
    actor: Actor,
    case: Case,
    minutes: int,
    activity: str,
    on: date | None = None,
    note: str = "",
) -> Effort | Problem:
    """Enter minutes of work."""
    wanted = code_of(Activity, activity)
    with site_scope(actor.own_site), transaction.atomic():
        found, today = held(case), working_day()
        day = on or today
        problem = first_problem([found, wanted, not_to_come(day, today)])
        if problem or is_problem(found) or is_problem(wanted):
            return problem or problems.UNKNOWN
        if not 1 <= minutes <= MINUTES_MAX:
            return Problem.of(problems.MINUTES, most=MINUTES_MAX)
        return _add_effort(actor, found, minutes, wanted, day, note.strip()[:400], None)


def correct_effort(*, actor: Actor, effort: Effort, reason: str) -> Effort | Problem:
    """Take an entry out of the sum by a row that names it."""
    with site_scope(actor.own_site), transaction.atomic():
        found = held(effort.case)
        problem = first_problem([found, reason_problem(reason)])
        if problem or is_problem(found):
            return problem or problems.UNKNOWN
        if effort.corrects_id or Effort.objects.filter(corrects=effort).exists():
            return Problem.of(problems.CORRECTED_ALREADY)
        activity = Activity(effort.activity)
        return _add_effort(actor, found, -effort.minutes, activity, effort.on, reason.strip(), effort)


def record_outlay(
    *,
    actor: Actor,
    case: Case,
    amount_minor: int,
    kind: str,
    on: date | None = None,
    note: str = "",
    reference: str = "",
) -> Outlay | Problem:
    """Enter money laid out, in the currency of the case."""
    wanted = code_of(OutlayKind, kind)
    with site_scope(actor.own_site), transaction.atomic():
        found, today = held(case), working_day()
        day = on or today
        problem = first_problem([found, wanted, not_to_come(day, today)])
        if problem or is_problem(found) or is_problem(wanted):
            return problem or problems.UNKNOWN
        if not 0 < amount_minor <= 10**15:
            return Problem.of(problems.AMOUNT)
        texts = (note.strip()[:400], reference.strip()[:80])
        return _add_outlay(actor, found, amount_minor, wanted, day, texts, None)


def correct_outlay(*, actor: Actor, outlay: Outlay, reason: str) -> Outlay | Problem:
    """Take an entry out of the sum by a row that names it."""
    with site_scope(actor.own_site), transaction.atomic():
        found = held(outlay.case)
        problem = first_problem([found, reason_problem(reason)])
        if problem or is_problem(found):
            return problem or problems.UNKNOWN
        if outlay.corrects_id or Outlay.objects.filter(corrects=outlay).exists():
            return Problem.of(problems.CORRECTED_ALREADY)
        texts = (reason.strip(), outlay.reference)
        return _add_outlay(
            actor, found, -outlay.amount_minor, OutlayKind(outlay.kind), outlay.on, texts, outlay
        )


def _add_effort(
    actor: Actor, case: Case, minutes: int, activity: Activity, on: date, note: str, corrects: Effort | None
) -> Effort:
    row = Effort(
        id=new_id(),
        site_id=case.site_id,
        case=case,
        minutes=minutes,
        activity=activity.value,
        on=on,
        note=note,
        corrects=corrects,
        at=clock.now(),
        by=actor.id,
    )
    facts = {
        "effort": str(row.id),
        "minutes": minutes,
        "activity": activity.value,
        "on": on.isoformat(),
        "corrects": str(corrects.id) if corrects else None,
    }
    row.entry_id = write_event(actor=actor, case=case, kind=EventKind.EFFORT, facts=facts, text=note).entry_id
    row.save(force_insert=True)
    refresh(actor=actor, case_ids=[case.id])
    return row


def _add_outlay(
    actor: Actor,
    case: Case,
    minor: int,
    kind: OutlayKind,
    on: date,
    texts: tuple[str, str],
    corrects: Outlay | None,
) -> Outlay:
    row = Outlay(
        id=new_id(),
        site_id=case.site_id,
        case=case,
        amount_minor=minor,
        currency=case.currency,
        kind=kind.value,
        on=on,
        note=texts[0],
        reference=texts[1],
        corrects=corrects,
        at=clock.now(),
        by=actor.id,
    )
    facts = {
        "outlay": str(row.id),
        "minor": minor,
        "currency": case.currency,
        "kind": kind.value,
        "on": on.isoformat(),
        "corrects": str(corrects.id) if corrects else None,
    }
    row.entry_id = write_event(
        actor=actor, case=case, kind=EventKind.OUTLAY, facts=facts, text=texts[0]
    ).entry_id
    row.save(force_insert=True)
    return row
