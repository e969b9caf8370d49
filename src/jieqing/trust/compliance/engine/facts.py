"""Facts of one contact: read from JSON, checked for kind, and seen through a `View` that knows local time.

A line of facts is refused (a Problem) when it is no JSON object, says a key twice, holds a fraction or gives a fact a
value of the wrong kind: such a line has no safe reading. A key the vocabulary does not know is kept for the digest and
named in a warning. A time that is no instant (no offset) or a zone nobody knows counts as unknown, so the rules that
need it deny and name it.

Nothing here reads a clock: `at` is a fact like the others.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from jieqing.kernel.canonical import NotCanonical, canonical_bytes, sha256
from jieqing.kernel.outcomes import JSON, Problem, ProblemKind
from jieqing.trust.compliance.engine.hours import Agreed, agreed_at
from jieqing.trust.compliance.engine.vocabulary import FACTS, NESTED, Kind

Facts = Mapping[str, JSON]


class Never:
    """The value of an instant that is known not to have been."""


NEVER: Final = Never()


@dataclass(frozen=True, slots=True)
class ReadFacts:
    """One contact's facts, and the keys nobody knows."""

    facts: Facts
    unknown_keys: tuple[str, ...] = ()


def read_facts(text: str) -> ReadFacts | Problem:
    """Read one line of facts."""
    try:
        value = json.loads(text, object_pairs_hook=_once, parse_float=_refuse, parse_constant=_refuse)
        canonical_bytes(value)
    except (json.JSONDecodeError, RecursionError):
        return Problem.of(NOT_JSON)
    except (_Refused, NotCanonical) as error:
        return Problem.of(NO_SAFE_READING, what=str(error))
    return check_facts(value)


def check_facts(value: JSON) -> ReadFacts | Problem:
    """Check the kinds of facts that are already JSON values."""
    if not isinstance(value, Mapping):
        return Problem.of(NO_OBJECT)
    unknown: list[str] = []
    for key, item in value.items():
        if key in NESTED:
            if item is None:
                continue
            if not isinstance(item, Mapping):
                return Problem.of(WRONG_KIND, fact=key, wanted="object")
            for inner, held in item.items():
                problem = _check(f"{key}.{inner}", held, unknown)
                if problem:
                    return problem
        else:
            problem = _check(key, item, unknown)
            if problem:
                return problem
    return ReadFacts(value, tuple(unknown))


def facts_digest(facts: Facts) -> str:
    """Return the digest of facts as given: canonical JSON, unknown keys and all."""
    return sha256(canonical_bytes(facts)).hex()


def fact_value(facts: Facts, name: str) -> JSON:
    """Return a fact by its dotted name; None when it is absent."""
    head, _, tail = name.partition(".")
    value = facts.get(head)
    if not tail:
        return value
    return value.get(tail) if isinstance(value, Mapping) else None


def instant(value: JSON) -> datetime | None:
    """Return an instant from ISO text with an offset; None for anything else."""
    if not isinstance(value, str):
        return None
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return None
    return at if at.tzinfo is not None and 2 <= at.year <= 9998 else None


@lru_cache(maxsize=1024)
def zone(name: JSON) -> ZoneInfo | None:
    """Return a zone by its IANA name; None for anything else."""
    if not isinstance(name, str) or not name or name.startswith(("/", ".")):
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


class View:
    """The facts of one contact as rules see them: typed, in local time, absent ones as None."""

    __slots__ = ("at", "facts", "local", "minute", "ordinal", "zone")

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.at = instant(facts.get("at"))
        self.zone = zone(facts.get("timezone"))
        self.local = self.at.astimezone(self.zone) if self.at and self.zone else None
        self.minute = self.local.hour * 60 + self.local.minute if self.local else None
        self.ordinal = self.local.toordinal() if self.local else None

    def value(self, name: str) -> JSON:
        return fact_value(self.facts, name)

    def instant_of(self, name: str) -> datetime | Never | None:
        """An instant, NEVER when it is known not to have been, None when nothing is known."""
        value = fact_value(self.facts, name)
        if value is None:
            head, _, tail = name.partition(".")
            holder = self.facts.get(head) if tail else self.facts
            return NEVER if isinstance(holder, Mapping) and (tail or head) in holder else None
        return instant(value)

    def is_absent(self, name: str) -> bool:
        """Whether nothing is known of a fact, or nothing that can be read."""
        match FACTS[name]:
            case Kind.INSTANT:
                return (self.at if name == "at" else self.instant_of(name)) is None
            case _ if name == "timezone":
                return self.zone is None
            case _:
                return self.value(name) is None

    def days_since(self, name: str) -> int | Never | None:
        """Local dates between an instant and `at`."""
        then = self.instant_of(name)
        if then is None or self.ordinal is None or self.zone is None:
            return None
        return NEVER if isinstance(then, Never) else self.ordinal - then.astimezone(self.zone).toordinal()

    def seconds_since(self, name: str) -> int | Never | None:
        """Whole seconds between an instant and `at`, rounded down."""
        then = self.instant_of(name)
        if then is None or self.at is None:
            return None
        return NEVER if isinstance(then, Never) else (self.at - then) // timedelta(seconds=1)

    def granted(self, name: str, at_minute: int | None = None) -> bool:
        """Whether a permission is on record; agreed hours are asked for a minute, now unless another is given."""
        if name != "agreed_hours":
            return self.value(name) is True
        return self.agreed(at_minute) is Agreed.INSIDE

    def agreed(self, at_minute: int | None = None) -> Agreed:
        """What agreed hours say of a minute, now unless another is given; of a minute that is not known: outside."""
        return agreed_at(self.value("agreed_hours"), self.minute if at_minute is None else at_minute)


class _Refused(ValueError):
    pass


def _once(pairs: list[tuple[str, JSON]]) -> dict[str, JSON]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Refused("a key is given twice")
    return found


def _refuse(text: str) -> JSON:
    raise _Refused(f"{text} is no whole number")


def _check(name: str, value: JSON, unknown: list[str]) -> Problem | None:
    kind = FACTS.get(name)
    if kind is None:
        unknown.append(name)
        return None
    if value is None or _fits(kind, value):
        return None
    return Problem.of(WRONG_KIND, fact=name, wanted=_KIND_NAMES[kind])


def _fits(kind: Kind, value: JSON) -> bool:
    match kind:
        case Kind.BOOL:
            return isinstance(value, bool)
        case Kind.COUNT:
            return isinstance(value, int) and not isinstance(value, bool) and value >= 0
        case Kind.TEXTS:
            return isinstance(value, list | tuple) and all(isinstance(item, str) for item in value)
        case Kind.HOURS:
            return isinstance(value, bool | str | list | tuple | Mapping)
        case _:
            return isinstance(value, str)


_KIND_NAMES = {
    Kind.TEXT: "text",
    Kind.BOOL: "true/false",
    Kind.COUNT: "whole number >= 0",
    Kind.INSTANT: "ISO instant, or null for never",
    Kind.TEXTS: "list of texts",
    Kind.HOURS: 'hours such as "18:00-21:00"',
}

NOT_JSON = ProblemKind(
    "gate.not_json",
    "这一行不是完整的 JSON。",
    "This line is no complete JSON.",
    "每行写一个 JSON 对象，UTF-8 编码。",
    "Write one JSON object a line, in UTF-8.",
)
NO_OBJECT = ProblemKind(
    "gate.no_object",
    "这一行不是 JSON 对象。",
    "This line is no JSON object.",
    "每行写一个 {{…}} 对象，键名见 contracts/gate-facts.schema.json。",
    "Write one object {{…}} a line; the keys are in contracts/gate-facts.schema.json.",
)
NO_SAFE_READING = ProblemKind(
    "gate.no_safe_reading",
    "这一行无法可靠读取：{what}。",
    "This line has no safe reading: {what}.",
    "键不得重复；数字须为整数。",
    "Say each key once and write whole numbers.",
)
WRONG_KIND = ProblemKind(
    "gate.wrong_kind",
    "事实 {fact} 的类型不对，应为：{wanted}。",
    "The fact {fact} has the wrong kind; wanted: {wanted}.",
    "请对照 contracts/gate-facts.schema.json 更正。",
    "Correct it by contracts/gate-facts.schema.json.",
)
