"""From an address to a site, from a person to an actor, and only then to a view.

Every route with a ``site_slug`` runs inside the site's scope (both walls, one transaction) and only for an actor
who carries the permission that the view declares. A view under a site that declares nothing is refused: that is
a bug, found by the first request and by ``tests/architecture``.

Under the API a bearer token takes the place of the person: it acts as a service with exactly its scopes, on its one site.

A site that is not live takes no writes but on pages that say so, and a closed one shows almost nothing: one rule
(``estate.sites.engine.doors``), asked here for every page and API route.

A page declared PUBLIC runs for whoever asks, as a visitor without a role, once the site is live.
A stranger gets the same 404 as for a site that does not exist; a member without the permission gets 403.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import SimpleTemplateResponse
from django.utils.cache import (
    get_conditional_response,
    patch_cache_control,
    patch_vary_headers,
    set_response_etag,
)

from jieqing.estate.accounts import access
from jieqing.estate.accounts.engine.client import coarse_network
from jieqing.estate.accounts.services import open_by_token
from jieqing.estate.sites.engine.doors import check_door
from jieqing.estate.sites.selectors import closed_on, site_by_slug
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor, visitor_actor
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing import idempotency
from jieqing.plumbing.db.scopes import site_scope
from jieqing.plumbing.http import MEMBER, PUBLIC, SAFE_METHODS, problem_response, wants_json
from jieqing.plumbing.logs.lines import add_to_bound

BEFORE_LIVE = frozenset({"draft", "submitted", "filed"})
SIGN_IN_FIRST = Problem(
    code="access.sign_in_first",
    zh="请先登录。",
    en="Sign in first.",
    todo_zh="登录后再试。",
    todo_en="Sign in and try again.",
)
SITE_UNKNOWN = Problem(
    code="site.unknown",
    zh="没有这个站点，或您无权查看。",
    en="There is no such site, or you may not see it.",
    todo_zh="请确认网址。",
    todo_en="Check the address.",
)
# What a program is told that proved its token, or that asks too often; any other token meets the 404 of no site.
TOLD_TO_PROGRAMS = {"token.revoked": 401, "token.expired": 401, "token.paused": 429}


class SiteMiddleware:
    """Runs every site view inside its site's scope; see the module's essay."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.site = None  # type: ignore[assignment]  # ours, not django.contrib.sites'
        request.actor = None  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        slug = kwargs.get("site_slug")
        if slug is None:
            return None
        if getattr(view, "required_permission", None) == PUBLIC and not wants_json(request):
            return self._open(request, view, args, kwargs)
        site = site_by_slug(slug)
        bearer = _bearer(request)
        if bearer is not None:
            actor = self._by_token(request, site.id if site else None, bearer)
            if is_problem(actor) and actor.code in TOLD_TO_PROGRAMS:
                return self._refuse_program(request, actor)
            if site is None or is_problem(actor):
                return problem_response(request, SITE_UNKNOWN, 404)
            with site_scope(site.id):
                return self._admit(request, view, args, kwargs, site, actor)
        if not request.user.is_authenticated:
            return self._sign_in(request)
        if site is None:
            return problem_response(request, SITE_UNKNOWN, 404)
        with site_scope(site.id):
            member = access.actor_for(request.user, site.id)
            if is_problem(member):
                return problem_response(request, SITE_UNKNOWN, 404)
            return self._admit(request, view, args, kwargs, site, member)

    def _admit(
        self,
        request: HttpRequest,
        view: Callable[..., Any],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        site: Any,
        actor: Actor,
    ) -> HttpResponse:
        """Somebody of the site, inside its scope: what they may do here, and then the view."""
        request.site = site
        request.actor = actor  # type: ignore[attr-defined]
        add_to_bound(site=str(site.id), actor=str(actor.id))
        request.allow = lambda permission: access.check(actor, permission)  # type: ignore[attr-defined]
        denied = self._denied(request, view, actor)
        if denied:
            return problem_response(request, denied, 403)
        shut = self._shut(request, view, site)
        if shut:
            return problem_response(request, shut, 403)
        return self._run(request, view, args, kwargs)

    @staticmethod
    def _by_token(request: HttpRequest, site_id: UUID | None, bearer: str) -> Actor | Problem:
        """A program with a token: whoever may be signed in beside it is left out of account."""
        request.user = AnonymousUser()
        request.is_by_token = True  # type: ignore[attr-defined]
        network = coarse_network(request.META.get("REMOTE_ADDR", ""))
        return open_by_token(site_id=site_id, bearer=bearer, network=network)

    @staticmethod
    def _refuse_program(request: HttpRequest, problem: Problem) -> HttpResponse:
        status = TOLD_TO_PROGRAMS[problem.code]
        response = problem_response(request, problem, status)
        if status == 401:
            response["WWW-Authenticate"] = 'Bearer error="invalid_token"'
        return response

    @staticmethod
    def _shut(request: HttpRequest, view: Callable[..., Any], site: Any) -> Problem | None:
        """What the site's state forbids to everybody; people may be invited before a site is live."""
        if site.state == "live":
            return None
        open_while: frozenset[str] = getattr(view, "open_while", frozenset())
        if getattr(view, "required_permission", None) == "people.manage":
            open_while |= BEFORE_LIVE
        return check_door(
            site.state,
            is_reading=request.method in SAFE_METHODS,
            open_while=open_while,
            closed_on=closed_on(),
            today=clock.today(),
        )

    def _open(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse:
        """A public page: as a visitor, whoever asks. A site that is not live is shown to its own members only."""
        site = site_by_slug(kwargs["site_slug"])
        is_preview = request.method in SAFE_METHODS and site is not None and self._is_member(request, site.id)
        if site is None or not (site.state == "live" or is_preview):
            return problem_response(request, SITE_UNKNOWN, 404)
        visitor = visitor_actor(site.id)
        request.site = site  # type: ignore[assignment]
        request.actor = visitor  # type: ignore[attr-defined]
        add_to_bound(site=str(site.id))
        request.allow = lambda permission: access.check(visitor, permission)  # type: ignore[attr-defined]
        with site_scope(site.id):
            return self._run(request, view, args, kwargs)

    @staticmethod
    def _is_member(request: HttpRequest, site_id: UUID) -> bool:
        return request.user.is_authenticated and not is_problem(access.actor_for(request.user, site_id))

    @staticmethod
    def _sign_in(request: HttpRequest) -> HttpResponse:
        if wants_json(request):
            response = problem_response(request, SIGN_IN_FIRST, 401)
            response["WWW-Authenticate"] = "Bearer"
            return response
        return HttpResponseRedirect(f"/sign-in/?next={quote(request.get_full_path())}")

    @staticmethod
    def _denied(request: HttpRequest, view: Callable[..., Any], actor: Any) -> Problem | None:
        if wants_json(request):
            return None  # each API route checks through plumbing.http.needs
        permission = getattr(view, "required_permission", None)
        if permission is None:
            raise RuntimeError(f"{view!r} is under a site and declares no permission")
        return None if permission == MEMBER else access.check(actor, permission)

    @staticmethod
    def _run(
        request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except Http404:
            return problem_response(request, SITE_UNKNOWN, 404)
        if wants_json(request) and request.method not in SAFE_METHODS:
            idempotency.finish(getattr(request, "claim", None), response)
        elif wants_json(request):
            response = _unless_unchanged(request, response)
        if isinstance(response, SimpleTemplateResponse):
            response.render()  # lazily evaluated querysets must run while the scope is active
        return response


def _bearer(request: HttpRequest) -> str | None:
    """What the header carries as a token; None when there is no such header. Pages know sessions only."""
    header = request.headers.get("Authorization")
    if header is None or not wants_json(request):
        return None
    kind, _blank, value = header.partition(" ")
    return value.strip() if kind.lower() == "bearer" else ""


def _unless_unchanged(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A read that the caller holds already costs no bytes; who may read is asked all the same."""
    if response.status_code == 200 and not response.streaming:
        patch_cache_control(response, private=True, no_cache=True)
        patch_vary_headers(response, ("Authorization", "Cookie"))
        set_response_etag(response)
        return get_conditional_response(request, etag=response["ETag"], response=response) or response
    return response
