"""Predicates: when a rule fires, as a small typed tree over the facts of a contact.

A predicate has three answers (Kleene's strong logic): yes, no, and *unknown* when a fact it hangs on is absent. `all` is
no as soon as one part is no, `any` is yes as soon as one part is yes; so a fact is needed only where it can still
change the answer, in whatever order a rule is written. `granted` alone has two answers: a permission that is not on
record is not given; therefore it may stand only where its absence makes the rule fire (checked by `pack_reading`).
`outside` is its other face, for hours alone: some were agreed, and now is none of them. It has two answers as well and may stand
only where it makes a rule fire; nothing agreed, and a present moment inside, are both no.

Times compare in the person's own zone: `window` is [from, to) on the minute and may pass midnight; `elapsed` in days
counts local dates (the day itself is day 0), in hours it counts real time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Unit = Literal["days", "hours"]


@dataclass(frozen=True, slots=True)
class Is:
    """A yes-or-no fact has this value."""

    fact: str
    value: bool


@dataclass(frozen=True, slots=True)
class OneOf:
    """A text fact is one of these."""

    fact: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """A count has reached this number."""

    fact: str
    number: int


@dataclass(frozen=True, slots=True)
class Has:
    """A list of texts holds this one."""

    fact: str
    value: str


@dataclass(frozen=True, slots=True)
class HasFact:
    """A list of texts holds the value of another fact (the channel is among those opted out of)."""

    fact: str
    other: str


@dataclass(frozen=True, slots=True)
class Window:
    """The local time lies in [start, end), minutes of the day; start > end passes midnight."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Dated:
    """The local date lies in [start, end) as ordinals of the proleptic calendar; none is open."""

    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class Elapsed:
    """At least so many days or hours have passed since an instant; since *never*, any number has."""

    fact: str
    unit: Unit
    number: int


@dataclass(frozen=True, slots=True)
class Granted:
    """A permission is on record: consent is given, or the local time lies in agreed hours."""

    fact: str


@dataclass(frozen=True, slots=True)
class Outside:
    """Hours are agreed, and the local time is not known to lie in any of them."""

    fact: str


@dataclass(frozen=True, slots=True)
class Not:
    """The part is not so."""

    part: Predicate


@dataclass(frozen=True, slots=True)
class All:
    """Every part is so; of no parts it is so."""

    parts: tuple[Predicate, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One part at least is so; of no parts it is not."""

    parts: tuple[Predicate, ...]


Atom: TypeAlias = Is | OneOf | AtLeast | Has | HasFact | Window | Dated | Elapsed | Granted | Outside
Predicate: TypeAlias = Atom | Not | All | AnyOf


def facts_of(atom: Atom) -> tuple[str, ...]:
    """Return the facts an atom cannot do without (a permission, and what was agreed, can be done without)."""
    match atom:
        case Granted() | Outside():
            return ()
        case Window() | Dated():
            return ("at", "timezone")
        case Elapsed(fact, "days", _):
            return ("at", "timezone", fact)
        case Elapsed(fact, _, _):
            return ("at", fact)
        case HasFact(fact, other):
            return (fact, other)
        case _:
            return (atom.fact,)


def atoms_of(predicate: Predicate) -> tuple[Atom, ...]:
    """Return every atom of a tree, in the order written."""
    match predicate:
        case Not(part):
            return atoms_of(part)
        case All(parts) | AnyOf(parts):
            return tuple(atom for part in parts for atom in atoms_of(part))
        case _:
            return (predicate,)


def facts_read(predicate: Predicate) -> tuple[str, ...]:
    """Return the facts a tree reads, each once, in the order written."""
    return tuple(dict.fromkeys(fact for atom in atoms_of(predicate) for fact in facts_of(atom)))
