"""A file of cases: what its columns are called, and its rows as wishes to open cases.

One line is one document: its number, and what the case that works on it should be. Lines with the same case reference make
one case; without one, the documents of a debtor do. A line that cannot be read keeps its place and its reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jieqing.kernel.outcomes import JSON
from jieqing.recovery.cases.engine.codes import Track

HEADS: dict[str, tuple[str, ...]] = {
    "case": ("案件", "案件编号", "case", "case reference"),
    "document": ("单据号", "发票号", "document", "document number", "invoice"),
    "debtor": ("债务人", "客户名称", "debtor", "customer"),
    "owner": ("承办人", "owner", "assignee"),
    "track": ("办理方式", "track"),
    "note": ("备注", "note"),
}
LINES_MAX = 100_000
_TRACKS = {
    "": Track.PLAIN,
    "普通": Track.PLAIN,
    "plain": Track.PLAIN,
    "7 日快办": Track.RAPID,
    "7日快办": Track.RAPID,
    "rapid": Track.RAPID,
}


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One line; ``line`` counts from 1 as a spreadsheet does."""

    line: int
    case: str
    document: str
    debtor: str
    owner: str
    track: Track
    note: str


@dataclass(frozen=True, slots=True)
class LineProblem:
    line: int
    code: str
    text: str = ""

    def as_json(self) -> dict[str, JSON]:
        return {"line": self.line, "code": self.code, "text": self.text}


def find_columns(head: Sequence[str]) -> dict[str, int] | None:
    """Which column is which; None without a column of document numbers."""
    names = [cell.strip().lower() for cell in head]
    found = {
        field: place for field, known in HEADS.items() for place, name in enumerate(names) if name in known
    }
    return found if "document" in found else None


def read_lines(
    rows: Iterable[tuple[int, Sequence[str]]], columns: dict[str, int]
) -> tuple[list[CaseLine], list[LineProblem]]:
    """The lines of a file and what is wrong with some; empty lines are left out."""
    lines: list[CaseLine] = []
    wrong: list[LineProblem] = []
    for number, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue

        def of(field: str, cells: Sequence[str] = cells) -> str:
            place = columns.get(field)
            return cells[place].strip() if place is not None and place < len(cells) else ""

        track = _TRACKS.get(of("track").lower())
        if not of("document"):
            wrong.append(LineProblem(number, "cases.line_no_document"))
        elif track is None:
            wrong.append(LineProblem(number, "cases.line_track", of("track")[:40]))
        else:
            lines.append(
                CaseLine(
                    number, of("case"), of("document"), of("debtor"), of("owner"), track, of("note")[:2_000]
                )
            )
    return lines, wrong
