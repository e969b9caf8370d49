"""What a view must declare and how a Problem leaves."""

import json

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from jieqing.kernel.outcomes import Problem
from jieqing.plumbing.http import ProblemRaised, needs, problem_response, requires, wants_json

DENIED = Problem(
    code="access.denied",
    zh="您的角色没有这项权限。",
    en="Your role does not carry this permission.",
    todo_zh="请联系负责人。",
    todo_en="Ask the owner.",
)


def request_to(path: str) -> HttpRequest:
    return RequestFactory().get(path)


def test_a_page_carries_its_permission() -> None:
    @requires("ledger.read")
    def page(request: HttpRequest) -> None: ...

    assert page.required_permission == "ledger.read"  # type: ignore[attr-defined]


def test_an_api_route_asks_and_gives_the_actor() -> None:
    asked = []
    request = request_to("/api/v1/sites/a/items")
    request.actor = object()  # type: ignore[attr-defined]
    request.allow = lambda permission: asked.append(permission)  # type: ignore[attr-defined]
    assert needs("ledger.read")(request) is request.actor  # type: ignore[attr-defined]
    assert asked == ["ledger.read"]


def test_an_api_route_refuses_with_403() -> None:
    request = request_to("/api/v1/sites/a/items")
    request.allow = lambda permission: DENIED  # type: ignore[attr-defined]
    with pytest.raises(ProblemRaised) as raised:
        needs("ledger.read")(request)
    assert (raised.value.status, raised.value.problem) == (403, DENIED)


def test_a_route_without_the_middlewares_check_is_no_open_door() -> None:
    """Without a site there is no ``request.allow``: an error, never a yes."""
    with pytest.raises(AttributeError):
        needs("ledger.read")(request_to("/api/v1/anything"))


def test_the_api_answers_in_problem_json() -> None:
    response = problem_response(request_to("/api/v1/x"), DENIED, 403)
    assert (response.status_code, response["Content-Type"]) == (403, "application/problem+json")
    body = json.loads(response.content)
    assert body["code"] == "access.denied"
    assert DENIED.zh in json.dumps(body, ensure_ascii=False)


def test_only_the_api_path_wants_json() -> None:
    assert wants_json(request_to("/api/v1/x"))
    assert not wants_json(request_to("/s/api/"))
