"""A rule's condition read aloud: the tree of its predicate as lines of words, in the order written.

``{"all": …}`` becomes "all of these", a cap "has reached 3": the same tree the gate judges, so what is read beside the
article is what is decided, and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jieqing.recovery.assurance.engine.fact_words import fact_name, value_name
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


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its depth and its words."""

    depth: int
    words: str


def condition_lines(predicate: Predicate, lang: str) -> list[Line]:
    """Return the lines of a condition."""
    return list(_lines(predicate, lang, 0))


def _lines(predicate: Predicate, lang: str, depth: int) -> list[Line]:
    zh = lang.startswith("zh")
    match predicate:
        case All(parts):
            if len(parts) == 1:
                return _lines(parts[0], lang, depth)
            head = Line(depth, "同时满足：" if zh else "All of these:")
            return [head, *(line for part in parts for line in _lines(part, lang, depth + 1))]
        case AnyOf(parts):
            if len(parts) == 1:
                return _lines(parts[0], lang, depth)
            head = Line(depth, "满足其一：" if zh else "One of these:")
            return [head, *(line for part in parts for line in _lines(part, lang, depth + 1))]
        case Not(AtLeast(fact, number)):
            name = fact_name(fact, lang)
            return [Line(depth, f"{name}少于 {number}" if zh else f"{name}: fewer than {number}")]
        case Not(Elapsed(fact, unit, number)):
            return [Line(depth, _elapsed(fact, unit, number, lang, passed=False))]
        case Not(All() | AnyOf() as inner):
            head = Line(depth, "并非：" if zh else "Not:")
            return [head, *_lines(inner, lang, depth + 1)]
        case Not(inner):
            words = atom_words(inner, lang) if not isinstance(inner, Not | All | AnyOf) else ""
            return [Line(depth, f"不是：{words}" if zh else f"Not: {words}")]
        case _:
            return [Line(depth, atom_words(predicate, lang))]


def atom_words(atom: Atom, lang: str) -> str:
    """One atom in words."""
    zh = lang.startswith("zh")
    match atom:
        case Is(fact, value):
            return f"{fact_name(fact, lang)}{'：' if zh else ': '}{value_name(fact, value, lang)}"
        case OneOf(fact, values):
            names = ("、" if zh else ", ").join(value_name(fact, one, lang) for one in sorted(values))
            return f"{fact_name(fact, lang)}{'：' if zh else ': '}{names}"
        case AtLeast(fact, number):
            name = fact_name(fact, lang)
            return f"{name}已达 {number}" if zh else f"{name}: {number} or more"
        case Has(fact, held):
            name, one = fact_name(fact, lang), value_name(fact, held, lang)
            return f"{name}包含“{one}”" if zh else f"{name} hold “{one}”"
        case HasFact(fact, other):
            name, one = fact_name(fact, lang), fact_name(other, lang)
            return f"{name}包含此次的{one}" if zh else f"{name} hold this contact's {one.lower()}"
        case Window(start, end):
            return (
                f"对方当地时间 {clock(start)} 至 {clock(end)}"
                if zh
                else f"The person's local time is {clock(start)} to {clock(end)}"
            )
        case Granted(fact):
            return f"{fact_name(fact, lang)}" + ("（已登记）" if zh else " (on record)")
        case Outside(fact):
            return f"{fact_name(fact, lang)}" + (
                "（已登记，且现在不在其中）" if zh else " (on record, and now is none of them)"
            )
        case Dated(start_day, end_day):
            return _dated(start_day, end_day, zh=zh)
        case Elapsed(fact, unit, number):
            return _elapsed(fact, unit, number, lang, passed=True)


def clock(minute: int) -> str:
    """Minutes of the day as written on a clock.

    Example:
        >>> clock(1320)
        '22:00'
    """
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _elapsed(fact: str, unit: str, number: int, lang: str, *, passed: bool) -> str:
    name = fact_name(fact, lang)
    if lang.startswith("zh"):
        span = f"{number} 天" if unit == "days" else f"{number} 小时"
        return f"距{name}已满 {span}" if passed else f"距{name}不足 {span}"
    span = f"{number} {unit}"
    return f"{name}: {span} ago or more" if passed else f"{name}: less than {span} ago"


def _dated(start: int | None, end: int | None, *, zh: bool) -> str:
    first = date.fromordinal(start).isoformat() if start else ""
    last = date.fromordinal(end).isoformat() if end else ""
    if first and last:
        return f"{first} 起、{last} 前" if zh else f"From {first}, before {last}"
    return (f"{first} 起" if zh else f"From {first}") if first else (f"{last} 前" if zh else f"Before {last}")
