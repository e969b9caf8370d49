"""CSV files that are safe to open in a spreadsheet program, and that say what they show.

A cell that starts with ``=``, ``+``, ``-``, ``@``, a tab or a line end may be run as a formula by the program that opens the file,
so text that starts so gets an apostrophe in front (OWASP, CSV injection). Numbers that we write ourselves are numbers
and stay as they are. The byte order mark lets Excel read Chinese; lines end as RFC 4180 says.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse

Cell = str | int | Decimal | date | None
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
# Characters that an XML workbook cannot hold.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def safe_cell(value: Cell) -> str:
    """The cell as written.

    Example:
        >>> safe_cell("=1+1"), safe_cell(Decimal("-12.50")), safe_cell(None)
        ("'=1+1", '-12.50', '')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_RUNS) or value.lstrip().startswith(_RUNS[:4]) else value
    return value.isoformat() if isinstance(value, date) else str(value)


def csv_file(
    name: str, *, about: Iterable[Sequence[Cell]], head: Sequence[Cell], rows: Iterable[Sequence[Cell]]
) -> HttpResponse:
    """A download: what the file shows (filters, day, totals) first, then a blank line, the column heads and the rows."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    for line in (*about, (), head):
        writer.writerow([safe_cell(cell) for cell in line])
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


def workbook_file(
    name: str, *, about: Iterable[Sequence[Cell]], head: Sequence[Cell], rows: Iterable[Sequence[Cell]]
) -> HttpResponse:
    """The same as an Excel workbook: text stays text (never a formula), numbers and dates are numbers and dates."""
    from openpyxl import Workbook  # only a download needs it, and it takes 0.2 s to load

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Sheet1")
    for line in (*about, (), head, *rows):
        sheet.append([_workbook_cell(sheet, cell) for cell in line])
    buffer = io.BytesIO()
    book.save(buffer)
    response = HttpResponse(
        buffer.getvalue(), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


def _workbook_cell(sheet: Any, value: Cell) -> Any:
    if not isinstance(value, str) or not value.startswith("="):
        return _UNPRINTABLE.sub("", value) if isinstance(value, str) else value
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, _UNPRINTABLE.sub("", value))
    cell.data_type = "s"  # openpyxl takes a leading "=" for a formula; a debtor's name is none
    return cell
