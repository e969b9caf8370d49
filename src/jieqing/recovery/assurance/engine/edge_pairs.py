"""Two contacts that differ in one fact: the one a rule stops, and the nearest one it lets pass.

Found by search from lawful contacts, not written by hand, so every rule has its examples, a site's own and a proposed one
too: first the fewest facts are changed until the rule fires, then one fact is put to the other side of its edge. Each
pair is judged by the interpreter before it is shown; what cannot be found is not invented.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from jieqing.kernel.outcomes import JSON
from jieqing.recovery.assurance.engine.lawful import LAWFUL, NEVER, as_facts
from jieqing.trust.compliance.engine.facts import View
from jieqing.trust.compliance.engine.interpreter import truth
from jieqing.trust.compliance.engine.packs import Rule
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
    atoms_of,
)
from jieqing.trust.compliance.engine.verdicts import Verdict
from jieqing.trust.compliance.engine.vocabulary import VALUES

Flat = dict[str, JSON]
PAIRS_MAX = 6
_BEIJING = ZoneInfo("Asia/Shanghai")
_THIRD: Flat = {"role": "contact_person", "purpose": "locate", "discloses_debt": False, "number_valid": False}
# Other lawful starts: what some rules ask of makes no sense for a call to a consumer.
_STARTS: tuple[Flat, ...] = (
    {},
    {"channel": "sms"},
    {"channel": "voice_ai"},
    _THIRD,
    {"purpose": "identity_check", "discloses_debt": False},
    {"debt_kind": "b2b", "creditor_kind": "company"},
    {"jurisdiction": "US"},
    {"jurisdiction": "UK"},
    {"channel": "visit", "staff.count": 2},
)


@dataclass(frozen=True, slots=True)
class EdgePair:
    """`fact` is what differs; `fires` is stopped by the rule, `passes` is not. `passes_all` when no rule stops it."""

    fact: str
    fires: Mapping[str, JSON]
    passes: Mapping[str, JSON]
    passes_all: bool


def edge_pairs(rule: Rule, judge: Callable[[Mapping[str, JSON]], Verdict], today: date) -> list[EdgePair]:
    """Return the pairs of a rule, those whose other side is wholly allowed first; one for each fact, or each edge of a clock.

    The day is today, or a day on which the rule is in force.
    """
    day = _day_of(rule, today)
    found: dict[tuple[str, str], tuple[tuple[int, int], EdgePair]] = {}
    for start in _STARTS:
        base: Flat = {**LAWFUL, **start, "at": datetime.combine(day, time(10), _BEIJING).isoformat()}
        fires = satisfied(rule.predicate, base)
        if fires is None:
            continue
        stops = len(judge(as_facts(fires)).reasons)
        for fact, passes in _neighbours(rule, fires):
            if _holds(rule.predicate, passes) is not False:
                continue
            left = len(judge(as_facts(passes)).reasons)
            key = (fact, str(passes[fact]) if fact == "at" else "")
            rank = (left, stops)
            if key not in found or rank < found[key][0]:
                found[key] = (rank, EdgePair(fact, fires, passes, left == 0))
    ranked = sorted(found.values(), key=lambda one: one[0])
    best = [pair for _rank, pair in ranked]
    clean = [pair for pair in best if pair.passes_all]
    return (clean or best)[:PAIRS_MAX]


def satisfied(predicate: Predicate, base: Flat) -> Flat | None:
    """Return the facts with the first changes under which the predicate is so; None when none was found."""
    found = _made(predicate, True, base)
    return found if found is not None and _holds(predicate, found) is True else None


def _holds(predicate: Predicate, flat: Flat) -> bool | None:
    return truth(predicate, View(as_facts(flat)))


def _made(predicate: Predicate, wanted: bool, flat: Flat) -> Flat | None:
    if _holds(predicate, flat) is wanted:
        return flat
    match predicate:
        case Not(part):
            return _made(part, not wanted, flat)
        case All(parts) | AnyOf(parts):
            if wanted is isinstance(predicate, All):
                return _all_made(parts, wanted, flat)
            tries = (_made(part, wanted, flat) for part in parts)
            return next((one for one in tries if one is not None), None)
        case _:
            for fact, value in _changes(predicate, wanted, flat):
                changed = {**flat, fact: value}
                if _holds(predicate, changed) is wanted:
                    return changed
            return None


def _all_made(parts: tuple[Predicate, ...], wanted: bool, flat: Flat) -> Flat | None:
    """Part after part, twice: a later part may undo an earlier one."""
    for _round in range(2):
        for part in parts:
            made = _made(part, wanted, flat)
            if made is None:
                return None
            flat = made
    return flat


def _neighbours(rule: Rule, fires: Flat) -> Iterator[tuple[str, Flat]]:
    """The contacts one fact away, at the edges the rule's own condition names."""
    for atom in dict.fromkeys(atoms_of(rule.when)):
        for wanted in (True, False):
            for fact, value in _changes(atom, wanted, fires):
                if value != fires.get(fact):
                    yield fact, {**fires, fact: value}
    if rule.effective_from or rule.effective_to:
        for edge in (rule.effective_from, rule.effective_to):
            if edge:
                before = date.fromisoformat(edge) - timedelta(days=1)
                yield (
                    "at",
                    {
                        **fires,
                        "at": _moved(fires, day=before if edge == rule.effective_from else None, edge=edge),
                    },
                )


def _moved(flat: Flat, *, day: date | None, edge: str) -> str:
    local = _local(flat)
    return datetime.combine(day or date.fromisoformat(edge), local.time(), local.tzinfo).isoformat()


def _changes(atom: Atom, wanted: bool, flat: Flat) -> Iterator[tuple[str, Any]]:
    """Values that put one fact just on one side of an atom's edge."""
    match atom:
        case Is(fact, value):
            yield fact, value if wanted else not value
        case OneOf(fact, values):
            pool = values if wanted else VALUES.get(fact, frozenset()) - values
            usual = LAWFUL.get(fact)
            yield from ((fact, one) for one in sorted(pool, key=lambda one: (one != usual, one)))
            if not wanted and not pool:
                yield fact, "?"
        case AtLeast(fact, number):
            yield fact, number if wanted else number - 1
        case Has(fact, held):
            yield fact, _with(flat.get(fact), str(held), wanted)
        case HasFact(fact, other):
            yield fact, _with(flat.get(fact), str(flat.get(other)), wanted)
        case Granted(fact):
            yield fact, _granted(fact, wanted, flat)
        case Outside(fact):
            yield fact, _hour(flat, 2) if wanted else _hour(flat, 0)
        case Window(start, end):
            yield from (("at", at) for at in _at_window(start, end, wanted, flat))
        case Dated(first, last):
            yield from (("at", at) for at in _at_day(first, last, wanted, flat))
        case Elapsed(fact, unit, number):
            yield from ((fact, then) for then in _then(unit, number, wanted, flat))


def _with(held: JSON, one: str, wanted: bool) -> list[str]:
    now = [str(item) for item in held] if isinstance(held, list) else []
    return sorted({*now, one}) if wanted else [item for item in now if item != one]


def _granted(fact: str, wanted: bool, flat: Flat) -> JSON:
    if fact != "agreed_hours":
        return wanted
    return _hour(flat, 0) if wanted else None


def _hour(flat: Flat, ahead: int) -> str:
    """The full hour that holds the contact's local time, or one so many hours on."""
    hour = _local(flat).hour + ahead
    return f"{hour % 24:02d}:00-{(hour + 1) % 24:02d}:00"


def _at_window(start: int, end: int, wanted: bool, flat: Flat) -> list[str]:
    """The first and the last second inside, or the seconds just outside."""
    first, last = _second(start), _second(end) - timedelta(seconds=1)
    inside, outside = (first, last), (_second(end), first - timedelta(seconds=1))
    local = _local(flat)
    return [
        datetime.combine(local.date(), _clock(edge), local.tzinfo).isoformat()
        for edge in (inside if wanted else outside)
    ]


def _second(minute: int) -> timedelta:
    return timedelta(minutes=minute)


def _at_day(first: int | None, last: int | None, wanted: bool, flat: Flat) -> list[str]:
    days = [first, last - 1 if last else None] if wanted else [first - 1 if first else None, last]
    local = _local(flat)
    return [
        datetime.combine(date.fromordinal(day), local.time(), local.tzinfo).isoformat()
        for day in days
        if day is not None
    ]


def _then(unit: str, number: int, wanted: bool, flat: Flat) -> list[str]:
    local = _local(flat)
    if unit == "hours":
        ago = timedelta(hours=number) if wanted else timedelta(hours=number) - timedelta(seconds=1)
        return [(local - ago).isoformat(), *([NEVER] if wanted else [])]
    return [
        (local - timedelta(days=number if wanted else number - 1)).isoformat(),
        *([NEVER] if wanted else []),
    ]


def _local(flat: Flat) -> datetime:
    at = datetime.fromisoformat(str(flat["at"]))
    return at.astimezone(ZoneInfo(str(flat["timezone"])))


def _day_of(rule: Rule, today: date) -> date:
    """Today where the rule is in force, else its first day, or its last."""
    if rule.effective_from and today < date.fromisoformat(rule.effective_from):
        return date.fromisoformat(rule.effective_from)
    if rule.effective_to and today >= date.fromisoformat(rule.effective_to):
        return date.fromisoformat(rule.effective_to) - timedelta(days=1)
    return today


def _clock(edge: timedelta) -> time:
    """A time of day from its distance to midnight, past midnight again from the start."""
    seconds = int((edge % timedelta(days=1)).total_seconds())
    return time(seconds // 3600, seconds // 60 % 60, seconds % 60)
