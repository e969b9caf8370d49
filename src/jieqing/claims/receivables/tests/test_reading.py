"""Files as they arrive: what the bytes are decides, every bound is checked, each refusal is a sentence."""

import gzip
import io
import struct
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from jieqing.claims.receivables.engine.ledger_types import Limits, ReadFile
from jieqing.claims.receivables.engine.reading import read_file
from jieqing.claims.receivables.tests.workbook_bytes import rewritten, xls, xlsx
from jieqing.kernel.outcomes import Problem

TABLE = [
    ["客户名称", "发票号", "开票日期", "金额"],
    ["无锡宏达机械有限公司", "FP001", "2026-01-05", "1234.50"],
]
CSV = "\n".join(",".join(row) for row in TABLE) + "\n"
SHEET = "xl/worksheets/sheet1.xml"


def rows_of(data: bytes, name: str = "ledger", limits: Limits | None = None) -> list[list[str]]:
    read = read_file(data, name, limits or Limits())
    assert isinstance(read, ReadFile), read
    return [list(cells) for piece in read.tables[0].slices() for cells in piece.cells.rows()]


def code_of(data: bytes, limits: Limits | None = None) -> str:
    found = read_file(data, "ledger.xlsx", limits or Limits())
    assert isinstance(found, Problem), found
    assert found.zh
    assert found.todo_zh
    return found.code


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "gbk"]
)
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_encodings_and_line_endings(encoding: str, ending: str) -> None:
    data = (CSV * 3).replace("\n", ending).encode(encoding)
    assert rows_of(data) == TABLE * 3


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_delimiters_are_told_by_the_cells(delimiter: str) -> None:
    data = "\n".join(delimiter.join(row) for row in TABLE).encode()
    read = read_file(data, "ledger.xls")
    assert isinstance(read, ReadFile)
    assert (read.kind, read.delimiter) == ("tsv" if delimiter == "\t" else "csv", delimiter)
    assert rows_of(data) == TABLE


def test_semicolons_with_decimal_commas() -> None:
    assert rows_of(b"name;date;amount\nA;2026-01-05;1.234,56\nB;2026-01-06;7,00\n")[1] == [
        "A",
        "2026-01-05",
        "1.234,56",
    ]


def test_latin_text_is_not_taken_for_chinese() -> None:
    text = "Kunde;Rechnung;Betrag\nMüller & Söhne GmbH;R-1;12,50\nJürgen Groß;R-2;7,00\n"
    assert rows_of(text.encode("cp1252"))[1][0] == "Müller & Söhne GmbH"


def test_a_few_broken_bytes_are_shown_and_counted() -> None:
    data = (CSV * 200).encode().replace("宏".encode(), "宏".encode()[:2] + b"\xff", 1)
    read = read_file(data, "x.csv")
    assert isinstance(read, ReadFile)
    assert [notice.code for notice in read.notices] == ["read.lossy"]
    assert "�" in rows_of(data)[1][0]


def test_quotes_over_lines_and_the_line_numbers_of_an_editor() -> None:
    data = b'name,memo,amount\nA,"two\nlines",1\nB,"say ""hi""",2\nC,,3\n'
    read = read_file(data, "x.csv")
    assert isinstance(read, ReadFile)
    piece = next(read.tables[0].slices())
    assert piece.line_numbers.to_list() == [1, 2, 4, 5]
    assert piece.cells.rows()[1:3] == [("A", "two\nlines", "1"), ("B", 'say "hi"', "2")]


def test_an_open_quote_costs_its_own_line_only() -> None:
    data = ("name,number,amount\n" + 'A,"broken,1\n' + "B,2,3\n" * 60).encode()
    read = read_file(data, "x.csv")
    assert isinstance(read, ReadFile)
    piece = next(read.tables[0].slices())
    assert {line: code for line, (code, _) in piece.odd_rows.items()} == {2: "row.quotes"}
    assert piece.cells.height == 62


def test_inches_are_no_quotes() -> None:
    assert rows_of(b'name,goods,amount\nA,5" pipe,1\nB,6" pipe,2\nC,x,3\n')[1:3] == [
        ["A", '5" pipe', "1"],
        ["B", '6" pipe', "2"],
    ]


def test_more_cells_than_columns_are_kept_aside() -> None:
    read = read_file(b"name,number,amount\nA,1,2\nB,2,1,234,50\n", "x.csv")
    assert isinstance(read, ReadFile)
    cells = [cells for piece in read.tables[0].slices() for cells in piece.cells.rows()]
    assert cells[2] == ("B", "2", "1", "234", "50")


def test_nul_characters_are_shown() -> None:
    read = read_file(CSV.replace("宏", "\x00").encode(), "x.csv")
    assert isinstance(read, ReadFile)
    assert [notice.code for notice in read.notices] == ["read.nul"]
    assert "␀" in rows_of(CSV.replace("宏", "\x00").encode())[1][0]


def test_a_cell_of_ten_megabytes_is_cut_to_the_bound() -> None:
    data = f"name,number,amount\nA,{'x' * 10_000_000},1\nB,2,3\n".encode()
    rows = rows_of(data)
    assert len(rows[1][1]) == Limits().cell_chars_max + 1
    assert rows[2] == ["B", "2", "3"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file.empty"),
        (b" \n\r\n \t ", "file.empty"),
        (b"\xef\xbb\xbf", "file.empty"),
        (b"%PDF-1.7 ...", "file.not_a_table"),
        (b"\x89PNG\r\n\x1a\n", "file.not_a_table"),
        (gzip.compress(b"a,b"), "file.archive"),
        (bytes(range(256)) * 40, "file.binary"),
        (b"PK\x03\x04 not really", "file.broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "file.broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "file.password"),
        (b"<?xml version='1.0'?><order><id>1</id></order>", "file.not_a_table"),
        (b"<html><body>no table</body></html>", "file.no_sheet"),
        (",".join(f"c{i}" for i in range(100_000)).encode(), "file.too_many_columns"),
    ],
)
def test_refusals(data: bytes, code: str) -> None:
    assert code_of(data) == code


def test_file_bound() -> None:
    assert code_of(CSV.encode(), Limits(bytes_max=10)) == "file.too_big"
    assert code_of((CSV * 10).encode(), Limits(rows_max=5)) == "file.too_many_rows"


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


HTML = """<html><head><meta charset="{declared}"></head><body><table border=1>
<tr><th>客户名称</th><th>发票号</th><th>金额</th></tr>
<tr><td rowspan=2>无锡<b>宏达</b></td><td>FP1</td><td>1&nbsp;234.50</td></tr>
<tr><td>FP2</td><td>2</td></tr></table><!-- <!ENTITY x SYSTEM "file:///etc/passwd"> --></body></html>"""


@pytest.mark.parametrize(
    ("encoding", "declared"), [("utf-8", "utf-8"), ("gb18030", "gb2312"), ("utf-8", "gb2312")]
)
def test_a_page_called_xls(encoding: str, declared: str) -> None:
    data = HTML.format(declared=declared).encode(encoding)
    assert rows_of(data, "export.xls") == [
        ["客户名称", "发票号", "金额"],
        ["无锡宏达", "FP1", "1 234.50"],
        ["无锡宏达", "FP2", "2"],
    ]


def test_xml_spreadsheet_2003() -> None:
    data = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>
    <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
    <Worksheet ss:Name="应收"><Table><Row><Cell><Data ss:Type="String">客户名称</Data></Cell><Cell><Data ss:Type="String">日期</Data></Cell></Row>
    <Row ss:Index="3"><Cell><Data ss:Type="String">宏达&e;</Data></Cell>
    <Cell><Data ss:Type="DateTime">2026-01-05T00:00:00.000</Data></Cell></Row></Table></Worksheet></Workbook>"""
    assert rows_of(data.encode()) == [["客户名称", "日期"], ["", ""], ["宏达&e;", "2026-01-05"]]


def test_mhtml() -> None:
    page = "<table><tr><td>name</td><td>amount</td></tr><tr><td>A</td><td>1</td></tr></table>"
    data = f"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n{page}\n--b--\n"
    assert rows_of(data.encode()) == [["name", "amount"], ["A", "1"]]
