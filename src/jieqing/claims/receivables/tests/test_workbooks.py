"""Workbooks: what their cells say, what readers drop, and what must never be unpacked."""

import io
import struct
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from jieqing.claims.receivables.engine.ledger_types import Limits, ReadFile
from jieqing.claims.receivables.engine.ole_workbooks import wrapped
from jieqing.claims.receivables.engine.reading import read_file
from jieqing.claims.receivables.tests.parsed_files import TABLE, code_of, rows_of
from jieqing.claims.receivables.tests.workbook_bytes import rewritten, xls, xlsx
from jieqing.kernel.outcomes import Problem

SHEET = "xl/worksheets/sheet1.xml"


def archive(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name, body in parts.items():
            target.writestr(name, body)
    return stream.getvalue()


def test_archives_that_are_no_workbook() -> None:
    assert code_of(archive({"a.csv": b"x"})) == "file.archive"
    assert code_of(archive({"word/document.xml": b"x"})) == "file.not_a_table"


def test_a_zip_bomb_is_refused_before_it_is_opened() -> None:
    assert code_of(rewritten(xlsx(TABLE), SHEET, lambda xml: xml + b" " * 64_000_000)) == "file.zip_bomb"


def test_a_bomb_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(rewritten(xlsx(TABLE), SHEET, lambda xml: xml + b" " * 64_000_000))
    for magic, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = data.find(magic)
        while at >= 0:
            data[at + offset : at + offset + 4] = struct.pack("<I", 100)
            at = data.find(magic, at + 4)
    assert code_of(bytes(data)) == "file.zip_bomb"


def test_too_many_entries_are_refused() -> None:
    parts = {"xl/workbook.xml": b"<workbook/>"} | {f"x/{number}": b"" for number in range(60)}
    assert code_of(archive(parts), Limits(archive_entries_max=50)) == "file.zip_bomb"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("XFD1048576", "file.too_many_columns"),
        ("ZZ1048576", "file.too_many_columns"),
        ("CV1048576", "file.zip_bomb"),
    ],
)
def test_a_sheet_that_claims_a_huge_area_is_refused(cell: str, code: str) -> None:
    row = f'<row r="1048576"><c r="{cell}" t="n"><v>1</v></c></row></sheetData>'.encode()
    assert code_of(rewritten(xlsx(TABLE), SHEET, lambda xml: xml.replace(b"</sheetData>", row))) == code


def test_entities_in_a_workbook_are_not_expanded() -> None:
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    )
    data = rewritten(
        xlsx(TABLE), "xl/workbook.xml", lambda xml: bomb + xml.replace(b'name="Sheet"', b'name="&b;"')
    )
    found = read_file(data, "x.xlsx")
    assert isinstance(found, Problem) or "aaaa" not in found.tables[0].name


def test_workbook_cells_as_a_person_would_type_them() -> None:
    cells = [
        [
            0.1 + 0.2,
            2960623488.0,
            date(2026, 1, 5),
            datetime(2026, 1, 5, 9, 30),
            True,
            None,
            123456789012345678,
        ]
    ]
    assert rows_of(xlsx(cells)) == [
        ["0.3", "2960623488", "2026-01-05", "2026-01-05 09:30:00", "TRUE", "", "123456789012346000"]
    ]


def test_formulas_without_result_and_errors_stand_as_text() -> None:
    data = xlsx([["a", "b"], ["=1+2", "x"], ["#N/A", "=SUM(A1:A2)"]])
    read = read_file(data, "x.xlsx")
    assert isinstance(read, ReadFile)
    assert rows_of(data) == [["a", "b"], ["=1+2", "x"], ["#N/A", "=SUM(A1:A2)"]]
    assert [notice.code for notice in read.notices] == ["read.formula_without_value"]


def test_a_formula_with_a_saved_result_gives_the_result() -> None:
    data = rewritten(
        xlsx([["a"], ["=1+2"]]),
        SHEET,
        lambda xml: xml.replace(b"<v></v>", b"<v>3</v>").replace(b"<v />", b"<v>3</v>"),
    )
    assert rows_of(data) == [["a"], ["3"]]


def test_hidden_rows_are_read_and_named() -> None:
    def hide(book: Workbook) -> None:
        book.active.row_dimensions[2].hidden = True

    read = read_file(xlsx(TABLE, hide), "x.xlsx")
    assert isinstance(read, ReadFile)
    assert [notice.code for notice in read.notices] == ["read.hidden_rows"]
    assert rows_of(xlsx(TABLE, hide)) == TABLE


def test_cells_merged_downwards_fill_their_rows() -> None:
    def merge(book: Workbook) -> None:
        book.active.merge_cells("A2:A4")

    rows = [["客户名称", "金额"], ["宏达", 1], [None, 2], [None, 3], ["远大", 4]]
    assert rows_of(xlsx(rows, merge)) == [
        ["客户名称", "金额"],
        ["宏达", "1"],
        ["宏达", "2"],
        ["宏达", "3"],
        ["远大", "4"],
    ]


def test_a_table_that_starts_in_the_middle_of_a_sheet_keeps_its_place() -> None:
    def shift(book: Workbook) -> None:
        book.active["C4"] = "x"

    assert rows_of(xlsx([], shift))[3] == ["", "", "x"]


def test_workbooks_of_1904_say_so() -> None:
    def count_from_1904(book: Workbook) -> None:
        book.epoch = CALENDAR_MAC_1904

    data = xlsx([["开票日期", "到期日"], [date(2026, 1, 5), 44565]], count_from_1904)
    read = read_file(data, "x.xlsx")
    assert isinstance(read, ReadFile)
    assert read.is_1904
    assert rows_of(data) == [["开票日期", "到期日"], ["2026-01-05", "44565"]]


def test_a_real_xls() -> None:
    data = xls([["客户名称", "发票号", "金额"], ["无锡宏达", 2960623488.0, 12.5]])
    read = read_file(data, "应收.xlsx")
    assert isinstance(read, ReadFile)
    assert (read.kind, read.tables[0].name) == ("xls", "应收")
    assert rows_of(data) == [["客户名称", "发票号", "金额"], ["无锡宏达", "2960623488", "12.5"]]


def test_a_large_xls_needs_lists_of_tables() -> None:
    rows = [["客户名称", "摘要", "金额"], *([f"客户{number}", "x" * 240, number] for number in range(16_500))]
    data = xls(rows)
    assert len(data) > 8_000_000
    found = rows_of(data)
    assert (len(found), found[-1][0], found[-1][2]) == (16_501, "客户16499", "16499")


def test_an_xls_with_a_password_says_so() -> None:
    record = struct.pack("<HH", 0x002F, 2) + b"\x00\x00"
    bof = struct.pack("<HHHHHHII", 0x0809, 16, 0x0600, 0x0005, 0, 0, 0, 6)
    assert code_of(wrapped(bof + record)) == "file.password"
    assert code_of(wrapped(b"x", "EncryptedPackage")) == "file.password"
    assert code_of(wrapped(b"x", "WordDocument")) == "file.not_a_table"


@pytest.mark.parametrize("offset", [30, 44, 48, 60, 68, 76])
def test_an_xls_whose_container_lies_is_refused(offset: int) -> None:
    data = bytearray(xls(TABLE))
    data[offset : offset + 4] = b"\x07\x00\x00\x7f"
    found = read_file(bytes(data), "x.xls")
    assert isinstance(found, ReadFile) or found.code == "file.broken"


def test_an_xls_cell_far_to_the_right_is_refused() -> None:
    assert code_of(xls([["x"] * 300])) == "file.too_many_columns"


@pytest.mark.parametrize(
    "cell",
    [
        "<c r='XFD1048576' t='n'><v>1</v></c>",
        '<x:c xmlns:x="m" r="ZZ1048576"/>',
        '<c\tr="&#88;FD1048576"><v>1</v></c>',
    ],
)
def test_unusual_spelling_does_not_hide_a_huge_area(cell: str) -> None:
    row = f"<row r='1048576'>{cell}</row></sheetData>".encode()
    found = read_file(rewritten(xlsx(TABLE), SHEET, lambda xml: xml.replace(b"</sheetData>", row)), "x.xlsx")
    assert isinstance(found, Problem)
