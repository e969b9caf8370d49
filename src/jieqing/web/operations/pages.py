"""The addresses of operation: ``/health`` and ``/metrics`` for machines, ``/operations/`` for the platform's operator."""

from typing import TypeVar

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from jieqing.estate.accounts.access import is_platform_operator
from jieqing.plumbing.http import problem_response
from jieqing.web.middleware import SITE_UNKNOWN
from jieqing.web.operations import health
from jieqing.web.operations.health import State

Response = TypeVar("Response", bound=HttpResponse)


def ready(request: HttpRequest) -> JsonResponse:
    """200 when this process can serve, else 503; names and states of all checks, no values."""
    checks = health.look()
    is_ready = health.is_ready(checks)
    content = {
        "state": "ok" if is_ready else "down",
        "live": True,
        "ready": is_ready,
        "checks": {check.name: check.state.value for check in checks},
    }
    return _uncached(JsonResponse(content, status=200 if is_ready else 503))


def live(request: HttpRequest) -> JsonResponse:
    """Always 200: this process answers. Asks nothing, so that a slow database restarts nobody."""
    return _uncached(JsonResponse({"live": True}))


@login_required
def operations(request: HttpRequest) -> HttpResponse:
    """The operator's page; whoever is none is told what a stranger is told."""
    assert request.user.is_authenticated
    if not is_platform_operator(request.user.pk):
        return problem_response(request, SITE_UNKNOWN, 404)
    checks = health.look()
    order = {State.BAD: 0, State.WARN: 1, State.GOOD: 2}
    context = {
        "checks": sorted(checks, key=lambda check: order[check.state]),
        "bad": sum(check.state is State.BAD for check in checks),
        "warn": sum(check.state is State.WARN for check in checks),
    }
    return _uncached(render(request, "web/operations.html", context))


def _uncached(response: Response) -> Response:
    response["Cache-Control"] = "no-store"
    return response
