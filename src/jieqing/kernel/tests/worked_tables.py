"""Read the worked tables of a page under docs/, so that a test can replay them.

A page is Markdown; a table belongs to the last heading above it. A cell is text, spaces around it taken off.
"""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]

Row = dict[str, str]


def tables(page: str) -> dict[str, list[Row]]:
    """Return the rows of the table under each heading of a page (a path below docs/)."""
    found: dict[str, list[Row]] = {}
    heading = ""
    columns: list[str] = []
    for line in (ROOT / "docs" / page).read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            heading, columns = line.lstrip("#").strip(), []
        elif not line.startswith("|"):
            columns = []
        elif not columns:
            columns = _cells(line)
        elif not set(line) <= set("|-: "):
            cells = _cells(line)
            if len(cells) != len(columns):
                raise ValueError(f"{page}: {heading}: {line}")
            found.setdefault(heading, []).append(dict(zip(columns, cells, strict=True)))
    return found


def _cells(line: str) -> list[str]:
    return [cell.strip(" ") for cell in line.strip().strip("|").split("|")]
