"""What is on the screen as a file: CSV or XLSX, the filters printed above, formulas made harmless.

The columns are those that the reader sees, and those that a file always needs (a currency, a code), in the list's
order. The words above the table say what was asked, so that a printed file explains itself.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse

from jieqing.plumbing.listing.columns import Column, Listing
from jieqing.plumbing.spreadsheets import Cell, csv_file

KINDS = ("csv", "xlsx")


def file_columns(listing: Listing, shown: Sequence[Column]) -> list[Column]:
    keys = {column.key for column in shown}
    return [
        column for column in listing.columns if column.value and (column.key in keys or column.in_every_file)
    ]


def list_file(
    listing: Listing,
    *,
    kind: str,
    name: str,
    shown: Sequence[Column],
    rows: Iterable[Any],
    view: Any,
    about: Sequence[Sequence[Cell]],
) -> HttpResponse:
    """The download; ``name`` is without its ending."""
    columns = file_columns(listing, shown)
    head = [str(column.file_label or column.label) for column in columns]
    if kind == "xlsx":
        from jieqing.plumbing.workbooks import workbook_file  # only a download needs openpyxl: 0.2 s to load

        write = workbook_file
    else:
        write = csv_file
    lines = ([column.value(row, view) if column.value else None for column in columns] for row in rows)
    return write(f"{name}.{kind}", about=about, head=head, rows=lines)
