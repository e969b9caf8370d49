"""What a page or an API route must declare, and how a Problem leaves over HTTP.

Fail closed: a page under a site declares its permission with ``@requires``; the site middleware refuses a view
that declares none. An API route declares it with ``auth=needs("ledger.read")``. The check itself is injected by
the middleware as ``request.allow``, so plumbing knows no roles. ``@requires(PUBLIC)`` opens a page of a live site to
whoever asks, signed in or not, always as the same visitor without a role: a member gains nothing there.

``needs`` also guards every write: a session needs its CSRF token, and the write a name (``plumbing.idempotency``), so
that no operation can forget either.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from ninja.utils import check_csrf

from jieqing.kernel.outcomes import Problem
from jieqing.plumbing import idempotency

View = TypeVar("View", bound=Callable[..., Any])

# For routes that only need membership of the site, for example the language switch inside a site.
MEMBER = "member"
# For a site's public pages: run in the site's scope as a visitor. Only on a live site; members may preview it earlier.
PUBLIC = "public"
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


class ProblemRaised(Exception):
    """Carries a Problem through a framework that only knows exceptions; caught at the edge, nowhere else."""

    def __init__(self, problem: Problem, status: int) -> None:
        super().__init__(problem.code)
        self.problem, self.status = problem, status


class AnsweredBefore(Exception):
    """Carries the remembered answer of a repeated write to the edge."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__("answered before")
        self.response = response


TOKEN_MISSING = Problem(
    code="access.token_missing",
    zh="这个请求没有带上防伪令牌。",
    en="The request carries no CSRF token.",
    todo_zh="请在请求头 X-CSRFToken 中带上 Cookie csrftoken 的值。",
    todo_en="Send the value of the cookie csrftoken in the header X-CSRFToken.",
)


def requires(permission: str) -> Callable[[View], View]:
    """Declare what a page needs, e.g. ``@requires("ledger.read")``."""

    def mark(view: View) -> View:
        view.required_permission = permission  # type: ignore[attr-defined]
        return view

    return mark


def open_while(*states: str) -> Callable[[View], View]:
    """Declare that a page takes writes also while its site is not live, in these states of it.

    Without it a page of a site that is not live can at most be read: the middleware asks once for all pages.
    """

    def mark(view: View) -> View:
        view.open_while = frozenset(states)  # type: ignore[attr-defined]
        return view

    return mark


def needs(permission: str) -> Callable[[HttpRequest], Any]:
    """Declare what an API route needs; the returned callable is django-ninja's ``auth``."""

    def check(request: HttpRequest) -> Any:
        problem = request.allow(permission)  # type: ignore[attr-defined]
        if problem:
            raise ProblemRaised(problem, 403)
        if request.method not in SAFE_METHODS:
            _claim_write(request)
        return request.actor  # type: ignore[attr-defined]

    check.required_permission = permission  # type: ignore[attr-defined]
    return check


def _claim_write(request: HttpRequest) -> None:
    _hold_small_body(request)
    # Another page must not make a signed-in browser write: the session counts only with its token. A bearer token is no
    # cookie; no page can make a browser send it.
    if not getattr(request, "is_by_token", False) and check_csrf(request) is not None:
        raise ProblemRaised(TOKEN_MISSING, 403)
    begun = idempotency.begin(request, holder=request.actor.id)  # type: ignore[attr-defined]
    if isinstance(begun, idempotency.Refusal):
        raise ProblemRaised(begun.problem, begun.status)
    if isinstance(begun, HttpResponse):
        raise AnsweredBefore(begun)
    request.claim = begun  # type: ignore[attr-defined]


def _hold_small_body(request: HttpRequest) -> None:
    """Read a small body once, so that the check of the token, the digest and the operation may each read it again.

    A large one (a file) streams and can be read as a form only; an operation that wants JSON says so (``web.api``).
    """
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdecimal() and int(length) <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        _ = request.body


def wants_json(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def problem_response(request: HttpRequest, problem: Problem, status: int) -> HttpResponse:
    """The Problem as application/problem+json for the API, as a page in plain words otherwise."""
    if wants_json(request):
        return JsonResponse(_rfc9457(problem, status), status=status, content_type="application/problem+json")
    return render(request, "plumbing/problem.html", {"problem": problem, "status": status}, status=status)


def _rfc9457(problem: Problem, status: int) -> dict[str, Any]:
    """The members of RFC 9457 in the reader's language, and ours in both."""
    language = get_language() or "zh"
    return {
        "type": f"urn:jieqing:problem:{problem.code}",
        "title": problem.text(language),
        "status": status,
        "detail": problem.todo(language),
        **problem.as_dict(),
    }
