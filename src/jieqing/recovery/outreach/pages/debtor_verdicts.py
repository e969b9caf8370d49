"""May this debtor be contacted now: for the debtor's page (htmx) and as a page of its own, each open case by its own panel."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jieqing.claims.parties import access as parties
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.http import problem_response, requires
from jieqing.recovery.cases.selectors import CaseFilter, filtered

# One person owes one creditor in one case as a rule; more are reached from their own pages.
CASES_MAX = 3


@never_cache
@requires("cases.read")
@require_safe
def debtor_verdicts(request: HttpRequest, site_slug: str, debtor_id: UUID) -> HttpResponse:
    refused = request.allow("contacts.read")  # type: ignore[attr-defined]
    if refused:
        return problem_response(request, refused, 403)
    actor = request.actor  # type: ignore[attr-defined]
    debtor = parties.party_by_id(actor, debtor_id)
    if is_problem(debtor):
        return problem_response(request, debtor, 404)
    rows = filtered(actor, CaseFilter(state="open")).filter(debtor_id=debtor.id)
    cases = list(rows.order_by("-priority", "id")[: CASES_MAX + 1])
    context = {
        "debtor": debtor,
        "cases": cases[:CASES_MAX],
        "has_more": len(cases) > CASES_MAX,
    }
    alone = request.headers.get("HX-Request") and request.GET.get("part") == "panel"
    name = "outreach/panels/debtor_verdicts.html" if alone else "outreach/debtor_verdicts.html"
    return render(request, name, context)
