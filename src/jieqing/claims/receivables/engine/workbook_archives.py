"""What an XLSX, XLSB or ODS archive contains, checked before any reader unpacks it.

A small file can expand to fill the machine. So the archive is measured first: number of entries, real inflated size
(declared sizes may lie), ratio, overlapping entries, and for each sheet the rectangle its cells span (`sheet_areas`).
Then the parts a reader needs are written into an archive of our own, and only that one is opened.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass, field

from lxml import etree

from jieqing.claims.receivables.engine import file_problems as problems
from jieqing.claims.receivables.engine.ledger_types import Limits
from jieqing.claims.receivables.engine.sheet_areas import (
    SheetFacts,
    binary_refusal,
    bomb,
    inspect_sheet,
    ods_refusal,
)
from jieqing.kernel.outcomes import Problem

STEP_BYTES = 1024 * 1024
ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, ValueError, struct.error, EOFError, NotImplementedError)
READ_PARTS = (".xml", ".rels", ".bin", "mimetype")
SAFE_XML = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}


@dataclass(frozen=True)
class ArchiveFacts:
    """data: the parts that a reader needs, in an archive that we wrote, so that it can see no others."""

    kind: str  # xlsx, xlsb, ods
    data: bytes = b""
    is_1904: bool = False
    sheets: dict[str, SheetFacts] = field(default_factory=dict)


def inspect_archive(data: bytes, limits: Limits) -> ArchiveFacts | Problem:
    """Return what the archive is, or the Problem that forbids to open it."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except ZIP_ERRORS as error:
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
    except (*ZIP_ERRORS, KeyError, RuntimeError, etree.LxmlError) as error:
        return Problem.of(problems.BROKEN, format="XLSX", reason=str(error) or type(error).__name__)
    if "word/document.xml" in names:
        return Problem.of(problems.NOT_A_TABLE, what=" Word 文档", what_en="a Word document")
    return Problem.of(problems.ARCHIVE)


def _measure(data: bytes, entries: list[zipfile.ZipInfo], limits: Limits) -> Problem | None:
    if len(entries) > limits.archive_entries_max:
        return bomb(f"内含 {len(entries)} 个文件", f"{len(entries)} entries")
    if sum(entry.compress_size for entry in entries) > len(data):
        return bomb("内部文件互相重叠", "entries overlap")
    if any(entry.flag_bits & 1 for entry in entries):
        return Problem.of(problems.PASSWORD)
    total = 0
    for entry in entries:
        total += max(_inflated_bytes(data, entry, limits.archive_bytes_max - total), entry.file_size)
        ratio = total // max(1, len(data))
        if total > limits.archive_bytes_max:
            return bomb(
                f"超过 {limits.archive_bytes_max} 字节", f"more than {limits.archive_bytes_max} bytes"
            )
        if total > limits.archive_ratio_free_bytes and ratio > limits.archive_ratio_max:
            return bomb(f"膨胀 {ratio} 倍以上", f"more than {ratio} times its size")
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
        sheet = inspect_sheet(archive.read(part), limits)
        if isinstance(sheet, Problem):
            return sheet
        facts[name] = sheet
    return ArchiveFacts("xlsx", _rewritten(archive), is_1904, facts)


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


def _inspect_xlsb(archive: zipfile.ZipFile, limits: Limits) -> ArchiveFacts | Problem:
    for name in archive.namelist():
        if name.startswith("xl/worksheets/") and name.endswith(".bin"):
            refusal = binary_refusal(archive.read(name), limits)
            if refusal is not None:
                return refusal
    return ArchiveFacts("xlsb", _rewritten(archive))


def _inspect_ods(archive: zipfile.ZipFile, limits: Limits) -> ArchiveFacts | Problem:
    with archive.open("content.xml") as stream:
        refusal = ods_refusal(stream, limits)
    return refusal or ArchiveFacts("ods", _rewritten(archive))


def _rewritten(archive: zipfile.ZipFile) -> bytes:
    """Return the archive as we read it: two zip readers may see two different files in one archive, this one they share."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as clean:
        for name in sorted(set(archive.namelist())):
            if name.endswith(READ_PARTS) and not name.startswith(("xl/media", "xl/drawings", "Pictures")):
                clean.writestr(zipfile.ZipInfo(name), archive.read(name), zipfile.ZIP_DEFLATED, 1)
    return stream.getvalue()
