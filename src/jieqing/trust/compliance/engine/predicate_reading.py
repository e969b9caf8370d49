"""Reading one predicate of a pack: each form has its own keys, and a misspelt one is refused.

Forms: ``{all: […]}``, ``{any: […]}``, ``{not: …}``; ``{fact: F, is: true}``, ``{fact: F, in: […]}``, ``{fact: F, at_least: N}``,
``{fact: F, less_than: N}``, ``{fact: F, has: V}``, ``{fact: F, has_fact: G}``; ``{window: ["22:00", "08:00"]}``;
``{since: F, less_than_days: N}`` (or ``less_than_hours``, ``at_least_days``, ``at_least_hours``); ``{granted: F}``; ``{outside: agreed_hours}``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from jieqing.kernel.outcomes import JSON
from jieqing.trust.compliance.engine.hours import minute
from jieqing.trust.compliance.engine.pack_text import NotAPack
from jieqing.trust.compliance.engine.predicates import (
    All,
    AnyOf,
    AtLeast,
    Elapsed,
    Granted,
    Has,
    HasFact,
    Is,
    Not,
    OneOf,
    Outside,
    Predicate,
    Unit,
    Window,
)
from jieqing.trust.compliance.engine.vocabulary import FACTS, GRANTS, VALUES, Kind

_DEEP = 12


def read_predicate(value: JSON, where: str, depth: int = 0) -> Predicate:
    """Return the predicate that a pack's data says.

    Errors: NotAPack, with the place.
    """
    if depth > _DEEP:
        raise NotAPack(f"{where}: nested deeper than {_DEEP}")
    match value:
        case {"all": list(parts), **rest} if not rest and parts:
            return All(tuple(read_predicate(part, where, depth + 1) for part in parts))
        case {"any": list(parts), **rest} if not rest and parts:
            return AnyOf(tuple(read_predicate(part, where, depth + 1) for part in parts))
        case {"not": part, **rest} if not rest:
            return Not(read_predicate(part, where, depth + 1))
        case {"window": [str(start), str(end)], **rest} if not rest:
            return _window(start, end, where)
        case {"granted": str(fact), **rest} if not rest:
            if fact not in GRANTS:
                raise NotAPack(f"{where}: granted is one of {', '.join(sorted(GRANTS))}")
            return Granted(fact)
        case {"outside": str(fact), **rest} if not rest:
            if FACTS.get(fact) is not Kind.HOURS:
                raise NotAPack(f"{where}: outside is asked of agreed_hours")
            return Outside(fact)
        case {"since": str(fact)} if isinstance(value, Mapping) and len(value) == 2:
            return _since(fact, *_other(value, "since"), where)
        case {"fact": str(fact)} if isinstance(value, Mapping) and len(value) == 2:
            return _compare(fact, *_other(value, "fact"), where)
        case _:
            raise NotAPack(f"{where}: no such form of predicate: {value}")


def _other(value: Mapping[str, JSON], key: str) -> tuple[str, JSON]:
    """The one entry beside `key`."""
    return next((name, item) for name, item in value.items() if name != key)


def _window(start: str, end: str, where: str) -> Window:
    first, last = minute(start), minute(end)
    if first is None or last is None or first == last:
        raise NotAPack(f'{where}: a window is two different times, as in ["22:00", "08:00"]')
    return Window(first, last)


def _since(fact: str, form: str, number: JSON, where: str) -> Predicate:
    if FACTS.get(fact) is not Kind.INSTANT or fact == "at":
        raise NotAPack(f"{where}: since names an instant among the facts, not {fact}")
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        raise NotAPack(f"{where}: {form} needs a whole number, 1 or more")
    how, _, unit = form.rpartition("_")
    if how not in ("less_than", "at_least") or unit not in ("days", "hours"):
        raise NotAPack(f"{where}: since takes less_than_days|hours or at_least_days|hours, not {form}")
    known_unit: Unit = "days" if unit == "days" else "hours"
    passed = Elapsed(fact, known_unit, number)
    return passed if how == "at_least" else Not(passed)


def _compare(fact: str, operator: str, operand: JSON, where: str) -> Predicate:
    kind = FACTS.get(fact)
    if kind is None:
        raise NotAPack(f"{where}: no such fact: {fact}")
    wanted, read = _OPERATORS.get(operator, (None, None))
    if read is None or kind is not wanted:
        raise NotAPack(f"{where}: {fact} ({kind.value}) cannot be asked {operator}")
    return read(fact, operand, where)


def _is(fact: str, operand: JSON, where: str) -> Predicate:
    if not isinstance(operand, bool):
        raise NotAPack(f"{where}: {fact} is true or false")
    return Is(fact, operand)


def _in(fact: str, operand: JSON, where: str) -> Predicate:
    values = operand if isinstance(operand, list) else []
    return OneOf(fact, frozenset(_known(fact, item, where) for item in values or [None]))


def _at_least(fact: str, operand: JSON, where: str) -> Predicate:
    if not isinstance(operand, int) or isinstance(operand, bool) or operand < 1:
        raise NotAPack(f"{where}: {fact} is compared with a whole number, 1 or more")
    return AtLeast(fact, operand)


def _less_than(fact: str, operand: JSON, where: str) -> Predicate:
    return Not(_at_least(fact, operand, where))


def _has(fact: str, operand: JSON, where: str) -> Predicate:
    return Has(fact, _known(fact, operand, where))


def _has_fact(fact: str, operand: JSON, where: str) -> Predicate:
    if not isinstance(operand, str) or VALUES.get(operand) is None or VALUES[operand] != VALUES.get(fact):
        raise NotAPack(f"{where}: {fact} can only hold a fact of the same values")
    return HasFact(fact, operand)


def _known(fact: str, value: JSON, where: str) -> str:
    if not isinstance(value, str) or value not in VALUES.get(fact, frozenset()):
        raise NotAPack(f"{where}: {fact} has no value {value!r}; known are {', '.join(sorted(VALUES[fact]))}")
    return value


_Read = Callable[[str, JSON, str], Predicate]
_OPERATORS: Mapping[str, tuple[Kind, _Read]] = {
    "is": (Kind.BOOL, _is),
    "in": (Kind.TEXT, _in),
    "at_least": (Kind.COUNT, _at_least),
    "less_than": (Kind.COUNT, _less_than),
    "has": (Kind.TEXTS, _has),
    "has_fact": (Kind.TEXTS, _has_fact),
}
