"""Pages of a party's contacts and of one point. A verb is a POST; what it cannot do is said on the page it came from."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jieqing.claims.parties import access, selectors, services
from jieqing.claims.parties.models import ContactPoint, Party
from jieqing.claims.parties.pages.forms import EndForm, RevealForm
from jieqing.claims.parties.pages.verbs import PARTY_VERBS, POINT_VERBS, Verb
from jieqing.claims.parties.shown import contacts_context, shown_point
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.http import problem_response, requires
from jieqing.plumbing.templatetags.kit import lang

View = Callable[..., HttpResponse]


@never_cache
@require_safe
@requires("contacts.read")
def contacts(request: HttpRequest, site_slug: str, party_id: UUID) -> HttpResponse:
    """The page; to htmx the panel alone, for pages of other rooms that show it."""
    party = access.party_by_id(request.actor, party_id)  # type: ignore[attr-defined]
    if is_problem(party):
        return problem_response(request, party, 404)
    if request.headers.get("HX-Request") and request.GET.get("part") == "panel":
        return render(request, "parties/panels/contacts.html", contacts_context(request, party))
    return _party_page(request, party)


@never_cache
@require_safe
@requires("contacts.read")
def point(request: HttpRequest, site_slug: str, point_id: UUID) -> HttpResponse:
    found = access.point_by_id(request.actor, point_id)  # type: ignore[attr-defined]
    return problem_response(request, found, 404) if is_problem(found) else _point_page(request, found)


@never_cache
@require_POST
@requires("contacts.reveal")
def reveal(request: HttpRequest, site_slug: str, point_id: UUID) -> HttpResponse:
    """The value in full, on this one response, for a purpose that is chosen; the opening is evidence."""
    found = access.point_by_id(request.actor, point_id)  # type: ignore[attr-defined]
    if is_problem(found):
        return problem_response(request, found, 404)
    form = RevealForm(request.POST)
    if not form.is_valid():
        return _point_page(request, found, forms={"reveal": form}, status=422)
    value = services.reveal_point(
        actor=request.actor,  # type: ignore[attr-defined]
        point=found,
        purpose=form.cleaned_data["purpose"],
    )
    if is_problem(value):
        return _point_page(request, found, problem=value, status=409)
    return _point_page(request, found, value=value, holder=selectors.holder_of(found))


def party_verb(verb: Verb) -> View:
    """The view of one verb for a party."""

    @never_cache
    @require_POST
    @requires("contacts.manage")
    def act(request: HttpRequest, site_slug: str, party_id: UUID) -> HttpResponse:
        party = access.party_by_id(request.actor, party_id)  # type: ignore[attr-defined]
        if is_problem(party):
            return problem_response(request, party, 404)
        form, problem = _try(request, verb, party)
        if form is None:
            return redirect("party-contacts", site_slug=site_slug, party_id=party_id)
        status = 409 if problem else 422
        return _party_page(request, party, forms={verb.name: form}, problem=problem, status=status)

    return act


def point_verb(verb: Verb) -> View:
    """The view of one verb on a point."""

    @never_cache
    @require_POST
    @requires("contacts.manage")
    def act(request: HttpRequest, site_slug: str, point_id: UUID) -> HttpResponse:
        found = access.point_by_id(request.actor, point_id)  # type: ignore[attr-defined]
        if is_problem(found):
            return problem_response(request, found, 404)
        form, problem = _try(request, verb, found)
        if form is None:
            return redirect("contact-point", site_slug=site_slug, point_id=point_id)
        status = 409 if problem else 422
        return _point_page(request, found, forms={verb.name: form}, problem=problem, status=status)

    return act


def _try(request: HttpRequest, verb: Verb, target: Any) -> tuple[Any, Problem | None]:
    """No form when it is done; else the form as filled in, and the Problem when its fields were right."""
    form = verb.form(request.POST, auto_id=f"{verb.name}_%s")
    if not form.is_valid():
        return form, None
    outcome = verb.act(request.actor, target, form.cleaned_data)  # type: ignore[attr-defined]
    if isinstance(outcome, Problem):
        return form, outcome
    messages.success(request, verb.done)
    return None, None


def _party_page(
    request: HttpRequest,
    party: Party,
    *,
    forms: dict[str, Any] | None = None,
    problem: Problem | None = None,
    status: int = 200,
) -> HttpResponse:
    given = forms or {}
    context = contacts_context(request, party) | {
        "name": party.name or party.code,
        "forms": {
            verb.name: given.get(verb.name) or verb.form(auto_id=f"{verb.name}_%s") for verb in PARTY_VERBS
        },
        "open": next(iter(given), ""),
        "problem": problem,
        "end_form": EndForm(),
        "in_page": True,
        "lang": lang(),
    }
    return render(request, "parties/contacts.html", context, status=status)


def _point_page(
    request: HttpRequest,
    point: ContactPoint,
    *,
    forms: dict[str, Any] | None = None,
    problem: Problem | None = None,
    value: str = "",
    holder: str = "",
    status: int = 200,
) -> HttpResponse:
    given = forms or {}
    points = selectors.contact_points_of([point.party_id], with_gone=True)[point.party_id]
    view = next(one for one in points if one.id == point.pk)
    context = {
        "party": point.party,
        "name": point.party.name or point.party.code,
        "shown": shown_point(view),
        "value": value,
        "holder": holder,
        "forms": {
            verb.name: given.get(verb.name) or verb.form(auto_id=f"{verb.name}_%s") for verb in POINT_VERBS
        },
        "reveal_form": given.get("reveal") or RevealForm(),
        "open": next(iter(given), ""),
        "problem": problem,
        "may_manage": not request.allow("contacts.manage"),  # type: ignore[attr-defined]
        "may_reveal": not request.allow("contacts.reveal"),  # type: ignore[attr-defined]
    }
    return render(request, "parties/point.html", context, status=status)
