"""The column kernel: the verdicts of a portfolio, rule by rule, as bits.

The same clauses and leaves as the compiled function, but by the column: each leaf's values become a few cells (values
that say the same to every rule), leaves with few cells are put together, and one look-up a group gives a row of words whose
AND over the groups answers every rule of a contact. Contacts go through in blocks that stay in the cache.

Gives verdict and reasons of each contact; when a denial lifts is asked of the compiled function, for the contact at hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from jieqing.kernel.outcomes import JSON
from jieqing.trust.compliance.engine.clauses import NEVER_SINCE, Clauses, Leaf, clauses_of
from jieqing.trust.compliance.engine.columns import (
    ABSENT,
    NEVER_AT,
    Codes,
    Columns,
    Instants,
    LocalTime,
    days_since,
    local_time,
    seconds_since,
)
from jieqing.trust.compliance.engine.hours import MINUTES_OF_DAY, Agreed, agreed_at
from jieqing.trust.compliance.engine.packs import PackSet, Rule
from jieqing.trust.compliance.engine.predicates import AtLeast, Atom, Dated, Elapsed

Words: TypeAlias = NDArray[np.uint64]
Cells: TypeAlias = NDArray[np.uint16]

BLOCK = 8192
ROWS_MAX = 2048
VERDICTS = ("allow", "needs_approval", "deny")


@dataclass(frozen=True, slots=True)
class Answers:
    """What a portfolio was answered. `verdicts` index VERDICTS; the words hold one bit a clause."""

    packs: PackSet
    clauses: Clauses
    verdicts: NDArray[np.uint8]
    fired: Words
    possible: Words

    def reasons(self, index: int) -> tuple[tuple[Rule, bool], ...]:
        """Return the rules that are reasons for one contact; True where a rule could not be judged."""
        fired = _rules_of(self.fired[index], self.clauses)
        either = fired | _rules_of(self.possible[index], self.clauses)
        return tuple((self.packs.rules[number], number not in fired) for number in sorted(either))

    def count_by_rule(self) -> dict[str, int]:
        """Return for how many contacts each rule is a reason."""
        found: dict[str, NDArray[np.bool_]] = {}
        for index, number in enumerate(self.clauses.rule_of):
            word, bit = divmod(index, 64)
            mine = (self.possible[:, word] >> np.uint64(bit)) & np.uint64(1) != 0
            rule = self.packs.rules[number].id
            found[rule] = found[rule] | mine if rule in found else mine
        return {rule: int(mine.sum()) for rule, mine in found.items()}


class Kernel:
    """A pack set made ready for columns."""

    def __init__(self, packs: PackSet) -> None:
        self.packs = packs
        self.clauses = clauses_of(packs)
        width = self.clauses.width
        self.words = (width + 63) // 64
        deny = [packs.rules[number].verdict == "deny" for number in self.clauses.rule_of]
        self.deny = _as_words(sum(1 << index for index, one in enumerate(deny) if one), self.words)
        bits: dict[int, int] = {}
        for index, number in enumerate(self.clauses.rule_of):
            bits[number] = bits.get(number, 0) | 1 << index
        # Rules of one clause are judged by their bit; of the others all clauses are looked at together.
        self.alone = _as_words(sum(mask for mask in bits.values() if mask.bit_count() == 1), self.words)
        self.together = [_as_words(mask, self.words) for mask in bits.values() if mask.bit_count() > 1]

    def decide(self, columns: Columns) -> Answers:
        """Return the answers for all contacts."""
        here = local_time(columns)
        groups = _grouped([self._cells(leaf, columns, here) for leaf in self.clauses.leaves])
        ready = [_Group(group, self.clauses.width, self.words) for group in groups]
        size = columns.size
        fired = np.empty((size, self.words), np.uint64)
        possible = np.empty((size, self.words), np.uint64)
        verdicts = np.empty(size, np.uint8)
        both = np.empty((BLOCK, 2 * self.words), np.uint64)
        scratch = np.empty_like(both)
        for start in range(0, size, BLOCK):
            end = min(start + BLOCK, size)
            masks, spare = both[: end - start], scratch[: end - start]
            masks.fill(np.uint64(0xFFFF_FFFF_FFFF_FFFF))
            for group in ready:
                group.narrow(masks, spare, start, end)
            low, high = masks[:, : self.words], masks[:, self.words :]
            fired[start:end], possible[start:end] = low, high
            verdicts[start:end] = self._verdicts(low, high)
        return Answers(self.packs, self.clauses, verdicts, fired, possible)

    def _verdicts(self, low: Words, high: Words) -> NDArray[np.uint8]:
        denied = np.zeros(len(low), np.bool_)
        stands = np.zeros(len(low), np.bool_)
        for word in range(self.words):
            denied |= (low[:, word] & self.deny[word]) != 0
            stands |= high[:, word] != 0
        unsure = np.flatnonzero((low != high).any(axis=1) & ~denied)
        if unsure.size:
            denied[unsure] = self._open(low[unsure], high[unsure])
        return np.where(denied, 2, np.where(stands, 1, 0)).astype(np.uint8)

    def _open(self, low: Words, high: Words) -> NDArray[np.bool_]:
        """Whether some rule is wholly unknown: no clause of it stands and one may."""
        found: NDArray[np.bool_] = ((high & ~low & self.alone) != 0).any(axis=1)
        for mine in self.together:
            found |= ((high & mine) != 0).any(axis=1) & ((low & mine) == 0).all(axis=1)
        return found

    def _cells(self, leaf: Leaf, columns: Columns, here: LocalTime) -> _Asked:
        """A leaf's column of cells, and the mask of each cell."""
        match leaf.key:
            case ("minute",):
                masks = [leaf.mask(minute) for minute in range(MINUTES_OF_DAY)]
                return _coded(here.minutes, [*masks, leaf.missing])
            case ("day",):
                return _stepped(here.ordinals, leaf, absent=-1)
            case ("agreed",):
                return self._agreed(leaf, columns, here)
            case ("days", fact):
                return _stepped(days_since(columns, fact, here), leaf, absent=int(ABSENT))
            case ("hours", fact):
                return _stepped(seconds_since(columns, fact), leaf, absent=int(ABSENT))
            case ("pair", fact, other):
                return self._pair(leaf, columns, fact, other)
            case ("granted", fact):
                found = columns.coded(fact)
                return _coded(found.codes, [leaf.mask(value is True) for value in found.values])
            case (_, fact):
                found = columns.coded(fact)
                return _coded(found.codes, [_mask(leaf, value) for value in found.values])
        raise AssertionError(leaf.key)

    def _agreed(self, leaf: Leaf, columns: Columns, here: LocalTime) -> _Asked:
        found = columns.coded("agreed_hours")
        states = list(Agreed)
        if not any(found.values):
            return _coded(np.zeros(columns.size, np.intp), [leaf.mask(Agreed.NOTHING)])
        # The last column is for a minute that is not known: `here` says -1.
        table = np.zeros((len(found.values), MINUTES_OF_DAY + 1), np.intp)
        for code, value in enumerate(found.values):
            for minute in (*range(MINUTES_OF_DAY), None) if value else ():
                table[code, -1 if minute is None else minute] = states.index(agreed_at(value, minute))
        return _coded(table[found.codes, here.minutes], [leaf.mask(state) for state in states])

    def _pair(self, leaf: Leaf, columns: Columns, fact: str, other: str) -> _Asked:
        held, asked = columns.coded(fact), columns.coded(other)
        width = len(asked.values)
        masks = [_pair_mask(leaf, left, right) for left in held.values for right in asked.values]
        return _coded(held.codes * width + asked.codes, masks)


@dataclass(slots=True)
class _Asked:
    """A column of cells, and what each cell says."""

    cells: Cells
    masks: list[int]


class _Group:
    """Leaves looked up together: one row of words for each combination of their cells."""

    def __init__(self, asked: Sequence[_Asked], width: int, words: int) -> None:
        self.asked = asked
        masks = [-1]
        for one in asked:
            masks = [held & mask for held in masks for mask in one.masks]
        ones = (1 << width) - 1
        self.table = np.empty((len(masks), 2 * words), np.uint64)
        for row, mask in enumerate(masks):
            self.table[row, :words] = _as_words(mask & ones, words)
            self.table[row, words:] = _as_words(mask >> width & ones, words)

    def narrow(self, masks: Words, spare: Words, start: int, end: int) -> None:
        """AND this group's rows into a block."""
        codes = self.asked[0].cells[start:end]
        if len(self.asked) > 1:
            codes = codes.copy()
            for one in self.asked[1:]:
                np.multiply(codes, np.uint16(len(one.masks)), out=codes)
                np.add(codes, one.cells[start:end], out=codes)
        np.take(self.table, codes, axis=0, out=spare, mode="clip")
        np.bitwise_and(masks, spare, out=masks)


def _grouped(asked: list[_Asked]) -> list[list[_Asked]]:
    """Put leaves together, smallest first, while their combinations stay few."""
    groups: list[list[_Asked]] = []
    rows = 0
    for one in sorted(asked, key=lambda column: len(column.masks)):
        if groups and rows * len(one.masks) <= ROWS_MAX:
            groups[-1].append(one)
            rows *= len(one.masks)
        else:
            groups.append([one])
            rows = len(one.masks)
    return groups


def _coded(codes: Codes, masks: list[int]) -> _Asked:
    """Codes to cells: values that say the same to every rule become one."""
    distinct = list(dict.fromkeys(masks))
    place = {mask: number for number, mask in enumerate(distinct)}
    cell_of = np.array([place[mask] for mask in masks], np.uint16)
    if len(distinct) == 1:
        return _Asked(np.zeros(codes.size, np.uint16), distinct)
    return _Asked(cell_of[codes], distinct)


def _stepped(values: Instants, leaf: Leaf, absent: int) -> _Asked:
    """Numbers to cells: one for each stretch between the numbers that rules ask for."""
    edges = sorted({edge for atom in leaf.atoms for edge in _edges(atom)})
    shown = np.where(values == NEVER_AT, NEVER_SINCE, values)
    codes = np.searchsorted(np.array(edges, np.int64), shown, side="right")
    samples = [edges[0] - 1, *edges]
    codes = np.where(values == absent, len(samples), codes)
    return _coded(codes, [*(leaf.mask(sample) for sample in samples), leaf.missing])


def _edges(atom: Atom) -> list[int]:
    match atom:
        case Dated(first, last):
            return [day for day in (first, last) if day is not None]
        case Elapsed(_, unit, number):
            return [number if unit == "days" else number * 3600]
        case AtLeast(_, number):
            return [number]
        case _:
            return []


def _mask(leaf: Leaf, value: JSON) -> int:
    return leaf.missing if value is None else leaf.mask(value)


def _pair_mask(leaf: Leaf, held: JSON, asked: JSON) -> int:
    if held is None or asked is None:
        return leaf.missing
    return leaf.mask(isinstance(held, list | tuple) and asked in held)


def _as_words(mask: int, words: int) -> Words:
    return np.frombuffer(mask.to_bytes(words * 8, "little"), np.uint64)


def _rules_of(words: Words, clauses: Clauses) -> set[int]:
    mask = int.from_bytes(words.tobytes(), "little")
    return {number for index, number in enumerate(clauses.rule_of) if mask >> index & 1}
