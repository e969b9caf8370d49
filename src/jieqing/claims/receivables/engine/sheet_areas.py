"""What the sheets of a workbook span, and what readers would silently leave out of them.

A reader lays out the whole rectangle between a sheet's first and last cell, so two cells can ask for all memory: the
rectangle is measured here first. The same pass over an XLSX sheet finds hidden rows, formulas whose result was never
saved, and error values. Plain patterns do it for sheets written the usual way; any other spelling goes to a parser
that expands nothing.

Source: ECMA-376 18.3.1 (sheet data), [MS-XLSB] 2.1.4 (records), OpenDocument 1.2 9.1 (tables).
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from html import unescape
from typing import IO

from lxml import etree

from jieqing.claims.receivables.engine import file_problems as problems
from jieqing.claims.receivables.engine.ledger_types import Limits
from jieqing.kernel.outcomes import Problem

CELL_COLUMN = re.compile(rb'<(?:\w+:)?c\s[^>]*?r="([A-Z]{1,9})\d{1,9}"')
CELL_ROW = re.compile(rb'<(?:\w+:)?c\s[^>]*?r="[A-Z]{1,9}(\d{1,9})"')
ANY_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\s(?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="(\d{1,9})"')
FORMULA_CELL = re.compile(
    rb'<(?:\w+:)?c\s[^>]*?r="([A-Z]{1,3})(\d{1,7})"[^>]*>\s*<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>([^<]*)</(?:\w+:)?f>)'
    rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
ERROR_CELL = re.compile(
    rb'<(?:\w+:)?c\s(?=[^>]*\bt="e")[^>]*?r="([A-Z]{1,3})(\d{1,7})"[^>]*>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>(#[^<]{1,12})<',
    re.S,
)


@dataclass(frozen=True)
class SheetFacts:
    """hidden_rows: line numbers; patches: (row, column) counted from 0 -> text that a reader would leave out."""

    hidden_rows: tuple[int, ...] = ()
    patches: dict[tuple[int, int], str] = field(default_factory=dict)
    unsaved_formulas: int = 0
    first_unsaved: str = ""


def bomb(zh: str, en: str) -> Problem:
    return Problem.of(problems.ARCHIVE_BOMB, reason_zh=zh, reason_en=en)


def inspect_sheet(xml: bytes, limits: Limits) -> SheetFacts | Problem:
    """Return what a reader would leave out of an XLSX sheet, or why the sheet must not be opened."""
    if xml.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in xml[:64]:
        return Problem.of(
            problems.BROKEN, format="XLSX", reason="工作表不是 UTF-8 / a sheet that is not UTF-8"
        )
    letters, digits = CELL_COLUMN.findall(xml), CELL_ROW.findall(xml)
    if len(letters) == len(digits) == len(ANY_CELL.findall(xml)):
        rows = max(map(int, set(digits)), default=0)
        columns = max(map(column_number, set(letters)), default=0)
    else:
        rows, columns = _parsed_area(xml)
    return _area_refusal(rows, columns, limits) or _facts(xml)


def _facts(xml: bytes) -> SheetFacts:
    hidden = tuple(int(line) for line in HIDDEN_ROW.findall(xml)) if b"hidden=" in xml else ()
    patches: dict[tuple[int, int], str] = {}
    unsaved, first = 0, ""
    if b"<f" in xml or b":f" in xml:
        for letters, digits, formula in FORMULA_CELL.findall(xml):
            place = (int(digits) - 1, column_number(letters) - 1)
            patches[place] = "=" + unescape(formula.decode("utf-8", "replace"))
            unsaved, first = unsaved + 1, first or (letters + digits).decode()
    if b't="e"' in xml:
        for letters, digits, text in ERROR_CELL.findall(xml):
            patches[int(digits) - 1, column_number(letters) - 1] = text.decode("utf-8", "replace")
    return SheetFacts(hidden, patches, unsaved, first)


def _parsed_area(xml: bytes) -> tuple[int, int]:
    """Return the area by a real parser, for sheets whose cells are not written in the usual way (or carry no place)."""
    rows = columns = row = column = 0
    for _, node in etree.iterparse(
        io.BytesIO(xml),
        events=("start",),
        tag=("{*}row", "{*}c"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    ):
        place = re.match(r"([A-Za-z]*)(\d*)", str(node.get("r") or ""))
        letters, digits = place.groups() if place else ("", "")
        if str(node.tag).endswith("row"):
            row, column = int(digits[:9]) if digits else row + 1, 0
        else:
            column = column_number(letters.upper().encode()[:9]) if letters else column + 1
            rows, columns = max(rows, int(digits[:9]) if digits else row), max(columns, column)
    return rows, columns


def _area_refusal(rows: int, columns: int, limits: Limits) -> Problem | None:
    if rows > limits.rows_max:
        return Problem.of(problems.TOO_MANY_ROWS, limit=limits.rows_max)
    if columns > limits.columns_max:
        return Problem.of(problems.TOO_MANY_COLUMNS, columns=columns, limit=limits.columns_max)
    if rows * columns > limits.grid_cells_max:
        return bomb(f"表格范围 {rows} 行 × {columns} 列", f"an area of {rows} rows × {columns} columns")
    return None


def column_number(letters: bytes) -> int:
    """Return 1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def binary_refusal(data: bytes, limits: Limits) -> Problem | None:
    """Return why an XLSB sheet must not be opened."""
    rows, columns = _binary_area(data)
    return _area_refusal(rows, columns, limits)


def _binary_area(data: bytes) -> tuple[int, int]:
    """Return the rows and columns spanned by the cell records of an XLSB sheet ([MS-XLSB] 2.1.4)."""
    at = rows = columns = 0
    while at < len(data):
        kind = data[at]
        at += 1
        if kind & 0x80 and at < len(data):
            kind = (kind & 0x7F) | (data[at] & 0x7F) << 7
            at += 1
        size = shift = 0
        while at < len(data) and shift <= 21:
            byte = data[at]
            at += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        if kind == 0 and size >= 4:  # BrtRowHdr
            rows = max(rows, int.from_bytes(data[at : at + 4], "little") + 1)
        elif 1 <= kind <= 11 and size >= 4:  # BrtCellBlank .. BrtFmlaError
            columns = max(columns, int.from_bytes(data[at : at + 4], "little") + 1)
        at += size
    return rows, columns


def ods_refusal(stream: IO[bytes], limits: Limits) -> Problem | None:
    """Return why an ODS sheet must not be opened: repeated rows and columns stand for cells that a reader lays out.

    Trailing empty repeats are how ODS fills a sheet; only what stands before a filled cell counts.
    """
    rows = last_row = columns = 0
    for _, row in etree.iterparse(
        stream, tag="{*}table-row", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    ):
        width = filled = 0
        for cell in row.iterchildren("{*}table-cell", "{*}covered-table-cell"):
            width += _repeats(cell, "columns")
            if len(cell) or any("value" in str(name) for name in cell.attrib):
                filled = width
        rows += _repeats(row, "rows")
        if filled:
            last_row, columns = rows, max(columns, filled)
        refusal = _area_refusal(last_row, columns, limits)
        if refusal is not None:
            return refusal
        row.clear()
    return None


def _repeats(node: etree._Element, what: str) -> int:
    for name, value in node.attrib.items():
        if str(name).endswith(f"number-{what}-repeated") and str(value).isdigit():
            return int(str(value)[:9])
    return 1
