"""Schedules of statements for other programs: list, set, read with what was handed over, end."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Path, Schema
from pydantic import Field

from jieqing.claims.receivables import access
from jieqing.claims.receivables.api.routes import router
from jieqing.claims.receivables.engine.ageing import EDGES_MAX, check_edges
from jieqing.claims.receivables.models import StatementSchedule
from jieqing.claims.receivables.selectors import ItemFilter, statement_register
from jieqing.claims.receivables.services import statement_schedules as services
from jieqing.claims.receivables.services.account_statements import number_of
from jieqing.kernel.money import known_currency
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.http import ProblemRaised, needs


class ScheduleIn(Schema):
    """``search`` is part of a name, pinyin or code; nothing means every debtor. ``bucket`` counts from 0 in ``edges``."""

    name: str = Field(min_length=1, max_length=services.NAME_CHARS_MAX)
    day_of_month: int = Field(ge=1, le=31)
    search: str = Field("", max_length=100)
    currency: str | None = None
    bucket: int | None = Field(None, ge=0, le=EDGES_MAX)
    edges: list[int] = [0, 30, 60, 90]
    language: Literal["zh", "en"] = "zh"


class ScheduleOut(Schema):
    id: UUID
    name: str
    day_of_month: int
    search: str
    currency: str | None
    bucket: int | None
    edges: list[int]
    language: str
    next_on: date | None
    last_problem: str
    ended_at: datetime | None


class SchedulesOut(Schema):
    schedules: list[ScheduleOut]


class HandedOverOut(Schema):
    """What left: the statement, how, to whom (``recipient`` empty: to the person of ``by``) and when."""

    statement: UUID
    number: str
    debtor: str
    kind: str
    recipient: str
    by: UUID
    at: datetime


class ScheduleRunOut(Schema):
    id: UUID
    number: int
    as_of: date
    statements: int


class ScheduleDetailOut(ScheduleOut):
    runs: list[ScheduleRunOut]
    log: list[HandedOverOut]


@router.get(
    "/ledger/statement-schedules",
    auth=needs("ledger.read"),
    response=SchedulesOut,
    operation_id="statement_schedules",
    summary="Every schedule of statements, those that still run first",
)
def schedules(request: HttpRequest, site_slug: Path[str]) -> Any:
    return {"schedules": [_told(one) for one in statement_register.schedules()]}


@router.post(
    "/ledger/statement-schedules",
    auth=needs("ledger.issue"),
    response=ScheduleOut,
    operation_id="make_statement_schedule",
    summary="Issue statements every month for the debtors that a filter means",
)
def new_schedule(request: HttpRequest, site_slug: Path[str], asked: ScheduleIn) -> Any:
    wanted = ItemFilter(
        search=asked.search,
        currency=_sound(known_currency(asked.currency), 422) if asked.currency else None,
        bucket=asked.bucket,
        edges=_sound(check_edges(asked.edges), 422),
    )
    made = services.make_schedule(
        actor=request.actor,  # type: ignore[attr-defined]
        name=asked.name,
        wanted=wanted,
        day_of_month=asked.day_of_month,
        lang=asked.language,
    )
    return _told(_sound(made, 409))


@router.get(
    "/ledger/statement-schedules/{schedule_id}",
    auth=needs("ledger.read"),
    response=ScheduleDetailOut,
    operation_id="statement_schedule",
    summary="One schedule: what it made, and who was handed what",
)
def one_schedule(request: HttpRequest, site_slug: Path[str], schedule_id: Path[UUID]) -> Any:
    found = _sound(access.statement_schedule_by_id(request.actor, schedule_id), 404)  # type: ignore[attr-defined]
    return {
        **_told(found),
        "runs": [
            {"id": run.id, "number": run.number, "as_of": run.terms["as_of"], "statements": run.made}  # type: ignore[attr-defined]
            for run in statement_register.runs_of_schedule(found)
        ],
        "log": [
            {
                "statement": row.statement_id,
                "number": number_of(row.statement),
                "debtor": row.statement.printed["debtor"],
                "kind": row.kind,
                "recipient": row.recipient,
                "by": row.actor_id,
                "at": row.at,
            }
            for row in statement_register.send_log(found)
        ],
    }


@router.post(
    "/ledger/statement-schedules/{schedule_id}/end",
    auth=needs("ledger.issue"),
    response=ScheduleOut,
    operation_id="end_statement_schedule",
    summary="Let a schedule start nothing more; what it made stays",
)
def end_schedule(request: HttpRequest, site_slug: Path[str], schedule_id: Path[UUID]) -> Any:
    actor = request.actor  # type: ignore[attr-defined]
    found = _sound(access.statement_schedule_by_id(actor, schedule_id), 404)
    if found.ended_at is None:
        found = _sound(services.end_schedule(actor=actor, name=found.name), 409)
    return _told(found)


def _sound(outcome: Any, status: int) -> Any:
    if is_problem(outcome):
        raise ProblemRaised(outcome, status)
    return outcome


def _told(one: StatementSchedule) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "day_of_month": one.day_of_month,
        **{key: one.wanted[key] for key in ("search", "currency", "bucket", "edges")},
        "language": one.lang,
        "next_on": None if one.ended_at else one.next_on,
        "last_problem": one.last_problem,
        "ended_at": one.ended_at,
    }
