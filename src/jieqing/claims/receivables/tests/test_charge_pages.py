"""Charges on pages: terms and order are set and listed, a waiver is asked for by one and decided by another."""

import pytest
from tests.cast import Cast

from jieqing.claims.receivables.engine.accounts import ItemKind
from jieqing.claims.receivables.models import ChargeDecision
from jieqing.claims.receivables.services.charge_decisions import approve_decision
from jieqing.claims.receivables.tests.hand_ledger import DAY, HandLedger
from jieqing.kernel.actor import system_actor
from jieqing.kernel.outcomes import unwrap
from jieqing.plumbing.db.scopes import site_scope


def test_terms_and_order_are_versions_with_their_grounds(cast: Cast, hand_ledger: HandLedger) -> None:
    hand_ledger.add("FP-1", "明达", 1000_00, due_in=-40)
    hand_ledger.commit()
    root, owner, reader = (
        f"/s/{cast.site.slug}/ledger/charges/",
        cast.clients["owner"],
        cast.clients["teammate"],
    )
    assert "尚未设定" in reader.get(root).content.decode()
    terms = {"mode": "accrue", "claim_kind": "sale", "penalty_rate": "0.0005", "rate_basis": "day"}
    assert owner.post(f"{root}terms/new/", terms).status_code == 422, "without grounds"
    assert owner.post(f"{root}terms/new/", {**terms, "reason": "合同第八条"}).status_code == 302
    order = {"between": "civil_code_560", "within": "0", "effective_from": "2026-01-01", "creditor": ""}
    assert owner.post(f"{root}order/new/", order).status_code == 422
    assert owner.post(f"{root}order/new/", {**order, "within": "9", "reason": "x"}).status_code == 422
    assert owner.post(f"{root}order/new/", {**order, "reason": "民法典第561条"}).status_code == 302
    told = reader.get(root).content.decode()
    assert "合同第八条" in told and "民法典第561条" in told and "费用 → 利息 → 违约金 → 本金" in told
    assert reader.post(f"{root}order/new/", order).status_code == 403


def test_a_fee_and_a_waiver_need_two_people(cast: Cast, hand_ledger: HandLedger) -> None:
    item = hand_ledger.add("FP-1", "明达", 1000_00, due_in=-40)
    hand_ledger.commit()
    ledger, owner = f"/s/{cast.site.slug}/ledger", cast.clients["owner"]
    page = f"{ledger}/items/{item.id}/"
    given = {"amount": "30.00", "on": DAY.isoformat(), "reason": "公证费"}
    assert owner.post(f"{page}charges/fee/", {**given, "amount": "-1"}).status_code == 422
    assert owner.post(f"{page}charges/waiver/", given).status_code == 422, "nothing is charged yet"
    assert owner.post(f"{page}charges/fee/", given).status_code == 302
    with site_scope(cast.site.id):
        asked = ChargeDecision.objects.get()
    decision = f"{ledger}/charges/decisions/{asked.id}/"
    own = owner.post(decision, {"step": "approve"})
    assert own.status_code == 422 and "不能自己决定" in own.content.decode()
    assert "公证费" in owner.get(f"{ledger}/charges/").content.decode()
    unwrap(approve_decision(actor=system_actor(cast.site.id, "second"), decision=asked))
    told = owner.get(page).content.decode()
    assert "加收费用" in told and "已批准" in told and "30.00" in told
    assert (
        owner.post(f"{page}charges/waiver/", {**given, "amount": "10.00", "reason": "协商"}).status_code
        == 302
    )
    assert owner.post(decision, {"step": "take_back", "reason": ""}).status_code == 422
    credit = hand_ledger.add("HZ-1", "明达", -100_00, due_in=None, kind=ItemKind.CREDIT_NOTE, term=0)
    hand_ledger.revision += 4
    hand_ledger.commit()
    assert owner.post(f"{ledger}/items/{credit.id}/charges/fee/", given).status_code == 422


@pytest.mark.parametrize("count", [1, 6])
def test_the_rules_ask_the_database_the_same_for_any_number(
    cast: Cast, hand_ledger: HandLedger, django_assert_max_num_queries, count: int
) -> None:
    hand_ledger.add("FP-1", "明达", 1000_00, due_in=-40)
    hand_ledger.commit()
    page = f"/s/{cast.site.slug}/ledger/charges/"
    order = {
        "between": "civil_code_560",
        "within": "0",
        "effective_from": "2026-01-01",
        "creditor": "",
        "reason": "x",
    }
    for _index in range(count):
        assert cast.clients["owner"].post(f"{page}order/new/", order).status_code == 302
    with django_assert_max_num_queries(18):
        assert cast.clients["owner"].get(page).status_code == 200
