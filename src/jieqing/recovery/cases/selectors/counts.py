"""Counts for desks: the clocks, the team's load, the board of stages, a month of promises, how often clocks are met."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Max, Min, Q, Sum
from django.db.models.functions import Coalesce

from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.recovery.cases.engine.clocks import ALARM_BEFORE, ClockState, Milestone, Share, share_of
from jieqing.recovery.cases.engine.codes import CaseState
from jieqing.recovery.cases.models import Case, CaseClock, Complaint, Dispute, Promise
from jieqing.recovery.cases.selectors.days import working_day, working_moment
from jieqing.recovery.cases.selectors.ladders import ladder_in_force
from jieqing.recovery.cases.selectors.staff import workers
from jieqing.recovery.cases.sight import visible

MEASURED_OVER = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """The head of the worklist: what is open, to be worked now, held, snoozed; clocks near and late; due today."""

    open: int
    queue: int
    held: int
    snoozed: int
    clock_near: int
    clock_late: int
    due_today: int
    unassigned: int
    promises_due: int


@dataclass(frozen=True, slots=True)
class Load:
    """One member's cases; ``user_id`` None: nobody's."""

    user_id: UUID | None
    name: str
    is_lead: bool
    cases: int
    overdue_minor: dict[str, int]
    late: int
    held: int


@dataclass(frozen=True, slots=True)
class StageCount:
    code: str
    zh: str
    en: str
    cases: int
    overdue_minor: dict[str, int]


@dataclass(frozen=True, slots=True)
class PromiseDay:
    on: date
    promises: int
    minor: dict[str, int]


@dataclass(frozen=True, slots=True)
class ComplaintCounts:
    """Open complaints by their clocks."""

    open: int
    late: int
    next_due_on: date | None


def queue_counts(actor: Actor) -> QueueCounts:
    """One statement over the open cases that the actor sees."""
    now, today = working_moment(), working_day()
    held, snoozed = ~Q(hold_kinds=[]), Q(snoozed_until__gt=today)
    counts: dict[str, Any] = _open(actor).aggregate(
        open=Count("pk"),
        queue=Count("pk", filter=Q(hold_kinds=[]) & ~(snoozed & Q(snoozed_until__isnull=False))),
        held=Count("pk", filter=held),
        snoozed=Count("pk", filter=snoozed),
        clock_near=Count("pk", filter=Q(clock_due_at__gte=now, clock_due_at__lte=now + ALARM_BEFORE)),
        clock_late=Count("pk", filter=Q(clock_due_at__lt=now)),
        due_today=Count("pk", filter=Q(next_action_on__lte=today)),
        unassigned=Count("pk", filter=Q(owner_id=None)),
        promises_due=Count("pk", filter=Q(promise_on__lte=today)),
    )
    return QueueCounts(**counts)


def team_load() -> list[Load]:
    """What each member has in hand, leads included, and what nobody has; the fullest first."""
    now = working_moment()
    rows = (
        Case.objects.filter(state=CaseState.OPEN.value)
        .values("owner_id", "currency")
        .annotate(
            cases=Count("pk"),
            overdue=Sum("overdue_minor"),
            late=Count("pk", filter=Q(clock_due_at__lt=now)),
            held=Count("pk", filter=~Q(hold_kinds=[])),
        )
    )
    found: dict[UUID | None, list[Any]] = {}
    for row in rows:
        found.setdefault(row["owner_id"], []).append(row)
    people = {worker.user_id: worker for worker in workers()}
    loads = []
    for owner in {*found, *people, None}:
        worker = people.get(owner) if owner else None
        theirs = found.get(owner, [])
        loads.append(
            Load(
                owner,
                worker.name if worker else "",
                bool(worker and worker.is_lead),
                sum(row["cases"] for row in theirs),
                {row["currency"]: int(row["overdue"]) for row in theirs},
                sum(row["late"] for row in theirs),
                sum(row["held"] for row in theirs),
            )
        )
    return sorted(loads, key=lambda load: (-load.cases, load.name))


def stage_counts(actor: Actor) -> list[StageCount]:
    """The lanes of the board in the order of the ladder; a stage that the ladder has lost comes last."""
    sums: dict[str, dict[str, tuple[int, int]]] = {}
    rows = _open(actor).values("stage", "currency").annotate(n=Count("pk"), overdue=Sum("overdue_minor"))
    for row in rows:
        sums.setdefault(row["stage"], {})[row["currency"]] = (row["n"], int(row["overdue"]))
    steps = [(step.code, step.zh, step.en) for step in ladder_in_force().steps]
    steps += [(code, code, code) for code in sums if code not in {step[0] for step in steps}]
    return [
        StageCount(
            code,
            zh,
            en,
            sum(count for count, _minor in sums.get(code, {}).values()),
            {currency: minor for currency, (_count, minor) in sums.get(code, {}).items()},
        )
        for code, zh, en in steps
    ]


def promise_days(actor: Actor, from_on: date, to_on: date) -> list[PromiseDay]:
    """Open promises by the day of their next instalment."""
    rows = (
        promises_between(actor, from_on, to_on)
        .values("next_due_on", "case__currency")
        .annotate(n=Count("pk"), minor=Sum(F("amount_minor") - F("paid_minor")))
        .order_by("next_due_on")
    )
    days: dict[date, dict[str, tuple[int, int]]] = {}
    for row in rows:
        days.setdefault(row["next_due_on"], {})[row["case__currency"]] = (row["n"], int(row["minor"]))
    return [
        PromiseDay(
            on,
            sum(count for count, _minor in parts.values()),
            {code: part[1] for code, part in parts.items()},
        )
        for on, parts in days.items()
    ]


def promises_between(actor: Actor, from_on: date, to_on: date) -> Any:
    """Open promises with an instalment in these days, of cases that the actor sees."""
    seen = _open(actor).values("id")
    return (
        Promise.objects.filter(state="open", next_due_on__gte=from_on, next_due_on__lte=to_on, case__in=seen)
        .select_related("case")
        .order_by("next_due_on", "id")
    )


def complaint_counts() -> ComplaintCounts:
    today = working_day()
    counts: dict[str, Any] = Complaint.objects.filter(answered_at=None).aggregate(
        open=Count("pk"), late=Count("pk", filter=Q(due_on__lt=today)), next_due_on=Min("due_on")
    )
    return ComplaintCounts(**counts)


def open_complaints(limit: int = 200) -> list[Complaint]:
    """Complaints that wait for their answer, what ends first first."""
    rows = Complaint.objects.filter(answered_at=None).select_related("case")
    return list(rows.order_by("due_on", "id")[:limit])


def open_disputes(limit: int = 200) -> list[Dispute]:
    rows = Dispute.objects.filter(closed_at=None).select_related("case")
    return list(rows.order_by("due_on", "id")[:limit])


def milestone_shares(since: datetime | None = None) -> dict[Milestone, Share]:
    """How often each milestone was met, of cases whose clock began within the last 90 days."""
    now = working_moment()
    rows = (
        CaseClock.objects.filter(case__opened_at__gte=since or clock.now() - MEASURED_OVER)
        .annotate(until=Coalesce("met_at", "stopped_at", now))
        .values("milestone")
        .annotate(
            met=Count("pk", filter=Q(met_at__isnull=False, met_at__lte=F("due_at"))),
            met_late=Count("pk", filter=Q(met_at__isnull=False, met_at__gt=F("due_at"))),
            late=Count("pk", filter=Q(met_at=None, until__gt=F("due_at"))),
            stopped=Count("pk", filter=Q(met_at=None, stopped_at__isnull=False, stopped_at__lte=F("due_at"))),
            running=Count("pk", filter=Q(met_at=None, stopped_at=None, due_at__gte=now)),
        )
    )
    found = {
        Milestone(row["milestone"]): share_of(
            [(ClockState(name), row[name]) for name in ("met", "met_late", "late", "stopped", "running")]
        )
        for row in rows
    }
    return {one: found.get(one, Share()) for one in Milestone}


def breaches(limit: int = 200) -> Sequence[CaseClock]:
    """Clocks of open cases that ran out and were not met yet: the breach report, the oldest first."""
    now = working_moment()
    rows = CaseClock.objects.filter(met_at=None, stopped_at=None, due_at__lt=now, case__state="open")
    return list(rows.select_related("case").order_by("due_at", "id")[:limit])


def newest_event_at(case_id: UUID) -> datetime | None:
    found: dict[str, Any] = Case.objects.filter(id=case_id).aggregate(at=Max("events__at"))
    return found["at"]


def _open(actor: Actor) -> Any:
    return visible(actor, Case.objects.filter(state=CaseState.OPEN.value))
