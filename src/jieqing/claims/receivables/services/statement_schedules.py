"""Monthly statements: schedules are named, can be ended, and start an ordinary run when their day has come.

``run_due_schedules`` is called by the worker every morning. A schedule's row is locked while it starts its run and moves
its next day in the same transaction, so two workers start one run; a worker that was away for months starts one, for the
day on which it comes back.
"""

from calendar import monthrange
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from jieqing.claims.receivables.engine.account_statement import Terms
from jieqing.claims.receivables.engine.ageing import Basis
from jieqing.claims.receivables.models import StatementRun, StatementSchedule
from jieqing.claims.receivables.selectors.item_filter import ItemFilter, ItemState
from jieqing.claims.receivables.services.statement_runs import (
    DEBTORS_MAX,
    NOBODY_MATCHES,
    TOO_MANY,
    start_run,
)
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor, system_actor
from jieqing.kernel.outcomes import Problem, ProblemKind, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence import services as evidence

NAME_CHARS_MAX = 80
_KEPT = ("search", "bucket", "currency")


def make_schedule(
    *, actor: Actor, name: str, wanted: ItemFilter, day_of_month: int, lang: str = "zh"
) -> StatementSchedule | Problem:
    """Begin a monthly run; its first day is the next one that is still to come."""
    name = name.strip()[:NAME_CHARS_MAX]
    if not name or not 1 <= day_of_month <= 31:
        return Problem.of(NAME_OR_DAY)
    if wanted.bucket is not None and not 0 <= wanted.bucket <= len(wanted.edges):
        return Problem.of(BUCKET)
    site_id = actor.own_site
    with site_scope(site_id), transaction.atomic():
        if StatementSchedule.objects.filter(name=name, ended_at=None).exists():
            return Problem.of(NAME_TAKEN, name=name)
        schedule = StatementSchedule.objects.create(
            site_id=site_id,
            name=name,
            wanted={
                **{key: getattr(wanted, key) for key in _KEPT},
                "basis": wanted.basis.value,
                "edges": list(wanted.edges),
                "state": wanted.state.value,
            },
            lang=lang,
            day_of_month=day_of_month,
            next_on=next_day(clock.today(), day_of_month),
            made_at=clock.now(),
            made_by=actor.id,
        )
        _record(actor, schedule, "started")
    return schedule


def end_schedule(*, actor: Actor, name: str) -> StatementSchedule | Problem:
    """From now on it starts nothing; what it started stays."""
    with site_scope(actor.own_site), transaction.atomic():
        found = (
            StatementSchedule.objects.select_for_update(of=("self",))
            .filter(name=name.strip(), ended_at=None)
            .first()
        )
        if found is None:
            return Problem.of(UNKNOWN, name=name[:NAME_CHARS_MAX])
        found.ended_at, found.ended_by = clock.now(), actor.id
        found.save(update_fields=["ended_at", "ended_by"])
        _record(actor, found, "ended")
    return found


def run_due_schedules(*, site_id: UUID) -> list[StatementRun]:
    """Start what is due today on a site."""
    actor, today = system_actor(site_id, "schedules"), clock.today()
    started = []
    with site_scope(site_id), transaction.atomic():
        due = StatementSchedule.objects.select_for_update(skip_locked=True, of=("self",)).filter(
            ended_at=None, next_on__lte=today
        )
        for schedule in due.order_by("next_on", "id"):
            run = _start(actor, schedule, today)
            if run:
                started.append(run)
    return started


def problem_named(code: str) -> Problem | None:
    """Why the last day made nothing, in words; None when it made something."""
    kind = {one.code: one for one in (NOBODY_MATCHES, TOO_MANY)}.get(code)
    return Problem.of(kind, debtors=f"> {DEBTORS_MAX}", most=DEBTORS_MAX) if kind else None


def next_day(after: date, day_of_month: int) -> date:
    """The first such day after a day; the last of a month that is too short.

    Example:
        >>> next_day(date(2026, 1, 31), 31), next_day(date(2026, 1, 5), 5)
        (datetime.date(2026, 2, 28), datetime.date(2026, 2, 5))
    """
    for month in (after.replace(day=1), (after.replace(day=1) + timedelta(days=32)).replace(day=1)):
        found = month.replace(day=min(day_of_month, monthrange(month.year, month.month)[1]))
        if found > after:
            return found
    raise ValueError("a month has a day")


def _start(actor: Actor, schedule: StatementSchedule, today: date) -> StatementRun | None:
    told = schedule.wanted
    wanted = ItemFilter(
        basis=Basis(told["basis"]),
        edges=tuple(told["edges"]),
        state=ItemState(told["state"]),
        **{key: told[key] for key in _KEPT},
    )
    terms = Terms(
        as_of=today - timedelta(days=1), currency=wanted.currency, basis=wanted.basis, edges=wanted.edges
    )
    run = start_run(actor=actor, wanted=wanted, terms=terms, lang=schedule.lang, schedule=schedule)
    schedule.next_on = next_day(today, schedule.day_of_month)
    schedule.last_problem = run.code if is_problem(run) else ""
    if not is_problem(run):
        schedule.last_run = run
    schedule.save(update_fields=["next_on", "last_problem", "last_run"])
    _record(actor, schedule, "ran")
    return None if is_problem(run) else run


def _record(actor: Actor, schedule: StatementSchedule, step: str) -> None:
    evidence.record(
        actor=actor,
        action=f"claims.receivables.statement_schedule_{step}",
        subject=f"claims.receivables.statement_schedule:{schedule.id}",
        facts={
            "day_of_month": schedule.day_of_month,
            "next": schedule.next_on.isoformat(),
            "run": str(schedule.last_run_id) if schedule.last_run_id else None,
            "problem": schedule.last_problem,
        },
        personal={"name": schedule.name},
    )


NAME_OR_DAY = ProblemKind(
    "statement.schedule_incomplete",
    "定期对账需要一个名称和每月的哪一天（1–31）。",
    "A schedule needs a name and a day of the month (1–31).",
    "请补充名称和日期。",
    "Give both.",
)
BUCKET = ProblemKind(
    "statement.schedule_bucket",
    "没有这个账龄区间。",
    "There is no such bucket.",
    "请按账龄分段从 0 数起；分段比分界天数多一个。",
    "Count from 0; there is one bucket more than there are edges.",
)
NAME_TAKEN = ProblemKind(
    "statement.schedule_name_taken",
    "已有名为“{name}”的定期对账。",
    "There is a schedule called “{name}” already.",
    "请换一个名称，或先停用原来的。",
    "Choose another name, or end that one first.",
)
UNKNOWN = ProblemKind(
    "statement.schedule_unknown",
    "没有名为“{name}”的定期对账。",
    "There is no schedule called “{name}”.",
    "请核对名称。",
    "Check the name.",
)
