"""Every operation asked with whatever its contract allows and forbids: no fault of ours, no answer off the contract.

Seeded and bounded, so that a red run is a finding and not chance; ``JIEQING_EXAMPLES`` raises the number of questions for
a long run (``make soak``). Asked in process, as a program with a token that carries every scope and as a signed-in person.
"""

import json
import os
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, seed, settings
from schemathesis import checks

from jieqing.estate.accounts.engine.api_tokens import SCOPES
from jieqing.estate.accounts.services import create_api_token
from jieqing.kernel import clock
from jieqing.kernel.outcomes import unwrap
from jieqing.web.commands.openapi import openapi_text
from tests.cast import Cast

Ways = dict[str, dict[str, str]]
EXAMPLES = int(os.environ.get("JIEQING_EXAMPLES", "4"))
PROMISES = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]
contract = schemathesis.openapi.from_dict(json.loads(openapi_text()))
contract.app = get_wsgi_application()
BOUNDED = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=False,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def ways_in(cast: Cast) -> Ways:
    """The headers of a program and of a person."""
    _token, text = unwrap(
        create_api_token(
            actor=cast.actor("owner"),
            name="schemathesis",
            scopes=list(SCOPES),
            expires_on=clock.today() + timedelta(days=1),
        )
    )
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.users["owner"])
    browser.get(f"/s/{cast.site.slug}/ledger/imports/new/")
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in browser.cookies.items())
    return {
        "program": {"Authorization": f"Bearer {text}"},
        "person": {"Cookie": cookies, "X-CSRFToken": browser.cookies["csrftoken"].value},
    }


@pytest.fixture
def one_connection(ways_in: Ways) -> Iterator[None]:
    """The whole test is one transaction; a request would close its connection. (Django's own client listens again.)"""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("one_connection")
@contract.parametrize()
@seed(20261122)
@BOUNDED
def test_every_operation_keeps_its_contract(case: Any, cast: Cast, ways_in: Ways) -> None:
    case.path_parameters = {**(case.path_parameters or {}), "site_slug": cast.site.slug}
    for headers in ways_in.values():
        named = {"Idempotency-Key": uuid4().hex} if case.method != "GET" else {}
        case.headers = {**headers, **named, "Host": "testserver"}
        case.cookies = {}
        case.call_and_validate(checks=PROMISES)
    case.headers = {"Host": "testserver", "Idempotency-Key": uuid4().hex}
    assert case.call().status_code == 401
