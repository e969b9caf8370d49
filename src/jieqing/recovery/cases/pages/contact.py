"""Whether and how a debtor may be contacted: the verdict first, the masked points below it. Nothing is sent from here.

No contact leaves without a permit (guarantee 1), and no channel is connected yet: the dialog says so instead of showing a
button that would fail.
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
        "nothing": _("触达渠道接通前，这里不发送任何信息。能联系时，先给出结论和依据，再出现按钮。"),
    }
    name = "cases/deed_dialog.html" if getattr(request, "htmx", None) else "cases/deed_page.html"
    return render(request, name, context)
