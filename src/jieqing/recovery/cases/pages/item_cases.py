"""The cases that worked a document, as a card for its page: what was tried, what was promised, what came, what is next."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from jieqing.claims.receivables import access as ledger
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.http import problem_response, requires
from jieqing.plumbing.templatetags.kit import lang
from jieqing.recovery.cases.engine import words as code_words
from jieqing.recovery.cases.models import Case
from jieqing.recovery.cases.pages.event_words import moments_of
from jieqing.recovery.cases.pages.words import word
from jieqing.recovery.cases.sight import visible

CASES_MAX, MOMENTS_MAX = 3, 12


@requires("cases.read")
@require_safe
def item_cases(request: HttpRequest, site_slug: str, item_id: UUID) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    item = ledger.item_by_id(actor, item_id)
    if is_problem(item):
        return problem_response(request, item, 404)
    found = visible(actor, Case.objects.filter(items__item_id=item_id)).distinct().order_by("-number")
    rows = [
        {
            "case": case,
            "href": reverse("case", args=[site_slug, case.id]),
            "state": word(code_words.CLOSING_NAMES, case.closing) if case.closing else "",
            "next": code_words.name_of(code_words.NEXT_ACTION_NAMES, case.next_action, lang()),
            "moments": moments_of(case, site_slug, groups=("contacts", "money"))[:MOMENTS_MAX],
        }
        for case in found[:CASES_MAX]
    ]
    return render(request, "cases/item_cases.html", {"item": item, "rows": rows})
