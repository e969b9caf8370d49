"""The evidence pages: words for every step, an honest ladder, and files that the independent verifier accepts."""

import ast
import re
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import pytest
from tests.cast import CAST, Cast

import jieqing
from jieqing.kernel.ids import new_id
from jieqing.plumbing import vocabulary
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence import services
from jieqing.trust.evidence.testing import publish_all
from jieqing_verify import read_policy, verify_bundle

ROWS = [f"row {line}".encode() for line in range(300)]
DIGESTS = [sha256(row).digest() for row in ROWS]


def record_rows(cast: Cast) -> UUID:
    with site_scope(cast.site.id):
        return services.record_bulk(
            actor=cast.actor("owner"),
            action="claims.receivables.imported",
            subject=f"claims.receivables.batch:{new_id()}",
            row_digests=DIGESTS,
            facts={"counts": {"accepted": 300}, "rows": 300},
        )


@pytest.mark.parametrize("page", ["", "{entry}/", "{entry}/bundle/", "log.policy"])
@pytest.mark.django_db(transaction=True)
def test_each_of_the_cast_gets_what_is_theirs(cast: Cast, page: str, tmp_path: Path) -> None:
    entry = record_rows(cast)
    publish_all(tmp_path)
    path = f"/s/{cast.site.slug}/evidence/{page.format(entry=entry)}"
    assert [cast.clients[name].get(path).status_code for name in CAST] == [200, 200, 404, 403, 403, 302]
    if "{entry}" in page:
        other = path.replace(cast.site.slug, cast.other_site.slug, 1)
        assert cast.clients["stranger"].get(other).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_what_the_pages_hand_out_convinces_the_independent_verifier(cast: Cast, tmp_path: Path) -> None:
    entry = record_rows(cast)
    client, base = cast.clients["teammate"], f"/s/{cast.site.slug}/evidence"
    assert client.get(f"{base}/{entry}/bundle/").status_code == 409, "not yet signed"
    assert "正等待签名" in client.get(f"{base}/{entry}/").content.decode()
    publish_all(tmp_path)
    policy = read_policy(client.get(f"{base}/log.policy").content)
    row = {"row": 7, "digest": DIGESTS[7].hex()}
    for query in ({}, row):
        response = client.get(f"{base}/{entry}/bundle/", query)
        assert response["Content-Disposition"].endswith('.evidence.zip"')
        assert verify_bundle(response.content, policy).outcome == "valid"
    page = client.get(f"{base}/{entry}/", row).content.decode()
    for text in (
        "导入入账",
        "Owner",
        "counts.accepted",
        "此后未被修改",
        "第 7 行",
        "row-7.evidence.zip --policy log.policy",
    ):
        assert text in page
    assert page.count("尚无</span>") == 4, "provenance, witnesses, time stamp and chain are not claimed"


@pytest.mark.django_db(transaction=True)
def test_a_row_that_was_not_recorded_is_refused_in_words(cast: Cast, tmp_path: Path) -> None:
    entry = record_rows(cast)
    publish_all(tmp_path)
    client, path = cast.clients["owner"], f"/s/{cast.site.slug}/evidence/{entry}/"
    for row, digest in ((7, DIGESTS[8]), (300, DIGESTS[7])):
        query = {"row": row, "digest": digest.hex()}
        assert client.get(f"{path}bundle/", query).status_code == 409
        page = client.get(path, query)
        assert page.status_code == 200
        assert "下载这一行的证明" not in page.content.decode()
    assert client.get(path, {"row": "x", "digest": "y"}).status_code == 200


def test_the_list_pages_on_and_filters_by_action(cast: Cast) -> None:
    with site_scope(cast.site.id):
        for number in range(60):
            services.record(
                actor=cast.actor("owner"),
                action="claims.receivables.undone",
                subject="claims.receivables.ledger:1",
                facts={"n": number},
            )
    client, path = cast.clients["owner"], f"/s/{cast.site.slug}/evidence/"
    first = client.get(path, {"action": "claims.receivables.undone"}).content.decode()
    ids = re.findall(r"evidence/([0-9a-f-]{36})/\">撤销导入", first)
    before = re.search(r"before=([0-9a-f-]{36})", first)[1]
    rest = client.get(path, {"action": "claims.receivables.undone", "before": before}).content.decode()
    ids += re.findall(r"evidence/([0-9a-f-]{36})/\">撤销导入", rest)
    assert len(ids) == len(set(ids)) == 60
    assert "开通站点" in client.get(path, {"action": "estate.sites.created"}).content.decode()
    assert client.get(path, {"action": "rubbish", "before": "rubbish"}).status_code == 200


def test_the_list_asks_the_same_number_of_questions_for_more_rows(cast: Cast, queries_of) -> None:
    client, path = cast.clients["owner"], f"/s/{cast.site.slug}/evidence/"

    def record(count: int) -> None:
        with site_scope(cast.site.id):
            for _number in range(count):
                services.record(
                    actor=cast.actor("owner"), action="claims.receivables.undone", subject="a.b:1", facts={}
                )

    record(60)  # more than a page, so that both answers have a next one
    client.get(path)  # the first request of a session notes that it is used
    few = queries_of(lambda: client.get(path))
    record(60)
    assert len(queries_of(lambda: client.get(path))) == len(few)


def test_every_action_that_the_source_records_has_words() -> None:
    said, root = vocabulary.actions(), Path(jieqing.__file__).parent
    written = set()
    for file in root.rglob("*.py"):
        if {"tests", "testing"} & set(file.parts):
            continue
        for call in ast.walk(ast.parse(file.read_text())):
            if (
                isinstance(call, ast.keyword)
                and call.arg == "action"
                and isinstance(call.value, ast.Constant)
            ):
                written.add(call.value.value)
    assert {code for code in written if isinstance(code, str)} - {*said, None} == set()
