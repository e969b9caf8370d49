"""Contacts that make given rules speak: for each way a rule can fire, everything else as calm as it can be.

For proofs over rules nobody has met yet (a site's overlay, a pack that is about to change): the calm contacts are those every
shipped pack allows, one to the debtor and one to a third person; each clause of a rule changes in them what it asks for and
nothing else, at its edges, in every jurisdiction, channel and kind of debt that it leaves open, roles and purposes taking turns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

from jieqing.trust.compliance.engine.clauses import Clause, LeafKey, disjuncts, holds, leaf_key
from jieqing.trust.compliance.engine.hours import MINUTES_OF_DAY, Agreed
from jieqing.trust.compliance.engine.lawful_contact import LAWFUL, nested
from jieqing.trust.compliance.engine.packs import Rule
from jieqing.trust.compliance.engine.predicates import (
    AtLeast,
    Atom,
    Dated,
    Elapsed,
    Has,
    Is,
    OneOf,
    Window,
)
from jieqing.trust.compliance.engine.vocabulary import VALUES

_ZONES = {"CN": "Asia/Shanghai", "US": "America/New_York", "UK": "Europe/London"}
_CROSSED, _TURNED = ("jurisdiction", "channel", "debt_kind"), ("role", "purpose")
_DAY = date(2026, 11, 24)
_NOON = 12 * 60
_CLEARED = ["annual_training", "background", "exam", "field_visit", "lawyer", "level_basic", "pledge"]
Contact = dict[str, Any]


def contacts_for(rules: Iterable[Rule]) -> Iterator[Contact]:
    """Return contacts at the edges of these rules, the same ones in the same order every time."""
    for rule in rules:
        for clause in disjuncts(rule.predicate):
            yield from _of_clause(clause)


def calm(jurisdiction: str = "CN", *, third: bool = False) -> dict[str, Any]:
    """A contact by dotted names that the shipped packs leave alone: noon, nothing counted, everybody cleared."""
    return dict(LAWFUL) | {
        "timezone": _ZONES[jurisdiction],
        "jurisdiction": jurisdiction,
        "channel": "voice_human",
        "purpose": "pass_message" if third else "collect",
        "role": "family" if third else "debtor",
        "debt_kind": "consumer",
        "creditor_kind": "bank",
        "scan_verdict": "clean",
        "site.kind": "outsourcing",
        "staff.clearances": _CLEARED,
        "staff.count": 2,
        "discloses_debt": False,
        "number_valid": not third,
    }


def _of_clause(clause: Clause) -> Iterator[Contact]:
    asked: dict[LeafKey, list[tuple[Atom, bool]]] = {}
    for atom, wanted in clause:
        asked.setdefault(leaf_key(atom), []).append((atom, wanted))
    choices: dict[LeafKey, list[object]] = {}
    for key, literals in asked.items():
        edges = {edge: None for atom, _wanted in literals for edge in _edges(key, atom)}
        choices[key] = [one for one in edges if all(holds(atom, one) is wanted for atom, wanted in literals)]
        if not choices[key]:
            return  # the clause contradicts itself
    crossed = [name for name in _CROSSED if ("fact", name) not in choices]
    turned = [name for name in _TURNED if ("fact", name) not in choices]
    for third in (False, True):
        for turn, frame in enumerate(product(*(sorted(VALUES[name]) for name in crossed))):
            given = dict(zip(crossed, frame, strict=True))
            for name in turned:
                values = sorted(VALUES[name])
                given[name] = values[(turn + turn // len(values)) % len(values)]
            for chosen in product(*choices.values()):
                yield _contact(given, dict(zip(choices, chosen, strict=True)), third=third)


def _contact(frame: dict[str, str], chosen: Mapping[LeafKey, Any], *, third: bool) -> Contact:
    place = frame.get("jurisdiction") or chosen.get(("fact", "jurisdiction"))
    flat = calm(place if place in _ZONES else "CN", third=third) | frame
    day, minute = chosen.get(("day",), _DAY.toordinal()), chosen.get(("minute",), _NOON)
    local = datetime.combine(date.fromordinal(day), datetime.min.time(), ZoneInfo(flat["timezone"]))
    at = local.replace(hour=minute // 60, minute=minute % 60).astimezone(UTC)
    flat["at"] = at.isoformat()
    for key, value in chosen.items():
        match key:
            case ("fact" | "granted", name):
                flat[name] = value
            case ("agreed",):
                flat["agreed_hours"] = _agreed(value, minute)
            case ("pair", fact, other):
                flat[fact] = [flat[other]] if value else []
            case (("days" | "hours") as unit, name):
                back = timedelta(days=value) if unit == "days" else timedelta(seconds=value)
                flat[name] = (at - back).isoformat()
    return nested(flat)


def _edges(key: LeafKey, atom: Atom) -> list[Any]:
    """Values on both sides of what an atom asks."""
    match atom:
        case Is(fact):
            return [True, False]
        case OneOf(fact):
            return [*sorted(VALUES.get(fact, atom.values)), "no such value"]
        case AtLeast(_, number):
            return [number, number - 1] if number else [0]
        case Has(_, value):
            return [[*_CLEARED, value], [value], _CLEARED, []]
        case Window(start, end):
            return [start, end % MINUTES_OF_DAY, (start - 1) % MINUTES_OF_DAY, (end - 1) % MINUTES_OF_DAY]
        case Dated(first, last):
            ends = [day + shift for day in (first, last) if day is not None for shift in (-1, 0)]
            return [_DAY.toordinal(), *ends]
        case Elapsed(_, unit, number):
            edge = number if unit == "days" else number * 3600
            return [edge, edge - 1]
        case _:
            assert key[0] in ("pair", "granted", "agreed")
            return list(Agreed) if key == ("agreed",) else [True, False]


def _agreed(state: Agreed, minute: int) -> str | None:
    """Hours that are so at a minute: all day, or an hour that begins two hours on."""
    match state:
        case Agreed.INSIDE:
            return "00:00-24:00"
        case Agreed.OUTSIDE:
            hour = minute // 60
            return f"{(hour + 2) % 24:02d}:00-{(hour + 3) % 24:02d}:00"
        case Agreed.NOTHING:
            return None
