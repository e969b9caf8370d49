"""What a page or an API route must declare, and how a Problem leaves over HTTP.

Fail closed: a page under a site declares its permission with ``@requires``; the site middleware refuses a view
that declares none. An API route declares it with ``auth=needs("ledger.read")``. The check itself is injected by
the middleware as ``request.allow``, so plumbing knows no roles. ``@requires(PUBLIC)`` opens a page of a live site to
whoever asks, signed in or not, always as the same visitor without a role: a member gains nothing there.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from ninja.utils import check_csrf

from jieqing.kernel.outcomes import Problem

View = TypeVar("View", bound=Callable[..., Any])

# For routes that only need membership of the site, for example the language switch inside a site.
MEMBER = "member"
# For a site's public pages: run in the site's scope as a visitor. Only on a live site; members may preview it earlier.
PUBLIC = "public"


class ProblemRaised(Exception):
    """Carries a Problem through a framework that only knows exceptions; caught at the edge, nowhere else."""

    def __init__(self, problem: Problem, status: int) -> None:
        super().__init__(problem.code)
        self.problem, self.status = problem, status


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


def needs(permission: str) -> Callable[[HttpRequest], Any]:
    """Declare what an API route needs; the returned callable is django-ninja's ``auth``."""

    def check(request: HttpRequest) -> Any:
        problem = request.allow(permission)  # type: ignore[attr-defined]
        if problem:
            raise ProblemRaised(problem, 403)
        # Another page must not make a signed-in browser write: the session counts only with its token.
        if request.method not in ("GET", "HEAD", "OPTIONS") and check_csrf(request) is not None:
            raise ProblemRaised(TOKEN_MISSING, 403)
        return request.actor  # type: ignore[attr-defined]

    check.required_permission = permission  # type: ignore[attr-defined]
    return check


def wants_json(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def problem_response(request: HttpRequest, problem: Problem, status: int) -> HttpResponse:
    """The Problem as application/problem+json for the API, as a page in plain words otherwise."""
    if wants_json(request):
        return JsonResponse(problem.as_dict(), status=status, content_type="application/problem+json")
    return render(request, "plumbing/problem.html", {"problem": problem, "status": status}, status=status)
