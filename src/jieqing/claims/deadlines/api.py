"""Deadlines for other programs: the days that come near or have passed lately, computed from the facts, soonest first."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Path, Query, Router, Schema

from jieqing.claims.deadlines import selectors
from jieqing.claims.receivables.selectors import replay_day
from jieqing.kernel import clock
from jieqing.plumbing.http import needs

router = Router(tags=["deadlines"])
DAYS_MAX, PAGE_ROWS = 3_650, 500


class Said(Schema):
    zh: str
    en: str


class DeadlineOut(Schema):
    """``item_id`` null: about everything the debtor owes. ``watch_id`` null: the limitation of a document."""

    code: str
    name: Said
    last_day: date
    is_certain: bool
    days_left: int
    state: str
    next_alarm: date | None
    articles: list[str]
    debtor_id: UUID
    debtor: str
    item_id: UUID | None
    document: str
    watch_id: UUID | None
    note: str
    entry: UUID | None


class DeadlinesOut(Schema):
    as_of: date
    within_days: int
    total: int
    deadlines: list[DeadlineOut]


@router.get(
    "/deadlines",
    auth=needs("ledger.read"),
    response=DeadlinesOut,
    operation_id="deadlines",
    summary="Limitation of open documents and watched terms, soonest first, 500 at a time",
)
def deadlines(
    request: HttpRequest,
    site_slug: Path[str],
    within_days: Query[int] = selectors.NEAR_DAYS,
    debtor_id: Query[UUID | None] = None,
    offset: Query[int] = 0,
) -> Any:
    as_of, within = replay_day() or clock.today(), max(0, min(within_days, DAYS_MAX))
    rows = selectors.near_days(as_of=as_of, within_days=within, debtor_id=debtor_id)
    first = max(0, offset)
    return {
        "as_of": as_of,
        "within_days": within,
        "total": len(rows),
        "deadlines": [selectors.told_day(row) for row in rows[first : first + PAGE_ROWS]],
    }
