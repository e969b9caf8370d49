"""What became of an enquiry, as a card for its page: the orders that grew from it and the cases on them."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jieqing.estate.reception.access import enquiry_by_id
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.http import problem_response, requires
from jieqing.plumbing.templatetags.kit import lang
from jieqing.recovery.cases.engine import words as code_words
from jieqing.recovery.cases.models import Case
from jieqing.recovery.cases.pages.words import word
from jieqing.recovery.cases.selectors.ladders import stage_names
from jieqing.recovery.cases.sight import visible
from jieqing.recovery.placements.selectors import STATE_NAMES, placements_of_enquiry

ROWS_MAX = 30


@requires("cases.read")
@require_safe
def enquiry_cases(request: HttpRequest, site_slug: str, enquiry_id: UUID) -> HttpResponse:
    enquiry = enquiry_by_id(enquiry_id)
    if is_problem(enquiry):
        return problem_response(request, enquiry, 404)
    stages, index = stage_names(lang()), 0 if lang() == "zh" else 1
    found = visible(request.actor, Case.objects.filter(enquiry_id=enquiry_id))  # type: ignore[attr-defined]
    context = {
        "enquiry": enquiry,
        "placements": [(row, STATE_NAMES[row.state][index]) for row in placements_of_enquiry(enquiry_id)],  # type: ignore[index]
        "cases": [
            (
                case,
                word(code_words.CLOSING_NAMES, case.closing)
                if case.closing
                else stages.get(case.stage, case.stage),
            )
            for case in found.order_by("-number")[:ROWS_MAX]
        ],
    }
    return render(request, "cases/enquiry_cases.html", context)
