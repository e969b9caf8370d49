"""Worksheets as text cells: XLSX, XLSB, ODS and real XLS through python-calamine.

A number cell becomes the digits a person would type: 15 significant digits, no exponent, no ".0". A date cell becomes
an ISO date. Where the reader gives nothing, the error value or the unsaved formula stands as text, so that the cell
gets its own sentence later. A cell merged downwards is filled into each of its rows.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import python_calamine as calamine

from jieqing.claims.receivables.engine import file_problems as problems
from jieqing.claims.receivables.engine.grids import GridTable, grid_table
from jieqing.claims.receivables.engine.ledger_types import Limits, ReadFile
from jieqing.claims.receivables.engine.ole_workbooks import old_workbook
from jieqing.claims.receivables.engine.sheet_areas import SheetFacts
from jieqing.claims.receivables.engine.workbook_archives import ArchiveFacts, inspect_archive
from jieqing.kernel.outcomes import Problem

NO_FACTS = SheetFacts()
LINES_SHOWN = 5


def read_workbook(data: bytes, name: str, digest: bytes, limits: Limits) -> ReadFile | Problem:
    """Return the sheets of a workbook that hold anything."""
    if data.startswith(b"PK"):
        facts = inspect_archive(data, limits)
        if isinstance(facts, Problem):
            return facts
        data = facts.data
    else:
        old = old_workbook(data, limits)
        if isinstance(old, Problem):
            return old
        data, facts = old.data, ArchiveFacts("xls", is_1904=old.is_1904)
    try:
        workbook = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        tables, notices = _tables(workbook, facts, limits)
    except calamine.PasswordError:
        return Problem.of(problems.PASSWORD)
    except calamine.CalamineError as error:
        return Problem.of(problems.BROKEN, format=facts.kind.upper(), reason=str(error))
    except (ValueError, OverflowError, MemoryError) as error:
        return Problem.of(
            problems.BROKEN, format=facts.kind.upper(), reason=str(error) or type(error).__name__
        )
    except BaseException as error:
        # The reader is Rust: on some broken files it panics, and a panic arrives outside of Exception.
        if type(error).__name__ != "PanicException":
            raise
        return Problem.of(
            problems.BROKEN, format=facts.kind.upper(), reason="内部结构不合规 / malformed structure"
        )
    if not tables:
        return Problem.of(problems.NO_SHEET)
    too_long = next((table for table in tables if table.row_count > limits.rows_max), None)
    if too_long is not None:
        return Problem.of(problems.TOO_MANY_ROWS, limit=limits.rows_max)
    return ReadFile(name, facts.kind, digest, tuple(tables), None, None, facts.is_1904, tuple(notices))


def _tables(
    workbook: calamine.CalamineWorkbook, facts: ArchiveFacts, limits: Limits
) -> tuple[list[GridTable], list[Problem]]:
    tables: list[GridTable] = []
    notices: list[Problem] = []
    for index, meta in enumerate(workbook.sheets_metadata):
        if meta.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_index(index)
        about = facts.sheets.get(meta.name, NO_FACTS)
        if sheet.start is None and not about.patches:
            continue
        last_patch = max((column for _, column in about.patches), default=-1)
        width = max((sheet.end[1] + 1 if sheet.end else 0), last_patch + 1)
        if width > limits.columns_max:
            width = limits.columns_max
        hidden = meta.visible != calamine.SheetVisibleEnum.Visible
        tables.append(grid_table(meta.name, hidden, width, _rows(sheet, about, width), limits.slice_rows))
        notices += _notices(meta.name, sheet, about)
    return tables, notices


def _rows(sheet: calamine.CalamineSheet, about: SheetFacts, width: int) -> Iterator[tuple[str, ...]]:
    left = ("",) * (sheet.start[1] if sheet.start else 0)
    merges = _downward_merges(sheet)
    patched_rows = {row for row, _ in about.patches}
    filling: dict[int, tuple[int, str]] = {}
    height = 0
    for row, values in enumerate(sheet.iter_rows() if sheet.start else ()):
        cells = left + tuple(cell_text(value) for value in values)
        height = row + 1
        if row in patched_rows or filling or row in merges:
            cells = _completed(row, cells, about, merges, filling, width)
        yield cells
    for row in range(height, max(patched_rows, default=-1) + 1):
        yield _completed(row, (), about, merges, filling, width)


def _completed(
    row: int,
    cells: tuple[str, ...],
    about: SheetFacts,
    merges: dict[int, list[tuple[int, int]]],
    filling: dict[int, tuple[int, str]],
    width: int,
) -> tuple[str, ...]:
    full = list(cells) + [""] * (width - len(cells))
    for column, (last_row, text) in list(filling.items()):
        if row > last_row:
            del filling[column]
        elif column < width and not full[column]:
            full[column] = text
    for column in range(width):
        patch = about.patches.get((row, column))
        if patch is not None and not full[column]:
            full[column] = patch
    for column, last_row in merges.get(row, ()):
        if column < width and full[column]:
            filling[column] = (last_row, full[column])
    return tuple(full)


def _downward_merges(sheet: calamine.CalamineSheet) -> dict[int, list[tuple[int, int]]]:
    """Return first row -> [(column, last row)] of ranges one column wide and several rows high."""
    merges: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if bottom > top and left == right:
            merges.setdefault(top, []).append((left, bottom))
    return merges


def _notices(name: str, sheet: calamine.CalamineSheet, about: SheetFacts) -> Iterator[Problem]:
    if about.hidden_rows:
        lines = "、".join(str(line) for line in about.hidden_rows[:LINES_SHOWN])
        more = "…" if len(about.hidden_rows) > LINES_SHOWN else ""
        yield Problem.of(problems.HIDDEN_ROWS, sheet=name, count=len(about.hidden_rows), lines=lines + more)
    if about.unsaved_formulas:
        yield Problem.of(
            problems.FORMULAS_WITHOUT_VALUE,
            sheet=name,
            count=about.unsaved_formulas,
            cell=about.first_unsaved,
        )
    merged = sum(len(columns) for columns in _downward_merges(sheet).values())
    if merged:
        yield Problem.of(problems.MERGED, sheet=name, count=merged)


def cell_text(value: Any) -> str:
    """Return a workbook cell as the text a person would have typed.

    Example: cell_text(2960623488.0) == "2960623488"; cell_text(0.1 + 0.2) == "0.3"; cell_text(True) == "TRUE"
    """
    if isinstance(value, str):
        return value.replace("\x00", "␀") if "\x00" in value else value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return number_text(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time(0) else value.isoformat(" ", "seconds")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return "" if value is None else str(value)


def number_text(value: float) -> str:
    """Return a number with at most 15 significant digits and no exponent: what Excel knows and not one digit more."""
    if not math.isfinite(value):
        return "#NUM!"
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return format(Decimal(format(value, ".15g")), "f")
