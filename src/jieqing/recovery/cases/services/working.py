"""Work on one case: notes, the next action, snoozing, the stage.

A stage is moved by a person one step up at a time, or down to any step, with a reason; the ladder then goes on from there.
"""

from datetime import date

from django.db import transaction

from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.cases import problems
from jieqing.recovery.cases.engine.codes import EventKind, NextAction
from jieqing.recovery.cases.engine.ladder import Ladder, days_later
from jieqing.recovery.cases.models import Case, CaseEvent
from jieqing.recovery.cases.selectors.days import working_day
from jieqing.recovery.cases.selectors.ladders import ladder_in_force
from jieqing.recovery.cases.services.guards import (
    code_of,
    first_problem,
    held,
    not_past,
    open_and_held,
    reason_problem,
    text_problem,
)
from jieqing.recovery.cases.services.queue import refresh
from jieqing.recovery.cases.services.timeline import write_event

NOTE_CHARS_MAX = 200


def add_note(*, actor: Actor, case: Case, text: str) -> CaseEvent | Problem:
    """Write a note; on a closed case too. It is never changed: a later note corrects."""
    with site_scope(actor.own_site), transaction.atomic():
        found = held(case)
        problem = first_problem([found, text_problem(text)])
        if problem or is_problem(found):
            return problem or problems.UNKNOWN
        event = write_event(actor=actor, case=found, kind=EventKind.NOTED, text=text.strip())
        refresh(actor=actor, case_ids=[found.id])
    return event


def set_next_action(*, actor: Actor, case: Case, action: str, on: date, note: str = "") -> Case | Problem:
    """Say what happens next and when; an open case is never without."""
    kind = code_of(NextAction, action)
    with site_scope(actor.own_site), transaction.atomic():
        found = open_and_held(case)
        problem = first_problem([found, kind, not_past(on, working_day())])
        if problem or is_problem(found) or is_problem(kind):
            return problem or problems.UNKNOWN
        facts = {"action": kind.value, "on": on.isoformat(), "was": found.next_action}
        write_event(
            actor=actor,
            case=found,
            kind=EventKind.NEXT_ACTION,
            facts=facts,
            text=note.strip()[:NOTE_CHARS_MAX],
        )
        found.next_action, found.next_action_on = kind.value, on
        found.next_action_note = note.strip()[:NOTE_CHARS_MAX]
        found.save(update_fields=["next_action", "next_action_on", "next_action_note"])
        return _in_step(actor, found)


def snooze(*, actor: Actor, case: Case, until: date, reason: str) -> Case | Problem:
    """Take the case out of the queue until a day; it comes back by itself."""
    with site_scope(actor.own_site), transaction.atomic():
        found, today = open_and_held(case), working_day()
        problem = first_problem([found, reason_problem(reason), not_past(until, days_later(today, 1))])
        if problem or is_problem(found):
            return problem or problems.UNKNOWN
        facts = {"until": until.isoformat()}
        write_event(actor=actor, case=found, kind=EventKind.SNOOZED, facts=facts, text=reason.strip())
        found.snoozed_until = until
        if found.next_action_on is None or found.next_action_on < until:
            found.next_action_on = until
        found.save(update_fields=["snoozed_until", "next_action_on"])
        return _in_step(actor, found)


def move_stage(*, actor: Actor, case: Case, stage: str, reason: str = "") -> Case | Problem:
    """Move a case one step up, or down to any step with a reason."""
    with site_scope(actor.own_site), transaction.atomic():
        found, ladder, today = open_and_held(case), ladder_in_force(), working_day()
        if is_problem(found):
            return found
        problem = move_problem(found, ladder, stage, reason)
        if problem:
            return problem
        step = ladder.steps[ladder.place(stage)]
        facts = {
            "from": found.stage,
            "to": stage,
            "on": today.isoformat(),
            "why": "hand",
            "ladder": ladder.version,
        }
        write_event(actor=actor, case=found, kind=EventKind.STAGE_MOVED, facts=facts, text=reason.strip())
        found.stage, found.stage_since = stage, today
        found.next_action, found.next_action_note = step.action, ""
        found.next_action_on = days_later(today, step.within_days)
        found.save(
            update_fields=["stage", "stage_since", "next_action", "next_action_on", "next_action_note"]
        )
        return _in_step(actor, found)


def move_problem(case: Case, ladder: Ladder, stage: str, reason: str) -> Problem | None:
    """Why a case does not move to this stage by hand, or None."""
    if stage not in {step.code for step in ladder.steps}:
        return Problem.of(problems.UNKNOWN_STAGE)
    here, there = ladder.place(case.stage), ladder.place(stage)
    if here == there:
        return Problem.of(problems.SAME_STAGE)
    if there > here + 1 and not ladder.may_skip:
        return Problem.of(problems.STAGE_SKIPPED, next=ladder.steps[here + 1].zh)
    return reason_problem(reason) if there < here else None


def _in_step(actor: Actor, case: Case) -> Case:
    refresh(actor=actor, case_ids=[case.id])
    case.refresh_from_db()
    return case
