"""CSV files that are safe to open in a spreadsheet program, and that say what they show.

A cell that starts with ``=``, ``+``, ``-``, ``@``, a tab or a line end may be run as a formula by the program that opens the file,
so text that starts so gets an apostrophe in front (OWASP, CSV injection). Numbers that we write ourselves are numbers
and stay as they are. The byte order mark lets Excel read Chinese; lines end as RFC 4180 says.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from urllib.parse import quote

from django.http import HttpResponse

Cell = str | int | Decimal | date | None
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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


def csv_bytes(
    *, about: Iterable[Sequence[Cell]] = (), head: Sequence[Cell], rows: Iterable[Sequence[Cell]]
) -> bytes:
    """The file: what it shows (filters, day, totals) and a blank line, when there is something to say; heads; rows."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    told = list(about)
    for line in (*told, *([()] if told else []), head):
        writer.writerow([safe_cell(cell) for cell in line])
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def csv_file(
    name: str, *, about: Iterable[Sequence[Cell]], head: Sequence[Cell], rows: Iterable[Sequence[Cell]]
) -> HttpResponse:
    """A download of ``csv_bytes``."""
    return download(name, csv_bytes(about=about, head=head, rows=rows), "text/csv; charset=utf-8")


def download(name: str, data: bytes, content_type: str) -> HttpResponse:
    """Any file to take away, under a name that may be Chinese."""
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
