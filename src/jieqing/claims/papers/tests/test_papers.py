"""Papers: what may be kept, hostile names and contents, one file once, the way out of the lists, who may do it."""

import zipfile
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import Cast

from jieqing.claims.papers import services
from jieqing.claims.papers.engine.files import BYTES_MAX, NAME_CHARS_MAX, PaperKind, check_file, clean_name
from jieqing.claims.papers.models import Paper
from jieqing.claims.papers.selectors import content_of, papers_of_debtor, papers_of_item
from jieqing.claims.receivables.models import Item
from jieqing.claims.receivables.tests.hand_ledger import HandLedger
from jieqing.kernel import clock
from jieqing.kernel.outcomes import is_problem, unwrap
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence import selectors as evidence

PDF = b"%PDF-1.7 a contract"


def archive(*members: str) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for member in members:
            packed.writestr(member, "x")
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("合同.pdf", "合同.pdf"),
        ("../../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\x\\合同 (1).PDF", "合同 (1).pdf"),
        ("合同\u202efdp.exe", "合同fdp.exe.pdf"),
        ("a\x00b\r\nSet-Cookie: x.pdf", "abSet-Cookie x.pdf"),
        ("", "file.pdf"),
        ("...", "file.pdf"),
        ('"><script>.pdf', "script.pdf"),
        ("长" * 500 + ".pdf", "长" * (NAME_CHARS_MAX - 5) + ".pdf"),
    ],
)
def test_a_name_harms_nobody(name: str, shown: str) -> None:
    assert clean_name(name, (".pdf",)) == shown


@given(st.text(max_size=300))
def test_any_name_is_cleaned_to_one_part(name: str) -> None:
    found = clean_name(name, (".pdf",))
    assert found.lower().endswith(".pdf") and len(found) <= NAME_CHARS_MAX
    assert not set(found) & set('/\\<>"\x00\r\n\u202e')


def test_a_file_is_what_its_bytes_say() -> None:
    assert unwrap(check_file("x.exe", PDF)).media_type == "application/pdf"
    assert unwrap(check_file("x", archive("OFD.xml"))).name == "x.ofd"
    assert (
        unwrap(check_file("单.docx", archive("[Content_Types].xml", "word/document.xml"))).name == "单.docx"
    )
    for data in (b"<html>", b"MZ\x90", b"<svg xmlns=''>", archive("evil.exe"), b"PK\x03\x04broken"):
        found = check_file("合同.pdf", data)
        assert is_problem(found) and found.code == "paper.kind_unknown"
    for data, code in ((b"", "paper.empty"), (PDF + bytes(BYTES_MAX), "paper.too_large")):
        found = check_file("合同.pdf", data)
        assert is_problem(found) and found.code == code


def an_item(ledger: HandLedger) -> Item:
    item = ledger.add("FP-1", "明达", 1000_00, due_in=-40)
    ledger.commit()
    return item


def test_one_file_is_one_paper_and_a_withdrawn_one_stays(cast: Cast, hand_ledger: HandLedger) -> None:
    item, actor = an_item(hand_ledger), cast.actor("owner")
    order = services.PaperOrder(item.debtor_id, item.id, PaperKind.CONTRACT, "合同.pdf", PDF, note="主合同")
    paper = unwrap(services.add_paper(actor=actor, order=order))
    again = services.add_paper(actor=actor, order=order)
    assert is_problem(again) and again.code == "paper.already_there"
    later = services.PaperOrder(
        item.debtor_id, None, PaperKind.OTHER, "x.pdf", PDF, signed_on=clock.today() + timedelta(days=1)
    )
    refused = services.add_paper(actor=actor, order=later)
    assert is_problem(refused) and refused.code == "paper.signed_later"
    with site_scope(cast.site.id):
        assert [one.id for one in papers_of_item(item.id)] == [
            one.id for one in papers_of_debtor(item.debtor_id)
        ]
        assert content_of(paper) == PDF
        entry = evidence.entry_by_id(paper.entry_id)
        assert entry is not None
    without = services.withdraw_paper(actor=actor, paper=paper, reason=" ")
    assert is_problem(without) and without.code == "paper.reason_missing"
    unwrap(services.withdraw_paper(actor=actor, paper=paper, reason="传错了"))
    twice = services.withdraw_paper(actor=actor, paper=paper, reason="传错了")
    assert is_problem(twice) and twice.code == "paper.withdrawn"
    with site_scope(cast.site.id):
        assert papers_of_item(item.id) == [] and len(papers_of_item(item.id, with_withdrawn=True)) == 1
        assert content_of(paper) == PDF
    unwrap(services.add_paper(actor=actor, order=order))


def test_pages_keep_show_and_hand_out(cast: Cast, hand_ledger: HandLedger) -> None:
    item = an_item(hand_ledger)
    root = f"/s/{cast.site.slug}/ledger"
    page = f"{root}/items/{item.id}/papers/"
    owner, reader, stranger = cast.clients["owner"], cast.clients["teammate"], cast.clients["stranger"]
    given = {"file": SimpleUploadedFile("合同.pdf", PDF), "kind": "contract", "note": "主合同"}
    assert owner.post(page, given).status_code == 302
    assert owner.post(page, {"kind": "contract"}).status_code == 422
    hostile = owner.post(
        page, {"file": SimpleUploadedFile("合同.pdf", b"<html><script>"), "kind": "other", "note": "留着"}
    )
    assert hostile.status_code == 422 and "留着" in hostile.content.decode()
    given["file"] = SimpleUploadedFile("别人.pdf", PDF + b"2")
    assert reader.post(page, given).status_code == 403
    assert "添加附件" not in reader.get(page).content.decode()
    with site_scope(cast.site.id):
        paper = Paper.objects.get()
    told = reader.get(f"{root}/debtors/{item.debtor_id}/papers/panel/").content.decode()
    assert "合同.pdf" in told and "FP-1" in told
    file = reader.get(f"{root}/papers/{paper.id}/file/")
    assert b"".join(file.streaming_content) == PDF
    assert (
        file["Content-Disposition"].startswith("attachment") and file["X-Content-Type-Options"] == "nosniff"
    )
    assert stranger.get(f"{root}/papers/{paper.id}/file/").status_code == 404
    assert owner.post(f"{root}/papers/{paper.id}/withdraw/", {"reason": "传错了"}).status_code == 302
    assert "传错了" in reader.get(page).content.decode()


def test_programs_hand_in_and_fetch(cast: Cast, hand_ledger: HandLedger) -> None:
    item = an_item(hand_ledger)
    root = f"/api/v1/sites/{cast.site.slug}/ledger"
    made = cast.clients["owner"].post(
        f"{root}/items/{item.id}/papers",
        {"file": SimpleUploadedFile("验收单.pdf", PDF), "kind": "acceptance", "signed_on": "2026-05-01"},
        headers={"Idempotency-Key": str(uuid4())},
    )
    assert made.status_code == 200, made.content
    told = made.json()
    assert (told["kind"], told["file_name"], told["signed_on"]) == ("acceptance", "验收单.pdf", "2026-05-01")
    listed = cast.clients["teammate"].get(f"{root}/debtors/{item.debtor_id}/papers").json()["papers"]
    assert [one["id"] for one in listed] == [told["id"]]
    assert cast.clients["teammate"].get(f"{root}/papers/{told['id']}/file").content == PDF


@pytest.mark.parametrize("count", [1, 8])
def test_a_list_of_papers_asks_the_database_the_same(
    cast: Cast,
    hand_ledger: HandLedger,
    django_assert_max_num_queries,
    count: int,
) -> None:
    item, actor = an_item(hand_ledger), cast.actor("owner")
    for index in range(count):
        order = services.PaperOrder(
            item.debtor_id, item.id, PaperKind.OTHER, "x.pdf", PDF + bytes([65 + index])
        )
        unwrap(services.add_paper(actor=actor, order=order))
    page = f"/s/{cast.site.slug}/ledger/debtors/{item.debtor_id}/papers/"
    with django_assert_max_num_queries(16):
        assert cast.clients["owner"].get(page).status_code == 200
