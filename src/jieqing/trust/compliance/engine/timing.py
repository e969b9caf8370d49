"""When a denied contact could be made: the instant at which every denial that stands now would have lifted.

Each rule says how it lifts: with the end of its window, with the next local day, or so long after an instant. The
latest of these is then moved on while it falls into a closed window of any rule (a daily cap lifts at midnight, but
nobody may be called then). Local times that a change of clocks skips are taken as the first instant after the gap;
those it repeats as the first of the two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from jieqing.trust.compliance.engine.facts import Never, View
from jieqing.trust.compliance.engine.hours import MINUTES_OF_DAY, hours
from jieqing.trust.compliance.engine.packs import After, NextDay, Opening, PackSet, Rule
from jieqing.trust.compliance.engine.predicates import Granted, Outside, Predicate, Window, atoms_of
from jieqing.trust.compliance.engine.verdicts import Reason

Truth = Callable[[Predicate, View, int | None], bool | None]
_MOVES_MAX = 8


def lifted_at(packs: PackSet, denials: Sequence[Reason], view: View, truth: Truth) -> datetime | None:
    """Return the first instant at which none of these denials stands, or None when one does not lift with time."""
    found = [_lift(denial, view, truth) for denial in denials]
    known = [at for at in found if at is not None]
    if view.zone is None or not known or len(known) < len(found):
        return None
    windows = [rule for rule in packs.rules if isinstance(rule.not_before, Opening)]
    at = max(known, key=datetime.timestamp)
    for _ in range(_MOVES_MAX):
        local = at.astimezone(view.zone)
        minute = local.hour * 60 + local.minute
        closed = [rule for rule in windows if truth(rule.predicate, view, minute)]
        if not closed:
            return local
        at = max((_opening(rule, view, local, truth) for rule in closed), key=datetime.timestamp)
    return None


def _lift(denial: Reason, view: View, truth: Truth) -> datetime | None:
    if denial.missing or view.local is None:
        return None
    match denial.rule.not_before:
        case Opening():
            return _opening(denial.rule, view, view.local, truth)
        case NextDay():
            return local_instant(view.local.date() + timedelta(days=1), 0, view.local)
        case After(fact, unit, number):
            then = view.instant_of(fact)
            if then is None or isinstance(then, Never):
                return None
            return instant_after(then, unit, number, view.local)
        case _:
            return None


def instant_after(then: datetime, unit: str, number: int, local: datetime) -> datetime:
    """Return the end of so many local days (at midnight) or hours after an instant."""
    if unit == "days":
        return local_instant(then.astimezone(local.tzinfo).date() + timedelta(days=number), 0, local)
    return (then + timedelta(hours=number)).astimezone(local.tzinfo)


def _opening(rule: Rule, view: View, local: datetime, truth: Truth) -> datetime:
    """The next local minute at which the rule's window is open: an end of a window or a start of agreed hours."""
    for minute in opening_minutes(rule, view, local.hour * 60 + local.minute):
        if not truth(rule.predicate, view, minute):
            break
    return next_local(minute, local)


def opening_minutes(rule: Rule, view: View, now: int) -> list[int]:
    """Return the minutes of the day at which a rule's window may open, the soonest first."""
    atoms = atoms_of(rule.predicate)
    found = {atom.end % MINUTES_OF_DAY for atom in atoms if isinstance(atom, Window)}
    if Granted("agreed_hours") in atoms or Outside("agreed_hours") in atoms:
        found |= {start for start, _end in hours(view.value("agreed_hours"))}
    return _soonest(found, now)


def _soonest(minutes: Iterable[int], now: int) -> list[int]:
    return sorted(minutes, key=lambda minute: (minute - now - 1) % MINUTES_OF_DAY)


def next_local(minute: int, local: datetime) -> datetime:
    """Return the next time after `local` that the local clock shows a minute of the day."""
    now = local.hour * 60 + local.minute
    day = local.date() if minute > now else local.date() + timedelta(days=1)
    found = local_instant(day, minute, local)
    # In an hour that the clocks repeat, the first showing may already be over.
    return found if found.timestamp() > local.timestamp() else found.replace(fold=1)


def local_instant(day: date, minute: int, local: datetime) -> datetime:
    """Return the instant at which the local clock shows a minute of a day."""
    zone = local.tzinfo
    assert isinstance(zone, ZoneInfo)
    naive = datetime.combine(day, time(minute // 60, minute % 60), zone)
    # Through UTC and back: a time that the clocks skip becomes the one they show.
    return naive.astimezone(_UTC).astimezone(zone)


_UTC = ZoneInfo("UTC")
