"""Tokens at every operation of the API: a scope opens its own doors, everything else opens none and tells nothing."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from jieqing.estate.accounts.engine.api_tokens import PEOPLE_ONLY, SCOPES
from jieqing.estate.accounts.models import ApiToken
from jieqing.estate.accounts.services import create_api_token, revoke_api_token
from jieqing.kernel import clock
from jieqing.kernel.outcomes import is_problem
from tests.cast import Cast
from tests.isolation.addresses import Operation, operations
from tests.isolation.test_api import body_of

ALL = operations()


def make(cast: Cast, who: str, *scopes: str) -> tuple[ApiToken, str]:
    made = create_api_token(
        actor=cast.actor(who), name="程序", scopes=list(scopes), expires_on=clock.today() + timedelta(days=2)
    )
    assert not is_problem(made), made
    return made


def ask(text: str, operation: Operation, values: dict[str, Any]) -> Any:
    headers = {"Authorization": f"Bearer {text}", "Idempotency-Key": str(uuid4())}
    client = Client(enforce_csrf_checks=True)
    return getattr(client, operation.method.lower())(
        operation.address(values), **body_of(operation), headers=headers
    )


def needed(operation: Operation) -> str:
    return operation.handler.auth_callbacks[0].required_permission


def test_what_tokens_may_carry_is_what_operations_ask_for() -> None:
    assert {*SCOPES, *PEOPLE_ONLY} == {needed(operation) for operation in ALL}
    assert not {*SCOPES} & {*PEOPLE_ONLY}


@pytest.mark.parametrize("scope", SCOPES)
def test_a_scope_opens_its_own_operations_and_no_other(
    scope: str, cast: Cast, known_ids: dict[str, Any]
) -> None:
    _token, text = make(cast, "owner", scope)
    opened = {operation.name for operation in ALL if ask(text, operation, known_ids).status_code != 403}
    assert opened == {operation.name for operation in ALL if needed(operation) == scope}


def test_another_sites_token_meets_nothing_with_every_scope(cast: Cast, known_ids: dict[str, Any]) -> None:
    _token, text = make(cast, "stranger", *SCOPES)
    answers = [ask(text, operation, known_ids) for operation in ALL[:9]]
    nowhere = [ask(text, operation, {**known_ids, "site_slug": "no-such-site"}) for operation in ALL[:1]]
    assert {(answer.status_code, answer.content) for answer in answers} == {(404, nowhere[0].content)}


def test_a_token_meets_no_thing_of_another_site(
    cast: Cast, known_ids: dict[str, Any], foreign_ids: dict[str, Any]
) -> None:
    _token, text = make(cast, "owner", *SCOPES)
    opened = []
    for operation in ALL:
        if needed(operation) in PEOPLE_ONLY:
            continue  # refused before anything is looked for
        for parameter in set(operation.parameters) - {"site_slug"}:
            answer = ask(text, operation, {**known_ids, parameter: foreign_ids[parameter]})
            if answer.status_code != 404:
                opened.append((operation.name, parameter, answer.status_code))
    assert opened == []


def test_a_revoked_token_opens_nothing_anywhere(cast: Cast, known_ids: dict[str, Any]) -> None:
    token, text = make(cast, "owner", *SCOPES)
    revoke_api_token(actor=cast.actor("owner"), token=token, reason="停用")
    answers = [ask(text, operation, known_ids) for operation in ALL]
    assert {(answer.status_code, answer.json()["code"]) for answer in answers} == {(401, "token.revoked")}


def test_an_expired_token_opens_nothing_anywhere(cast: Cast, known_ids: dict[str, Any]) -> None:
    _token, text = make(cast, "owner", *SCOPES)
    with clock.frozen(clock.now() + timedelta(days=3)):
        answers = [ask(text, operation, known_ids) for operation in ALL]
    assert {(answer.status_code, answer.json()["code"]) for answer in answers} == {(401, "token.expired")}
