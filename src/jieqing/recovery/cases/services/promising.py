"""Promises to pay: recorded by a person, a robot or the debtor; cancelled by a person; judged by the ledger alone.

There is no verb that keeps or breaks a promise: ``queue.refresh`` judges each one from postings and the day.
"""

from collections.abc import Sequence

from django.db import transaction

from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.ids import new_id
from jieqing.kernel.money import plain_amount
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.plumbing.events import publish
from jieqing.recovery.cases import problems
from jieqing.recovery.cases.engine.codes import EventKind, NextAction, PromiseSource
from jieqing.recovery.cases.engine.ladder import days_later
from jieqing.recovery.cases.engine.promises import Instalment, terms_of
from jieqing.recovery.cases.events import PromiseRecorded
from jieqing.recovery.cases.models import Case, Promise
from jieqing.recovery.cases.selectors.days import working_day
from jieqing.recovery.cases.services.guards import code_of, first_problem, open_and_held, reason_problem
from jieqing.recovery.cases.services.queue import refresh
from jieqing.recovery.cases.services.timeline import write_event


def record_promise(
    *,
    actor: Actor,
    case: Case,
    instalments: Sequence[Instalment],
    source: str = PromiseSource.HUMAN.value,
    note: str = "",
) -> Promise | Problem:
    """Record what the debtor promised: one instalment, or several. One promise of a case is open at a time."""
    kind = code_of(PromiseSource, source)
    with site_scope(actor.own_site), transaction.atomic():
        found, terms = open_and_held(case), terms_of(working_day(), list(instalments))
        problem = first_problem([found, kind, terms])
        if problem or is_problem(found) or is_problem(terms) or is_problem(kind):
            return problem or problems.UNKNOWN
        problem = _too_much(found, terms.amount_minor)
        if problem:
            return problem
        promise = Promise(
            id=new_id(),
            site_id=found.site_id,
            case=found,
            amount_minor=terms.amount_minor,
            due_on=terms.due_on,
            instalments=[[one.due_on.isoformat(), one.amount_minor] for one in terms.instalments],
            made_on=terms.made_on,
            grace_days=terms.grace_days,
            tolerance_minor=terms.tolerance_minor,
            source=kind.value,
            state="open",
            next_due_on=terms.instalments[0].due_on,
            note=note.strip()[:400],
            recorded_at=clock.now(),
            recorded_by=actor.id,
        )
        facts = {
            "promise": str(promise.id),
            "minor": terms.amount_minor,
            "currency": found.currency,
            "due_on": terms.due_on.isoformat(),
            "instalments": promise.instalments,
            "source": kind.value,
            "grace_days": terms.grace_days,
            "tolerance_minor": terms.tolerance_minor,
        }
        event = write_event(actor=actor, case=found, kind=EventKind.PROMISED, facts=facts, text=promise.note)
        promise.entry_id = event.entry_id
        promise.save(force_insert=True)
        found.next_action = NextAction.CHECK_PROMISE.value
        found.next_action_on = days_later(terms.instalments[0].due_on, 1)
        found.save(update_fields=["next_action", "next_action_on"])
        publish(
            PromiseRecorded(
                site_id=found.site_id,
                case_id=found.id,
                promise_id=promise.id,
                amount_minor=terms.amount_minor,
                currency=found.currency,
                due_on=terms.due_on,
            )
        )
        refresh(actor=actor, case_ids=[found.id])
        promise.refresh_from_db()
    return promise


def cancel_promise(*, actor: Actor, promise: Promise, reason: str) -> Promise | Problem:
    """Cancel an open promise, because the debtor took it back or it was recorded by mistake."""
    with site_scope(actor.own_site), transaction.atomic():
        found = open_and_held(promise.case)
        problem = first_problem([found, reason_problem(reason)])
        if problem or is_problem(found):
            return problem or problems.UNKNOWN
        row = Promise.objects.get(id=promise.id)
        if row.state != "open":
            return Problem.of(problems.PROMISE_ENDED)
        row.state, row.judged_at, row.cancel_reason = "cancelled", clock.now(), reason.strip()
        row.next_due_on = None
        row.save(update_fields=["state", "judged_at", "cancel_reason", "next_due_on"])
        facts = {"promise": str(row.id), "minor": row.amount_minor, "currency": found.currency}
        write_event(
            actor=actor, case=found, kind=EventKind.PROMISE_CANCELLED, facts=facts, text=reason.strip()
        )
        found.next_action, found.next_action_on = NextAction.FOLLOW_UP.value, working_day()
        found.save(update_fields=["next_action", "next_action_on"])
        refresh(actor=actor, case_ids=[found.id])
    return row


def _too_much(case: Case, minor: int) -> Problem | None:
    live = Promise.objects.filter(case=case, state="open").first()
    if live:
        return Problem.of(problems.PROMISE_OPEN, on=live.due_on.isoformat())
    if minor > case.open_minor:
        return Problem.of(
            problems.PROMISE_TOO_MUCH,
            asked=plain_amount(minor, case.currency),
            open=plain_amount(case.open_minor, case.currency),
        )
    return None
