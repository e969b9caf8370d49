"""From the parameters of a link or a form to the facts of a contact. What cannot be read is said, never guessed.

A parameter that is absent means the lawful contact's value; an empty one, and ``-``, mean unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time

from jieqing.kernel.outcomes import JSON
from jieqing.recovery.assurance.engine.lawful import LAWFUL, NEVER, NONE, TIME, UNKNOWN, moment
from jieqing.trust.compliance.engine.facts import zone
from jieqing.trust.compliance.engine.hours import hours
from jieqing.trust.compliance.engine.vocabulary import FACTS, VALUES, Kind

COUNT_MAX = 9_999
TEXT_CHARS_MAX = 60

Values = Callable[[str], Sequence[str]]


def read_asked(values: Values, today: date) -> tuple[dict[str, JSON], list[str]]:
    """Return the facts by dotted name and the names of parameters that could not be read (they are unknown then)."""
    flat: dict[str, JSON] = {}
    unread: list[str] = []
    for name, usual in LAWFUL.items():
        given = [one.strip()[:TEXT_CHARS_MAX] for one in values(name)]
        if not given:
            flat[name] = usual
            continue
        flat[name], fine = _value(name, given)
        if not fine:
            unread.append(name)
    day, is_day = _day(values("on"), today)
    at_time, is_time = _time(values("time"))
    timezone = flat["timezone"]
    flat["at"] = (
        None if day is None else moment(day, at_time, timezone if isinstance(timezone, str) else None)
    )
    return flat, unread + ([] if is_day else ["on"]) + ([] if is_time else ["time"])


def _value(name: str, given: list[str]) -> tuple[JSON, bool]:
    kind = FACTS[name]
    if kind is Kind.TEXTS:
        picked = [one for one in given if one in VALUES[name]]
        if UNKNOWN in given:
            return None, True
        return sorted(picked), all(one in (*picked, NONE, "") for one in given)
    # A moment may be picked beside "never": the last one that says something counts.
    text = next((one for one in reversed(given) if one), "")
    if text in ("", UNKNOWN):
        return None, True
    match kind:
        case Kind.BOOL:
            return (text == "yes", True) if text in ("yes", "no") else (None, False)
        case Kind.COUNT:
            fine = text.isascii() and text.isdigit() and int(text) <= COUNT_MAX
            return (int(text), True) if fine else (None, False)
        case Kind.INSTANT:
            return _instant(text)
        case Kind.HOURS:
            return (text, True) if hours(text) else (None, False)
        case _ if name == "timezone":
            return (text, True) if zone(text) else (None, False)
        case _:
            return (text, True) if text in VALUES[name] else (None, False)


def _instant(text: str) -> tuple[JSON, bool]:
    if text == NEVER:
        return NEVER, True
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None, False
    if found.tzinfo is None:
        return moment(found.date(), found.time(), None), True
    return found.isoformat(), True


def _day(given: Sequence[str], today: date) -> tuple[date | None, bool]:
    if not given or not given[-1]:
        return today, True
    if given[-1] == UNKNOWN:
        return None, True
    try:
        found = date.fromisoformat(given[-1])
    except ValueError:
        return today, False
    return (found, True) if 1990 <= found.year <= 2100 else (today, False)


def _time(given: Sequence[str]) -> tuple[time, bool]:
    if not given or not given[-1]:
        return TIME, True
    try:
        return time.fromisoformat(given[-1]).replace(tzinfo=None), True
    except ValueError:
        return TIME, False
