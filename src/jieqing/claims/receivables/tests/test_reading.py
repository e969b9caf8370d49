"""Files as they arrive: what the bytes are decides, every bound is checked, each refusal is a sentence."""

import gzip

import pytest

from jieqing.claims.receivables.engine.ledger_types import Limits, ReadFile
from jieqing.claims.receivables.engine.reading import read_file
from jieqing.claims.receivables.tests.parsed_files import TABLE, code_of, rows_of

CSV = "\n".join(",".join(row) for row in TABLE) + "\n"


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
        (gzip.compress(b"a,b", mtime=0), "file.archive"),
        (bytes(range(256)) * 40, "file.binary"),
        (b"PK\x03\x04 not really", "file.broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "file.broken"),
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


HTML = """<html><head><meta charset="{declared}"></head><body><table border=1>
<tr><th>客户名称</th><th>发票号</th><th>金额</th></tr>
<tr><td rowspan=2>无锡<b>宏达</b></td><td>FP1</td><td>1&nbsp;234.50</td></tr>
<tr><td>FP2</td><td>2</td></tr></table><!-- <!ENTITY x SYSTEM "secret.txt"> --></body></html>"""


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
    data = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "secret.txt">]>
    <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
    <Worksheet ss:Name="应收"><Table><Row><Cell><Data ss:Type="String">客户名称</Data></Cell><Cell><Data ss:Type="String">日期</Data></Cell></Row>
    <Row ss:Index="3"><Cell><Data ss:Type="String">宏达&e;</Data></Cell>
    <Cell><Data ss:Type="DateTime">2026-01-05T00:00:00.000</Data></Cell></Row></Table></Worksheet></Workbook>"""
    assert rows_of(data.encode()) == [["客户名称", "日期"], ["", ""], ["宏达&e;", "2026-01-05"]]


def test_mhtml() -> None:
    page = "<table><tr><td>name</td><td>amount</td></tr><tr><td>A</td><td>1</td></tr></table>"
    data = f"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n{page}\n--b--\n"
    assert rows_of(data.encode()) == [["name", "amount"], ["A", "1"]]
