"""Tables written as markup: an HTML page called .xls, XML Spreadsheet 2003, an MHTML page.

The parser reaches no network, loads no DTD and expands no entity. Row and column spans are bounded and unrolled, so
a cell spanning five rows of one customer says its name in each.
"""

from __future__ import annotations

import email
import re
from collections.abc import Iterator

from lxml import etree, html

from jieqing.claims.receivables.engine import file_problems as problems
from jieqing.claims.receivables.engine.encodings import detect_encoding
from jieqing.claims.receivables.engine.grids import GridTable, grid_table
from jieqing.claims.receivables.engine.ledger_types import Limits, ReadFile
from jieqing.kernel.outcomes import Problem

SPAN_MAX = 1_000
DECLARED = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.I)


def read_markup(data: bytes, name: str, digest: bytes, limits: Limits) -> ReadFile | Problem:
    """Return the tables of an HTML or XML file."""
    if data[:13].lower() == b"mime-version:":
        data = _html_part(data)
    start = data[:4096].lower().replace(b"\x00", b"")
    if b"urn:schemas-microsoft-com:office:spreadsheet" in start:
        return _finish(name, "xml2003", digest, list(_xml_tables(data, limits)), None)
    if start.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<?xml") and b"<html" not in start:
        return Problem.of(problems.NOT_A_TABLE, what=" XML 文件", what_en="an XML file")
    text, encoding = _html_text(data)
    try:
        page = html.document_fromstring(text, parser=html.HTMLParser(no_network=True, huge_tree=False))
    except (etree.LxmlError, ValueError) as error:
        return Problem.of(problems.BROKEN, format="HTML", reason=str(error))
    return _finish(name, "html", digest, list(_html_tables(page, limits)), encoding)


def _finish(
    name: str, kind: str, digest: bytes, tables: list[GridTable], encoding: str | None
) -> ReadFile | Problem:
    filled = tuple(table for table in tables if table.row_count)
    if not filled:
        return Problem.of(problems.NO_SHEET)
    return ReadFile(name, kind, digest, filled, encoding)


def _html_part(data: bytes) -> bytes:
    for part in email.message_from_bytes(data).walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            return payload if isinstance(payload, bytes) else b""
    return b""


def _html_text(data: bytes) -> tuple[str, str]:
    """Decode by the bytes first: pages often declare gb2312 and are UTF-8, or the other way round."""
    found = detect_encoding(data)
    if found is not None and not found.lossy:
        return _without_declaration(data[found.start :].decode(found.name, "replace")), found.name
    declared = DECLARED.search(data[:4096])
    name = declared.group(1).decode("ascii", "replace").lower() if declared else "utf-8"
    name = "gb18030" if name in ("gb2312", "gbk", "gb18030") else name
    try:
        return _without_declaration(data.decode(name, "replace")), name
    except LookupError:
        return _without_declaration(data.decode("utf-8", "replace")), "utf-8"


def _without_declaration(text: str) -> str:
    """Drop an XML declaration: lxml refuses decoded text that names an encoding."""
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text.replace("\x00", "␀"))


def _html_tables(page: html.HtmlElement, limits: Limits) -> Iterator[GridTable]:
    for index, table in enumerate(page.iter("table"), start=1):
        if next(table.iterdescendants("table"), None) is not None:
            continue  # a layout table: its inner tables come on their own
        rows = list(_html_rows(table, limits))
        width = max((len(row) for row in rows), default=0)
        if any(cell.strip() for row in rows for cell in row):
            yield grid_table(f"表 {index}", False, width, rows, limits.slice_rows)


def _html_rows(table: html.HtmlElement, limits: Limits) -> Iterator[tuple[str, ...]]:
    hanging: dict[int, tuple[int, str]] = {}
    for row in table.iter("tr"):
        cells: list[str] = []
        for cell in row.iterchildren("td", "th"):
            _fill_hanging(cells, hanging)
            text = " ".join("".join(str(piece) for piece in cell.itertext()).replace("\xa0", " ").split())
            down, across = _span(cell.get("rowspan")), _span(cell.get("colspan"))
            if down > 1:
                hanging[len(cells)] = (down - 1, text)
            cells += [text] + [""] * (across - 1)
        _fill_hanging(cells, hanging)
        yield tuple(cells[: limits.columns_max])


def _fill_hanging(cells: list[str], hanging: dict[int, tuple[int, str]]) -> None:
    while len(cells) in hanging:
        left, text = hanging.pop(len(cells))
        if left > 1:
            hanging[len(cells)] = (left - 1, text)
        cells.append(text)


def _span(value: str | None) -> int:
    return min(SPAN_MAX, max(1, int(value))) if value and value.isdigit() and len(value) < 6 else 1


def _xml_tables(data: bytes, limits: Limits) -> Iterator[GridTable]:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
    )
    root = etree.fromstring(data, parser)
    if root is None:
        return
    for sheet in root.iter("{*}Worksheet"):
        rows: list[tuple[str, ...]] = []
        for row in sheet.iter("{*}Row"):
            index = _span_index(row)
            while index and len(rows) < min(index - 1, limits.rows_max):
                rows.append(())
            rows.append(_xml_cells(row, limits))
        width = max((len(cells) for cells in rows), default=0)
        if any(cell.strip() for cells in rows for cell in cells):
            name = next((str(v) for k, v in sheet.attrib.items() if str(k).endswith("}Name")), "")
            yield grid_table(name, False, width, rows, limits.slice_rows)


def _xml_cells(row: etree._Element, limits: Limits) -> tuple[str, ...]:
    cells: list[str] = []
    for cell in row.iterchildren("{*}Cell"):
        index = _span_index(cell)
        while index and len(cells) < min(index - 1, limits.columns_max):
            cells.append("")
        node = next(cell.iterchildren("{*}Data"), None)
        text = "" if node is None else "".join(str(piece) for piece in node.itertext())
        kind = (
            ""
            if node is None
            else next((str(v) for k, v in node.attrib.items() if str(k).endswith("}Type")), "")
        )
        cells.append(text.replace("T00:00:00.000", "").replace("T", " ") if kind == "DateTime" else text)
    return tuple(cells[: limits.columns_max])


def _span_index(node: etree._Element) -> int:
    value = next((str(v) for k, v in node.attrib.items() if str(k).endswith("}Index")), "")
    return int(value) if value.isdigit() and len(value) < 8 else 0
