"""A contact that every shipped rule allows: the start of "try facts", so that what is changed is what is seen.

Links say only what differs from it (``?channel=visit&staff.count=1``): short to share, and true for ever, because the
start never changes. ``-`` says that a fact is unknown, ``never`` that an instant is known not to have been.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from jieqing.kernel.outcomes import JSON
from jieqing.trust.compliance.engine import lawful_contact
from jieqing.trust.compliance.engine.facts import zone
from jieqing.trust.compliance.engine.vocabulary import FACTS, Kind

UNKNOWN, NEVER, NONE = "-", "never", "none"
_BEIJING = ZoneInfo("Asia/Shanghai")
TIME = time(10)

LAWFUL: dict[str, JSON] = {
    name: NEVER if FACTS[name] is Kind.INSTANT else value for name, value in lawful_contact.LAWFUL.items()
}
"""By dotted name; `NEVER` stands for an instant that never was. A test holds it to "allow"."""


def lawful_facts(at: datetime) -> dict[str, JSON]:
    """Return the lawful contact at a moment, as the gate takes facts."""
    return as_facts({**LAWFUL, "at": at.isoformat()})


def as_facts(flat: Mapping[str, JSON]) -> dict[str, JSON]:
    """From dotted names to the gate's form; None is left out, `NEVER` is written as null."""
    return lawful_contact.nested(
        {
            name: None if FACTS.get(name) is Kind.INSTANT and value == NEVER else value
            for name, value in flat.items()
            if value is not None
        }
    )


def flat_facts(facts: Mapping[str, JSON]) -> dict[str, JSON]:
    """From the gate's form to dotted names; what is absent is None."""
    found: dict[str, JSON] = {}
    for name, kind in FACTS.items():
        head, _, inner = name.partition(".")
        holder = facts.get(head) if inner else facts
        is_there = isinstance(holder, Mapping) and (inner or head) in holder
        value = holder[inner or head] if is_there and isinstance(holder, Mapping) else None
        found[name] = NEVER if is_there and value is None and kind is Kind.INSTANT else value
    return found


def moment(day: date, clock_time: time, timezone: str | None) -> str:
    """The instant of a local day and time; Beijing's where the zone is not known."""
    return datetime.combine(day, clock_time, zone(timezone) or _BEIJING).isoformat()


def differences(flat: Mapping[str, JSON], today: date) -> list[tuple[str, str]]:
    """The parameters of a link that leads to these facts: what differs from the lawful contact of today at ten."""
    found: list[tuple[str, str]] = []
    at = flat.get("at")
    local = datetime.fromisoformat(str(at)).astimezone(zone(flat.get("timezone")) or _BEIJING) if at else None
    if local is None:
        found.append(("on", UNKNOWN))
    else:
        if local.date() != today:
            found.append(("on", local.date().isoformat()))
        if local.time() != TIME:
            found.append(("time", local.time().isoformat(timespec="seconds")))
    for name, usual in LAWFUL.items():
        value = flat.get(name)
        if value == usual:
            continue
        if isinstance(value, list):
            found += [(name, str(one)) for one in value] or [(name, NONE)]
        else:
            found.append((name, _written(value)))
    return found


def _written(value: JSON) -> str:
    if value is None:
        return UNKNOWN
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
