"""Workbooks (XLSX) that say what they show, run no formula, and are the same bytes for the same rows.

Text stays text: a name such as ``=1+1`` is stored as a string with the "quoted" mark, so that neither opening the file nor
editing a neighbour runs it. Amounts are numbers where a spreadsheet can hold them exactly (15 digits), else text. The
file's clock is fixed: digests in evidence must not depend on the minute of making.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from jieqing.plumbing.spreadsheets import XLSX_TYPE, Cell, download, safe_cell

_EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001  # the format stores no zone
_ZIP_EPOCH = (2000, 1, 1, 0, 0, 0)
_DIGITS_MAX = 15
_BOLD = Font(bold=True)
_WIDTH_MAX = 40


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet: what it shows, then the heads, the rows and the totals."""

    title: str
    head: Sequence[Cell]
    rows: Iterable[Sequence[Cell]]
    about: Sequence[Sequence[Cell]] = field(default=())
    total: Sequence[Cell] = field(default=())


def xlsx_bytes(sheets: Sequence[Sheet]) -> bytes:
    """Return the workbook; sheet titles are made unique and fit for the format."""
    book = Workbook(write_only=True)
    book.properties.creator = "Jieqing"
    book.properties.created = book.properties.modified = _EPOCH
    names: set[str] = set()
    for sheet in sheets:
        _write(book, _sheet_name(sheet.title, names), sheet)
    made = io.BytesIO()
    book.save(made)
    return _with_fixed_clock(made.getvalue())


def workbook_file(
    name: str, *, about: Iterable[Sequence[Cell]], head: Sequence[Cell], rows: Iterable[Sequence[Cell]]
) -> HttpResponse:
    """A download of one sheet, as ``spreadsheets.csv_file`` is of one table."""
    return download(name, xlsx_bytes([Sheet("Sheet1", head, rows, list(about))]), XLSX_TYPE)


def _write(book: Any, name: str, sheet: Sheet) -> None:
    paper = book.create_sheet(name)
    rows = [list(row) for row in sheet.rows]
    for index, width in enumerate(_widths([sheet.head, *rows[:200]]), start=1):
        paper.column_dimensions[get_column_letter(index)].width = width
    head_at = len(sheet.about) + (2 if sheet.about else 1)
    paper.freeze_panes = f"A{head_at + 1}"
    for line in sheet.about:
        paper.append([_cell(paper, value) for value in line])
    if sheet.about:
        paper.append([])
    paper.append([_cell(paper, value, is_bold=True) for value in sheet.head])
    for row in rows:
        paper.append([_cell(paper, value) for value in row])
    if sheet.total:
        paper.append([_cell(paper, value, is_bold=True) for value in sheet.total])


def _cell(paper: Any, value: Cell, *, is_bold: bool = False) -> Any:
    if value is None:
        return None
    if isinstance(value, Decimal) and len(value.as_tuple().digits) > _DIGITS_MAX:
        value = f"{value:,f}"
    if isinstance(value, str):
        text = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell = WriteOnlyCell(paper, value=text)
        # openpyxl takes a leading "=" for a formula; what people wrote never is one.
        cell.data_type = "s"
        cell.quotePrefix = safe_cell(text) != text
    else:
        cell = WriteOnlyCell(paper, value=value)
        cell.number_format = _number_format(value)
    if is_bold:
        cell.font = _BOLD
    return cell


def _number_format(value: int | Decimal | date) -> str:
    if isinstance(value, date):
        return "yyyy-mm-dd"
    decimals = -int(value.as_tuple().exponent) if isinstance(value, Decimal) else 0
    return "#,##0" + ("." + "0" * decimals if decimals > 0 else "")


def _widths(rows: Iterable[Sequence[Cell]]) -> list[int]:
    widths: list[int] = []
    for row in rows:
        widths += [8] * (len(row) - len(widths))
        for index, value in enumerate(row):
            # A Chinese character is two columns wide.
            wide = sum(1 + (one > "\u2e80") for one in str(value)) if value is not None else 0
            widths[index] = min(max(widths[index], wide + 2), _WIDTH_MAX)
    return widths


def _sheet_name(title: str, taken: set[str]) -> str:
    base = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", title).strip("' ")[:28] or "Sheet"
    name, count = base, 1
    while name.lower() in taken:
        count += 1
        name = f"{base[:25]} {count}"
    taken.add(name.lower())
    return name


def _with_fixed_clock(data: bytes) -> bytes:
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as before,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for info in sorted(before.infolist(), key=lambda one: one.filename != "[Content_Types].xml"):
            content = before.read(info)
            if info.filename == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", content)
            after.writestr(zipfile.ZipInfo(info.filename, _ZIP_EPOCH), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()
