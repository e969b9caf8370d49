"""Every operation of the API against the cast, listed by the API itself."""

import json
from typing import Any
from uuid import uuid4

from django.test import Client

from tests.cast import CAST, Cast
from tests.isolation.addresses import Operation, operations
from tests.isolation.expected_operations import BODIES, OPERATIONS

ALL = operations()


def test_every_operation_stands_in_the_table() -> None:
    assert {operation.name for operation in ALL} == set(OPERATIONS)


def test_the_list_of_operations_is_the_contract_and_the_resolvers() -> None:
    """Three ways to list the API agree, so no operation can hide from this test."""
    from django.urls import get_resolver

    from jieqing.web.api import api
    from tests.isolation.addresses import API_PREFIX, walk

    described = {
        f"{method.upper()} {path}"
        for path, item in api.get_openapi_schema(path_prefix="/api/v1/")["paths"].items()
        for method in item
    }
    assert {operation.name for operation in ALL} == described
    mounted = {
        f"/{page.route}" for page in walk(get_resolver().url_patterns) if page.route.startswith(API_PREFIX)
    }
    extra = {"/api/v1/openapi.json", "/api/v1/"}
    assert {page.replace("<", "{").replace(">", "}").replace("uuid:", "") for page in mounted} - extra == {
        operation.path for operation in ALL
    }


def ask(
    cast: Cast, name: str, operation: Operation, values: dict[str, Any], *, is_complete: bool = False
) -> Any:
    send = getattr(cast.clients[name], operation.method.lower())
    given = body_of(operation) if is_complete else body_of(operation) and {"data": "{}", **JSON}
    return send(operation.address(values), **given, headers={"Idempotency-Key": str(uuid4())})


JSON = {"content_type": "application/json"}


def body_of(operation: Operation) -> dict[str, Any]:
    """What to send to an operation that takes JSON; nothing to others."""
    body = BODIES.get(operation.name)
    return {"data": json.dumps(body), **JSON} if body else {}


def test_each_of_the_cast_gets_what_the_table_says(cast: Cast, known_ids: dict[str, Any]) -> None:
    found, unexplained = {}, []
    for operation in ALL:
        responses = [ask(cast, name, operation, known_ids) for name in CAST]
        found[operation.name] = tuple(response.status_code for response in responses)
        refusals = [response for response in responses if response.status_code >= 400]
        unexplained += [operation.name for refusal in refusals if not _is_problem(refusal)]
    assert found == OPERATIONS
    assert unexplained == []


def _is_problem(response: Any) -> bool:
    return response["Content-Type"] == "application/problem+json" and bool(response.json()["code"])


def test_another_sites_ids_are_not_found(
    cast: Cast, known_ids: dict[str, Any], foreign_ids: dict[str, Any]
) -> None:
    opened = []
    for operation in ALL:
        if (
            OPERATIONS[operation.name][0] == 403
        ):  # not the owner's to do: asked in the room by somebody who may
            continue
        for parameter in set(operation.parameters) - {"site_slug"}:
            status = ask(
                cast, "owner", operation, {**known_ids, parameter: foreign_ids[parameter]}, is_complete=True
            ).status_code
            if status != 404:
                opened.append((operation.name, parameter, status))
    assert opened == []


def test_methods_that_are_not_there_tell_a_stranger_nothing(cast: Cast, known_ids: dict[str, Any]) -> None:
    for operation in ALL:
        address = operation.address(known_ids)
        for method in ("post", "put", "patch", "delete"):
            assert getattr(cast.clients["stranger"], method)(address).status_code == 404, operation.name
            assert getattr(cast.clients["anonymous"], method)(address).status_code == 401, operation.name


def test_no_operation_takes_a_write_without_its_token(cast: Cast, known_ids: dict[str, Any]) -> None:
    careless = Client(enforce_csrf_checks=True)
    careless.force_login(cast.users["owner"])
    writes = [operation for operation in ALL if operation.method != "GET"]
    taken = {
        operation.name: getattr(careless, operation.method.lower())(operation.address(known_ids)).status_code
        for operation in writes
    }
    assert {name: status for name, status in taken.items() if status != 403} == {}
