"""What an XLSX, XLSB or ODS archive contains, checked before any reader unpacks it.

A small file can expand to fill the machine, and a sheet of two cells can claim the area between A1 and XFD1048576,
which a reader lays out in memory. So the archive is measured first: number of entries, real inflated size (declared
sizes may lie), ratio, overlapping entries, and for each sheet the rectangle its cells span.

The same pass over a worksheet's XML finds what readers drop: hidden rows, formulas whose result was never saved, and
error values. No XML parser touches hostile text here; the patterns are those of the sheet grammar.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from html import unescape

from lxml import etree

from jieqing.claims.receivables.engine import file_problems as problems
from jieqing.claims.receivables.engine.ledger_types import Limits
from jieqing.kernel.outcomes import Problem

STEP_BYTES = 1024 * 1024
CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?r="([A-Z]{1,9})(\d{1,9})"')
HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\s(?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="(\d{1,9})"')
FORMULA_CELL = re.compile(
    rb'<(?:\w+:)?c\s[^>]*?r="([A-Z]{1,3})(\d{1,7})"[^>]*>\s*<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>([^<]*)</(?:\w+:)?f>)'
    rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
ERROR_CELL = re.compile(
    rb'<(?:\w+:)?c\s(?=[^>]*\bt="e")[^>]*?r="([A-Z]{1,3})(\d{1,7})"[^>]*>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>(#[^<]{1,12})<',
    re.S,
)
SAFE_XML = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}


@dataclass(frozen=True)
class SheetFacts:
    """hidden_rows: line numbers; patches: (row, column) counted from 0 -> text that a reader would leave out."""

    hidden_rows: tuple[int, ...] = ()
    patches: dict[tuple[int, int], str] = field(default_factory=dict)
    unsaved_formulas: int = 0
    first_unsaved: str = ""


@dataclass(frozen=True)
class ArchiveFacts:
    kind: str  # xlsx, xlsb, ods
    is_1904: bool = False
    sheets: dict[str, SheetFacts] = field(default_factory=dict)


def inspect_archive(data: bytes, limits: Limits) -> ArchiveFacts | Problem:
    """Return what the archive is, or the Problem that forbids to open it."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, struct.error, EOFError, NotImplementedError) as error:
        return Problem.of(problems.BROKEN, format="XLSX", reason=str(error) or type(error).__name__)
    refusal = _measure(data, entries, limits)
    if refusal is not None:
        return refusal
    names = set(archive.namelist())
    try:
        if "xl/workbook.xml" in names:
            return _inspect_xlsx(archive, limits)
        if "xl/workbook.bin" in names:
            return _inspect_xlsb(archive, limits)
        if "content.xml" in names:
            return _inspect_ods(archive, limits)
    except (
        zipfile.BadZipFile,
        zlib.error,
        KeyError,
        RuntimeError,
        etree.LxmlError,
        EOFError,
        struct.error,
    ) as error:
        return Problem.of(problems.BROKEN, format="XLSX", reason=str(error) or type(error).__name__)
    if "word/document.xml" in names:
        return Problem.of(problems.NOT_A_TABLE, what=" Word 文档", what_en="a Word document")
    return Problem.of(problems.ARCHIVE)


def _bomb(zh: str, en: str) -> Problem:
    return Problem.of(problems.ARCHIVE_BOMB, reason_zh=zh, reason_en=en)


def _measure(data: bytes, entries: list[zipfile.ZipInfo], limits: Limits) -> Problem | None:
    if len(entries) > limits.archive_entries_max:
        return _bomb(f"内含 {len(entries)} 个文件", f"{len(entries)} entries")
    if sum(entry.compress_size for entry in entries) > len(data):
        return _bomb("内部文件互相重叠", "entries overlap")
    if any(entry.flag_bits & 1 for entry in entries):
        return Problem.of(problems.PASSWORD)
    total = 0
    for entry in entries:
        total += max(_inflated_bytes(data, entry, limits.archive_bytes_max - total), entry.file_size)
        ratio = total // max(1, len(data))
        if total > limits.archive_bytes_max:
            return _bomb(
                f"超过 {limits.archive_bytes_max} 字节", f"more than {limits.archive_bytes_max} bytes"
            )
        if total > limits.archive_ratio_free_bytes and ratio > limits.archive_ratio_max:
            return _bomb(f"膨胀 {ratio} 倍以上", f"more than {ratio} times its size")
    return None


def _inflated_bytes(data: bytes, entry: zipfile.ZipInfo, bytes_max: int) -> int:
    """Return the true size of an entry, counted while inflating and thrown away; stops just above bytes_max."""
    header = data[entry.header_offset : entry.header_offset + 30]
    if len(header) < 30:
        return 0
    name_bytes, extra_bytes = struct.unpack("<HH", header[26:30])
    start = entry.header_offset + 30 + name_bytes + extra_bytes
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        return entry.compress_size
    inflater = zlib.decompressobj(-15)
    waiting, size = data[start : start + entry.compress_size], 0
    try:
        while waiting and not inflater.eof and size <= bytes_max:
            size += len(inflater.decompress(waiting, STEP_BYTES))
            waiting = inflater.unconsumed_tail
    except zlib.error:
        return size
    return size


def _inspect_xlsx(archive: zipfile.ZipFile, limits: Limits) -> ArchiveFacts | Problem:
    workbook = etree.fromstring(archive.read("xl/workbook.xml"), etree.XMLParser(**SAFE_XML))  # type: ignore[arg-type]
    is_1904 = any(
        node.get("date1904", "").lower() in ("1", "true") for node in workbook.iter("{*}workbookPr")
    )
    parts = _sheet_parts(archive, workbook)
    facts: dict[str, SheetFacts] = {}
    for name, part in parts.items():
        sheet = _inspect_sheet(archive.read(part), limits)
        if isinstance(sheet, Problem):
            return sheet
        facts[name] = sheet
    return ArchiveFacts("xlsx", is_1904, facts)


def _sheet_parts(archive: zipfile.ZipFile, workbook: etree._Element) -> dict[str, str]:
    relations = etree.fromstring(
        archive.read("xl/_rels/workbook.xml.rels"),
        etree.XMLParser(**SAFE_XML),  # type: ignore[arg-type]
    )
    targets = {node.get("Id"): node.get("Target", "") for node in relations.iter("{*}Relationship")}
    names = set(archive.namelist())
    parts: dict[str, str] = {}
    for node in workbook.iter("{*}sheet"):
        key = next(
            (value for attribute, value in node.attrib.items() if str(attribute).endswith("}id")), None
        )
        target = str(targets.get(key if key is None else str(key)) or "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part in names:
            parts[str(node.get("name"))] = part
    return parts


def _inspect_sheet(xml: bytes, limits: Limits) -> SheetFacts | Problem:
    rows = columns = 0
    for match in CELL.finditer(xml):
        letters, digits = match.groups()
        if len(letters) > 2:
            return Problem.of(problems.TOO_MANY_COLUMNS, columns=letters.decode(), limit=limits.columns_max)
        rows = max(rows, int(digits))
        columns = max(columns, column_number(letters))
    if rows > limits.rows_max:
        return Problem.of(problems.TOO_MANY_ROWS, limit=limits.rows_max)
    if columns > limits.columns_max:
        return Problem.of(problems.TOO_MANY_COLUMNS, columns=columns, limit=limits.columns_max)
    if rows * columns > limits.grid_cells_max:
        return _bomb(f"表格范围 {rows} 行 × {columns} 列", f"an area of {rows} rows × {columns} columns")
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


def column_number(letters: bytes) -> int:
    """Return 1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _inspect_xlsb(archive: zipfile.ZipFile, limits: Limits) -> ArchiveFacts | Problem:
    for name in archive.namelist():
        if name.startswith("xl/worksheets/") and name.endswith(".bin"):
            rows, columns = _binary_area(archive.read(name))
            if columns > limits.columns_max:
                return Problem.of(problems.TOO_MANY_COLUMNS, columns=columns, limit=limits.columns_max)
            if rows * columns > limits.grid_cells_max:
                return _bomb(
                    f"表格范围 {rows} 行 × {columns} 列", f"an area of {rows} rows × {columns} columns"
                )
    return ArchiveFacts("xlsb")


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


def _inspect_ods(archive: zipfile.ZipFile, limits: Limits) -> ArchiveFacts | Problem:
    """Bound the cells that repeated rows and columns stand for; trailing empty repeats are how ODS fills a sheet."""
    cells = 0
    with archive.open("content.xml") as stream:
        for _, row in etree.iterparse(
            stream,
            tag="{*}table-row",
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
        ):
            width = filled = 0
            for cell in row.iterchildren("{*}table-cell", "{*}covered-table-cell"):
                width += _repeats(cell, "columns")
                if len(cell) or any("value" in str(name) for name in cell.attrib):
                    filled = width
            if filled > limits.columns_max:
                return Problem.of(problems.TOO_MANY_COLUMNS, columns=filled, limit=limits.columns_max)
            cells += filled * _repeats(row, "rows")
            if cells > limits.grid_cells_max:
                return _bomb(
                    f"展开后超过 {limits.grid_cells_max} 个单元格", f"more than {limits.grid_cells_max} cells"
                )
            row.clear()
    return ArchiveFacts("ods")


def _repeats(node: etree._Element, what: str) -> int:
    for name, value in node.attrib.items():
        if str(name).endswith(f"number-{what}-repeated") and str(value).isdigit():
            return int(str(value)[:9])
    return 1
