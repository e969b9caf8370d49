"""What the left side of the wizard shows: the file as read, its header marked, what is left out greyed with why."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from jieqing.claims.receivables.engine.headers import skip_reason
from jieqing.claims.receivables.models import ImportBatch
from jieqing.claims.receivables.pages.import_words import SKIP_TITLES, field_title
from jieqing.claims.receivables.selectors.drafts import Draft

ROWS_SHOWN = 30
COLUMNS_SHOWN = 40
STEPS = ("file", "columns", "check", "done")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """kind: header, skipped or row; why: for a skipped row, in a few words."""

    line: int
    cells: list[str]
    kind: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    heads: list[tuple[str, str]]
    rows: list[SheetRow]
    hidden_columns: int
    row_count: int


def sheet_of(draft: Draft) -> Sheet:
    """The first rows of the table as they stand in the file. ``heads``: the column's letter and what it was read as."""
    layout = draft.layout
    used = {column.index: column.field for column in layout.columns}
    width = min(draft.table.width, COLUMNS_SHOWN)
    rows = []
    for line, cells in draft.table.head[: max(ROWS_SHOWN, layout.header_line + 10)]:
        shown = [cell[:60] for cell in cells[:width]] + [""] * (width - len(cells))
        rows.append(SheetRow(line, shown, *_kind(line, cells, draft)))
    heads = [(column_letter(index), _read_as(used.get(index))) for index in range(width)]
    return Sheet(heads, rows, max(0, draft.table.width - width), draft.table.row_count)


def _kind(line: int, cells: tuple[str, ...], draft: Draft) -> tuple[str, str]:
    header = draft.layout.header_line
    if line == header:
        return "header", str(SKIP_TITLES["header"])
    if line < header:
        return "skipped", str(SKIP_TITLES["title" if any(cell.strip() for cell in cells) else "blank"])
    reason = skip_reason(cells, draft.layout)
    return ("skipped", str(SKIP_TITLES.get(reason, reason))) if reason else ("row", "")


def _read_as(field: str | None) -> str:
    return field_title(field) if field and field != "ignore" else ""


def column_letter(index: int) -> str:
    """A column as a spreadsheet names it.

    Example: column_letter(0) == "A"; column_letter(27) == "AB"
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def steps_of(current: str, *, batch: ImportBatch | None = None, site_slug: str = "") -> list[dict[str, Any]]:
    """The four steps of the wizard; one that is behind leads back to itself while the batch is a draft."""
    labels = {"file": _("文件"), "columns": _("字段匹配"), "check": _("检查"), "done": _("完成")}
    at = STEPS.index(current)
    steps = []
    for place, name in enumerate(STEPS):
        state = "done" if place < at or current == "done" else "current" if place == at else "todo"
        step = {"label": labels[name], "state": state}
        if batch is not None and name == "columns" and current == "check":
            step["href"] = reverse("import-columns", args=[site_slug, batch.id])
        steps.append(step)
    return steps
