"""The platform operator's page of words: what stands in public of any site and may not, with the article and lawful words."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jieqing.estate.sites import selectors
from jieqing.estate.sites.engine.announcing import SURFACES
from jieqing.estate.sites.models import StandingWords
from jieqing.estate.sites.pages.operator import operators_only
from jieqing.kernel.actor import Actor
from jieqing.plumbing.templatetags.kit import lang

STATES = ("open", "ended")


@operators_only
@require_safe
def standing_words(request: HttpRequest, operator: Actor) -> HttpResponse:
    """Those that stand, the gravest first; those that were changed on a tab of their own."""
    asked = request.GET.get("state", "open")
    state = asked if asked in STATES else "open"
    rows = selectors.standing_words(operator, is_open=state == "open")
    sites = {site.id: site for site in selectors.sites_by_ids({row.site_id for row in rows})}
    context = {
        "state": state,
        "rows": [_row(row, sites.get(row.site_id)) for row in rows],
        "counts": selectors.count_standing_words(operator),
    }
    return render(request, "sites/words.html", context)


def _row(row: StandingWords, site: Any) -> dict[str, Any]:
    index = 0 if lang() == "zh" else 1
    tail = "" if index == 0 else "_en"
    return {
        "row": row,
        "site": site,
        "surface": SURFACES[row.surface][index] if row.surface in SURFACES else row.surface,
        "places": [
            {
                "words": one["words"],
                "article": one["article"],
                "why": one[f"why{tail}"],
                "instead": one[f"instead{tail}"],
                "is_blocked": one["verdict"] == "block",
            }
            for one in row.findings
        ],
    }
