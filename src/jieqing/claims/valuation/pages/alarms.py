"""Early warning: what is not due yet and likely to be more than 30 days late."""

from statistics import median

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jieqing.claims.receivables.selectors import reading_of
from jieqing.claims.valuation import selectors
from jieqing.claims.valuation.engine.behaviour import VERY_LATE_DAYS
from jieqing.claims.valuation.engine.forecast import ALARM
from jieqing.claims.valuation.engine.models_kept import read_models
from jieqing.claims.valuation.engine.reasons import reasons_of
from jieqing.claims.valuation.engine.scorecard import SHORT_HISTORY, Grade
from jieqing.claims.valuation.models import Alarm
from jieqing.claims.valuation.pages.rating_cells import chips
from jieqing.plumbing.http import requires

ROWS_MAX = 200


def lead_days(alarm: Alarm) -> int:
    """From the first warning to the day on which the item would be 30 days late."""
    return (alarm.due_on - alarm.first_on).days + VERY_LATE_DAYS


@requires("ledger.read")
def alarms(request: HttpRequest, site_slug: str) -> HttpResponse:
    run = selectors.last_run()
    rows = [
        # Contributions in hundredths of log-odds take the place of points: the same words, the same order.
        (row, chips(reasons_of(row.values, row.points, Grade.AAA, SHORT_HISTORY)), lead_days(row))
        for row in selectors.alarms(limit=ROWS_MAX)
    ]
    context = {
        "rows": rows,
        "lead": round(median(lead for _row, _chips, lead in rows)) if rows else None,
        "total": selectors.alarm_count(),
        "run": run,
        "models": read_models(run.norms) if run else None,
        "threshold": round(ALARM * 100),
        "may_decide": not request.allow("valuation.decide"),  # type: ignore[attr-defined]
        "reading": reading_of(request.GET),
    }
    return render(request, "valuation/alarms.html", context)
