"""Acts on pages and by program: the result is shown first, a second person approves, the undo has a reason."""

from uuid import uuid4

from tests.cast import Cast

from jieqing.claims.receivables.engine.accounts import ItemKind
from jieqing.claims.receivables.models import LedgerAct
from jieqing.claims.receivables.services.acts import approve_act, take_back_act
from jieqing.claims.receivables.tests.hand_ledger import DAY, HandLedger
from jieqing.kernel.actor import system_actor
from jieqing.kernel.outcomes import unwrap
from jieqing.plumbing.db.scopes import site_scope


def test_a_write_off_is_seen_asked_and_approved_by_another(cast: Cast, hand_ledger: HandLedger) -> None:
    item = hand_ledger.add("FP-1", "明达", 1000_00, due_in=-40)
    hand_ledger.commit()
    client, page = cast.clients["owner"], f"/s/{cast.site.slug}/ledger/items/{item.id}/"
    given = {"amount": "400.00", "effective_on": DAY.isoformat(), "reason": "债务人已注销"}
    seen = client.post(f"{page}write_off/", given)
    assert seen.status_code == 200 and "600.00" in seen.content.decode()
    assert client.post(f"{page}write_off/", {**given, "amount": "1000.01"}).status_code == 422
    assert client.post(f"{page}write_off/", {**given, "confirm": "1"}).status_code == 302
    with site_scope(cast.site.id):
        act = LedgerAct.objects.get()
    address = f"/s/{cast.site.slug}/ledger/acts/{act.id}/"
    own = client.post(address, {"step": "approve"})
    assert own.status_code == 422 and "另一个人" in own.content.decode()
    unwrap(approve_act(actor=system_actor(cast.site.id, "second"), act=act))
    told = client.get(page).content.decode()
    assert "债务人已注销" in told and "核销后收回" in told and "坏账准备" in told
    assert client.post(address, {"step": "take_back"}).status_code == 422
    assert client.post(address, {"step": "take_back", "reason": "误核销"}).status_code == 302
    assert client.post(address, {"step": "take_back", "reason": "误核销"}).status_code == 422


def test_a_recovery_uses_money_the_ledger_holds(cast: Cast, hand_ledger: HandLedger) -> None:
    item = hand_ledger.add("FP-1", "明达", 1000_00, due_in=-40)
    money = hand_ledger.add("SK-1", "明达", -500_00, due_in=None, kind=ItemKind.UNAPPLIED_PAYMENT, term=0)
    hand_ledger.commit()
    address = f"/api/v1/sites/{cast.site.slug}/ledger/items/{item.id}/acts"

    def send(kind: str, fen: int, **more: str):
        body = {"kind": kind, "amount_fen": fen, "effective_on": DAY.isoformat(), "reason": "测试", **more}
        return cast.clients["owner"].post(
            address, body, content_type="application/json", headers={"Idempotency-Key": str(uuid4())}
        )

    asked = send("write_off", 300_00).json()
    assert (asked["state"], asked["revision"]) == ("asked", None)
    with site_scope(cast.site.id):
        write_off = LedgerAct.objects.get()
    second = system_actor(cast.site.id, "second")
    unwrap(approve_act(actor=second, act=write_off))
    over = send("recovery", 300_01, credit_id=str(money.id))
    assert over.status_code == 409 and over.json()["code"] == "act.beyond_written_off"
    done = send("recovery", 200_00, credit_id=str(money.id)).json()
    assert done["state"] == "standing"
    assert take_back_act(actor=second, act=write_off, reason="x").code == "act.recovered_since"  # type: ignore[union-attr]
    told = cast.clients["owner"].get(address).json()["acts"]
    assert [one["kind"] for one in told] == ["recovery", "write_off"]
    held = cast.clients["owner"].get(address.replace(str(item.id), str(money.id))).json()["acts"]
    assert [one["kind"] for one in held] == ["recovery"]
    steps = f"/api/v1/sites/{cast.site.slug}/ledger/acts/{done['id']}/steps"
    back = cast.clients["owner"].post(
        steps,
        {"step": "take_back", "reason": "退款"},
        content_type="application/json",
        headers={"Idempotency-Key": str(uuid4())},
    )
    assert back.json()["state"] == "taken_back"
