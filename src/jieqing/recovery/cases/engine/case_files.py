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


# Why a line was left out, in both languages; ``{text}`` is what stood in it.
LINE_NAMES: dict[str, tuple[str, str]] = {
    "cases.line_no_document": ("没有单据号", "There is no document number"),
    "cases.line_track": ("办理方式无法识别：{text}", "The track is not known: {text}"),
    "cases.line_unknown_document": ("账本中没有这张单据：{text}", "The ledger has no such document: {text}"),
    "cases.line_several_documents": (
        "有几张单据同号，请写明债务人：{text}",
        "Several documents have this number, name the debtor: {text}",
    ),
    "cases.unknown_owner": ("没有这位承办人：{text}", "Nobody of this name works on cases: {text}"),
    "cases.line_no_key": (
        "没有行键；请用导出的外出记录表",
        "There is no line key; use the field sheet as exported",
    ),
    "cases.line_key_spent": (
        "行键 {text} 已用于另一内容；再写一行请在行键后加字母",
        "The line key {text} was used for something else; add a letter to it for one more line",
    ),
    "cases.line_no_case": (
        "没有这个案件，或您无权办理：{text}",
        "There is no such case, or it is not yours: {text}",
    ),
    "cases.line_cell": ("无法识别：{text}", "Not readable: {text}"),
    "cases.line_half": ("缺少一半：{text}", "One half is missing: {text}"),
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
    """``pair``: the words of another verb's refusal; else those of the code."""

    line: int
    code: str
    text: str = ""
    pair: tuple[str, str] | None = None

    def as_json(self) -> dict[str, JSON]:
        zh, en = self.pair or LINE_NAMES[self.code]
        told = {"text": self.text}
        return {
            "line": self.line,
            "code": self.code,
            "text": self.text or zh,
            "zh": zh if self.pair else zh.format(**told),
            "en": en if self.pair else en.format(**told),
        }


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
