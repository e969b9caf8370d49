"""When a denial lifts, for the compiled function: the answers of `timing`, from masks instead of trees.

Which opening rules are closed at a minute is a mask; the minute at which the last of them opens (where no hours were agreed), and
the instant at which a local clock shows a minute of a day, are kept in bounded tables: a floor asks for few of them, again
and again.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from jieqing.kernel.outcomes import JSON
from jieqing.trust.compliance.engine.clauses import Clauses
from jieqing.trust.compliance.engine.facts import Facts, instant
from jieqing.trust.compliance.engine.facts import fact_value as _fact
from jieqing.trust.compliance.engine.hours import MINUTES_OF_DAY, Agreed, agreed_at, hours
from jieqing.trust.compliance.engine.packs import After, NextDay, Opening, PackSet
from jieqing.trust.compliance.engine.predicates import Granted, Outside, Window, atoms_of
from jieqing.trust.compliance.engine.timing import instant_after, local_instant, next_local

_ROWS_MAX = 1 << 14
_MOVES_MAX = 8
_STEADY_DAYS = 3
Shown = tuple[datetime, bool]
"""An instant, and whether no clock changed on the days before it."""


class Lifting:
    """The masks and tables of one pack set."""

    def __init__(self, packs: PackSet, clauses: Clauses) -> None:
        rules = [packs.rules[number] for number in clauses.rule_of]
        self.lasting = _mask(rule.verdict == "deny" and rule.not_before is None for rule in rules)
        self.opening = _mask(isinstance(rule.not_before, Opening) for rule in rules)
        self.denying_opening = _mask(
            isinstance(rule.not_before, Opening) and rule.verdict == "deny" for rule in rules
        )
        self.next_day = _mask(
            isinstance(rule.not_before, NextDay) and rule.verdict == "deny" for rule in rules
        )
        self.after = tuple(
            (1 << index, rule.not_before)
            for index, rule in enumerate(rules)
            if isinstance(rule.not_before, After) and rule.verdict == "deny"
        )
        self.any_after = sum(bit for bit, _after in self.after)
        low = (1 << clauses.width) - 1
        minute, agreed = clauses.leaf("minute"), clauses.leaf("agreed")
        self.agreed = {state: agreed.mask(state) & low if agreed else low for state in Agreed}
        self.minutes = tuple(
            (minute.mask(at) & low if minute else low) & self.opening for at in range(MINUTES_OF_DAY)
        )
        # Of each rule that opens: all its clauses, the minutes at which its windows end, whether agreed hours open it too.
        self.windows: dict[int, tuple[int, tuple[int, ...], bool]] = {}
        for number in dict.fromkeys(clauses.rule_of):
            rule = packs.rules[number]
            if isinstance(rule.not_before, Opening):
                atoms = atoms_of(rule.predicate)
                ends = {atom.end % MINUTES_OF_DAY for atom in atoms if isinstance(atom, Window)}
                mine = _mask(one == number for one in clauses.rule_of)
                asks_agreed = Granted("agreed_hours") in atoms or Outside("agreed_hours") in atoms
                self.windows[number] = (mine, tuple(ends), asks_agreed)
        self.timed = self.denying_opening | self.next_day
        self.stretch = self._stretches()
        self.plain: dict[tuple[int, int, int], int | None] = {}
        self.instants: dict[tuple[int, object], Shown] = {}

    def from_shown(
        self, fired: int, rest: int, shown: int, place: ZoneInfo | None, at: datetime, facts: Facts
    ) -> datetime | None:
        """`lifted_at`, from what the local clock shows (minutes of all days): a look-up on days when no clock changes."""
        if not (fired & self.any_after or facts.get("agreed_hours")):
            ordinal, minute = divmod(shown, MINUTES_OF_DAY)
            key = (fired & self.timed, rest & self.opening, self.stretch[minute])
            ahead = self.plain[key] if key in self.plain else self._plain(key)
            if ahead is None:
                return None
            found, is_steady = self._at(ordinal * MINUTES_OF_DAY + ahead, place)
            if is_steady:
                return found
        return self.lifted_at(fired, rest, at.astimezone(place), facts)

    def _stretches(self) -> tuple[int, ...]:
        """Of each minute of the day the first of its stretch, in which no window of an opening rule begins or ends.

        When a denial lifts is the same for a whole stretch, so a contact at a minute never met finds what its kind left.
        """
        ends = {end for _mine, minutes, _asks in self.windows.values() for end in minutes}
        found, first = [], 0
        for minute in range(MINUTES_OF_DAY):
            if minute in ends or self.minutes[minute] != self.minutes[minute - 1]:
                first = minute
            found.append(first)
        return tuple(found)

    def _plain(self, key: tuple[int, int, int]) -> int | None:
        """Minutes from the day's first to the one at which these denials have lifted, where no clock changes."""
        fired, rest, minute = key
        found = MINUTES_OF_DAY if fired & self.next_day else 0
        if closed := fired & self.denying_opening:
            opens = self._opens(rest, minute, closed, None)
            found = max(found, opens + (MINUTES_OF_DAY if opens <= minute else 0))
        ahead = None
        for _ in range(_MOVES_MAX):
            minute = found % MINUTES_OF_DAY
            closed = self._closed(rest, minute, None)
            if not closed:
                ahead = found if found < _STEADY_DAYS * MINUTES_OF_DAY else None
                break
            opens = self._opens(rest, minute, closed, None)
            found += (opens - minute - 1) % MINUTES_OF_DAY + 1
        if len(self.plain) < _ROWS_MAX:
            self.plain[key] = ahead
        return ahead

    def lifted_at(self, fired: int, rest: int, local: datetime, facts: Facts) -> datetime | None:
        """Return when these denials have lifted; `rest` is what stands but for the time of day."""
        found: list[datetime] = []
        agreed = facts.get("agreed_hours")
        if closed := fired & self.denying_opening:
            minute = local.hour * 60 + local.minute
            found.append(self._next_local(self._opens(rest, minute, closed, agreed), local))
        if fired & self.next_day:
            found.append(self._at((local.toordinal() + 1) * MINUTES_OF_DAY, local.tzinfo)[0])
        if fired & self.any_after:
            for bit, after in self.after:
                if fired & bit:
                    then = instant(_fact(facts, after.fact))
                    if then is None:
                        return None
                    found.append(instant_after(then, after.unit, after.number, local))
        at = found[0] if len(found) == 1 else max(found, key=datetime.timestamp)
        for _ in range(_MOVES_MAX):
            minute = at.hour * 60 + at.minute
            closed = self._closed(rest, minute, agreed)
            if not closed:
                return at
            at = self._next_local(self._opens(rest, minute, closed, agreed), at)
        return None

    def _next_local(self, minute: int, local: datetime) -> datetime:
        """`timing.next_local`, from the table where no clock changes between now and then."""
        day = local.toordinal() + (minute <= local.hour * 60 + local.minute)
        found, is_steady = self._at(day * MINUTES_OF_DAY + minute, local.tzinfo)
        return found if is_steady else next_local(minute, local)

    def _at(self, shown: int, place: tzinfo | None) -> Shown:
        """The instant at which the local clock shows a minute of a day."""
        key = (shown, place)
        kept = self.instants.get(key)
        if kept is None:
            ordinal, minute = divmod(shown, MINUTES_OF_DAY)
            day = date.fromordinal(ordinal)
            found = local_instant(day, minute, datetime.combine(day, time(), place))
            before = [
                (found.astimezone(UTC) - timedelta(days=days)).astimezone(place)
                for days in range(1, _STEADY_DAYS + 1)
            ]
            kept = found, {one.utcoffset() for one in before} == {found.utcoffset()}
            if len(self.instants) < _ROWS_MAX:
                self.instants[key] = kept
        return kept

    def _closed(self, rest: int, minute: int, agreed: JSON) -> int:
        """The clauses of opening rules that would stand at a minute."""
        return rest & self.minutes[minute] & self.agreed[agreed_at(agreed, minute)]

    def _opens(self, rest: int, minute: int, closed: int, agreed: JSON) -> int:
        latest, stretches = -1, hours(agreed)
        for mask, ends, asks_agreed in self.windows.values():
            if not closed & mask:
                continue
            starts = [start for start, _end in stretches] if asks_agreed else []
            ahead = sorted((end - minute - 1) % MINUTES_OF_DAY for end in (*ends, *starts))
            for one in ahead:
                if not self._closed(rest, (minute + 1 + one) % MINUTES_OF_DAY, agreed) & mask:
                    break
            latest = max(latest, one)
        return (minute + 1 + latest) % MINUTES_OF_DAY


def _mask(bits: Iterable[bool]) -> int:
    return sum(1 << index for index, bit in enumerate(bits) if bit)
