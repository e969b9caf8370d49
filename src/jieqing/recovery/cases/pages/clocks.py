"""The clocks of the site's cases: what ran out, what ends within a day, and the measured share that was met."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jieqing.estate.accounts.selectors import display_names
from jieqing.plumbing.http import requires
from jieqing.plumbing.listing import cells
from jieqing.recovery.cases import selectors
from jieqing.recovery.cases.engine.clocks import FIRST_RESPONSE, MILESTONE_NAMES, Milestone, clock_state
from jieqing.recovery.cases.pages.case_rows import CLOCK_TONES, clock_state_words, late_clocks
from jieqing.recovery.cases.pages.words import word

ROWS_MAX = 100


@requires("cases.read")
@require_safe
def clocks(request: HttpRequest, site_slug: str) -> HttpResponse:
    actor, now = request.actor, selectors.working_moment()  # type: ignore[attr-defined]
    shares = selectors.milestone_shares()
    late = late_clocks(actor, ROWS_MAX)
    near = selectors.cases_page(actor, selectors.CaseFilter(clock="near"), sort="next", limit=ROWS_MAX).rows
    owners = [one.case.owner_id for one in late] + [case.owner_id for case in near]
    names: dict[Any, str] = dict(display_names({one for one in owners if one}))
    address = cells.addresses("case", site_slug)
    context: dict[str, Any] = {
        "hours": int(FIRST_RESPONSE.total_seconds() // 3600),
        "shares": [
            {"name": word(MILESTONE_NAMES, milestone), "share": shares[milestone]} for milestone in Milestone
        ],
        "late": [
            {
                "case": one.case,
                "href": address(one.case_id),
                "name": word(MILESTONE_NAMES, one.milestone),
                "due_at": one.due_at,
                "owner": names.get(one.case.owner_id, "–"),
                "state": clock_state_words(clock_state(one.due_at, now, None), one.due_at, now),
                "tone": CLOCK_TONES[clock_state(one.due_at, now, None)],
            }
            for one in late
        ],
        "near": [
            {
                "case": case,
                "href": address(case.id),
                "due_at": case.clock_due_at,
                "owner": names.get(case.owner_id, "–"),
                "left": clock_state_words(clock_state(case.clock_due_at, now, None), case.clock_due_at, now),
            }
            for case in near
            if case.clock_due_at
        ],
    }
    return render(request, "cases/clocks.html", context)
