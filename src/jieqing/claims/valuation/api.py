"""Ratings, expected loss, warnings, figures over time and limits for other programs: the selectors of the pages."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Path, Query, Router

from jieqing.claims.parties import access as parties
from jieqing.claims.receivables import selectors as ledger
from jieqing.claims.valuation import schemas, selectors
from jieqing.claims.valuation.engine.reasons import Reason, book_reasons, reasons_of
from jieqing.claims.valuation.engine.scorecard import SHORT_HISTORY, Grade
from jieqing.claims.valuation.models import RatingKind, RatingState
from jieqing.kernel import clock
from jieqing.kernel.money import known_currency
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.http import ProblemRaised, needs
from jieqing.plumbing.templatetags.kit import lang

router = Router(tags=["valuation"])
READ = needs("ledger.read")
AsOf = Annotated[date | None, Query(description="Day of effect; the site's reporting day when absent.")]
Limit = Annotated[int, Query(ge=1, le=200)]


@router.get(
    "/valuation/ratings", auth=READ, response=schemas.RatingsOut, summary="Current ratings, worst first"
)
def ratings(
    request: HttpRequest,
    site_slug: Path[str],
    grade: str | None = None,
    search: Annotated[str, Query(max_length=100)] = "",
    after: Annotated[str | None, Query(max_length=1_000)] = None,
    limit: Limit = 50,
) -> Any:
    wanted = Grade.__members__.get(grade or "")
    page = selectors.ratings_page(search=search, grade=wanted, after=after, limit=limit)
    return {"ratings": [_rating(row) for row in page.rows], "total": page.total, "next": page.next_cursor}


@router.get(
    "/valuation/ratings/{debtor_id}",
    auth=READ,
    response=list[schemas.RatingStepOut],
    summary="A debtor's ratings, newest first, each with its evidence",
)
def rating_history(request: HttpRequest, site_slug: Path[str], debtor_id: Path[UUID]) -> Any:
    return [
        {
            "as_of": row.as_of,
            "grade": Grade(row.grade).name,
            "score": row.score,
            "trigger": run.trigger,
            "revision": run.revision,
            "at": run.at,
            "entry_id": run.entry_id,
            "row_index": row.leaf_index,
            "row_digest": bytes(row.row_digest).hex(),
            "reasons": _reasons(_why(row)),
        }
        for row, run in selectors.rating_history(_party(request, debtor_id).id)
    ]


@router.get("/valuation/loss", auth=READ, response=list[schemas.LossOut], summary="Expected credit loss")
def expected_loss(
    request: HttpRequest, site_slug: Path[str], as_of: AsOf = None, currency: str | None = None
) -> Any:
    day = _day(as_of)
    found = selectors.losses(as_of=day, currency=_currency(currency) if currency else None)
    return [
        {
            "as_of": day,
            "currency": one.currency,
            "buckets": [line.as_dict() for line in one.statement.lines],
            "total_loss_fen": one.statement.loss_minor,
            "total_fen": one.statement.amount_minor,
            "overlay": str(one.statement.overlay),
            "is_example": one.statement.is_example,
        }
        for one in found.values()
    ]


@router.get(
    "/valuation/loss/backtest",
    auth=READ,
    response=list[schemas.LossVintageOut],
    summary="Earlier loss forecasts beside what came",
)
def loss_backtest(request: HttpRequest, site_slug: Path[str], currency: str, as_of: AsOf = None) -> Any:
    found = selectors.loss_backtest(as_of=_day(as_of), currency=_currency(currency))
    return [one.as_dict() for one in found]


@router.get(
    "/valuation/warnings", auth=READ, response=list[schemas.WarningOut], summary="Warnings, likeliest first"
)
def warnings(request: HttpRequest, site_slug: Path[str], limit: Limit = 50) -> Any:
    return [
        {
            "item_id": row.item_id,
            "document_number": row.item.document_number,
            "debtor_id": row.debtor_id,
            "open_minor": row.open_minor,
            "currency": row.currency,
            "due_on": row.due_on,
            "first_on": row.first_on,
            "probability_millionths": row.probability_millionths,
            "reasons": _reasons(reasons_of(row.values, row.points, Grade.AAA, SHORT_HISTORY)),
        }
        for row in selectors.alarms(limit=limit)
    ]


@router.get(
    "/valuation/series", auth=READ, response=list[schemas.PointOut], summary="DSO, turnover, shares by month"
)
def figures_over_time(
    request: HttpRequest,
    site_slug: Path[str],
    currency: str,
    as_of: AsOf = None,
    known_at: datetime | None = None,
) -> Any:
    if known_at is not None and known_at.tzinfo is None:
        known_at = known_at.replace(tzinfo=clock.now().tzinfo)
    points = selectors.series(as_of=_day(as_of), currency=_currency(currency), known_at=known_at)
    names = schemas.PointOut.model_fields
    return [{name: getattr(point, name) for name in names} for point in points]


@router.get(
    "/valuation/limits/{debtor_id}",
    auth=READ,
    response=schemas.LimitStateOut,
    summary="A debtor's exposure against the credit limit; always with a rule and words",
)
def limit_state(
    request: HttpRequest,
    site_slug: Path[str],
    debtor_id: Path[UUID],
    currency: str = "CNY",
    as_of: AsOf = None,
    more_minor: Annotated[int, Query(ge=0, le=10**15)] = 0,
) -> Any:
    found = selectors.limit_state(
        _party(request, debtor_id).id, currency=_currency(currency), as_of=as_of, more_minor=more_minor
    )
    return found.as_dict()


def _rating(row: Any) -> schemas.Told:
    return {
        "debtor_id": row.party_id,
        "debtor": row.party.name or row.party.code,
        "code": row.party.code,
        "grade": Grade(row.grade).name,
        "score": row.score,
        "previous_grade": Grade(row.previous_grade).name if row.previous_grade else None,
        "probability_millionths": row.probability_millionths,
        "open_minor": row.open_minor,
        "overdue_minor": row.overdue_minor,
        "currency": row.currency,
        "as_of": row.as_of,
        "run": row.run_number,
        "reasons": _reasons(_why(row)),
    }


def _why(row: RatingState) -> list[Reason]:
    """A creditor may also be rated as a book: other reasons."""
    if row.kind == RatingKind.BOOK:
        return book_reasons(row.values)
    return reasons_of(row.values, row.points, row.grade, row.invoices_due)


def _reasons(found: list[Reason]) -> list[dict[str, object]]:
    return [one.as_dict(lang()) for one in found]


def _party(request: HttpRequest, debtor_id: UUID) -> Any:
    found = parties.party_by_id(request.actor, debtor_id)  # type: ignore[attr-defined]
    if is_problem(found):
        raise ProblemRaised(found, 404)
    return found


def _currency(text: str) -> str:
    code = known_currency(text)
    if is_problem(code):
        raise ProblemRaised(code, 422)
    return code


def _day(as_of: date | None) -> date:
    return as_of or ledger.replay_day() or clock.today()
