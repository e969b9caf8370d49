"""Every operation of the API against the cast, listed by the API itself."""

from typing import Any

import pytest

from tests.cast import CAST, Cast
from tests.isolation.addresses import Operation, operations
from tests.isolation.expected import OPERATIONS

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


def ask(cast: Cast, name: str, operation: Operation, values: dict[str, Any]) -> Any:
    return getattr(cast.clients[name], operation.method.lower())(operation.address(values))


@pytest.mark.parametrize("operation", ALL, ids=lambda operation: operation.name)
def test_each_of_the_cast_gets_what_the_table_says(
    operation: Operation, cast: Cast, known_ids: dict[str, Any]
) -> None:
    responses = [ask(cast, name, operation, known_ids) for name in CAST]
    assert tuple(response.status_code for response in responses) == OPERATIONS[operation.name]
    for response in responses:
        if response.status_code >= 400:
            assert response["Content-Type"] == "application/problem+json"
            assert response.json()["code"]


@pytest.mark.parametrize(
    "operation",
    [operation for operation in ALL if len(operation.parameters) > 1],
    ids=lambda operation: operation.name,
)
def test_another_sites_ids_are_not_found(
    operation: Operation, cast: Cast, known_ids: dict[str, Any], foreign_ids: dict[str, Any]
) -> None:
    for parameter in operation.parameters:
        if parameter != "site_slug":
            response = ask(cast, "owner", operation, {**known_ids, parameter: foreign_ids[parameter]})
            assert response.status_code == 404, parameter


@pytest.mark.parametrize("operation", ALL, ids=lambda operation: operation.name)
def test_methods_that_are_not_there_tell_a_stranger_nothing(
    operation: Operation, cast: Cast, known_ids: dict[str, Any]
) -> None:
    for method in ("post", "put", "patch", "delete"):
        address = operation.address(known_ids)
        assert getattr(cast.clients["stranger"], method)(address).status_code == 404
        assert getattr(cast.clients["anonymous"], method)(address).status_code == 401
