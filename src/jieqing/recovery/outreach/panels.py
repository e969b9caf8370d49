"""What outreach shows on a case page: before every button whether it may be pressed, from when, or why not."""

from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from jieqing.kernel.outcomes import is_problem
from jieqing.recovery.cases import access
from jieqing.recovery.outreach.services import preview_contacts
from jieqing.recovery.outreach.shown import shown_points


def contact_verdicts(request: HttpRequest, case_id: UUID) -> SafeString | None:
    """The panel; nothing for whoever may not see the case or how its people are reached."""
    if request.allow("cases.read") or request.allow("contacts.read"):  # type: ignore[attr-defined]
        return None
    case = access.case_by_id(request.actor, case_id)  # type: ignore[attr-defined]
    if is_problem(case):
        return None
    points = shown_points(preview_contacts(actor=request.actor, case=case))  # type: ignore[attr-defined]
    may_ask = not request.allow("cases.work")  # type: ignore[attr-defined]
    context = {"points": points, "case": case, "may_ask": may_ask}
    return SafeString(render_to_string("outreach/panels/verdicts.html", context, request=request))
