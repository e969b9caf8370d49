"""Put many cases off, or move their stage: those that were picked or all that match, as one change that is undone as one.

Each case is judged by the rule of the single deed; those it is refused for stay as they are and are counted by reason.
What each case was before is kept in its row, so that an undo gives back exactly what nobody has changed since. Set-based:
a few statements and one entry for any number.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import JSON, Problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.cases import problems
from jieqing.recovery.cases.engine.codes import CaseState, EventKind
from jieqing.recovery.cases.engine.ladder import days_later
from jieqing.recovery.cases.models import BulkChange, BulkChangeRow, Case
from jieqing.recovery.cases.selectors.days import working_day
from jieqing.recovery.cases.selectors.ladders import ladder_in_force
from jieqing.recovery.cases.selectors.worklist import CaseFilter, filtered
from jieqing.recovery.cases.services.assigning import Target
from jieqing.recovery.cases.services.bulk_sql import write_change_rows
from jieqing.recovery.cases.services.guards import first_problem, not_past, reason_problem
from jieqing.recovery.cases.services.queue import refresh
from jieqing.recovery.cases.services.timeline import SINGLE_MAX, NewEvent, write_events, write_events_as_one
from jieqing.recovery.cases.services.working import move_problem
from jieqing.recovery.cases.sight import visible

SNOOZE, STAGE = "snooze", "stage"
Told = dict[str, Any]

_BACK: dict[str, str] = {
    SNOOZE: """
UPDATE cases_case c SET snoozed_until = (r.before->>'snoozed_until')::date,
    next_action_on = CASE WHEN c.next_action_on = %(until)s THEN (r.before->>'next_action_on')::date ELSE c.next_action_on END
FROM cases_bulk_change_row r
WHERE r.change_id = %(change)s AND r.case_id = c.id AND c.id = ANY(%(ids)s) AND c.site_id = %(site)s
""",
    STAGE: """
UPDATE cases_case c SET stage = r.before->>'stage', stage_since = (r.before->>'stage_since')::date,
    next_action = r.before->>'next_action', next_action_on = (r.before->>'next_action_on')::date,
    next_action_note = r.before->>'next_action_note'
FROM cases_bulk_change_row r
WHERE r.change_id = %(change)s AND r.case_id = c.id AND c.id = ANY(%(ids)s) AND c.site_id = %(site)s
""",
}
_KEPT: dict[str, tuple[str, ...]] = {
    SNOOZE: ("snoozed_until", "next_action_on"),
    STAGE: ("stage", "stage_since", "next_action", "next_action_on", "next_action_note"),
}


def snooze_many(
    *, actor: Actor, target: Target, until: date, reason: str, expected: int | None = None
) -> BulkChange | Problem:
    """Take many cases out of the queue until a day."""
    wrong = first_problem([reason_problem(reason), not_past(until, days_later(working_day_of(actor), 1))])
    if wrong:
        return wrong
    with site_scope(actor.own_site), transaction.atomic():
        change = _begin(
            actor, target, SNOOZE, {"until": until.isoformat()}, reason, expected, lambda _case: None
        )
        if isinstance(change, Problem):
            return change
        row, cases = change
        ids = [case.id for case in cases]
        Case.objects.filter(id__in=ids).update(snoozed_until=until)
        Case.objects.filter(Q(next_action_on=None) | Q(next_action_on__lt=until), id__in=ids).update(
            next_action_on=until
        )
        events = [NewEvent(case.id, EventKind.SNOOZED, {"until": until.isoformat()}) for case in cases]
        return _finish(actor, row, cases, events)


def move_many(
    *, actor: Actor, target: Target, stage: str, reason: str, expected: int | None = None
) -> BulkChange | Problem:
    """Move many cases to a stage; who would skip a step, or is there already, stays."""
    wrong = reason_problem(reason)
    if wrong:
        return wrong
    with site_scope(actor.own_site), transaction.atomic():
        ladder, today = ladder_in_force(), working_day()
        told: Told = {"stage": stage, "on": today.isoformat()}
        change = _begin(
            actor,
            target,
            STAGE,
            told,
            reason,
            expected,
            lambda case: move_problem(case, ladder, stage, reason),
        )
        if isinstance(change, Problem):
            return change
        row, cases = change
        step = ladder.steps[ladder.place(stage)]
        Case.objects.filter(id__in=[case.id for case in cases]).update(
            stage=stage,
            stage_since=today,
            next_action=step.action,
            next_action_note="",
            next_action_on=days_later(today, step.within_days),
        )
        about = {"to": stage, "on": today.isoformat(), "why": "hand", "ladder": ladder.version}
        events = [NewEvent(case.id, EventKind.STAGE_MOVED, {"from": case.stage, **about}) for case in cases]
        return _finish(actor, row, cases, events)


def undo_work(actor: Actor, row: BulkChange) -> None:
    """Give back how the cases stood; the caller holds the change. What was changed since stays as it is."""
    before = dict(BulkChangeRow.objects.filter(change=row).values_list("case_id", "before"))
    still = visible(actor, Case.objects.filter(id__in=list(before), state=CaseState.OPEN.value))
    names = {"until": "snoozed_until", "stage": "stage", "on": "stage_since"}
    as_left = {names[key]: value for key, value in row.told.items() if key in names}
    cases = list(still.filter(**as_left).order_by("id").select_for_update(of=("self",)))
    row.undone_at, row.undone_by, row.undone_count = clock.now(), actor.id, len(cases)
    if cases:
        ids = [case.id for case in cases]
        with connection.cursor() as cursor:
            cursor.execute(
                _BACK[row.kind],
                {"change": row.id, "ids": ids, "site": actor.own_site, "until": row.told.get("until")},
            )
        row.undo_entry_id = _write(
            actor, [_back_event(row, case, before[case.id]) for case in cases], row.id, is_undo=True
        )
        refresh(actor=actor, case_ids=ids)
    row.save(update_fields=["undone_at", "undone_by", "undone_count", "undo_entry_id"])


def working_day_of(actor: Actor) -> date:
    with site_scope(actor.own_site):
        return working_day()


def _begin(
    actor: Actor,
    target: Target,
    kind: str,
    told: Told,
    reason: str,
    expected: int | None,
    refuse: Callable[[Case], Problem | None],
) -> tuple[BulkChange, list[Case]] | Problem:
    """Lock what is meant, sort out what is refused; a change of nothing is its most frequent refusal."""
    found = list(_targeted(actor, target).order_by("id").select_for_update(of=("self",)))
    if expected is not None and len(found) != expected:
        return Problem.of(problems.COUNT_CHANGED, expected=expected, found=len(found))
    if not found:
        return Problem.of(problems.NOTHING_MATCHES)
    whys: dict[str, Problem] = {}
    counts: Counter[str] = Counter()
    cases = []
    for case in found:
        why = refuse(case)
        if why is None:
            cases.append(case)
        else:
            whys[why.zh], counts[why.zh] = why, counts[why.zh] + 1
    if not cases:
        return whys[counts.most_common(1)[0][0]]
    told["refused"] = [
        {"count": count, "code": whys[zh].code, "zh": zh, "en": whys[zh].en}
        for zh, count in counts.most_common(5)
    ]
    row = BulkChange(
        id=new_id(),
        site_id=actor.own_site,
        kind=kind,
        told=told,
        wanted=target.as_words() if isinstance(target, CaseFilter) else {},
        count=len(cases),
        reason=reason.strip()[:400],
        at=clock.now(),
        by=actor.id,
    )
    return row, cases


def _finish(actor: Actor, row: BulkChange, cases: Sequence[Case], events: Sequence[NewEvent]) -> BulkChange:
    row.entry_id = _write(actor, events, row.id, is_undo=False)
    row.save(force_insert=True)
    write_change_rows(
        site_id=row.site_id,
        change_id=row.id,
        rows=[(case.id, None) for case in cases],
        before=[{name: _plain(getattr(case, name)) for name in _KEPT[row.kind]} for case in cases],
    )
    refresh(actor=actor, case_ids=[case.id for case in cases])
    return row


def _write(actor: Actor, events: Sequence[NewEvent], change_id: UUID, *, is_undo: bool) -> UUID:
    about = {"change": str(change_id), "is_undo": is_undo}
    told = [NewEvent(event.case_id, event.kind, {**event.facts, **about}) for event in events]
    if len(told) > SINGLE_MAX:
        return write_events_as_one(actor=actor, events=told, about=about)
    return write_events(actor=actor, events=told)[0].entry_id


def _back_event(row: BulkChange, case: Case, before: Told) -> NewEvent:
    if row.kind == SNOOZE:
        return NewEvent(case.id, EventKind.SNOOZED, {"until": before["snoozed_until"]})
    facts = {"from": case.stage, "to": before["stage"], "on": before["stage_since"], "why": "undo"}
    return NewEvent(case.id, EventKind.STAGE_MOVED, facts)


def _targeted(actor: Actor, target: Target) -> "QuerySet[Case]":
    if isinstance(target, CaseFilter):  # noqa: SIM108  # one line of it would be unreadable
        rows = filtered(actor, target)
    else:
        rows = visible(actor, Case.objects.filter(id__in=list(target)))
    return rows.filter(state=CaseState.OPEN.value)


def _plain(value: Any) -> JSON:
    return value.isoformat() if isinstance(value, date) else value
