"""Bytes of workbooks for tests: honest ones through openpyxl, old and hostile ones by hand."""

import io
import struct
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook

from jieqing.claims.receivables.engine.ole_workbooks import wrapped

Rows = Sequence[Sequence[Any]]


def xlsx(rows: Rows, shape: Callable[[Workbook], None] | None = None) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    if shape is not None:
        shape(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def rewritten(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return an archive with one part changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return stream.getvalue()


def xls(rows: Rows) -> bytes:
    """Return a real XLS (BIFF8 in an OLE container) with one sheet of numbers and texts."""
    return wrapped(_biff(rows))


def _biff(rows: Rows) -> bytes:
    name = "应收".encode("utf-16-le")
    globals_bof = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 6))
    codepage = _record(0x0042, struct.pack("<H", 1200))
    bound_size = 4 + 8 + len(name)
    at = len(globals_bof) + len(codepage) + bound_size + 4
    bound = _record(0x0085, struct.pack("<IBBBB", at, 0, 0, 2, 1) + name)
    sheet = [_record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 6))]
    sheet += [_record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0))]
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            place = struct.pack("<HHH", row, column, 15)
            if isinstance(cell, str):
                text = cell.encode("utf-16-le")
                sheet.append(_record(0x0204, place + struct.pack("<HB", len(cell), 1) + text))
            elif cell is not None:
                value = (cell - date(1899, 12, 30)).days if isinstance(cell, date) else cell
                sheet.append(_record(0x0203, place + struct.pack("<d", value)))
    return globals_bof + codepage + bound + _record(0x000A, b"") + b"".join(sheet) + _record(0x000A, b"")


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body
