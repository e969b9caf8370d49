"""What valuation shows on the creditor's desk: grades with their movement, expected loss, warnings. Read from rows only."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from jieqing.claims.receivables.selectors import Reading
from jieqing.claims.valuation import selectors
from jieqing.claims.valuation.engine.scorecard import Grade, tone_of


def trend(request: HttpRequest, reading: Reading) -> SafeString:
    """The place of the line of DSO and overdue ratio, which is fetched after the desk."""
    context = {"site": request.site, "reading": reading}
    return SafeString(render_to_string("valuation/panels/trend_later.html", context, request=request))


def valuation(request: HttpRequest, reading: Reading) -> SafeString | None:
    """None until the first revaluation: the desk then says nothing about worth."""
    run = selectors.last_run()
    if run is None:
        return None
    found = selectors.distribution(run)
    before = found.before
    grades = [
        (
            grade.name,
            tone_of(grade),
            found.now.get(grade, 0),
            found.now.get(grade, 0) - before.get(grade, 0) if before else 0,
        )
        for grade in Grade
    ]
    losses = run.summary.get("losses", {}).get(reading.currency)
    context = {
        "site": request.site,
        "run": run,
        "grades": grades,
        "before_on": found.before_on,
        "losses": losses,
        "share": losses["loss"] / losses["amount"] if losses and losses["amount"] > 0 else None,
        "alarms": selectors.alarm_count(),
        "reading": reading,
    }
    return SafeString(render_to_string("valuation/panels/valuation.html", context, request=request))
