"""委案 in a browser: from the wizard to activation and recall; a list costs no more statements when it grows."""

import hashlib
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.cast import Cast
from tests.query_counts import statements

from jieqing.kernel import clock
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.placements.models import ConflictCheck, Placement
from jieqing.recovery.placements.tests.placing import PDF, active, creditor_of, import_ledger, opened


@pytest.fixture
def ids(cast: Cast) -> dict[str, UUID]:
    return import_ledger(cast.actor("owner"))


def address(cast: Cast, tail: str = "") -> str:
    return f"/s/{cast.site.slug}/placements/{tail}"


def test_from_the_wizard_to_activation_and_recall(cast: Cast, ids: dict[str, UUID]) -> None:
    owner = cast.clients["owner"]
    creditor = creditor_of(cast.actor("owner"), ids["INV-001"])
    form = {
        "creditor": creditor, "item": [ids["INV-001"], ids["INV-003"]], "scope": "函告、协商",
        "starts_on": clock.today().isoformat(), "max_discount": "10", "fee_percent": "5",
    }  # fmt: skip
    assert "INV-001" in owner.get(address(cast, f"new/?creditor={creditor}")).content.decode()
    refused = owner.post(address(cast, "new/"), form | {"item": []})
    assert refused.status_code == 422 and "函告、协商" in refused.content.decode()
    made = owner.post(address(cast, "new/"), form)
    assert made.status_code == 302
    page = made["Location"]
    assert owner.post(f"{page}sign/", {"signed_on": "2026-01-05"}).status_code == 422
    sent = {"signed_on": "2026-01-05", "file": SimpleUploadedFile("协议.pdf", PDF)}
    assert owner.post(f"{page}sign/", sent).status_code == 302
    assert hashlib.sha256(PDF).hexdigest() in owner.get(page).content.decode()
    assert owner.get(f"{page}agreement/").content == PDF
    assert owner.post(f"{page}activate/").status_code == 422
    seen = owner.get(page).context["hits_digest"]
    assert owner.post(f"{page}conflicts/", {"decision": "accept", "seen": seen}).status_code == 302
    assert owner.post(f"{page}activate/").status_code == 302
    with site_scope(cast.site.id):
        assert ConflictCheck.objects.get().decision == "clear"
        assert Placement.objects.get().state == "active"
    assert owner.post(f"{page}recall/", {"what": "all", "reason": ""}).status_code == 422
    picked = {"what": "items", "item": [ids["INV-003"]], "reason": "已和解"}
    assert owner.post(f"{page}recall/", picked).status_code == 302
    assert owner.post(f"{page}recall/", {"what": "all", "reason": "终止"}).status_code == 302
    assert "已撤回" in owner.get(page).content.decode()


def test_a_reader_sees_and_changes_nothing(cast: Cast, ids: dict[str, UUID]) -> None:
    placement = active(cast.actor("owner"), [ids["INV-001"]])
    shown = cast.clients["teammate"].get(address(cast, f"{placement.id}/"))
    assert shown.status_code == 200 and "撤回整份委案" not in shown.content.decode()
    assert (
        cast.clients["teammate"].post(address(cast, f"{placement.id}/recall/"), {"reason": "x"}).status_code
        == 403
    )


def test_the_list_filters_exports_and_costs_the_same_when_it_grows(cast: Cast, ids: dict[str, UUID]) -> None:
    owner = cast.clients["owner"]
    opened(cast.actor("owner"), [ids["INV-001"]])
    owner.get(address(cast))
    few = len(statements(lambda: owner.get(address(cast))))
    for _time in range(12):
        opened(cast.actor("owner"), [ids["INV-002"]])
    assert len(statements(lambda: owner.get(address(cast)))) <= few
    assert few < 40
    for query in ("?state=draft", "?q=WT-", "?q=江南", "?sort=number", "?state=none", "?q=%00"):
        assert owner.get(address(cast) + query).status_code == 200
    assert "WT-" in owner.get(address(cast).rstrip("/") + ".csv").content.decode("utf-8-sig")
