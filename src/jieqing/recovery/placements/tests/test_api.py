"""Placements by API: the same verbs as the page, each with its evidence."""

import json
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.cast import Cast

from jieqing.kernel import clock
from jieqing.recovery.placements.tests.placing import PDF, creditor_of, import_ledger


@pytest.fixture
def ids(cast: Cast) -> dict[str, UUID]:
    return import_ledger(cast.actor("owner"))


def send(cast: Cast, tail: str, body: dict[str, object] | None = None, **more: object):
    client = cast.clients["owner"]
    address = f"/api/v1/sites/{cast.site.slug}/placements{tail}"
    headers = {"Idempotency-Key": str(uuid4())}
    if body is None:
        return client.post(address, more, headers=headers)
    return client.post(
        address, json.dumps(body, default=str), content_type="application/json", headers=headers
    )


def test_every_verb_by_api(cast: Cast, ids: dict[str, UUID]) -> None:
    creditor = creditor_of(cast.actor("owner"), ids["INV-001"])
    body = {
        "creditor": creditor, "items": [ids["INV-001"], ids["INV-002"]], "scope": "函告", "fee_rate": "0.05",
        "starts_on": clock.today(), "max_discount_rate": "0.1",
    }  # fmt: skip
    made = send(cast, "", body)
    assert made.status_code == 200, made.content
    told = made.json()
    one = f"/{told['placement']}"
    assert (told["state"], told["fee_rate"]) == ("draft", "0.0500000")
    signed = send(cast, f"{one}/agreement", signed_on="2026-01-05", file=SimpleUploadedFile("a.pdf", PDF))
    assert signed.json()["state"] == "signed", signed.content
    found = cast.clients["owner"].get(f"/api/v1/sites/{cast.site.slug}/placements{one}/conflicts").json()
    assert found["hits"] == []
    decided = send(cast, f"{one}/conflicts", {"is_accepted": True, "seen": found["digest"]})
    assert decided.status_code == 200 and decided.json()["decision"] == "clear", decided.content
    assert send(cast, f"{one}/activation").json()["state"] == "active"
    assert send(cast, f"{one}/activation").status_code == 409
    left = send(cast, f"{one}/withdrawal", {"items": [ids["INV-002"]], "reason": "已付"})
    assert left.json()["withdrawn"] == [str(ids["INV-002"])], left.content
    assert send(cast, f"{one}/recall", {"reason": "终止"}).json()["state"] == "recalled"
    assert send(cast, "", body | {"colour": "red"}).status_code == 422
