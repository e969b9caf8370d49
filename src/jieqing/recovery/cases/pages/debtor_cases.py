"""The cases of a debtor, as a card for the debtor's page: open ones first, and the way to open another."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from jieqing.claims.parties import access as parties
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.http import problem_response, requires
from jieqing.plumbing.templatetags.kit import lang
from jieqing.recovery.cases.engine import codes
from jieqing.recovery.cases.engine import words as code_words
from jieqing.recovery.cases.models import Case
from jieqing.recovery.cases.pages.words import contact_verdict, word
from jieqing.recovery.cases.selectors.ladders import stage_names
from jieqing.recovery.cases.sight import visible

ROWS_MAX = 30


@requires("cases.read")
@require_safe
def debtor_cases(request: HttpRequest, site_slug: str, debtor_id: UUID) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    debtor = parties.party_by_id(actor, debtor_id)
    if is_problem(debtor):
        return problem_response(request, debtor, 404)
    stages = stage_names(lang())
    found = visible(actor, Case.objects.filter(debtor_id=debtor_id)).order_by("-state", "-number")[:ROWS_MAX]
    rows = [
        {
            "case": case,
            "href": reverse("case", args=[site_slug, case.id]),
            "stage": stages.get(case.stage, case.stage),
            "state": word(code_words.CLOSING_NAMES, case.closing) if case.closing else "",
            "verdict": contact_verdict(case.hold_kinds, is_open=case.state == codes.CaseState.OPEN),
        }
        for case in found
    ]
    return render(request, "cases/debtor_cases.html", {"debtor": debtor, "rows": rows})
