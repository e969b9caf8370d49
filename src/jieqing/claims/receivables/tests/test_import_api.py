"""Importing and undoing by program: the answer of the command, the session's token, refusals with what to do."""

from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.cast import Cast

from jieqing.claims.receivables.tests.import_walk import LEDGER


def named() -> dict[str, str]:
    """A fresh name for a write."""
    return {"Idempotency-Key": str(uuid4())}


def test_a_ledger_goes_in_once_and_comes_out_with_a_reason(cast: Cast) -> None:
    address = f"/api/v1/sites/{cast.site.slug}/ledger/imports"

    def send(**given: str):
        return cast.clients["owner"].post(
            address, {"file": SimpleUploadedFile("a.csv", LEDGER.encode()), **given}, headers=named()
        )

    asked = send()
    assert asked.status_code == 422 and asked.json()["code"] == "mapping.currency"
    told = send(currency="CNY").json()
    assert (told["rows"], told["accepted"], told["staged"], told["open_fen"]) == (3, 2, 1, {"CNY": 1009950})
    again = send(currency="CNY").json()
    assert (again["accepted"], again["staged"], again["duplicates"]) == (0, 0, 3)

    undo = f"{address}/{told['batch']}/undo"
    assert cast.clients["owner"].post(undo, headers=named()).status_code == 422
    done = cast.clients["owner"].post(undo, {"reason": "选错了文件"}, headers=named())
    assert done.status_code == 200 and done.json()["withdrawn"] == 2
    twice = cast.clients["owner"].post(undo, {"reason": "选错了文件"}, headers=named())
    assert twice.status_code == 409 and twice.json()["code"] == "ledger.already_undone"


def test_a_session_without_its_token_writes_nothing(cast: Cast) -> None:
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(cast.users["owner"])
    address = f"/api/v1/sites/{cast.site.slug}/ledger/imports"
    refused = careful.post(address, {"file": SimpleUploadedFile("a.csv", LEDGER.encode()), "currency": "CNY"})
    assert refused.status_code == 403 and refused.json()["code"] == "access.token_missing"
    careful.get(f"/s/{cast.site.slug}/ledger/imports/new/")
    token = careful.cookies["csrftoken"].value
    accepted = careful.post(
        address,
        {"file": SimpleUploadedFile("a.csv", LEDGER.encode()), "currency": "CNY"},
        headers={"X-CSRFToken": token, **named()},
    )
    assert accepted.status_code == 200 and accepted.json()["accepted"] == 2
