"""Charges and the terms of overdue by API: the verbs of the pages, and the same refusals.

A token never decides: whoever sets terms or approves is a person who is signed in.
"""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from tests.cast import Cast

from jieqing.claims.receivables.models import ChargeDecision
from jieqing.claims.receivables.services.charge_decisions import approve_decision
from jieqing.claims.receivables.tests.hand_ledger import DAY, HandLedger
from jieqing.estate.accounts.services import create_api_token
from jieqing.kernel import clock
from jieqing.kernel.actor import system_actor
from jieqing.kernel.outcomes import is_problem, unwrap
from jieqing.plumbing.db.scopes import site_scope


class Person:
    """Somebody who is signed in, through the API."""

    def __init__(self, cast: Cast, name: str = "owner") -> None:
        self.client, self.base = cast.clients[name], f"/api/v1/sites/{cast.site.slug}/ledger"

    def get(self, path: str) -> Any:
        return self.client.get(self.base + path)

    def post(self, path: str, body: Any) -> Any:
        return self.client.post(
            self.base + path,
            json.dumps(body),
            content_type="application/json",
            headers={"Idempotency-Key": str(uuid4())},
        )


TERMS = {"mode": "accrue", "penalty_rate": "0.0005", "rate_basis": "day", "reason": "合同第八条"}


@pytest.fixture
def item(cast: Cast, hand_ledger: HandLedger) -> Any:
    item = hand_ledger.add("FP-1", "明达", 1000_00, due_in=-40)
    hand_ledger.commit()
    return item


def test_terms_are_versions_and_accruing_twice_writes_once(cast: Cast, item: Any) -> None:
    person = Person(cast)
    assert person.post("/charges/accruals", {"until": DAY.isoformat()}).status_code == 409, "no terms yet"
    made = person.post("/charge-terms", TERMS)
    assert made.status_code == 200, made.content
    assert (made.json()["number"], made.json()["penalty_rate"], made.json()["rate"]) == (1, "0.0005", None)
    first = person.post("/charges/accruals", {"until": clock.today().isoformat()}).json()
    again = person.post("/charges/accruals", {"until": clock.today().isoformat()}).json()
    assert first["written"] and (again["written"], again["ended"], again["revision"]) == (0, 0, None)
    assert person.post("/charge-terms", {**TERMS, "mode": "threat_only"}).status_code == 200
    would = person.post("/charges/accruals", {"until": clock.today().isoformat()}).json()
    assert would["would_fen"]["CNY"] > 0 and would["revision"] is None
    assert [one["mode"] for one in person.get("/charge-terms").json()["terms"]] == ["threat_only", "accrue"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"penalty_rate": "-0.1"},
        {"penalty_rate": "1e400"},
        {"rate": "NaN"},
        {"rate": "0.123456789"},
        {"late_multiple": "9"},
        {"claim_kind": "private_loan"},
        {"mode": "sometimes"},
        {"reason": ""},
        {"rate": [1]},
    ],
)
def test_terms_that_make_no_sense_are_refused(cast: Cast, item: Any, wrong: dict[str, Any]) -> None:
    person = Person(cast)
    assert person.post("/charge-terms", {**TERMS, **wrong}).status_code == 422
    assert person.get("/charge-terms").json() == {"terms": []}


def test_a_decision_needs_a_second_person_by_api_too(cast: Cast, item: Any) -> None:
    person = Person(cast)
    asking = {"kind": "fee", "amount_fen": 3_000, "effective_on": DAY.isoformat(), "reason": "公证费"}
    base = f"/items/{item.id}/charge-decisions"
    waiver = person.post(base, {**asking, "kind": "waiver"})
    assert waiver.status_code == 409 and waiver.json()["code"], "nothing is charged yet"
    asked = person.post(base, asking).json()
    assert (asked["state"], asked["amount_fen"]) == ("asked", 3_000)
    waiting = person.get("/charge-decisions?state=asked").json()["decisions"]
    assert [one["id"] for one in waiting] == [asked["id"]]
    own = person.post(f"/charge-decisions/{asked['id']}/steps", {"step": "approve"})
    assert own.status_code == 409 and own.json()["code"] == "charges.four_eyes"
    with site_scope(cast.site.id):
        decision = ChargeDecision.objects.get()
    unwrap(approve_decision(actor=system_actor(cast.site.id, "second"), decision=decision))
    twice = person.post(f"/charge-decisions/{asked['id']}/steps", {"step": "refuse"})
    assert twice.status_code == 409 and twice.json()["code"] == "charges.not_waiting"
    assert [one["state"] for one in person.get(base).json()["decisions"]] == ["approved"]
    reader = Person(cast, "teammate")
    assert reader.post(base, asking).status_code == 403


def test_a_token_cannot_decide(cast: Cast) -> None:
    refused = create_api_token(
        actor=cast.actor("owner"),
        name="对接",
        scopes=["ledger.decide"],
        expires_on=clock.today() + timedelta(days=2),
    )
    assert is_problem(refused) and refused.code == "token.scopes"


def test_terms_of_overdue_are_set_and_listed_on_the_page_too(cast: Cast, item: Any) -> None:
    person = Person(cast)
    told = {"grace_days": 3, "rolls": True, "effective_from": "2026-01-01", "reason": "合同第八条"}
    made = person.post("/overdue-terms", told)
    assert made.status_code == 200, made.content
    assert (made.json()["grace_days"], made.json()["rolls"], made.json()["number"]) == (3, True, 1)
    for wrong in (
        {"grace_days": -1},
        {"grace_days": 10**9},
        {"effective_from": "9999-12-31"},
        {"grace_days": None},
    ):
        assert person.post("/overdue-terms", {**told, **wrong}).status_code in (409, 422), wrong
    owner, reader = cast.clients["owner"], cast.clients["teammate"]
    root = f"/s/{cast.site.slug}/ledger/"
    new = f"{root}charges/overdue/new/"
    given = {"grace_days": "5", "effective_from": "2026-02-01", "reason": "补充协议", "creditor": ""}
    assert owner.get(new).status_code == 200
    assert owner.post(new, {**given, "reason": ""}).status_code == 422
    kept = owner.post(new, {**given, "effective_from": "2099-01-01"})
    assert kept.status_code == 422 and "补充协议" in kept.content.decode()
    assert owner.post(new, given).status_code == 302
    assert reader.post(new, given).status_code == 403
    page = reader.get(f"{root}charges/").content.decode()
    assert "宽限 3 天，遇休息日顺延" in page and "宽限 5 天，不顺延" in page and "补充协议" in page
    assert "逾期口径：宽限 5 天" in reader.get(f"{root}ageing/").content.decode()
