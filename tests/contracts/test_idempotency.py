"""A write of the API that arrives twice is done once: for every operation there is, and with two workers at once."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.test import Client

from jieqing.claims.receivables.models import ImportBatch
from jieqing.claims.receivables.tests.small_ledgers import csv_of
from jieqing.estate.accounts.services import join_site, register_user
from jieqing.kernel import clock
from jieqing.kernel.actor import system_actor
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing import idempotency
from jieqing.plumbing.db.scopes import site_scope
from jieqing.plumbing.models import IdempotentAnswer
from jieqing.web.commands.openapi import openapi_text
from tests.cast import PASSWORD, Cast
from tests.isolation.addresses import operations
from tests.isolation.expected_operations import OPERATIONS

WRITES = [operation for operation in operations() if operation.method != "GET"]
ROWS = [(f"C{n % 5}", f"A-{n:04d}", "2026-01-10", "2026-02-10", f"{n + 1}.00", "0", "") for n in range(40)]


def address(cast: Cast, what: str = "ledger/imports") -> str:
    return f"/api/v1/sites/{cast.site.slug}/{what}"


def send(client: Client, where: str, key: str | None, rows: Any = ROWS, **fields: str) -> Any:
    headers = {} if key is None else {idempotency.HEADER: key}
    return client.post(
        where,
        {"file": SimpleUploadedFile("a.csv", csv_of(rows)), "currency": "CNY", **fields},
        headers=headers,
    )


def batches(cast: Cast) -> int:
    with site_scope(cast.site.id):
        return ImportBatch.objects.count()


def reviewer_of(cast: Cast) -> Client:
    """Who may what the owner may not: decide about scripts."""
    person = register_user(username="reviewer", display_name="Reviewer", password=PASSWORD)
    assert not is_problem(person), person
    join_site(actor=system_actor(cast.site.id, "test"), user=person, role="justice_reviewer")
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.parametrize("operation", WRITES, ids=lambda operation: operation.name)
def test_every_write_takes_a_key_and_every_post_demands_one(
    operation: Any, cast: Cast, known_ids: dict[str, Any]
) -> None:
    client, where = cast.clients["owner"], operation.address(known_ids)
    if OPERATIONS[operation.name][0] == 403:
        client = reviewer_of(cast)
    ask = getattr(client, operation.method.lower())
    if operation.method == "POST":
        refused = ask(where)
        assert (refused.status_code, refused.json()["code"]) == (400, "api.idempotency_key_missing")
    invalid = ask(where, headers={idempotency.HEADER: "two words"})
    assert (invalid.status_code, invalid.json()["code"]) == (400, "api.idempotency_key_invalid")


def test_the_contract_says_so_for_every_operation() -> None:
    for path, item in json.loads(openapi_text())["paths"].items():
        for method, operation in item.items():
            found = [one for one in operation.get("parameters", []) if one["name"] == idempotency.HEADER]
            assert [one["required"] for one in found] == ([] if method == "get" else [method == "post"]), path


def test_the_second_asker_gets_the_first_answer_byte_for_byte(cast: Cast) -> None:
    client, key = cast.clients["owner"], str(uuid4())
    first, second = (send(client, address(cast), key) for _ in range(2))
    assert first.status_code == second.status_code == 200
    assert first.content == second.content and first["Content-Type"] == second["Content-Type"]
    assert idempotency.REPLAYED not in first and second[idempotency.REPLAYED] == "true"
    assert batches(cast) == 1


def test_another_request_under_the_same_key_is_refused(cast: Cast) -> None:
    client, key = cast.clients["owner"], str(uuid4())
    send(client, address(cast), key)
    for other in (
        send(client, address(cast), key, ROWS[:3]),
        send(client, address(cast), key, creditor="别家"),
    ):
        assert (other.status_code, other.json()["code"]) == (422, "api.idempotency_other_request")
    assert batches(cast) == 1


def test_a_key_belongs_to_its_holder_its_route_and_its_site(cast: Cast) -> None:
    key = "one-word-for-all"
    done = send(cast.clients["owner"], address(cast), key).json()
    undo = {"reason": "选错了"}
    undone = cast.clients["owner"].post(
        address(cast, f"ledger/imports/{done['batch']}/undo"), undo, headers={idempotency.HEADER: key}
    )
    assert undone.status_code == 200 and idempotency.REPLAYED not in undone
    other = send(cast.clients["stranger"], f"/api/v1/sites/{cast.other_site.slug}/ledger/imports", key)
    assert other.status_code == 200 and idempotency.REPLAYED not in other


def test_a_refused_write_leaves_nothing_and_may_be_tried_again(cast: Cast) -> None:
    client, key = cast.clients["owner"], str(uuid4())
    rows = [(*row[:4], "", *row[5:]) for row in ROWS]
    refused = client.post(address(cast), {"currency": "CNY"}, headers={idempotency.HEADER: key})
    assert refused.status_code == 422 and batches(cast) == 0
    assert send(client, address(cast), key, rows).status_code == 200, "the same name, now with a file"
    with site_scope(cast.site.id):
        assert IdempotentAnswer.objects.count() == 1


def test_what_an_answer_said_lies_sealed_and_goes(cast: Cast) -> None:
    answer = send(cast.clients["owner"], address(cast), "k-1")
    with site_scope(cast.site.id):
        kept = bytes(IdempotentAnswer.objects.get().body)
    assert answer.content not in kept and answer.json()["batch"].encode() not in kept
    assert idempotency.forget_old(cast.site.id) == 0
    with clock.frozen(clock.now() + idempotency.KEEP + timedelta(minutes=1)):
        assert idempotency.forget_old(cast.site.id) == 1


class TestAtOnce:
    """On committed rows and real connections."""

    @pytest.fixture
    def owner(self, transactional_db: None, cast: Cast) -> Client:
        return cast.clients["owner"]

    def test_two_workers_at_once_do_the_work_once(self, owner: Client, cast: Cast) -> None:
        session = owner.cookies["sessionid"].value

        def work(_number: int) -> Any:
            try:
                client = Client()
                client.cookies["sessionid"] = session
                return send(client, address(cast), "same-name")
            finally:
                connections.close_all()

        with ThreadPoolExecutor(6) as pool:
            answers = list(pool.map(work, range(6)))
        done = [answer for answer in answers if answer.status_code == 200]
        assert {answer.status_code for answer in answers} <= {200, 409}
        assert len({answer.content for answer in done}) == 1
        assert len([answer for answer in done if idempotency.REPLAYED not in answer]) == 1
        assert batches(cast) == 1

    def test_while_the_first_is_at_work_the_second_is_told_to_wait(self, owner: Client, cast: Cast) -> None:
        with site_scope(cast.site.id):
            claim = idempotency.Claim(
                cast.users["owner"].id, f"POST {address(cast)}", "held", b"the lock asks for the name only"
            )
            assert idempotency._locked(claim)
            with ThreadPoolExecutor(1) as pool:
                session = owner.cookies["sessionid"].value

                def work() -> Any:
                    try:
                        client = Client()
                        client.cookies["sessionid"] = session
                        return send(client, address(cast), "held")
                    finally:
                        connections.close_all()

                waiting = pool.submit(work).result()
        assert (waiting.status_code, waiting.json()["code"]) == (409, "api.idempotency_in_flight")
        assert send(owner, address(cast), "held").status_code == 200, "the lock went with its transaction"

    def test_a_connection_that_dies_leaves_neither_work_nor_name(self, owner: Client, cast: Cast) -> None:
        """As a killed process does: the server ends the transaction, lock and row go with it."""

        def broken_off(*_given: Any) -> None:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(idempotency, "finish", broken_off)
            with pytest.raises(Exception, match=r"(?i)terminat|clos"):
                send(owner, address(cast), "died")
        connection.close()
        assert batches(cast) == 0
        again = send(owner, address(cast), "died")
        assert again.status_code == 200 and idempotency.REPLAYED not in again
