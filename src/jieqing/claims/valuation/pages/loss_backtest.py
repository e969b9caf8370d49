"""Earlier loss forecasts beside what came: a chart with its table, each vintage opening the calculation of its day."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jieqing.claims.receivables.selectors import Reading, reading_of
from jieqing.claims.valuation import selectors
from jieqing.claims.valuation.engine.loss_vintages import DECIDED_MIN_BP, LossVintage
from jieqing.claims.valuation.engine.rolls import EDGES, RECOVERY_DAYS
from jieqing.plumbing.charts import Chart, Series
from jieqing.plumbing.http import requires


@requires("ledger.read")
@require_safe
def loss_backtest(request: HttpRequest, site_slug: str) -> HttpResponse:
    reading = reading_of(request.GET)
    found = selectors.loss_backtest(
        as_of=reading.as_of, currency=reading.currency, entry_id=reading.facts.last_entry_id
    )
    page = reverse("loss", args=[site_slug])
    rows = [
        {
            "one": one,
            "href": page + reading.query(as_of=one.day.isoformat()),
            "ratio": f"{one.ratio_hundredths / 100:.2f}" if one.ratio_hundredths is not None else "–",
            "decided": f"{one.decided_bp / 100:.1f} %",
        }
        for one in found
    ]
    context: dict[str, Any] = {
        "reading": reading,
        "rows": rows,
        "chart": _chart(found, reading, page) if found else None,
        "default_days": EDGES[-1],
        "watched_days": RECOVERY_DAYS,
        "decided_min": DECIDED_MIN_BP // 100,
        "forecast": sum(one.forecast_minor for one in found),
        "unpaid": sum(one.unpaid_minor for one in found),
    }
    return render(request, "valuation/loss_backtest.html", context)


def _chart(found: tuple[LossVintage, ...], reading: Reading, page: str) -> Chart:
    return Chart(
        name="loss-backtest",
        title=_("预测与实际"),
        category_title=_("月末"),
        categories=[one.day.isoformat() for one in found],
        series=[
            Series(_("当时预测"), [one.forecast_minor for one in found], colour="cat-1"),
            Series(_("实际未收回"), [one.unpaid_minor for one in found], colour="cat-3"),
        ],
        currency=reading.currency,
        links=[page + reading.query(as_of=one.day.isoformat()) for one in found],
    )
