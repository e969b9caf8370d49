"""What a change of rules would change: the same contacts, judged before and after, over a whole day and at every load.

A verdict hangs on the hour and on what was done before, so one contact is not one question: each is asked at every half hour
of the person's own day, as the first contact and just below each number that a rule counts to. So a shorter evening, a
lower cap and a new ban are all seen. Judged by the column kernel; the days compared are the first day of the change
after it, and the same day (or, for a date, the day before) before it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from jieqing.kernel.outcomes import JSON
from jieqing.trust.compliance.engine.columns import Coded, Columns, Moments, columns_of
from jieqing.trust.compliance.engine.facts import zone
from jieqing.trust.compliance.engine.kernel import Answers, Kernel
from jieqing.trust.compliance.engine.packs import PackSet
from jieqing.trust.compliance.engine.predicates import AtLeast, atoms_of
from jieqing.trust.compliance.engine.slots import SLOTS

STEPS = 48
STEP = timedelta(minutes=30)
ALLOW, APPROVE, DENY = 0, 1, 2
_BEIJING = ZoneInfo("Asia/Shanghai")
_EPOCH = datetime(1970, 1, 1, tzinfo=ZoneInfo("UTC"))
_OWN_COUNTS = tuple(f"counts.{slot.name}" for slot in SLOTS)


@dataclass(frozen=True, slots=True)
class Standing:
    """How one contact stands under one set of rules: half hours in which it is allowed or wants approval, fresh and busy."""

    allowed: tuple[bool, ...]
    approved: tuple[bool, ...]
    allowed_busy: tuple[bool, ...]

    @property
    def hours(self) -> str:
        return stretches(self.allowed)

    @property
    def approval_hours(self) -> str:
        return stretches(self.approved)

    @property
    def busy_hours(self) -> str:
        return stretches(self.allowed_busy)

    def as_dict(self) -> dict[str, JSON]:
        return {"allow": self.hours, "needs_approval": self.approval_hours, "allow_busy": self.busy_hours}


@dataclass(frozen=True, slots=True)
class Changed:
    """A contact whose verdict changes: its place among those asked, before, after, and the rules that make it so."""

    index: int
    before: Standing
    after: Standing
    rules: tuple[str, ...]

    @property
    def is_stricter(self) -> bool:
        return sum(self.after.allowed) + sum(self.after.allowed_busy) <= sum(self.before.allowed) + sum(
            self.before.allowed_busy
        )


def changed_contacts(
    contacts: Sequence[Mapping[str, JSON]], old: PackSet, new: PackSet, *, old_day: date, new_day: date
) -> list[Changed]:
    """Return the contacts whose verdict changes at some half hour of the day, at either load."""
    if not contacts:
        return []
    loads = loads_of(old, new)
    base = columns_of(contacts)
    zones = [str(facts.get("timezone") or "") for facts in contacts]
    before = Kernel(old).decide(_spread(base, zones, old_day, loads))
    after = Kernel(new).decide(_spread(base, zones, new_day, loads))
    size = len(contacts)
    was, now = (answers.verdicts.reshape(len(loads), STEPS, size) for answers in (before, after))
    differs = was != now
    found = []
    for index in np.flatnonzero(differs.any(axis=(0, 1))):
        # The last contact that is allowed: the highest load at which the rules before still let some hour through.
        open_at = np.flatnonzero((was[:, :, index] == ALLOW).any(axis=1))
        busy = int(open_at[-1]) if open_at.size else 0
        found.append(
            Changed(
                int(index),
                _standing(was[:, :, index], busy),
                _standing(now[:, :, index], busy),
                _rules(before, after, differs[:, :, index], int(index), size),
            )
        )
    return found


def loads_of(*sets: PackSet) -> list[dict[str, int]]:
    """The platform's counts to ask at: none yet, then just below each number that a rule of either set counts to."""
    steps: dict[str, set[int]] = {name: set() for name in _OWN_COUNTS}
    for packs in sets:
        for rule in packs.rules:
            for atom in atoms_of(rule.predicate):
                if isinstance(atom, AtLeast) and atom.fact in steps:
                    steps[atom.fact].add(max(atom.number - 1, 0))
    ladders = {name: sorted(found) or [0] for name, found in steps.items()}
    height = max(len(ladder) for ladder in ladders.values())
    rest = [
        {name: ladder[min(rung, len(ladder) - 1)] for name, ladder in ladders.items()}
        for rung in range(height)
    ]
    return [dict.fromkeys(_OWN_COUNTS, 0), *rest]


def stretches(steps: Sequence[bool]) -> str:
    """Half hours as stretches of the clock.

    Example:
        >>> stretches([False] * 16 + [True] * 28 + [False] * 4)
        '08:00–22:00'
        >>> stretches([False] * 48), stretches([True] * 48)
        ('', '00:00–24:00')
    """
    found: list[str] = []
    start: int | None = None
    for step, open_now in enumerate([*steps, False]):
        if open_now and start is None:
            start = step
        elif not open_now and start is not None:
            found.append(f"{_clock(start)}–{_clock(step)}")
            start = None
    return ", ".join(found)


def _clock(step: int) -> str:
    return f"{step // 2:02d}:{step % 2 * 30:02d}"


def _spread(base: Columns, zones: Sequence[str], day: date, loads: Sequence[Mapping[str, int]]) -> Columns:
    """Every contact at every half hour of a day, at each load."""
    times = len(loads) * STEPS
    columns: dict[str, Coded | Moments] = {}
    for name, column in base.by_name.items():
        if isinstance(column, Moments):
            columns[name] = Moments(np.tile(column.micros, times))
        else:
            columns[name] = Coded(np.tile(column.codes, times), column.values)
    for name in _OWN_COUNTS:
        codes = np.repeat(np.arange(len(loads), dtype=np.intp), STEPS * base.size)
        columns[name] = Coded(codes, tuple(load[name] for load in loads))
    columns["at"] = Moments(np.tile(_moments(zones, day), len(loads)))
    return Columns(times * base.size, columns)


def _moments(zones: Sequence[str], day: date) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Microseconds of each half hour of a day, for each contact in its own zone."""
    by_zone = {name: _day_in(name, day) for name in set(zones)}
    whole = np.array([by_zone[name] for name in zones], np.int64)  # contacts × half hours
    return np.ascontiguousarray(whole.T).reshape(-1)


def _day_in(name: str, day: date) -> list[int]:
    here = zone(name) or _BEIJING
    start = datetime.combine(day, time.min)
    moments = [(start + number * STEP).replace(tzinfo=here) for number in range(STEPS)]
    return [(moment - _EPOCH) // timedelta(microseconds=1) for moment in moments]


def _standing(verdicts: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], at_load: int) -> Standing:
    fresh, busy = verdicts[0], verdicts[at_load]
    return Standing(
        tuple(bool(one == ALLOW) for one in fresh),
        tuple(bool(one == APPROVE) for one in fresh),
        tuple(bool(one == ALLOW) for one in busy),
    )


def _rules(
    before: Answers,
    after: Answers,
    differs: np.ndarray[tuple[int, ...], np.dtype[np.bool_]],
    index: int,
    size: int,
) -> tuple[str, ...]:
    """The rules that are a reason on one side only, where the verdicts differ."""
    found: set[str] = set()
    for load, step in zip(*np.nonzero(differs), strict=True):
        place = (int(load) * STEPS + int(step)) * size + index
        was = {rule.id for rule, _unsure in before.reasons(place)}
        now = {rule.id for rule, _unsure in after.reasons(place)}
        found |= was ^ now
    return tuple(sorted(found))
