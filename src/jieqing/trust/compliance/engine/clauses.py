"""Clauses: every rule as an "or" of "and"s over single values, so that a decision becomes a few table look-ups.

Negations are pushed to the atoms and "and" is distributed over "or"; both hold in Kleene's logic, so a rule answers yes,
no or unknown exactly as its tree does. Each clause has one bit. Each *leaf* (one value of a contact: the channel, the
minute of the day, whether the channel is opted out of …) maps its value to the mask of clauses it does not contradict;
the AND of the leaves' masks is the answer for all rules at once.

A mask is twice as wide as there are clauses: the low half says "all so", the high half "nothing against it". A value
that is absent leaves the low half only where the leaf is not asked, and the whole high half. What is in the high half
but not the low one is unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from jieqing.trust.compliance.engine.hours import Agreed, within
from jieqing.trust.compliance.engine.packs import PacksClash, PackSet
from jieqing.trust.compliance.engine.predicates import (
    All,
    AnyOf,
    AtLeast,
    Atom,
    Dated,
    Elapsed,
    Granted,
    Has,
    HasFact,
    Is,
    Not,
    OneOf,
    Outside,
    Predicate,
    Window,
)

Literal = tuple[Atom, bool]
Clause = tuple[Literal, ...]
LeafKey = tuple[str, ...]
CLAUSES_MAX = 64
NEVER_SINCE = 1 << 62
"""The time passed since what never was: more than any number asked for."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One value of a contact and what each of its values says to every clause."""

    key: LeafKey
    width: int
    asked: tuple[tuple[int, Clause], ...]

    @property
    def missing(self) -> int:
        """The mask when the value is absent."""
        ones = (1 << self.width) - 1
        asked = sum(1 << index for index, _literals in self.asked)
        return ones << self.width | ones & ~asked

    def mask(self, value: object) -> int:
        """The mask of a value that is there."""
        found = (1 << self.width) - 1
        for index, literals in self.asked:
            if not all(holds(atom, value) is wanted for atom, wanted in literals):
                found &= ~(1 << index)
        return found << self.width | found

    @property
    def atoms(self) -> tuple[Atom, ...]:
        """Every atom that asks this leaf."""
        return tuple(dict.fromkeys(atom for _index, literals in self.asked for atom, _wanted in literals))


@dataclass(frozen=True, slots=True)
class Clauses:
    """All clauses of a pack set: whose each is, and the leaves that decide them."""

    rule_of: tuple[int, ...]
    leaves: tuple[Leaf, ...]

    @property
    def width(self) -> int:
        return len(self.rule_of)

    def leaf(self, *key: str) -> Leaf | None:
        """The leaf of a key; None when no rule asks it."""
        return next((leaf for leaf in self.leaves if leaf.key == key), None)


def clauses_of(packs: PackSet) -> Clauses:
    """Return the clauses of every rule of a set, rule by rule.

    Errors: PacksClash when a rule needs more clauses than a person could check.
    """
    rule_of: list[int] = []
    asked: dict[LeafKey, list[tuple[int, Clause]]] = {}
    for number, rule in enumerate(packs.rules):
        clauses = disjuncts(rule.predicate)
        if len(clauses) > CLAUSES_MAX:
            raise PacksClash(f"rule {rule.id} has {len(clauses)} alternatives; part it")
        for clause in clauses:
            index = len(rule_of)
            rule_of.append(number)
            for key in dict.fromkeys(leaf_key(atom) for atom, _wanted in clause):
                mine = tuple(literal for literal in clause if leaf_key(literal[0]) == key)
                asked.setdefault(key, []).append((index, mine))
    width = len(rule_of)
    return Clauses(tuple(rule_of), tuple(Leaf(key, width, tuple(found)) for key, found in asked.items()))


def disjuncts(predicate: Predicate, wanted: bool = True) -> list[Clause]:
    """Return the clauses of a tree (or of its negation), each literal once."""
    match predicate:
        case Not(part):
            return disjuncts(part, not wanted)
        case All(parts) if wanted:
            return _every(parts, wanted)
        case AnyOf(parts) if not wanted:
            return _every(parts, wanted)
        case All(parts) | AnyOf(parts):
            return list(dict.fromkeys(clause for part in parts for clause in disjuncts(part, wanted)))
        case _:
            return [((predicate, wanted),)]


def _every(parts: Sequence[Predicate], wanted: bool) -> list[Clause]:
    found: list[Clause] = []
    for choice in product(*(disjuncts(part, wanted) for part in parts)):
        found.append(tuple(dict.fromkeys(literal for clause in choice for literal in clause)))
        if len(found) > CLAUSES_MAX:
            break
    return list(dict.fromkeys(found))


def leaf_key(atom: Atom) -> LeafKey:
    """Return the leaf that decides an atom."""
    match atom:
        case Window():
            return ("minute",)
        case Dated():
            return ("day",)
        case Granted("agreed_hours") | Outside():
            return ("agreed",)
        case Granted(fact):
            return ("granted", fact)
        case Elapsed(fact, unit, _):
            return (unit, fact)
        case HasFact(fact, other):
            return ("pair", fact, other)
        case Is(fact) | OneOf(fact) | AtLeast(fact) | Has(fact):
            return ("fact", fact)


def holds(atom: Atom, value: object) -> bool:
    """Say whether an atom is so of its leaf's value."""
    match atom:
        case Is(_, wanted):
            return value is wanted
        case OneOf(_, values):
            return value in values
        case Has(_, wanted_text):
            return isinstance(value, list | tuple | frozenset) and wanted_text in value
        case Outside():
            return value is Agreed.OUTSIDE
        case Granted("agreed_hours"):
            return value is Agreed.INSIDE
        case HasFact() | Granted():
            return value is True
    assert isinstance(value, int)
    match atom:
        case AtLeast(_, number):
            return value >= number
        case Window(start, end):
            return within((start, end), value)
        case Dated(first, last):
            return (first is None or value >= first) and (last is None or value < last)
        case Elapsed(_, unit, number):
            return value >= (number if unit == "days" else number * 3600)
