"""Columns: many contacts at once, each fact a column of codes into the few values it takes.

A portfolio says the same few things a million times, so a fact comes as `Coded`: the values met, and for each contact
which of them. Instants come as `Moments`, microseconds since 1970. Local time is worked out once for each quarter of an
hour and zone that occurs (no clock has changed at another moment since 1973; earlier instants are refused).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from jieqing.kernel.outcomes import JSON
from jieqing.trust.compliance.engine.facts import Facts, Never, View, fact_value, zone
from jieqing.trust.compliance.engine.vocabulary import FACTS, Kind

Codes: TypeAlias = NDArray[np.intp]
Instants: TypeAlias = NDArray[np.int64]

ABSENT, NEVER_AT = np.iinfo(np.int64).min, np.iinfo(np.int64).min + 1
"""Marks among microseconds: nothing is known; it never was."""
_QUARTER = 15 * 60 * 1_000_000
_MINUTE = 60 * 1_000_000
_DAY = 24 * 60 * _MINUTE
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_ORDINAL = _EPOCH.toordinal()
_EARLIEST = 3 * 365 * _DAY
_SPAN_MAX = 1 << 22


@dataclass(frozen=True, slots=True)
class Coded:
    """A fact of every contact: `values[codes[i]]` is contact i's; None is absent."""

    codes: Codes
    values: tuple[JSON, ...]


@dataclass(frozen=True, slots=True)
class Moments:
    """An instant of every contact, in microseconds since 1970, or ABSENT, or NEVER_AT."""

    micros: Instants


Column: TypeAlias = Coded | Moments


@dataclass(frozen=True, slots=True)
class Columns:
    """Contacts by the column. A fact without a column is absent in all of them."""

    size: int
    by_name: Mapping[str, Column]

    def coded(self, name: str) -> Coded:
        found = self.by_name.get(name)
        return found if isinstance(found, Coded) else Coded(np.zeros(self.size, np.intp), (None,))

    def moments(self, name: str) -> Instants:
        found = self.by_name.get(name)
        return found.micros if isinstance(found, Moments) else np.full(self.size, ABSENT, np.int64)


@dataclass(frozen=True, slots=True)
class LocalTime:
    """Minute of the day and ordinal of the date where each person is; -1 where time or zone is not known."""

    minutes: Codes
    ordinals: Instants


def columns_of(contacts: Sequence[Facts]) -> Columns:
    """Return contacts that are given one by one as columns."""
    found: dict[str, Column] = {}
    for name, kind in FACTS.items():
        if kind is Kind.INSTANT:
            found[name] = Moments(np.array([_micros(View(facts), name) for facts in contacts], np.int64))
            continue
        seen: dict[Any, int] = {}
        codes = np.empty(len(contacts), np.intp)
        values: list[JSON] = []
        for index, facts in enumerate(contacts):
            value = fact_value(facts, name)
            key = repr(value)
            if key not in seen:
                seen[key] = len(values)
                values.append(value)
            codes[index] = seen[key]
        found[name] = Coded(codes, tuple(values))
    return Columns(len(contacts), found)


def local_time(columns: Columns) -> LocalTime:
    """Return the local time of every contact."""
    return _local(columns.moments("at"), columns.coded("timezone"))


def days_since(columns: Columns, name: str, here: LocalTime) -> Instants:
    """Return local dates between an instant and `at`; ABSENT and NEVER_AT stay what they are."""
    then = columns.moments(name)
    days = here.ordinals - _local(then, columns.coded("timezone")).ordinals
    return _marked(days, then, known=here.ordinals >= 0)


def seconds_since(columns: Columns, name: str) -> Instants:
    """Return whole seconds between an instant and `at`, rounded down; ABSENT and NEVER_AT stay what they are."""
    then, at = columns.moments(name), columns.moments("at")
    with np.errstate(over="ignore"):
        seconds = (at - then) // 1_000_000
    return _marked(seconds, then, known=at > NEVER_AT)


def _marked(passed: Instants, then: Instants, *, known: NDArray[np.bool_]) -> Instants:
    found = np.where(then == NEVER_AT, NEVER_AT, passed)
    return np.where((then == ABSENT) | ~known, ABSENT, found)


def _local(at: Instants, zones: Coded) -> LocalTime:
    minutes = np.full(at.size, -1, np.intp)
    ordinals = np.full(at.size, -1, np.int64)
    known = at > NEVER_AT
    if known.any() and int(at[known].min()) < _EARLIEST:
        raise ValueError("instants before 1973 are not for columns")
    for code, name in enumerate(zones.values):
        if zone(name) is None:
            continue
        # Nearly always everybody: no copy is made then.
        mine = known if len(zones.values) == 1 else known & (zones.codes == code)
        if mine.all():
            minutes, ordinals = _local_in(at, name)
        elif mine.any():
            minutes[mine], ordinals[mine] = _local_in(at[mine], name)
    return LocalTime(minutes, ordinals)


def _local_in(at: Instants, name: JSON) -> tuple[Codes, Instants]:
    quarters = at // _QUARTER
    first = int(quarters.min())
    span = int(quarters.max()) - first + 1
    if span <= _SPAN_MAX:
        places = quarters - first
        present = np.flatnonzero(np.bincount(places, minlength=span))
        offsets = np.zeros(span, np.int64)
        offsets[present] = [_offset(first + int(place), name) for place in present]
        shift = offsets[places]
    else:
        met, places = np.unique(quarters, return_inverse=True)
        shift = np.array([_offset(int(quarter), name) for quarter in met], np.int64)[places]
    local = at + shift
    days = local // _DAY
    return ((local - days * _DAY) // _MINUTE).astype(np.intp), days + _EPOCH_ORDINAL


def _offset(quarter: int, name: JSON) -> int:
    known = zone(name)
    assert known is not None
    offset = (_EPOCH + timedelta(microseconds=quarter * _QUARTER)).astimezone(known).utcoffset()
    assert offset is not None
    return offset // timedelta(microseconds=1)


def _micros(view: View, name: str) -> int:
    at = view.at if name == "at" else view.instant_of(name)
    if isinstance(at, Never):
        return int(NEVER_AT)
    return int(ABSENT) if at is None else (at - _EPOCH) // timedelta(microseconds=1)
