"""Tables of masks that fill as values are met: what one look-up says to all clauses at once.

A mask of a table has one bit for each clause, shifted by one: bit 0 says that nothing was absent. A value that is absent
contradicts no clause but takes bit 0 away, so that after the AND of all masks a contact is either decided (bit 0 is there, or no
clause is left) or handed to `sparse`. What cannot be read is a `KeyError` and handed over too.

All tables of a pack set are bounded together by one `Budget`; beyond it masks are computed and not kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from jieqing.trust.compliance.engine.clauses import Leaf
from jieqing.trust.compliance.engine.facts import zone
from jieqing.trust.compliance.engine.hours import MINUTES_OF_DAY

ROWS_MAX = 1 << 16
WHOLE = 1
"""The bit that says: nothing was absent."""
NOT_ONE = -1
_VALUES_MAX = 64
_MINUTE = timedelta(minutes=1)
_TICK = timedelta(microseconds=1)


class Budget:
    """How many rows the tables of one pack set may still keep."""

    def __init__(self, rows: int = ROWS_MAX) -> None:
        self.rows = rows
        self.masks: dict[int, int] = {}

    def one(self, mask: int) -> int:
        """The one copy of a mask: few are different, and what is small stays in the processor's cache."""
        return self.masks.setdefault(mask, mask) if len(self.masks) < ROWS_MAX else mask

    def take(self, rows: int = 1) -> bool:
        """Whether so many rows may be kept; when the answer is yes, they are taken."""
        if self.rows < rows:
            return False
        self.rows -= rows
        return True


class Cells(dict[Any, int]):
    """Masks of one leaf by its value: few, since rules tell few values apart."""

    def __init__(self, leaf: Leaf, width: int) -> None:
        super().__init__()
        self.leaf, self.ones = leaf, (1 << width) - 1

    def __missing__(self, value: Any) -> int:
        if self.leaf.key[0] == "granted":
            value = value is True  # a permission that is absent is not given
        whole = value is not None
        mask = ((self.leaf.mask(value) & self.ones if whole else self.ones) << 1) | whole
        if len(self) < _VALUES_MAX:
            self[value] = mask
        return mask


class Rows(dict[Any, int]):
    """Masks of a group of leaves by the tuple of their values (by the value itself, when it is one leaf)."""

    def __init__(self, leaves: Sequence[Leaf], width: int, budget: Budget) -> None:
        super().__init__()
        self.cells = [Cells(leaf, width) for leaf in leaves]
        self.budget = budget

    def __missing__(self, values: Any) -> int:
        mask = -1
        for cells, value in zip(self.cells, values if len(self.cells) > 1 else (values,), strict=True):
            mask &= cells[value]
        if self.budget.take():
            self[values] = mask = self.budget.one(mask)
        return mask


class HourRows(dict[tuple[str, str, str], tuple[int, ...]]):
    """Masks of local time and date for the sixty minutes of an hour: by the hour's text, its offset and the person's zone.

    `2026-11-02T10`, `+08:00`, `Asia/Shanghai` say the hour of every text that begins and ends so and is an instant, in whatever
    form; the caller has read the text and brings its minute. Last in a row stands what the local clock shows at the hour's first
    minute, counted in minutes of all days; `NOT_ONE` when the clocks change within the hour. An hour in which the zone changes within a minute, or is
    not a whole number of minutes away (before 1973), is for `sparse`.
    """

    def __init__(self, minutes: Sequence[int], days: Mapping[int, int], budget: Budget) -> None:
        super().__init__()
        self.minutes, self.days, self.budget = minutes, days, budget

    def __missing__(self, key: tuple[str, str, str]) -> tuple[int, ...]:
        head, offset, name = key
        place = zone(name)
        if place is None or len(head) != 13 or head[10] != "T" or offset[0] not in "+-":
            raise KeyError(key)
        start = datetime.fromisoformat(f"{head}:00:00{offset}")
        if not 2 <= start.year <= 9998:
            raise KeyError(key)
        row, shifts = [], set()
        for number in range(60):
            first = (start + number * _MINUTE).astimezone(place)
            last = (start + (number + 1) * _MINUTE - _TICK).astimezone(place)
            shift = first.utcoffset()
            if shift is None or shift != last.utcoffset() or shift % _MINUTE:
                raise KeyError(key)
            shifts.add(shift)
            mask = self.minutes[first.hour * 60 + first.minute] & self.days[first.toordinal()]
            row.append(self.budget.one(mask))
        local = start.astimezone(place)
        shown = local.toordinal() * MINUTES_OF_DAY + local.hour * 60 + local.minute
        found = (*row, shown if len(shifts) == 1 else NOT_ONE)
        if self.budget.take(len(found)):
            self[key] = found
        return found
