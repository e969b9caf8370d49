"""The lines on which open pages hear that cases changed: one for lists and desks, one for each case."""

from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing import sse
from jieqing.plumbing.http import problem_response, requires
from jieqing.recovery.cases import access
from jieqing.recovery.cases.services.telling import case_channels, list_channel


@requires("cases.read")
@require_GET
def cases_news(request: HttpRequest, site_slug: str) -> HttpResponseBase:
    return sse.stream(list_channel(request.actor.own_site))  # type: ignore[attr-defined]


@requires("cases.read")
@require_GET
def case_news(request: HttpRequest, site_slug: str, case_id: UUID) -> HttpResponseBase:
    found = access.case_by_id(request.actor, case_id)  # type: ignore[attr-defined]
    if is_problem(found):
        return problem_response(request, found, 404)
    return sse.stream(*case_channels(found.site_id, found.id))
