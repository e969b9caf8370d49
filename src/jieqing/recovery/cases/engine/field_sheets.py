"""A field sheet that comes back: what somebody did on the road, line by line, under keys that were printed with it.

A line says when, what was done and for how long, what was said, what was promised and what is next; a line with nothing
filled in says nothing. Its digest is over what it says, so that the same line again is known and another line under the
same key is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from hashlib import sha256

from jieqing.claims.receivables.engine.cell_dates import parse_date
from jieqing.recovery.cases.engine.case_files import LineProblem
from jieqing.recovery.cases.engine.codes import Activity, NextAction
from jieqing.recovery.cases.engine.words import ACTIVITY_NAMES, NEXT_ACTION_NAMES

HEADS: dict[str, tuple[str, ...]] = {
    "key": ("行键", "key", "line key"),
    "number": ("案件号", "case number"),
    "debtor": ("债务人", "debtor"),
    "overdue": ("逾期金额", "overdue"),
    "currency": ("币种", "currency"),
    "due": ("最早到期日", "oldest due day"),
    "planned": ("原定下一步", "planned action"),
    "planned_on": ("原定日期", "planned day"),
    "on": ("日期", "day"),
    "activity": ("做了什么", "activity"),
    "minutes": ("分钟", "minutes"),
    "note": ("备注", "note"),
    "promise": ("承诺金额", "promised amount"),
    "promise_on": ("承诺付款日", "promised day"),
    "next": ("下一步", "next action"),
    "next_on": ("下一步日期", "next day"),
}
SAID = ("on", "activity", "minutes", "note", "promise", "promise_on", "next", "next_on")
MINUTES_MAX = 1_440


@dataclass(frozen=True, slots=True)
class FieldEntry:
    """What one line says was done; amounts as written, in the currency of the case."""

    line: int
    key: str
    number: int
    digest: bytes
    on: date | None
    activity: Activity
    minutes: int
    note: str
    promise: Decimal | None
    promise_on: date | None
    next_action: NextAction | None
    next_on: date | None


def find_field_columns(head: Sequence[str]) -> dict[str, int] | None:
    """Which column is which; None without keys and case numbers."""
    names = [str(cell).strip().lower() for cell in head]
    found = {
        field: place for field, known in HEADS.items() for place, name in enumerate(names) if name in known
    }
    return found if {"key", "number"} <= set(found) else None


def read_entries(
    rows: Iterable[tuple[int, Sequence[str]]], columns: Mapping[str, int]
) -> tuple[list[FieldEntry], list[LineProblem]]:
    """The lines that say something, and what is wrong with others."""
    entries: list[FieldEntry] = []
    wrong: list[LineProblem] = []
    for line, cells in rows:
        told = {
            field: str(cells[place] or "").strip() for field, place in columns.items() if place < len(cells)
        }
        if not any(told.get(field) for field in SAID):
            continue
        read = _entry(line, told)
        (wrong if isinstance(read, LineProblem) else entries).append(read)  # type: ignore[arg-type]
    return entries, wrong


def _entry(line: int, told: Mapping[str, str]) -> FieldEntry | LineProblem:
    if not told.get("key"):
        return LineProblem(line, "cases.line_no_key")
    days = {name: _day(told.get(name, "")) for name in ("on", "promise_on", "next_on")}
    amounts = {name: _number(told.get(name, "")) for name in ("minutes", "promise")}
    number = _number(told.get("number", ""))
    activity = _code(Activity, ACTIVITY_NAMES, told.get("activity", ""), Activity.VISIT)
    action = _code(NextAction, NEXT_ACTION_NAMES, told.get("next", ""), None)
    for name, value in (
        *days.items(),
        *amounts.items(),
        ("number", number),
        ("activity", activity),
        ("next", action),
    ):
        if value is _WRONG:
            return LineProblem(line, "cases.line_cell", told[name][:40])
    minutes, promise = amounts["minutes"], amounts["promise"]
    if (
        number is None
        or (minutes is not None and not 0 < minutes <= MINUTES_MAX)
        or (promise is not None and promise <= 0)
    ):
        return LineProblem(
            line, "cases.line_cell", told.get("minutes") or told.get("promise") or told.get("number", "")
        )
    halves = ((promise, days["promise_on"], "promise"), (action, days["next_on"], "next"))
    for left, right, name in halves:
        if (left is None) is not (right is None):
            return LineProblem(line, "cases.line_half", HEADS[name][0])
    said = "\x1f".join(told.get(field, "") for field in ("number", *SAID))
    return FieldEntry(
        line, told["key"][:40], int(number), sha256(said.encode()).digest(), days["on"], activity, int(minutes or 0),
        told.get("note", "")[:2_000], promise, days["promise_on"], action, days["next_on"],
    )  # fmt: skip


class _Wrong:
    """Marks a cell that cannot be read; None is an empty one."""


_WRONG = _Wrong()


def _day(text: str):  # type: ignore[no-untyped-def]
    found = parse_date(text) if text else None
    return found if found is None or isinstance(found, date) else _WRONG


def _number(text: str):  # type: ignore[no-untyped-def]
    try:
        return Decimal(text.replace(",", "")) if text else None
    except InvalidOperation:
        return _WRONG


def _code(kinds, names, text: str, otherwise):  # type: ignore[no-untyped-def]
    """A code by itself or by its words in either language."""
    if not text:
        return otherwise
    by_word = {word.lower(): code for code in kinds for word in (code.value, *names[code])}
    return by_word.get(text.lower(), _WRONG)
