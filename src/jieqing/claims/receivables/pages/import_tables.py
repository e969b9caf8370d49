"""Rows that need a hand, as a table of cells to correct: what stands wrong is an input, the rest is there to recognise the row.

The same table serves the check before a commit (rows by line) and the staged rows after it (rows by id).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from jieqing.claims.receivables.engine.ledger_types import Layout
from jieqing.claims.receivables.engine.row_problems import STAGED_EN, STAGED_ZH, TODOS
from jieqing.claims.receivables.models import ImportBatch
from jieqing.claims.receivables.pages.import_words import (
    RELATED_FIELDS,
    SKIP_TITLES,
    field_title,
    kind_of,
    kind_title,
)
from jieqing.claims.receivables.services import drafts
from jieqing.plumbing.templatetags.kit import lang

CELL_CHARS_MAX = 2_000
COLUMNS_MAX = 700
CONTEXT = ("debtor_name", "debtor_code", "document_number", "invoice_on", "due_on", "amount", "balance")


@dataclass(frozen=True, slots=True)
class Cell:
    """name: the input's name; empty when the cell is only shown."""

    title: str
    text: str
    name: str = ""
    is_wrong: bool = False


@dataclass(frozen=True, slots=True)
class EditRow:
    key: str
    line: int
    cells: list[Cell]
    sentences: list[str]
    todo: str


@dataclass(frozen=True, slots=True)
class Group:
    """Rows with the same kind of problem in the same column. ``rows`` counts all, ``edit_rows`` are those shown."""

    code: str
    title: str
    rows: int
    is_confirmable: bool
    heads: list[str]
    edit_rows: list[EditRow] = field(default_factory=list)

    @property
    def hidden(self) -> int:
        return self.rows - len(self.edit_rows)


def check_groups(batch: ImportBatch, found: Mapping[str, Any]) -> list[Group]:
    """The groups of a check, ready to correct."""
    layout = Layout.from_dict(batch.mapping)
    groups = []
    for told in found["groups"]:
        rows = [
            edit_row(f"{one['line']}", one["line"], one["cells"], one["problems"], layout)
            for one in told["lines"]
        ]
        groups.append(
            Group(
                told["code"],
                kind_title(told["code"], told["field"]),
                told["rows"],
                told["confirmable"],
                [cell.title for cell in rows[0].cells] if rows else [],
                rows,
            )
        )
    return groups


def money_lines(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Amounts per currency beside what the file's own total rows say; a total of no known currency joins the first."""
    codes = sorted({*found["amount_minor"], *found["open_minor"]})
    lines = [
        {
            "currency": code,
            "amount_minor": found["amount_minor"].get(code, 0),
            "open_minor": found["open_minor"].get(code, 0),
            "totals": [],
        }
        for code in codes
    ]
    for total in found["totals"]:
        told = {**total, "text": total[lang()]}
        line = next(
            (one for one in lines if one["currency"] == total["currency"]), lines[0] if lines else None
        )
        if line is not None:
            line["totals"].append(told)
    return lines


def skipped_kinds(found: Mapping[str, Any]) -> list[tuple[str, int]]:
    kinds = sorted(found["skipped_kinds"].items(), key=lambda kind: -kind[1])
    return [(str(SKIP_TITLES.get(reason, reason)), count) for reason, count in kinds]


def edit_row(
    key: str,
    line: int,
    cells: Sequence[str],
    problems: Sequence[Mapping[str, Any]],
    layout: Layout,
    *,
    all_cells: bool = False,
) -> EditRow:
    """One row. Cells that the problems name are inputs; ``all_cells`` opens every column of the file."""
    wrong = {index for problem in problems for index in _named(problem, layout)}
    whole_row = all_cells or not wrong
    shown = _columns(cells, layout, wrong, whole_row)
    made = []
    for index, title in shown:
        is_input = whole_row or index in wrong
        text = cells[index] if index < len(cells) else ""
        made.append(Cell(title, text, f"cell-{key}-{index}" if is_input else "", index in wrong))
    texts = [_sentence(problem, line) for problem in problems]
    return EditRow(key, line, made, texts, _todo(problems[0]) if problems else "")


def posted_cells(posted: Mapping[str, str], batch: ImportBatch) -> dict[int, dict[int, str]]:
    """The cells of a check that a person changed: line -> column -> text. Lines that were not shown are not taken."""
    found = drafts.checked(batch)
    known = {
        one["line"]: one["cells"] for group in (found["groups"] if found else ()) for one in group["lines"]
    }
    changed: dict[int, dict[int, str]] = {}
    for key, index, text in posted_inputs(posted):
        cells = known.get(int(key)) if key.isdigit() else None
        if cells is not None and text != (cells[index] if index < len(cells) else ""):
            changed.setdefault(int(key), {})[index] = text
    return changed


def posted_inputs(posted: Mapping[str, str]) -> Iterable[tuple[str, int, str]]:
    """The inputs of an edit table: row key, column, text."""
    for name in posted:
        prefix, _dash, rest = name.partition("-")
        key, _last, index = rest.rpartition("-")
        if prefix == "cell" and key and index.isdigit() and int(index) < COLUMNS_MAX:
            yield key, int(index), posted[name][:CELL_CHARS_MAX].strip()


def _named(problem: Mapping[str, Any], layout: Layout) -> set[int]:
    """The columns a problem is about."""
    name = str(problem["details"].get("field", ""))
    used = {column.field: column.index for column in layout.columns if column.field}
    if name in used:
        return {used[name]}
    return {used[one] for one in RELATED_FIELDS.get(kind_of(problem["code"]), ()) if one in used}


def _sentence(problem: Mapping[str, Any], line: int) -> str:
    """The engine's sentence without the line and the staging, which the page says once for all rows."""
    text = str(problem["text"][lang()])
    for start in (f"第 {line} 行", f"Line {line}: "):
        text = text.removeprefix(start)
    return text.removesuffix(STAGED_ZH).removesuffix(STAGED_EN).strip()


def _todo(problem: Mapping[str, Any]) -> str:
    """What to do, where it is more than "correct it"."""
    return str(problem["todo"][lang()]) if kind_of(problem["code"]) in TODOS else ""


def _columns(cells: Sequence[str], layout: Layout, wrong: set[int], whole_row: bool) -> list[tuple[int, str]]:
    columns = {column.index: column for column in layout.columns}
    if whole_row:
        width = max([len(cells), *(index + 1 for index in columns)])
        return [
            (index, _title(columns[index]) if index in columns else _("多出的单元格"))
            for index in range(width)
        ]
    fields = {column.field: column for column in layout.columns if column.field in CONTEXT}
    chosen = {column.index for column in fields.values()} | wrong
    return [(index, _title(columns[index])) for index in sorted(chosen)]


def _title(column: Any) -> str:
    if column.field and column.field != "ignore":
        return field_title(column.field)
    return column.header or _("第 %(number)d 列") % {"number": column.index + 1}
