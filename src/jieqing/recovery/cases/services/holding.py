"""Holds: work on a case rests, from a day to a day, with a reason. Entered late, the days that have passed count as held.

A hold of a dispute or a complaint belongs to it and ends with it; the others are released by a person. Any number may follow
one another or overlap: the count of days takes their union. A release sets the last held day to the day before.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.plumbing.events import publish
from jieqing.recovery.cases import problems
from jieqing.recovery.cases.engine.codes import EventKind, HoldKind, HoldSource, NextAction
from jieqing.recovery.cases.engine.ladder import days_later
from jieqing.recovery.cases.events import HoldPlaced, HoldReleased
from jieqing.recovery.cases.models import Case, Complaint, Dispute, Hold
from jieqing.recovery.cases.selectors.days import working_day
from jieqing.recovery.cases.services.guards import code_of, first_problem, open_and_held, reason_problem
from jieqing.recovery.cases.services.queue import refresh
from jieqing.recovery.cases.services.timeline import write_event

REVIEW_AFTER_DAYS = 30
# Kinds that come with their own verb.
BOUND = (HoldKind.DISPUTE, HoldKind.COMPLAINT)


def place_hold(
    *,
    actor: Actor,
    case: Case,
    kind: str,
    reason: str,
    from_on: date | None = None,
    to_on: date | None = None,
    source: HoldSource = HoldSource.HAND,
) -> Hold | Problem:
    """Hold a case; ``from_on`` may have passed, ``to_on`` (the last day) may be open."""
    wanted = code_of(HoldKind, kind)
    with site_scope(actor.own_site), transaction.atomic():
        found, today = open_and_held(case), working_day()
        problem = first_problem([found, wanted, reason_problem(reason)])
        if problem or is_problem(found) or is_problem(wanted):
            return problem or problems.UNKNOWN
        if wanted in BOUND and source is HoldSource.HAND:
            return Problem.of(problems.HOLD_BOUND)
        starts = from_on or today
        if to_on is not None and to_on < starts:
            return Problem.of(problems.HOLD_DAYS)
        hold = write_hold(
            actor=actor, case=found, kind=wanted, source=source, from_on=starts, to_on=to_on, reason=reason
        )
        if to_on is None or to_on >= today:
            found.next_action = NextAction.REVIEW_HOLD.value
            found.next_action_on = days_later(to_on, 1) if to_on else days_later(today, REVIEW_AFTER_DAYS)
            found.save(update_fields=["next_action", "next_action_on"])
        refresh(actor=actor, case_ids=[found.id])
    return hold


def release_hold(*, actor: Actor, hold: Hold, reason: str) -> Hold | Problem:
    """Go on with the case: the day before today is the last held one."""
    with site_scope(actor.own_site), transaction.atomic():
        found = open_and_held(hold.case)
        problem = first_problem([found, reason_problem(reason)])
        if problem or is_problem(found):
            return problem or problems.UNKNOWN
        row = Hold.objects.get(id=hold.id)
        if row.dispute_id or row.complaint_id:
            return Problem.of(problems.HOLD_BOUND)
        if row.released_at is not None:
            return Problem.of(problems.ALREADY_ENDED)
        end_hold(actor=actor, case=found, hold=row, reason=reason)
        found.next_action, found.next_action_on = NextAction.FOLLOW_UP.value, working_day()
        found.save(update_fields=["next_action", "next_action_on"])
        refresh(actor=actor, case_ids=[found.id])
    return row


def write_hold(
    *,
    actor: Actor,
    case: Case,
    kind: HoldKind,
    source: HoldSource,
    from_on: date,
    reason: str,
    to_on: date | None = None,
    item_ids: Sequence[UUID] = (),
    dispute: Dispute | None = None,
    complaint: Complaint | None = None,
) -> Hold:
    """Write a hold and its event; the caller holds the case and refreshes it."""
    hold = Hold(
        id=new_id(),
        site_id=case.site_id,
        case=case,
        kind=kind.value,
        source=source.value,
        item_ids=list(item_ids),
        from_on=from_on,
        to_on=to_on,
        reason=reason.strip()[:400],
        dispute=dispute,
        complaint=complaint,
        placed_at=clock.now(),
        placed_by=actor.id,
    )
    facts = {
        "hold": str(hold.id),
        "kind": kind.value,
        "source": source.value,
        "from": from_on.isoformat(),
        "to": to_on.isoformat() if to_on else None,
        "items": sorted(str(item_id) for item_id in item_ids),
    }
    event = write_event(actor=actor, case=case, kind=EventKind.HELD, facts=facts, text=hold.reason)
    hold.entry_id = event.entry_id
    hold.save(force_insert=True)
    publish(
        HoldPlaced(site_id=case.site_id, case_id=case.id, hold_id=hold.id, kind=kind.value, from_on=from_on)
    )
    return hold


def end_hold(*, actor: Actor, case: Case, hold: Hold, reason: str) -> None:
    """End a hold; the caller holds the case and refreshes it."""
    last = working_day() - timedelta(days=1)
    hold.to_on = last if hold.to_on is None else min(hold.to_on, last)
    hold.released_at, hold.released_by = clock.now(), actor.id
    hold.release_reason = reason.strip()[:400]
    facts = {"hold": str(hold.id), "kind": hold.kind, "to": hold.to_on.isoformat()}
    event = write_event(
        actor=actor, case=case, kind=EventKind.RELEASED, facts=facts, text=hold.release_reason
    )
    hold.end_entry_id = event.entry_id
    hold.save(update_fields=["to_on", "released_at", "released_by", "release_reason", "end_entry_id"])
    publish(HoldReleased(site_id=case.site_id, case_id=case.id, hold_id=hold.id, kind=hold.kind))
