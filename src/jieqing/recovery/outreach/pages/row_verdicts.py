"""May the people of these cases be contacted now: one chip for each row of a list, asked after the list stands.

The list names its cases; whatever of them the reader may not see is simply not answered. The answer replaces the rows' own
places by id, so the list is fast and the verdict is the gate's.
"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jieqing.claims.parties.engine.choices import CHANNEL_NAMES
from jieqing.plumbing.http import requires
from jieqing.plumbing.templatetags.kit import lang
from jieqing.recovery.cases.selectors import CaseFilter, filtered
from jieqing.recovery.outreach.engine.row_verdicts import Offer, best
from jieqing.recovery.outreach.services import PointVerdicts, preview_cases
from jieqing.recovery.outreach.shown import shown_points

# One page of a list, and of a list in groups.
ROWS_MAX = 60


@never_cache
@requires("cases.read")
@require_safe
def row_verdicts(request: HttpRequest, site_slug: str) -> HttpResponse:
    """Chips of ``?cases=id,id,…``; who may not read contact points sees the list as it is."""
    actor, ids = request.actor, _ids(request.GET.get("cases", ""))  # type: ignore[attr-defined]
    if not ids or request.allow("contacts.read"):  # type: ignore[attr-defined]
        return HttpResponse()
    rows = filtered(actor, CaseFilter(state="open")).filter(pk__in=ids)
    cases = list(rows.select_related("debtor", "creditor"))
    found = preview_cases(actor=actor, cases=cases)
    rows_shown = [_row(case, found[case.id]) for case in cases]
    return render(request, "outreach/panels/row_verdicts.html", {"rows": rows_shown})


def _row(case, verdicts: list[PointVerdicts]) -> dict[str, object]:  # type: ignore[no-untyped-def]
    offers = [
        Offer(point.role, channel, verdict) for point in verdicts for channel, _aim, verdict in point.verdicts
    ]
    lead = best(offers)
    return {
        "case": case,
        "lead": lead.verdict if lead else None,
        "label": lead.verdict.label(lang()) if lead else "",
        "channel": CHANNEL_NAMES[lead.channel][0 if lang() == "zh" else 1] if lead else "",
        "points": shown_points(verdicts),
    }


def _ids(text: str) -> list[UUID]:
    found = []
    for word in text.split(",")[:ROWS_MAX]:
        try:
            found.append(UUID(word))
        except ValueError:
            continue
    return found
