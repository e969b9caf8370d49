"""From a preview to what a person reads before confirming: counts, totals, and the rows that need a hand, by kind.

Plain JSON, because it is kept with the draft: the page of a large file is shown long after the job that checked it, and
the back button shows what was seen. ``seen`` names the answers it was made for; another set of answers makes it stale.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from jieqing.claims.receivables.engine.ledger_types import Layout, SkippedRow, StagedRow
from jieqing.claims.receivables.engine.parsing import reparse_row
from jieqing.claims.receivables.services.results import Preview, SampleRow
from jieqing.kernel.outcomes import Problem

ROWS_A_KIND = 20
SKIPPED_SHOWN = 40
CELLS_CHARS_MAX = 120
# What a fixed row is read for: whether it can be an item, not under which key.
_ANY_CREDITOR = "00000000-0000-0000-0000-000000000000"

Fixes = Mapping[int, Mapping[int, str]]


def summary_of(preview: Preview, layout: Layout, fixes: Fixes, *, seen: str) -> dict[str, Any]:
    """The JSON of a check. A row that a person corrected counts as ``fixed`` when it now reads well."""
    groups, fixed = _groups(preview.staged_rows, layout, fixes)
    return {
        "seen": seen,
        "rows": preview.rows,
        "accepted": preview.accepted,
        "updated": preview.updated,
        "duplicates": preview.duplicates,
        "waiting": preview.staged - fixed,
        "fixed": fixed,
        "debtors": preview.debtors,
        "amount_minor": dict(preview.amount_minor),
        "open_minor": dict(preview.open_minor),
        "groups": groups,
        "skipped": preview.skipped,
        "skipped_kinds": dict(Counter(row.reason for row in preview.skipped_rows)),
        "skipped_rows": [_skipped(row) for row in preview.skipped_rows if row.reason != "blank"][
            :SKIPPED_SHOWN
        ],
        "totals": [asdict(total) for total in preview.totals],
        "notices": [notice.as_dict() for notice in preview.notices],
        "sample": [_sample(row) for row in preview.sample[:5]],
    }


def fixed_cells(cells: Sequence[str], fixes: Mapping[int, str]) -> list[str]:
    """A row's cells with a person's corrections in their places; a correction may lie beyond the last cell."""
    width = max(len(cells), max(fixes, default=-1) + 1)
    return [fixes.get(index, cells[index] if index < len(cells) else "") for index in range(width)]


def _groups(rows: Sequence[StagedRow], layout: Layout, fixes: Fixes) -> tuple[list[dict[str, Any]], int]:
    """Rows by the kind of their first problem and its column, largest group first; and how many are fixed."""
    groups: dict[tuple[str, str], dict[str, Any]] = {}
    fixed = 0
    for row in rows:
        cells, problems = list(row.cells), row.problems
        change = fixes.get(row.line_no)
        if change:
            cells = fixed_cells(cells, change)
            found = reparse_row(cells, layout, creditor=_ANY_CREDITOR, line_no=row.line_no)
            if not isinstance(found, tuple):
                fixed += 1
                continue
            problems = found
        first = problems[0]
        key = (first.code, str(first.details.get("field", "")))
        group = groups.setdefault(key, _new_group(first))
        group["rows"] += 1
        if len(group["lines"]) < ROWS_A_KIND:
            shown = [cell[:CELLS_CHARS_MAX] for cell in cells]
            group["lines"].append(
                {"line": row.line_no, "cells": shown, "problems": [one.as_dict() for one in problems]}
            )
    return sorted(groups.values(), key=lambda group: (-group["rows"], group["code"])), fixed


def _new_group(first: Problem) -> dict[str, Any]:
    return {
        "code": first.code,
        "field": str(first.details.get("field", "")),
        "confirmable": bool(first.details.get("confirmable")),
        "rows": 0,
        "lines": [],
    }


def _skipped(row: SkippedRow) -> dict[str, Any]:
    text = "  ".join(cell.strip() for cell in row.cells if cell.strip())[:CELLS_CHARS_MAX]
    return {"line": row.line_no, "reason": row.reason, "zh": row.zh, "en": row.en, "text": text}


def _sample(row: SampleRow) -> dict[str, Any]:
    told = asdict(row)
    for name in ("invoice_on", "due_on"):
        told[name] = told[name].isoformat() if told[name] else None
    return told
