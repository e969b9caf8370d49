"""E-invoices as rows: every format says the same facts, and what means harm or does not add up is one clear sentence."""

import pytest

from jieqing.claims.receivables.engine.invoice_problems import SENTENCES
from jieqing.claims.receivables.engine.invoice_types import HEADERS, plain_day, sum_fault
from jieqing.claims.receivables.engine.parsing import parse
from jieqing.claims.receivables.engine.proposing import propose
from jieqing.claims.receivables.engine.reading import read_file
from jieqing.claims.receivables.tests import invoice_files as files
from jieqing.kernel.outcomes import Problem, is_problem

CREDITOR = "00000000-0000-0000-0000-000000000001"


def rows(data: bytes, name: str = "a.xml") -> list[dict[str, str]]:
    read = read_file(data, name)
    assert not is_problem(read), read
    [table] = read.tables
    return [dict(zip(HEADERS, cells, strict=True)) for line, cells in table.head if line > 1]


def parsed(data: bytes, name: str = "a.zip"):
    read = read_file(data, name)
    assert not is_problem(read), read
    proposal = propose(read)
    assert not is_problem(proposal) and proposal.ready, proposal
    found = parse(read, proposal.layout, creditor=CREDITOR)
    assert not is_problem(found)
    return found


def test_a_digital_invoice_says_number_parties_days_and_amounts() -> None:
    [row] = rows(files.digital())
    assert row["发票号码"] == "26322000000012345678"
    assert (row["购买方名称"], row["购买方税号"]) == (files.BUYER, files.BUYER_ID)
    assert (row["销售方名称"], row["开票日期"]) == (files.SELLER, "2026-05-08")
    assert (row["不含税金额"], row["税额"], row["价税合计"]) == ("10000.00", "1300.00", "11300.00")


def test_an_ofd_is_read_from_its_attachment_and_its_seal_is_not_called_verified() -> None:
    [row] = rows(files.ofd(), "a.ofd")
    assert (row["发票代码"], row["发票号码"], row["价税合计"]) == ("032002000111", "12345678", "113.00")
    assert row["签章"] == "有签章，未验证"
    [plain] = rows(files.ofd(sealed=False), "a.ofd")
    assert plain["签章"] == ""


def test_an_ofd_without_attachment_is_read_from_its_page() -> None:
    [row] = rows(files.ofd(None), "a.ofd")
    assert (row["购买方名称"], row["销售方名称"]) == (files.BUYER, files.SELLER)
    assert (row["发票号码"], row["开票日期"], row["价税合计"]) == (
        "26322000000012345678",
        "2026-05-08",
        "11300.00",
    )


def test_ubl_carries_due_date_and_what_was_prepaid() -> None:
    found = parsed(files.UBL, "re.xml")
    [item] = found.good.to_dicts()
    assert (item["document_number"], item["currency"]) == ("RE-2026-77", "EUR")
    assert (item["amount_minor"], item["paid_minor"]) == (119_000, 19_000)
    assert (str(item["invoice_on"]), str(item["due_on"])) == ("2026-05-08", "2026-06-07")


@pytest.mark.parametrize("data", [files.CII, files.factur_x()])
def test_a_credit_note_is_negative_and_names_its_invoice(data: bytes) -> None:
    [row] = rows(data)
    assert (row["不含税金额"], row["税额"], row["价税合计"]) == ("-100.00", "-19.00", "-119.00")
    assert row["对应蓝字发票"] == "RE-2026-77"
    [item] = parsed(data).good.to_dicts()
    assert (item["kind"], item["amount_minor"]) == ("credit_note", -11_900)


def test_a_red_invoice_is_a_credit_note_of_the_blue_one() -> None:
    red = files.digital(
        "26322000000099999999",
        net="-10000.00",
        tax="-1300.00",
        total="-11300.00",
        original="26322000000012345678",
    )
    [row] = rows(red)
    assert row["对应蓝字发票"] == "26322000000012345678"
    assert parsed(red).good.to_dicts()[0]["kind"] == "credit_note"


def test_a_zip_holds_many_and_one_bad_file_does_not_stop_the_others() -> None:
    found = parsed(
        files.zipped(
            {
                "五月/a.xml": files.digital(),
                "五月/b.ofd": files.ofd(),
                "c.xml": files.UBL,
                "bad-sum.xml": files.digital("1", total="11300.01"),
                "xxe.xml": files.XXE,
                "laughs.xml": files.LAUGHS,
                "cut.xml": files.digital("2")[:400],
                "other.xml": b"<order/>",
                "note.txt": "你好".encode(),
                "picture.pdf": b"%PDF-1.4\n%%EOF",
                "inner.zip": files.zipped({"x.xml": files.digital("3")}),
                "../../etc/evil.xml": files.digital("4"),
            }
        )
    )
    assert found.counts.good == 3
    codes = {row.cells[HEADERS.index("来源文件")]: row.problems[0].code for row in found.staged}
    assert codes == {
        "bad-sum.xml": "row.invoice.sum",
        "xxe.xml": "row.invoice.unsafe",
        "laughs.xml": "row.invoice.unsafe",
        "cut.xml": "row.invoice.broken",
        "other.xml": "row.invoice.unknown",
        "note.txt": "row.invoice.unknown",
        "picture.pdf": "row.invoice.pdf",
        "inner.zip": "row.invoice.nested",
        "../../etc/evil.xml": "row.invoice.path",
    }
    for row in found.staged:
        [problem] = row.problems
        assert problem.zh.endswith("。该行已暂存，可修改后重新导入。") and problem.en and problem.todo_zh
    assert found.counts.lines == found.counts.good + found.counts.staged + found.counts.skipped


def test_the_same_invoice_as_xml_ofd_and_pdf_counts_once() -> None:
    number = "26322000000012345678"
    read = read_file(
        files.zipped(
            {
                f"{number}.pdf": b"%PDF-1.4\n%%EOF",
                f"{number}.ofd": files.ofd(files.digital()),
                f"{number}.xml": files.digital(),
            }
        ),
        "x.zip",
    )
    assert not is_problem(read)
    [row] = [cells for line, cells in read.tables[0].head if line > 1]
    assert row[HEADERS.index("来源文件")] == f"{number}.xml"
    assert [notice.code for notice in read.notices] == ["read.invoice_twins"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (files.XXE, "file.invoice.unsafe"),
        (files.LAUGHS, "file.invoice.unsafe"),
        (files.digital()[:300], "file.invoice.broken"),
        (b"<?xml version='1.0'?><order/>", "file.not_a_table"),
        (b"%PDF-1.7\nnothing\n%%EOF", "file.not_a_table"),
        (files.ofd(b"<nothing/>")[:-200], "file.broken"),
        (files.lying_zip(), "file.invoice.damaged"),
        (files.zipped({"a.xml": b" " * (40 << 20)}), "file.invoice.too_big"),
        (b"<?xml version='1.0'?><EInvoice>" + b"<a/>" * 5_000_000 + b"</EInvoice>", "file.invoice.too_big"),
        (files.XXE.decode().replace("UTF-8", "UTF-16").encode("utf-16"), "file.invoice.unsafe"),
    ],
)
def test_a_file_that_means_harm_is_refused_with_its_sentence(data: bytes, code: str) -> None:
    found = read_file(data, "a.xml")
    assert isinstance(found, Problem)
    assert found.code == code
    assert found.zh and found.en and found.todo_zh and found.todo_en
    assert "hostname" not in found.zh


def test_every_fault_has_a_sentence_in_two_languages() -> None:
    for code, words in SENTENCES.items():
        assert all(words), code
        assert "{value}" in words[0] and "{value}" in words[1]


def test_days_and_sums() -> None:
    assert {plain_day(text) for text in ("2024年01月09日", "20240109", "2024-01-09T10:00:00")} == {
        "2024-01-09"
    }
    assert plain_day("someday") == "someday"
    assert sum_fault("100.00", "***", "100") is None
    assert sum_fault("（100.00）", "-13.00", "-113.00") is None
    fault = sum_fault("100", "13", "113.01")
    assert fault is not None and fault.code == "invoice.sum"
