"""Cells: one value of a JSON object read as a date, an amount, a rate, a choice, each refusal naming its place.

A `Cells` collects problems instead of stopping at the first, so that a person corrects a file once. A cell that is
absent or null reads as None; a cell that is there and wrong is a problem at its place (``items[2].due``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from jieqing.claims.entitlements.engine import refusals
from jieqing.kernel.money import MAX_MINOR
from jieqing.kernel.outcomes import Problem, ProblemKind
from jieqing.kernel.rates import Rate

Row = Mapping[str, object]
E = TypeVar("E", bound=StrEnum)
FIRST_YEAR, LAST_YEAR = 1950, 2200
_DIGITS_MAX = 15
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def at(place: str, key: str) -> str:
    return f"{place}.{key}" if place else key


class Cells:
    """Reads cells and remembers what was wrong (`problems`) and what was not known (`unknown` places)."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.unknown: list[str] = []

    def refuse(self, kind: ProblemKind, place: str, value: object) -> None:
        self.problems.append(Problem.of(kind, place=place, value=_short(value)))

    def missing(self, row: Row, place: str, examples: Iterable[str]) -> None:
        """Say that a cell is needed, unless it is there and wrong, which was said already."""
        if row.get(place.rpartition(".")[2]) in (None, []):
            self.problems.append(Problem.of(refusals.MISSING, place=place, examples="、".join(examples)))

    def know(self, row: Row, place: str, keys: Iterable[str]) -> None:
        known = set(keys)
        self.unknown += [at(place, key) for key in row if key not in known]

    def day(self, row: Row, place: str, key: str, *, is_required: bool = False) -> date | None:
        value = self._value(row, place, key, is_required)
        if value is None:
            return None
        if isinstance(value, str) and _DAY.fullmatch(value.strip()):
            try:
                found = date.fromisoformat(value.strip())
            except ValueError:
                pass
            else:
                if FIRST_YEAR <= found.year <= LAST_YEAR:
                    return found
        self.refuse(refusals.NOT_A_DAY, at(place, key), value)
        return None

    def minor(
        self, row: Row, place: str, key: str, *, is_required: bool = False, is_positive: bool = False
    ) -> int | None:
        value = self._value(row, place, key, is_required)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            self.refuse(refusals.NOT_MINOR, at(place, key), value)
        elif value < is_positive:
            self.refuse(refusals.NOT_POSITIVE if is_positive else refusals.NEGATIVE, at(place, key), value)
        elif value > MAX_MINOR:
            self.refuse(refusals.TOO_LARGE, at(place, key), value)
        else:
            return value
        return None

    def rate(self, row: Row, place: str, key: str, *, is_required: bool = False) -> Decimal | None:
        value = self._value(row, place, key, is_required)
        if value is None:
            return None
        if isinstance(value, (str, int, Decimal)) and not isinstance(value, bool):
            found = Rate.parse(str(value), 365)
            if isinstance(found, Rate) and _is_ordinary(found.rate):
                return found.rate
        self.refuse(refusals.NOT_A_RATE, at(place, key), value)
        return None

    def flag(self, row: Row, place: str, key: str) -> bool | None:
        value = row.get(key)
        if value is None or isinstance(value, bool):
            return value
        self.refuse(refusals.NOT_A_FLAG, at(place, key), value)
        return None

    def text(self, row: Row, place: str, key: str) -> str | None:
        value = row.get(key)
        if value is None or isinstance(value, str):
            return value or None
        self.refuse(refusals.NOT_TEXT, at(place, key), value)
        return None

    def name(self, row: Row, place: str, key: str) -> str | None:
        """An id: text, or a whole number written as one."""
        value = row.get(key)
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        return self.text(row, place, key)

    def choice(self, row: Row, place: str, key: str, choices: type[E]) -> E | None:
        value = row.get(key)
        if value is None:
            return None
        if isinstance(value, str) and value in choices.__members__.values():
            return choices(value)
        self.problems.append(
            Problem.of(
                refusals.NOT_A_CHOICE,
                place=at(place, key),
                value=_short(value),
                choices="、".join(map(str, choices)),
            )
        )
        return None

    def mapping(self, row: Row, place: str, key: str) -> Row | None:
        value = row.get(key)
        if value is None or isinstance(value, Mapping):
            return value
        self.refuse(refusals.NOT_AN_OBJECT, at(place, key), value)
        return None

    def rows(self, row: Row, place: str, key: str) -> Iterator[tuple[Row, str]]:
        """The objects of a list with their places."""
        value = row.get(key)
        if value is None:
            return
        if not isinstance(value, list):
            self.refuse(refusals.NOT_A_LIST, at(place, key), value)
            return
        for number, found in enumerate(value):
            where = f"{at(place, key)}[{number}]"
            if isinstance(found, Mapping):
                yield found, where
            else:
                self.refuse(refusals.NOT_AN_OBJECT, where, found)

    def _value(self, row: Row, place: str, key: str, is_required: bool) -> object:
        value = row.get(key)
        if value is None and is_required:
            self.problems.append(Problem.of(refusals.REQUIRED, place=at(place, key)))
        return value


def _is_ordinary(rate: Decimal) -> bool:
    """Not negative, not absurd, and short enough that products of rates stay exact."""
    return 0 <= rate < 1000 and len(rate.as_tuple().digits) <= _DIGITS_MAX and rate.adjusted() > -_DIGITS_MAX


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "…"
