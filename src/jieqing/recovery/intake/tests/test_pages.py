"""立案审查 in a browser and by API: declared, checked, decided by a lawyer; a list costs the same when it grows."""

import json
from uuid import UUID, uuid4

import pytest
from tests.cast import Cast
from tests.query_counts import statements

from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.intake import services
from jieqing.recovery.intake.models import LegalityCheck
from jieqing.recovery.intake.tests.asking import LENDING, TRADE, declare_standing
from jieqing.recovery.placements.tests.placing import active, import_ledger


@pytest.fixture
def ids(cast: Cast) -> dict[str, UUID]:
    return import_ledger(cast.actor("owner"))


def address(cast: Cast, tail: str = "") -> str:
    return f"/s/{cast.site.slug}/intake/{tail}"


def test_from_the_declaration_to_a_lawyers_decision(cast: Cast, ids: dict[str, UUID]) -> None:
    owner = cast.clients["owner"]
    placement = active(cast.actor("owner"), [ids["INV-001"]])
    form = f"/s/{cast.site.slug}/placements/{placement.id}/declaration/"
    assert "债务因何形成" in owner.get(form).content.decode()
    assert owner.post(form, TRADE | {"origin": "casino"}).status_code == 422
    assert owner.post(form, LENDING | {"annual_rate": "0.24"}).status_code == 302
    with site_scope(cast.site.id):
        check = LegalityCheck.objects.get()
    assert check.colour == "amber"
    page = owner.get(address(cast, f"{check.id}/")).content.decode()
    assert "《民间借贷规定》第25条" in page and "四倍" in page
    decide = address(cast, f"{check.id}/decide/")
    assert cast.clients["teammate"].post(decide, {"decision": "allow", "reason": "x"}).status_code == 403
    assert owner.post(decide, {"decision": "allow", "reason": ""}).status_code == 422
    assert owner.post(decide, {"decision": "allow", "reason": "已减到上限"}).status_code == 302
    assert "已减到上限" in owner.get(address(cast, f"{check.id}/")).content.decode()
    assert owner.post(address(cast, "recheck/")).status_code == 302


def test_a_new_declaration_on_the_standing_placement_is_followed_at_once(
    cast: Cast, ids: dict[str, UUID]
) -> None:
    actor = cast.actor("owner")
    placement_id = declare_standing(actor)
    found = services.check_legality(actor=actor, item_ids=[ids["INV-001"], ids["INV-003"]])
    assert {check.colour for check in found.values()} == {"green"}
    form = (
        f"/s/{cast.site.slug}/placements/{placement_id}/declaration/?debtor={found[ids['INV-001']].debtor_id}"
    )
    assert cast.clients["owner"].post(form, {"origin": "gambling"}).status_code == 302
    with site_scope(cast.site.id):
        newest = {row.item_id: row.colour for row in LegalityCheck.objects.order_by("id")}
    assert newest == {ids["INV-001"]: "red", ids["INV-003"]: "green"}


def test_the_list_filters_exports_and_costs_the_same_when_it_grows(cast: Cast, ids: dict[str, UUID]) -> None:
    owner, actor = cast.clients["owner"], cast.actor("owner")
    declare_standing(actor, basis="oral")
    services.check_legality(actor=actor, item_ids=[ids["INV-001"]])
    owner.get(address(cast))
    few = len(statements(lambda: owner.get(address(cast))))
    services.check_legality(actor=actor, item_ids=list(ids.values()))
    assert len(statements(lambda: owner.get(address(cast)))) <= few
    assert few < 40
    for query in (
        "?standing=opens",
        "?standing=refused",
        "?standing=all",
        "?q=宏达",
        "?q=INV",
        "?sort=debtor",
        "?standing=x",
    ):
        assert owner.get(address(cast) + query).status_code == 200
    assert "INV-001" in owner.get(address(cast).rstrip("/") + ".csv").content.decode("utf-8-sig")


def test_every_verb_by_api(cast: Cast, ids: dict[str, UUID]) -> None:
    owner = cast.clients["owner"]
    base = f"/api/v1/sites/{cast.site.slug}/intake"
    placement_id = declare_standing(cast.actor("owner"))

    def send(tail: str, body: dict[str, object]):
        return owner.post(
            base + tail,
            json.dumps(body, default=str),
            content_type="application/json",
            headers={"Idempotency-Key": str(uuid4())},
        )

    said = send("/declarations", {"placement": placement_id, "answers": TRADE | {"basis": "oral"}})
    assert said.status_code == 200, said.content
    [check] = send("/checks", {"items": [ids["INV-001"]]}).json()["checks"]
    assert (check["colour"], check["standing"]) == ("amber", "waits")
    decided = send(f"/checks/{check['check']}/decision", {"is_allowed": True, "reason": "有聊天记录佐证"})
    assert decided.json()["standing"] == "opens", decided.content
    assert owner.get(f"{base}/checks?standing=opens").json()["total"] == 1
    assert owner.get(f"{base}/checks/{check['check']}").json()["decision"]["is_allowed"] is True
    assert send("/declarations", {"placement": uuid4(), "answers": {}}).status_code == 404
    assert send("/declarations", {"placement": placement_id, "answers": {"x": "y"}}).status_code == 422
