"""Whether and how a debtor may be contacted: what the case itself says first, then the gate's verdict for each point and channel.

The verdicts are those of ``recovery.outreach``; this room adds none of its own. Nothing is sent from here.
"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.http import problem_response, requires
from jieqing.recovery.cases import access
from jieqing.recovery.cases.engine import codes
from jieqing.recovery.cases.pages.deed_views import next_of
from jieqing.recovery.cases.pages.words import contact_verdict


@requires("cases.read")
@never_cache
@require_safe
def contact(request: HttpRequest, site_slug: str, case_id: UUID) -> HttpResponse:
    found = access.case_by_id(request.actor, case_id)  # type: ignore[attr-defined]
    if is_problem(found):
        return problem_response(request, found, 404)
    context = {
        "deed": {"title": _("联系对方")},
        "case": found,
        "next": next_of(request, found),
        "verdict": contact_verdict(found.hold_kinds, is_open=found.state == codes.CaseState.OPEN),
    }
    name = "cases/deed_dialog.html" if getattr(request, "htmx", None) else "cases/deed_page.html"
    return render(request, name, context)
