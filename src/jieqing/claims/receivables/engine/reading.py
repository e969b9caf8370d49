"""Open a file by what its bytes are, never by what its name says.

A ledger called `.xls` is often an HTML page, a tab-separated text or XML Spreadsheet 2003, because that is what the
export button of many ERPs writes. So the first bytes decide: OLE is a real XLS, ZIP is XLSX, XLSB or ODS, a leading
tag is HTML or XML, and everything else must be text. What is none of these is refused with the name of what it is.
E-invoices come as XML, OFD, PDF or a zip of them: a zip that is no workbook and an XML that is no table are theirs.

Bounds are checked before anything is unpacked; see `workbook_archives`.
"""

from __future__ import annotations

import hashlib
import mmap

from jieqing.claims.receivables.engine import file_problems as problems
from jieqing.claims.receivables.engine.invoice_tables import read_invoices
from jieqing.claims.receivables.engine.ledger_types import Limits, ReadFile
from jieqing.claims.receivables.engine.markup_tables import read_markup
from jieqing.claims.receivables.engine.text_tables import read_text
from jieqing.claims.receivables.engine.workbooks import read_workbook
from jieqing.kernel.outcomes import Problem

DEFAULT_LIMITS = Limits()
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FOREIGN_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG", "图片", "a picture"),
    (b"\xff\xd8\xff", "图片", "a picture"),
    (b"GIF8", "图片", "a picture"),
    (b"PAR1", "Parquet 文件", "a Parquet file"),
    (b"SQLite format 3", "数据库文件", "a database file"),
    (b"{\\rtf", "RTF 文档", "an RTF document"),
    (b"\x7fELF", "程序", "a program"),
    (b"MZ\x90\x00", "程序", "a program"),
)
ARCHIVE_MAGIC = (b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\xfd7zXZ", b"BZh", b"\x28\xb5\x2f\xfd")


def read_file(data: bytes | mmap.mmap, name: str, limits: Limits = DEFAULT_LIMITS) -> ReadFile | Problem:
    """Return the tables of a file as text cells, or the Problem that says why it cannot be read."""
    size = len(data)
    if size == 0:
        return Problem.of(problems.EMPTY)
    if size > limits.bytes_max:
        return Problem.of(problems.TOO_BIG, bytes=size, limit=limits.bytes_max)
    start = bytes(data[:4096])
    for magic, what, what_en in FOREIGN_MAGIC:
        if start.startswith(magic):
            return Problem.of(problems.NOT_A_TABLE, what=what, what_en=what_en)
    if start.startswith(ARCHIVE_MAGIC):
        return Problem.of(problems.ARCHIVE)
    digest = hashlib.sha256(data).digest()
    if start.startswith((b"PK\x03\x04", b"%PDF")) or _is_plain_xml(start):
        invoices = read_invoices(bytes(data), name, digest, limits)
        if invoices is not None:
            return invoices
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06", OLE_MAGIC)):
        return read_workbook(bytes(data), name, digest, limits)
    if _looks_like_markup(start):
        return read_markup(bytes(data), name, digest, limits)
    return read_text(data, name, digest, limits)


def _is_plain_xml(start: bytes) -> bool:
    """An XML that is neither a page nor a worksheet saved as XML."""
    plain = start.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if not plain.startswith((b"<?xml", b"<")) or b"<html" in plain or b"<table" in plain:
        return False
    if plain.startswith((b"<!doctype html", b"<!--", b"<meta", b"<head", b"<body", b"<style", b"<workbook")):
        return False
    return b"urn:schemas-microsoft-com:office:spreadsheet" not in plain


def _looks_like_markup(start: bytes) -> bool:
    plain = start.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if plain.startswith(
        (b"<html", b"<table", b"<!doctype html", b"<head", b"<body", b"<style", b"<meta", b"<!--")
    ):
        return True
    if plain.startswith(b"mime-version:") and b"text/html" in plain:
        return True
    return plain.startswith((b"<?xml", b"<workbook"))
