"""The creditor's desk composes panels of the ledger; it holds no rule and no query of its own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jieqing.claims.deadlines import panels as deadlines
from jieqing.claims.exchange import panels as exchange
from jieqing.claims.receivables import panels, selectors
from jieqing.claims.valuation import panels as valuation
from jieqing.estate.reception import panels as reception
from jieqing.plumbing.http import requires
from jieqing.recovery.cases import panels as cases


@requires("desk.read")
def desk(request: HttpRequest, site_slug: str) -> HttpResponse:
    """Numbers first, then why, then what to do; an empty ledger shows the first step instead."""
    reading = selectors.reading_of(request.GET)
    context: dict[str, object] = {
        "reading": reading,
        "can_import": not request.allow("ledger.import"),  # type: ignore[attr-defined]
        "enquiries": reception.enquiries(request),
    }
    if reading.facts.is_empty:
        return render(request, "web/desks/creditor_empty.html", context)
    portfolio = panels.read_portfolio(reading)
    context |= {
        "figures": panels.figures(request, portfolio),
        "ageing": panels.ageing(request, portfolio),
        "next_steps": panels.next_steps(request, portfolio),
        "top_debtors": panels.top_debtors(request, portfolio),
        "valuation": valuation.valuation(request, reading),
        "cases": cases.money(request, reading.default_on),
        "total": exchange.total(request, reading),
        "trend": valuation.trend(request, reading),
        "deadlines": deadlines.near(request, reading),
        "due_soon": panels.due_soon(request, portfolio),
        "proposal": None if portfolio.figures else selectors.propose_as_of(),
    }
    return render(request, "web/desks/creditor.html", context)
