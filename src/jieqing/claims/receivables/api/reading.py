"""Reading the ledger from other programs: the same selectors as the pages and the commands, behind the same permission.

Every route stands under a site and runs in its scope (middleware). What is asked wrongly answers 422 with the Problem, an
id that is not the site's answers 404, the same as one that never existed.
"""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Path, Query

from jieqing.claims.receivables import access, schemas, selectors
from jieqing.claims.receivables.api.routes import router
from jieqing.claims.receivables.engine.accounts import ItemKind
from jieqing.claims.receivables.engine.ageing import parse_basis, parse_edges
from jieqing.kernel import clock
from jieqing.kernel.money import known_currency
from jieqing.kernel.outcomes import Problem, ProblemKind, is_problem
from jieqing.plumbing.http import ProblemRaised, needs

READ = needs("ledger.read")

AsOf = Annotated[date | None, Query(description=schemas.AS_OF)]
KnownAt = Annotated[datetime | None, Query(description=schemas.KNOWN_AT)]
Limit = Annotated[int, Query(ge=1, le=schemas.ROWS_MAX)]


@router.get("/ledger/summary", auth=READ, response=schemas.Summary, summary="The portfolio at a day")
def summary(request: HttpRequest, site_slug: Path[str], as_of: AsOf = None, known_at: KnownAt = None) -> Any:
    day, moment = _day(as_of), _moment(known_at)
    figures = selectors.portfolio(as_of=day, known_at=moment)
    return {
        "as_of": day,
        "revision": selectors.ledger_facts().revision,
        "currencies": [{**_fields(row), **_shares(row)} for row in figures],
        "due_soon": [_fields(row) for row in selectors.due_within(as_of=day, known_at=moment)],
    }


@router.get(
    "/ledger/ageing",
    auth=READ,
    response=list[schemas.AgeingOut],
    summary="Ageing, one report for each currency",
)
def ageing(
    request: HttpRequest,
    site_slug: Path[str],
    as_of: AsOf = None,
    basis: str = "due",
    edges: Annotated[str, Query(max_length=200)] = "0,30,60,90",
    currency: str | None = None,
    known_at: KnownAt = None,
) -> Any:
    reports = selectors.ageing(
        as_of=_day(as_of),
        basis=_sound(parse_basis(basis)),
        edges=_sound(parse_edges(edges)),
        currency=_sound(known_currency(currency)) if currency else None,
        known_at=_moment(known_at),
    )
    return [report.as_dict() for report in reports]


@router.get("/ledger/items", auth=READ, response=schemas.ItemsOut, summary="Open items, a page at a time")
def items(request: HttpRequest, site_slug: Path[str], asked: Query[schemas.ItemsQuery]) -> Any:
    wanted = selectors.ItemFilter(
        currency=_sound(known_currency(asked.currency)) if asked.currency else None,
        debtor_id=asked.debtor_id,
        bucket=asked.bucket,
        basis=_sound(parse_basis(asked.basis)),
        edges=_sound(parse_edges(asked.edges)),
        overdue=asked.overdue,
        search=asked.search,
    )
    page = selectors.items_page(
        wanted,
        as_of=_day(asked.as_of),
        sort=asked.sort,
        after=asked.after,
        limit=asked.limit,
        known_at=_moment(asked.known_at),
    )
    return {
        "items": [{**_fields(row), "kind": row.kind.name.lower()} for row in page.rows],
        "total_items": page.total_items,
        "totals_minor": page.totals_minor,
        "next": page.next_cursor,
    }


@router.get(
    "/ledger/items/{item_id}",
    auth=READ,
    response=schemas.ItemDetailOut,
    summary="One item down to its evidence",
)
def one_item(request: HttpRequest, site_slug: Path[str], item_id: Path[UUID], as_of: AsOf = None) -> Any:
    found = _known(access.item_by_id(request.actor, item_id))  # type: ignore[attr-defined]
    detail = selectors.item_detail(found, as_of=_day(as_of))
    names = (
        "id",
        "document_number",
        "debtor_id",
        "currency",
        "amount_minor",
        "invoice_on",
        "due_on",
        "posting_on",
    )
    return {
        **{name: getattr(found, name) for name in names},
        "kind": ItemKind(found.kind).name.lower(),
        "debtor_name": detail.debtor_name,
        "creditor_name": detail.creditor_name,
        "open_minor": detail.open_minor,
        "withdrawn": found.withdrawn_rev is not None,
        "postings": [{**_fields(row), "kind": row.kind.name.lower()} for row in detail.postings],
        "evidence": [_fields(row) for row in detail.evidence],
    }


@router.get(
    "/ledger/debtors",
    auth=READ,
    response=schemas.DebtorsOut,
    summary="Debtors with something open, a page at a time",
)
def debtors(request: HttpRequest, site_slug: Path[str], asked: Query[schemas.DebtorsQuery]) -> Any:
    page = selectors.debtors_page(
        as_of=_day(asked.as_of),
        currency=_sound(known_currency(asked.currency)),
        search=asked.search,
        sort=asked.sort,
        after=asked.after,
        limit=asked.limit,
        known_at=_moment(asked.known_at),
    )
    rows = [_fields(row) for row in page.rows]
    return {"debtors": rows, "total_debtors": page.total_debtors, "next": page.next_cursor}


@router.get("/ledger/imports", auth=READ, response=list[schemas.BatchOut], summary="Imports, newest first")
def imports(request: HttpRequest, site_slug: Path[str], limit: Limit = 50) -> Any:
    return [batch_told(row) for row in selectors.batches(limit=limit)]


@router.get(
    "/ledger/imports/{batch_id}",
    auth=READ,
    response=schemas.BatchDetailOut,
    summary="One import and its waiting rows",
)
def one_import(
    request: HttpRequest,
    site_slug: Path[str],
    batch_id: Path[UUID],
    after_line: Annotated[int, Query(ge=0)] = 0,
    limit: Limit = 50,
) -> Any:
    found = _known(access.batch_by_id(request.actor, batch_id))  # type: ignore[attr-defined]
    rows = selectors.staged_rows(found.id, after_line=after_line, limit=limit)
    return {
        "batch": batch_told(selectors.batch_detail(found)),
        "waiting_rows": [_fields(row) for row in rows],
    }


def batch_told(row: selectors.BatchRow) -> dict[str, Any]:
    """A batch with its counts, as every operation shows it."""
    counts = {name: row.counts.get(name, 0) for name in ("accepted", "updated", "duplicates")}
    return {**_fields(row), **counts}


def _fields(row: Any) -> dict[str, Any]:
    """A selector's dataclass as a plain object; the schema picks what it names."""
    return {name: getattr(row, name) for name in row.__slots__}


def _shares(row: selectors.CurrencyFigures) -> dict[str, int | None]:
    return {"overdue_share_bp": row.overdue_share_bp, "movement_minor": row.movement_minor}


def _day(as_of: date | None) -> date:
    return as_of or clock.today()


def _moment(known_at: datetime | None) -> datetime | None:
    if known_at is not None and known_at.tzinfo is None:
        raise ProblemRaised(Problem.of(INSTANT_WITHOUT_ZONE), 422)
    return known_at


def _sound(outcome: Any) -> Any:
    if is_problem(outcome):
        raise ProblemRaised(outcome, 422)
    return outcome


def _known(outcome: Any) -> Any:
    if is_problem(outcome):
        raise ProblemRaised(outcome, 404)
    return outcome


INSTANT_WITHOUT_ZONE = ProblemKind(
    "api.instant_without_zone",
    "时刻没有时区。",
    "The instant has no time zone.",
    "请写成 2026-06-30T23:59:59+08:00 这样。",
    "Write it like 2026-06-30T23:59:59+08:00.",
)
