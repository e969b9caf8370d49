"""The total of a portfolio in the reporting currency, beside the figures in their own; the rates that were entered."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from jieqing.claims.exchange.engine.converting import NO_CURRENCY, PinnedRate, Total, total_in
from jieqing.claims.exchange.models import ExchangeRate, ReportingCurrency
from jieqing.claims.receivables.selectors import portfolio
from jieqing.kernel.outcomes import Problem

RATES_MAX = 200


def reporting_currency(known_at: datetime | None = None) -> str | None:
    """The currency in force, or as it was at a moment."""
    rows = ReportingCurrency.objects.order_by("-set_at", "-id")
    if known_at:
        rows = rows.filter(set_at__lte=known_at)
    return rows.values_list("currency", flat=True).first()


def rates() -> list[ExchangeRate]:
    """What was entered, the newest day first; of one day the last entered first."""
    return list(ExchangeRate.objects.order_by("-on", "base", "-entered_at", "-id")[:RATES_MAX])


def pinned_rates(
    quote: str, bases: Collection[str], *, as_of: date, known_at: datetime | None = None
) -> dict[str, PinnedRate]:
    """By currency, the last rate on or before a day: of several entered for one day, the last entered."""
    rows = ExchangeRate.objects.filter(quote=quote, base__in=list(bases), on__lte=as_of)
    if known_at:
        rows = rows.filter(entered_at__lte=known_at)
    found = rows.order_by("base", "-on", "-entered_at", "-id").distinct("base")
    return {
        row.base: PinnedRate(row.base, row.quote, row.on, row.rate.normalize(), row.source, str(row.entry_id))
        for row in found
    }


def portfolio_total(*, as_of: date, known_at: datetime | None = None) -> Total | Problem:
    """Outstanding by currency and in one total, each with the rate that was used and its day."""
    currency = reporting_currency(known_at)
    if currency is None:
        return Problem.of(NO_CURRENCY)
    figures = portfolio(as_of=as_of, known_at=known_at)
    # Nothing outstanding needs no rate.
    sums = {row.currency: row.outstanding_minor for row in figures if row.outstanding_minor}
    return total_in(currency, as_of, sums, pinned_rates(currency, sums, as_of=as_of, known_at=known_at))


def told_total(total: Total) -> dict[str, Any]:
    """A total as commands and programs hear it: every part names its rate."""
    problem = total.problem
    return {
        "currency": total.currency,
        "as_of": total.as_of.isoformat(),
        "total_fen": total.total_minor,
        "parts": [
            {
                "currency": one.currency,
                "amount_fen": one.amount_minor,
                "converted_fen": one.converted_minor,
                "rate": format(one.rate.rate, "f") if one.rate else None,
                "rate_on": one.rate.on.isoformat() if one.rate else None,
                "source": one.rate.source if one.rate else None,
            }
            for one in total.parts
        ],
        "missing": list(total.missing),
        "problem": problem.as_dict() if problem else None,
    }


def told_rate(row: ExchangeRate) -> dict[str, Any]:
    return {
        "base": row.base,
        "quote": row.quote,
        "on": row.on.isoformat(),
        "rate": format(row.rate.normalize(), "f"),
        "source": row.source,
        "entry": str(row.entry_id),
    }
