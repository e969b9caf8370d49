"""May this case's people be contacted now: a page of its own, and the panel alone for the case page (htmx)."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.http import problem_response, requires
from jieqing.recovery.cases import access
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
    points = shown_points(preview_contacts(actor=request.actor, case=case))  # type: ignore[attr-defined]
    alone = request.headers.get("HX-Request") and request.GET.get("part") == "panel"
    template = "outreach/panels/verdicts.html" if alone else "outreach/verdicts.html"
    return render(request, template, {"points": points, "case": case})
