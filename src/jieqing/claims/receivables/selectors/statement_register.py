"""The register of issued statements, its runs, and which debtors a filter means."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, F, Q

from jieqing.claims.receivables.engine.statement_words import statement_number
from jieqing.claims.receivables.models import (
    Statement,
    StatementHandOver,
    StatementRun,
    StatementSchedule,
)
from jieqing.claims.receivables.selectors.item_filter import (
    ItemFilter,
    balance_of,
    conditions_of,
    narrowing,
    values_of,
)
from jieqing.claims.receivables.selectors.statements import fetch, open_items, parameters

PAGE_ROWS_MAX = 200


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A line of the register; ``closing`` is per currency, in minor units."""

    statement: Statement
    number: str
    debtor: str
    hand_overs: int

    @property
    def pdf_digest(self) -> str:
        return self.statement.pdf_key.rsplit("/", 1)[1]


def register_page(
    *, debtor_id: UUID | None = None, run_id: UUID | None = None, before: int | None = None, limit: int = 50
) -> tuple[list[RegisterRow], int | None]:
    """Statements, newest first, and the number to go on from."""
    limit = max(1, min(limit, PAGE_ROWS_MAX))
    wanted = Statement.objects.annotate(taken=Count("hand_overs")).order_by("-number")
    if debtor_id:
        wanted = wanted.filter(debtor_id=debtor_id)
    if run_id:
        wanted = wanted.filter(run_id=run_id)
    if before:
        wanted = wanted.filter(number__lt=before)
    rows = list(wanted[: limit + 1])
    shown = [
        RegisterRow(row, statement_number(row.year, row.number), row.printed["debtor"], row.taken)
        for row in rows[:limit]
    ]
    return shown, shown[-1].statement.number if len(rows) > limit else None


def hand_overs_of(statement: Statement) -> list[StatementHandOver]:
    return list(StatementHandOver.objects.filter(statement=statement).order_by("-at", "-id")[:500])


def runs(*, limit: int = 20) -> list[StatementRun]:
    counted = Count("statements", filter=Q(statements__isnull=False))
    return list(StatementRun.objects.annotate(made=counted).defer("targets").order_by("-number")[:limit])


def schedules() -> list[StatementSchedule]:
    """Every schedule, those that still run first."""
    return list(StatementSchedule.objects.order_by(F("ended_at").desc(nulls_first=True), "name", "id"))


def runs_of_schedule(schedule: StatementSchedule, *, limit: int = 24) -> list[StatementRun]:
    """The runs that a schedule started, newest first, each with how many statements it made."""
    rows = StatementRun.objects.filter(schedule=schedule).annotate(made=Count("statements"))
    return list(rows.defer("targets").order_by("-number")[:limit])


def send_log(schedule: StatementSchedule, *, limit: int = 200) -> list[StatementHandOver]:
    """What left of a schedule's statements: one line for each recipient and statement, newest first."""
    rows = StatementHandOver.objects.filter(statement__run__schedule=schedule).select_related("statement")
    return list(rows.order_by("-at", "-id")[:limit])


def matching_debtors(wanted: ItemFilter, *, as_of: date, revision: int | None) -> Sequence[UUID]:
    """The debtors with an item that the filter means, in the order of their names."""
    rows = fetch(
        f"""
        WITH {open_items(revision, narrow=narrowing(wanted, revision), balance=balance_of(wanted))}
        SELECT p.id FROM parties_party p WHERE p.site_id = %(site)s AND p.id IN (
            SELECT i.debtor_id FROM open_item o JOIN item_state i ON i.id = o.item_id WHERE {conditions_of(wanted)})
        ORDER BY p.sort_key, p.id
        """,  # noqa: S608  # constants only; values travel as parameters
        parameters(as_of=as_of, revision=revision, **values_of(wanted)),
        large=True,
    )
    return [row[0] for row in rows]
