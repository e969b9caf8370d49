"""From an item back to its line in the file, and to a proof that shows the line."""

import json
import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from tests.cast import CAST, Cast

from jieqing.claims.receivables.models import Item
from jieqing.claims.receivables.services import import_file
from jieqing.kernel.outcomes import unwrap
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence.testing import publish_all
from jieqing_verify import read_policy, verify_bundle

LEDGER = """客户编码,客户名称,单据号,开票日期,到期日,原币金额,币种,备注
C1,无锡宏达机械有限公司,FP-001,2026-05-01,2026-06-01,100000.00,CNY,"合同,甲"
C2,江阴李氏包装材料厂,FP-002,2026-05-03,2026-06-03,12480.50,CNY,
"""


@pytest.fixture
def item(cast: Cast, transactional_db: None) -> Item:
    source = LEDGER.encode("gb18030")
    unwrap(import_file(actor=cast.actor("owner"), name="应收.csv", source=source))
    with site_scope(cast.site.id):
        return Item.objects.get(document_number="FP-001")


@pytest.mark.django_db(transaction=True)
def test_the_line_comes_back_as_it_was_written(cast: Cast, item: Item) -> None:
    path = f"/s/{cast.site.slug}/ledger/items/{item.id}/source/"
    page = cast.clients["teammate"].get(path).content.decode()
    for text in ("备注", "合同,甲", "100000.00", "摘要值与存证一致"):
        assert text in page
    assert [cast.clients[name].get(path).status_code for name in CAST] == [200, 200, 404, 403, 403, 302]


@pytest.mark.django_db(transaction=True)
def test_the_proof_shows_the_row_and_convinces_the_independent_verifier(
    cast: Cast, item: Item, tmp_path: Path
) -> None:
    client, base = cast.clients["owner"], f"/s/{cast.site.slug}"
    path = f"{base}/ledger/items/{item.id}/proof/"
    assert client.get(path).status_code == 409, "not yet signed"
    publish_all(tmp_path)
    bundle = client.get(path).content
    policy = read_policy(client.get(f"{base}/evidence/log.policy").content)
    assert verify_bundle(bundle, policy).outcome == "valid"
    with zipfile.ZipFile(BytesIO(bundle)) as members:
        row = json.loads(members.read("row.bin").removeprefix(b"\x00"))
    assert row["document_number"] == "FP-001"
    assert row["amount_minor"] == 10_000_000
    assert row["memo"] == "合同,甲"
    assert [cast.clients[name].get(path).status_code for name in CAST] == [200, 200, 404, 403, 403, 302]


@pytest.mark.django_db(transaction=True)
def test_every_number_leads_down_to_the_proof(cast: Cast, item: Item, tmp_path: Path) -> None:
    publish_all(tmp_path)
    client = cast.clients["owner"]
    page = client.get(f"/s/{cast.site.slug}/desk/").content.decode()
    for pattern in (
        r'href="(/s/jiangnan/ledger/items/\?state=overdue)"',
        r'href="(/s/jiangnan/ledger/items/[0-9a-f-]{36}/)"[^>]*>FP-001',
        r'href="(/s/jiangnan/evidence/[0-9a-f-]{36}/\?row=0&amp;digest=[0-9a-f]{64})"',
        r'href="(/s/jiangnan/evidence/[0-9a-f-]{36}/bundle/\?row=0&amp;digest=[0-9a-f]{64})"',
    ):
        found = re.search(pattern, page)
        assert found, pattern
        response = client.get(found[1].replace("&amp;", "&"))
        assert response.status_code == 200
        page = "" if response["Content-Type"] == "application/zip" else response.content.decode()
    assert response["Content-Type"] == "application/zip"
