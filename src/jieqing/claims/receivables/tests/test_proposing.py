"""What the program believes about a file: the header, each column, the currency, the order of dates."""

from datetime import date

import pytest

from jieqing.claims.receivables.engine.ledger_types import Layout, Proposal
from jieqing.claims.receivables.engine.proposing import Hints, propose
from jieqing.claims.receivables.engine.reading import read_file
from jieqing.claims.receivables.tests.workbook_bytes import xlsx
from jieqing.kernel.outcomes import Problem


def proposed(data: bytes | str, remembered: Layout | None = None, hints: Hints | None = None) -> Proposal:
    found = proposal_of(data, remembered, hints)
    assert isinstance(found, Proposal), found
    return found


def proposal_of(
    data: bytes | str, remembered: Layout | None = None, hints: Hints | None = None
) -> Proposal | Problem:
    read = read_file(data.encode() if isinstance(data, str) else data, "x.csv")
    assert not isinstance(read, Problem), read
    return propose(read, remembered, hints)


def fields_of(proposal: Proposal) -> dict[str, str]:
    return {column.header: column.field for column in proposal.layout.columns if column.field}


SOURCES = {
    "用友 U8 应收单列表": (
        "客户编码,客户名称,单据类型,单据编号,单据日期,币种,原币金额,本币金额,原币余额,业务员,部门,摘要\n"
        "01001,无锡宏达机械有限公司,应收单,YS0001,2026-01-05,人民币,100.00,100.00,40.00,周敏,销售一部,货款\n",
        {
            "客户编码": "debtor_code", "客户名称": "debtor_name", "单据类型": "document_type", "单据编号": "document_number",
            "单据日期": "invoice_on", "币种": "currency", "原币金额": "amount", "原币余额": "balance", "摘要": "memo",
        },
    ),
    "金蝶云星空 应收单": (
        "序号,单据编号,业务日期,到期日,客户,币别,价税合计,已核销金额,未核销金额,销售员\n"
        "1,AR0001,2026/1/5,2026/3/5,远大电机,人民币,100.00,30.00,70.00,周敏\n2,AR0002,2026/1/5,2026/3/5,远大电机,人民币,10,0,10,周敏\n",
        {
            "序号": "ignore", "单据编号": "document_number", "业务日期": "invoice_on", "到期日": "due_on", "客户": "debtor_name",
            "币别": "currency", "价税合计": "amount", "已核销金额": "paid", "未核销金额": "balance",
        },
    ),
    "用友 T+ 明细账": (
        "日期,凭证号数,往来单位,摘要,借方,贷方,方向,余额\n2026-01-05,记-001,宏达,销售,100.00,,借,100.00\n2026-01-06,记-002,宏达,收款,,60.00,借,40.00\n",
        {
            "日期": "invoice_on", "凭证号数": "document_number", "往来单位": "debtor_name", "摘要": "memo", "借方": "debit", "贷方": "credit",
        },
    ),
    "SAP FBL5N": (
        "Customer,Document Number,Document Type,Document Date,Posting Date,Net due date,Amount in doc. curr.,Document currency,Clearing date\n"
        "100234,1400000012,RV,05.01.2026,06.01.2026,05.02.2026,\"1.234,50\",EUR,\n",
        {
            "Customer": "debtor_name", "Document Number": "document_number", "Document Type": "document_type", "Document Date": "invoice_on",
            "Posting Date": "posting_on", "Net due date": "due_on", "Amount in doc. curr.": "amount", "Document currency": "currency",
            "Clearing date": "settled_on",
        },
    ),
    "Xero": (
        "Invoice Number,Contact,Invoice Date,Due Date,Total,Paid,Due\n"
        "INV-1,Acme,5 Jan 2026,4 Feb 2026,100.00,0.00,100.00\n",
        {
            "Invoice Number": "document_number", "Contact": "debtor_name", "Invoice Date": "invoice_on", "Due Date": "due_on",
            "Total": "amount", "Paid": "paid", "Due": "balance",
        },
    ),
    "bilingual form": (
        "客户名称 Customer,发票号码 Invoice No.,开票日期 Invoice Date,到期日 Due Date,金额 Amount (RMB),*业务员\n"
        "宏达,F1,2026-01-05,2026-02-05,1,周\n",
        {
            "客户名称 Customer": "debtor_name", "发票号码 Invoice No.": "document_number", "开票日期 Invoice Date": "invoice_on",
            "到期日 Due Date": "due_on", "金额 Amount (RMB)": "amount",
        },
    ),
    "ERPNext": (
        "Posting Date,Customer,Voucher Type,Voucher No,Due Date,Invoiced Amount,Paid Amount,Outstanding Amount,Age (Days),0-30,Currency\n"
        "2026-01-05,Acme,Sales Invoice,SINV-1,2026-02-05,100.00,20.00,80.00,3,80.00,CNY\n",
        {
            "Posting Date": "posting_on", "Customer": "debtor_name", "Voucher Type": "document_type", "Voucher No": "document_number",
            "Due Date": "due_on", "Invoiced Amount": "amount", "Paid Amount": "paid", "Outstanding Amount": "balance", "Currency": "currency",
        },
    ),
    "English ageing export": (
        "Invoice No.,Customer Name,Invoice Date,Due Date,Amount,Amount Paid,Balance Due,Terms,Sales Rep\n"
        "INV-1,Acme Ltd,2026-01-05,2026-02-04,100.00,0,100.00,Net 30,Bob\n",
        {
            "Invoice No.": "document_number", "Customer Name": "debtor_name", "Invoice Date": "invoice_on", "Due Date": "due_on",
            "Amount": "amount", "Amount Paid": "paid", "Balance Due": "balance", "Terms": "credit_days",
        },
    ),
}  # fmt: skip


@pytest.mark.parametrize("source", SOURCES)
def test_known_sources(source: str) -> None:
    text, expected = SOURCES[source]
    assert fields_of(proposed(text)) == expected


def test_titles_above_the_header_are_named_and_read() -> None:
    text = "江南轴承应收账款明细表,,,\n"
    text += "单位：万元,截止日期：2026年10月31日,币种：人民币,\n,,,\n客户名称,发票号,开票日期,金额\n宏达,F1,2026-01-05,1.5\n"
    proposal = proposed(text)
    assert proposal.layout.header_line == 4
    assert [(row.line_no, row.reason) for row in proposal.skipped_above] == [(1, "title"), (2, "title")]
    assert (proposal.layout.currency, proposal.currency_source) == ("CNY", "title")
    assert proposal.stated_as_of == date(2026, 10, 31)
    assert [column.unit for column in proposal.layout.columns if column.field == "amount"] == [10_000]


def test_a_header_of_two_rows() -> None:
    text = "客户,,单据,,金额（元）,\n编码,名称,编号,日期,应收,余额\n01,宏达,F1,2026-01-05,100,40\n"
    proposal = proposed(text)
    assert proposal.layout.header_line == 2
    assert {column.field for column in proposal.layout.columns} >= {
        "debtor_code",
        "debtor_name",
        "document_number",
        "invoice_on",
        "balance",
    }
    assert proposal.layout.currency == "CNY"


def test_the_same_header_twice_is_named_and_one_is_used() -> None:
    proposal = proposed(
        "客户名称,发票号,开票日期,金额,金额\n宏达,F1,2026-01-05,100,\n远大,F2,2026-01-06,7,\n"
    )
    assert [column.field for column in proposal.layout.columns] == [
        "debtor_name",
        "document_number",
        "invoice_on",
        "amount",
        None,
    ]
    assert "header.repeated_name" in [notice.code for notice in proposal.notices]


@pytest.mark.parametrize(
    ("header", "cell", "currency", "source"),
    [
        ("converted_usd", "5", "USD", "header"),
        ("金额(元)", "5", "CNY", "header"),
        ("本币金额", "5", "CNY", "header"),
        ("Amount [EUR]", "5", "EUR", "header"),
        ("金额", "￥5", "CNY", "cells"),
        ("Amount", "US$5", "USD", "cells"),
        ("Amount", "$5", None, "none"),
        ("Amount", "5", None, "none"),
    ],
)
def test_the_currency_a_file_implies(header: str, cell: str, currency: str | None, source: str) -> None:
    proposal = proposed(f"客户名称,发票号,开票日期,{header}\n宏达,F1,2026-01-05,{cell}\n")
    assert (proposal.layout.currency, proposal.currency_source) == (currency, source)
    assert ("currency" in proposal.missing) == (currency is None)


def test_the_answer_to_the_currency_question_is_remembered() -> None:
    text = "客户名称,发票号,开票日期,金额\n宏达,F1,2026-01-05,5\n"
    first = proposed(text, hints=Hints(currency="USD"))
    later = proposed(text.replace("F1", "F2"), Layout.from_dict(first.layout.as_dict()))
    assert (later.layout.currency, later.currency_source, later.is_remembered) == ("USD", "remembered", True)


def test_what_a_person_chose_for_a_column_is_remembered_by_source() -> None:
    text = "客户名称,发票号,开票日期,金额,我方口径\n宏达,F1,2026-01-05,5,6\n"
    chosen = proposed(text, hints=Hints(currency="CNY", columns={"我方口径": "amount", "金额": None}))
    assert fields_of(chosen)["我方口径"] == "amount"
    assert fields_of(proposed(text, chosen.layout)) == fields_of(chosen)
    other = proposed("客户名称,发票号,开票日期,金额\n宏达,F1,2026-01-05,5\n", chosen.layout)
    assert not other.is_remembered


def test_a_repeated_header_is_remembered_by_its_place() -> None:
    text = "客户名称,发票号,开票日期,金额,金额\n宏达,F1,2026-01-05,100,7\n"
    first = proposed(text, hints=Hints(currency="CNY", columns={"#3": None, "#4": "amount"}))
    assert [column.field for column in first.layout.columns[3:]] == [None, "amount"]
    later = proposed(text.replace("F1", "F2"), first.layout)
    assert [column.field for column in later.layout.columns[3:]] == [None, "amount"]
    changed = proposed(text, first.layout, Hints(columns={"发票号": None}))
    assert changed.layout.columns[1].field is None


def test_fingerprints_ignore_width_case_and_punctuation() -> None:
    one = proposed("Customer Name,Invoice_No,Invoice Date,Amount\nA,1,2026-01-05,5\n")
    two = proposed("customer name,INVOICE NO.,Invoice-Date,Amount\nB,2,2026-01-06,6\n")
    assert one.layout.fingerprint == two.layout.fingerprint


DATES = "客户名称,发票号,开票日期,到期日,金额(元)\nA,1,{0},{1},5\nB,2,{2},{3},6\n"


@pytest.mark.parametrize(
    ("cells", "orders", "codes"),
    [
        (("1/26/2013", "2/1/2013", "1/2/2013", "2/25/2013"), ["mdy", "mdy"], []),
        (("26/1/2013", "1/2/2013", "2/1/2013", "3/1/2013"), ["dmy", "dmy"], []),
        (
            ("1/2/2013", "1/2/2013", "2/1/2013", "3/1/2013"),
            [None, None],
            ["mapping.date_order", "mapping.date_order"],
        ),
        (("26/1/2013", "2013-02-01", "1/26/2013", "2013-03-01"), [None, None], ["mapping.mixed_dates"]),
        (("2013-01-26", "20130201", "2013/1/2", "2013年3月1日"), [None, None], []),
    ],
)
def test_the_order_of_dates_is_found_from_the_whole_column(
    cells: tuple[str, ...], orders: list[str], codes: list[str]
) -> None:
    proposal = proposed(DATES.format(*cells))
    found = [
        column.date_order for column in proposal.layout.columns if column.field in ("invoice_on", "due_on")
    ]
    assert found == orders
    assert [question.code for question in proposal.questions] == codes


def test_a_person_decides_the_order_when_the_column_does_not() -> None:
    proposal = proposed(
        DATES.format("1/2/2013", "1/2/2013", "2/1/2013", "3/1/2013"), hints=Hints(date_order="dmy")
    )
    assert proposal.layout.columns[2].date_order == "dmy"
    assert not proposal.questions


def test_the_decimal_mark_of_a_column() -> None:
    proposal = proposed("name;number;invoice date;amount\nA;1;2026-01-05;1.234,56\nB;2;2026-01-06;1.234\n")
    assert proposal.layout.columns[3].decimal_mark == ","


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("客户名称,发票号,开票日期,金额\n", "file.only_header"),
        ("客户名称,发票号,开票日期,金额\n,,,\n合计,,,0\n", "file.only_header"),
        ("1,2,3\n4,5,6\n", "header.missing"),
    ],
)
def test_files_without_header_or_rows(text: str, code: str) -> None:
    found = proposal_of(text)
    assert isinstance(found, Problem)
    assert found.code == code


def test_unknown_headers_ask_for_each_field() -> None:
    proposal = proposed("foo,bar,baz\nx,y,1\n")
    assert proposal.missing == ("debtor", "amount", "date", "currency")
    assert proposal.questions[0].code == "mapping.none"


def test_a_claim_that_the_cells_deny_is_dropped() -> None:
    proposal = proposed(
        "客户名称,发票号,开票日期,金额(元),账期\n宏达,F1,2026-01-05,5,CA10\n远大,F2,2026-01-05,5,NAA8\n"
    )
    assert "账期" not in fields_of(proposal)


def test_the_sheet_with_the_ledger_is_chosen_and_the_others_named() -> None:
    def add(book) -> None:
        book.active.title = "说明"
        sheet = book.create_sheet("应收明细")
        for row in (["客户名称", "发票号", "开票日期", "金额(元)"], ["宏达", "F1", date(2026, 1, 5), 5]):
            sheet.append(row)
        hidden = book.create_sheet("旧数据")
        for row in (["客户名称", "发票号", "开票日期", "金额(元)"], ["宏达", "F0", date(2025, 1, 5), 5]) * 3:
            hidden.append(row)
        hidden.sheet_state = "hidden"

    proposal = proposed(xlsx([["本表由财务部编制"], ["请勿外传"]], add))
    assert proposal.layout.sheet == "应收明细"
    assert set(proposal.other_sheets) == {"说明", "旧数据"}
    assert "read.other_sheets" in [notice.code for notice in proposal.notices]
