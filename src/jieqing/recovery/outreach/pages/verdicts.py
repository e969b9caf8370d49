"""May this case's people be contacted now: a page of its own, and the panel alone for the case page (htmx)."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.http import problem_response, requires
from jieqing.recovery.cases import access
from jieqing.recovery.outreach.pages.approvals import colleagues_of
from jieqing.recovery.outreach.services import preview_contacts
from jieqing.recovery.outreach.shown import shown_points


@never_cache
@require_safe
@requires("cases.read")
def contact_verdicts(request: HttpRequest, site_slug: str, case_id: UUID) -> HttpResponse:
    refused = request.allow("contacts.read")  # type: ignore[attr-defined]
    if refused:
        return problem_response(request, refused, 403)
    case = access.case_by_id(request.actor, case_id)  # type: ignore[attr-defined]
    if is_problem(case):
        return problem_response(request, case, 404)
    alone = request.headers.get("HX-Request") and request.GET.get("part") == "panel"
    # Who is no colleague changes no verdict: the same check as for a permit stands behind it.
    companion = _asked(request.GET.get("companion", ""))
    points = shown_points(preview_contacts(actor=request.actor, case=case, companion=companion))  # type: ignore[attr-defined]
    has_visit = any(one["code"] == "visit" for row in points for one in row["verdicts"])
    context = {
        "points": points,
        "case": case,
        "may_ask": not request.allow("cases.work"),  # type: ignore[attr-defined]
        "colleagues": colleagues_of(request) if has_visit and not alone else [],
        "companion": str(companion or ""),
        "has_visit": has_visit,
    }
    template = "outreach/panels/verdicts.html" if alone else "outreach/verdicts.html"
    return render(request, template, context)


def _asked(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
