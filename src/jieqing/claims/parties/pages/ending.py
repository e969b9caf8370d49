"""Ends: a choice withdrawn, hours no longer agreed, a guarantee released, an event over. Each asks for its ground."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from jieqing.claims.parties import access, services
from jieqing.kernel import clock
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.http import problem_response, requires


@never_cache
@require_POST
@requires("contacts.manage")
def withdraw_choice(request: HttpRequest, site_slug: str, choice_id: UUID) -> HttpResponse:
    found = access.choice_by_id(_actor(request), choice_id)
    return _end(request, found, lambda row, said: services.withdraw_choice(choice=row, **said))


@never_cache
@require_POST
@requires("contacts.manage")
def end_hours(request: HttpRequest, site_slug: str, hours_id: UUID) -> HttpResponse:
    found = access.hours_by_id(_actor(request), hours_id)
    return _end(request, found, lambda row, said: services.end_hours(hours=row, **said))


@never_cache
@require_POST
@requires("contacts.manage")
def end_guarantee(request: HttpRequest, site_slug: str, guarantee_id: UUID) -> HttpResponse:
    found = access.guarantee_by_id(_actor(request), guarantee_id)
    return _end(request, found, lambda row, said: services.end_guarantee(guarantee=row, **said))


@never_cache
@require_POST
@requires("contacts.manage")
def end_event(request: HttpRequest, site_slug: str, event_id: UUID) -> HttpResponse:
    found = access.event_by_id(_actor(request), event_id)
    return _end(
        request,
        found,
        lambda row, said: services.end_debtor_event(event=row, to_on=max(clock.today(), row.from_on), **said),
    )


def _end(request: HttpRequest, found: Any, end: Callable[[Any, dict[str, Any]], object]) -> HttpResponse:
    if is_problem(found):
        return problem_response(request, found, 404)
    outcome = end(found, {"actor": _actor(request), "reason": request.POST.get("reason", "")})
    if isinstance(outcome, Problem):
        return problem_response(request, outcome, 422)
    messages.success(request, _("已结束并存证。"))
    party_id = getattr(found, "party_id", None) or found.debtor_id
    return redirect("party-contacts", site_slug=request.site.slug, party_id=party_id)  # type: ignore[attr-defined]


def _actor(request: HttpRequest) -> Any:
    return request.actor  # type: ignore[attr-defined]
