"""Anybody verifies a proof: the independent verifier's word in one sentence, hostile files refused, nothing kept."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.cast import Cast

from jieqing.estate.reception.pages import verifying
from jieqing.estate.reception.tests.asking import FORM, send
from jieqing.plumbing.paths import data_dir
from jieqing.trust.evidence.testing import publish_all

pytestmark = pytest.mark.django_db(transaction=True)


def upload(cast: Cast, data: bytes, slug: str = "") -> Any:
    page = f"/s/{slug or cast.site.slug}/verify/"
    return Client().post(page, {"bundle": SimpleUploadedFile("x.evidence.zip", data)})


@pytest.fixture
def proof(cast: Cast, tmp_path: Path) -> bytes:
    """The proof of receipt that a visitor takes away."""
    browser = Client()
    link = send(cast, browser).redirect_chain[0][0]
    assert browser.get(f"{link}proof/").status_code == 409, "not yet signed"
    publish_all(tmp_path)
    response = browser.get(f"{link}proof/")
    assert response.status_code == 200
    return response.content


def test_a_receipts_proof_is_valid_here_and_tells_nothing_of_what_was_written(
    cast: Cast, proof: bytes
) -> None:
    page = upload(cast, proof).content.decode()
    assert "这份证明有效" in page and "由本站点写入" in page and "收到咨询" in page
    for level in ("L0", "L1", "L2", "L3", "L4", "L5"):
        assert level in page
    for written in (FORM["name"], FORM["story"], FORM["contact"]):
        assert written.encode() not in proof and written not in page


def test_a_proof_of_another_site_is_valid_but_not_this_sites(cast: Cast, proof: bytes) -> None:
    page = upload(cast, proof, cast.other_site.slug).content.decode()
    assert "不是本站点写入的" in page


def test_one_changed_byte_anywhere_is_refused(cast: Cast, proof: bytes) -> None:
    for place in range(0, len(proof), max(1, len(proof) // 24)):
        changed = proof[:place] + bytes([proof[place] ^ 1]) + proof[place + 1 :]
        assert "没有通过核验" in upload(cast, changed).content.decode(), place


def _bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("entry.json", b"0" * 50_000_000)
    return made.getvalue()


def _travelling() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("../../keys.json", b"{}")
    return made.getvalue()


HOSTILE = [
    b"PK\x03\x04",
    b"PK\x03\x04" + b"\xff" * 200,
    b"\x00" * 5000,
    b"<svg onload=alert(1)>",
    _bomb(),
    _travelling(),
]


@pytest.mark.parametrize("data", HOSTILE, ids=["cut", "lying", "zeros", "markup", "bomb", "travelling"])
def test_hostile_files_are_refused_in_words(cast: Cast, proof: bytes, data: bytes) -> None:
    response = upload(cast, data)
    assert response.status_code == 200 and "没有通过核验" in response.content.decode()


def test_nothing_uploaded_is_kept(cast: Cast, proof: bytes) -> None:
    def stored() -> set[Path]:  # this site's own folder: other tests share the data directory
        return {path for path in (data_dir() / "files" / str(cast.site.id)).rglob("*") if path.is_file()}

    before = stored()
    upload(cast, proof)
    assert stored() == before


def test_no_file_too_large_a_file_and_no_log_are_said(
    cast: Cast, proof: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = f"/s/{cast.site.slug}/verify/"
    assert "没有收到文件" in Client().post(page).content.decode()
    assert "没有收到文件" in upload(cast, b"").content.decode()
    monkeypatch.setattr(verifying, "BUNDLE_MB_MAX", 0)
    refused = upload(cast, proof)
    assert refused.status_code == 422 and "没有在网页上核验" in refused.content.decode()


def test_the_public_policy_is_the_one_that_verifies(cast: Cast, proof: bytes) -> None:
    from jieqing_verify import read_policy, verify_bundle

    policy = Client().get(f"/s/{cast.site.slug}/verify/log.policy").content
    assert verify_bundle(proof, read_policy(policy)).outcome == "valid"
    home = Client().get(f"/s/{cast.site.slug}/").content.decode()
    assert "tests.example/log" in home and "最新检查点" in home
