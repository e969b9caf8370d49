"""Conversion for other programs: the total with its rates, the rates, the reporting currency."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from ninja import Path, Query, Router, Schema
from pydantic import Field

from jieqing.claims.exchange import selectors, services
from jieqing.kernel import clock
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.http import ProblemRaised, needs

router = Router(tags=["exchange"])


class PartOut(Schema):
    currency: str
    amount_fen: int
    converted_fen: int | None
    rate: str | None
    rate_on: date | None
    source: str | None


class TotalOut(Schema):
    """``total_fen`` is null while a rate is missing."""

    currency: str
    as_of: date
    total_fen: int | None
    parts: list[PartOut]
    missing: list[str]
    problem: dict[str, Any] | None


class RateIn(Schema):
    base: str = Field(max_length=3)
    quote: str = Field(max_length=3)
    on: date
    rate: str = Field(max_length=30, pattern=r"^[0-9]+(\.[0-9]+)?$")
    source: str = Field(max_length=services.SOURCE_CHARS_MAX)


class RateOut(Schema):
    base: str
    quote: str
    on: date
    rate: str
    source: str
    entry: str


class RatesOut(Schema):
    rates: list[RateOut]


class CurrencyIn(Schema):
    currency: str = Field(max_length=3)


class CurrencyOut(Schema):
    currency: str


@router.get(
    "/ledger/exchange",
    auth=needs("ledger.read"),
    response=TotalOut,
    operation_id="portfolio_total",
    summary="Outstanding by currency and in the reporting currency, each with its rate",
)
def portfolio_total(request: HttpRequest, site_slug: Path[str], as_of: Query[date | None] = None) -> Any:
    found = selectors.portfolio_total(as_of=as_of or clock.today())
    if is_problem(found):
        raise ProblemRaised(found, 422)
    return selectors.told_total(found)


@router.get(
    "/ledger/exchange/rates",
    auth=needs("ledger.read"),
    response=RatesOut,
    operation_id="exchange_rates",
    summary="The rates that were entered, newest day first",
)
def exchange_rates(request: HttpRequest, site_slug: Path[str]) -> Any:
    return {"rates": [selectors.told_rate(one) for one in selectors.rates()]}


@router.post(
    "/ledger/exchange/rates",
    auth=needs("ledger.decide"),
    response=RateOut,
    operation_id="enter_exchange_rate",
    summary="Enter the rate of a day; entered again it corrects the one before, which stays",
)
def enter_rate(request: HttpRequest, site_slug: Path[str], asked: RateIn) -> Any:
    made = services.enter_rate(
        actor=request.actor,  # type: ignore[attr-defined]
        base=asked.base,
        quote=asked.quote,
        on=asked.on,
        rate=Decimal(asked.rate),
        source=asked.source,
    )
    if is_problem(made):
        raise ProblemRaised(made, 422)
    return selectors.told_rate(made)


@router.post(
    "/ledger/exchange/currency",
    auth=needs("ledger.decide"),
    response=CurrencyOut,
    operation_id="set_reporting_currency",
    summary="Say in which currency the site reports",
)
def set_currency(request: HttpRequest, site_slug: Path[str], asked: CurrencyIn) -> Any:
    made = services.set_reporting_currency(actor=request.actor, currency=asked.currency)  # type: ignore[attr-defined]
    if is_problem(made):
        raise ProblemRaised(made, 422)
    return {"currency": made.currency}
