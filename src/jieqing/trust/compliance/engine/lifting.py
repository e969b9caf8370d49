"""When a denial lifts, for the compiled function: the answers of `timing`, from masks instead of trees.

Only for contacts with no agreed hours on record (others go the reference's way). Which opening rules are closed at a
minute is a mask; the minute at which the last of them opens is kept in a bounded table.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from jieqing.trust.compliance.engine.clauses import Clauses
from jieqing.trust.compliance.engine.facts import MINUTES_OF_DAY, Facts, instant
from jieqing.trust.compliance.engine.facts import fact_value as _fact
from jieqing.trust.compliance.engine.packs import After, NextDay, Opening, PackSet
from jieqing.trust.compliance.engine.predicates import Window, atoms_of
from jieqing.trust.compliance.engine.timing import instant_after, local_instant, next_local

_ROWS_MAX = 1 << 14
_MOVES_MAX = 8


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
        low = (1 << clauses.width) - 1
        minute, agreed = clauses.leaf("minute"), clauses.leaf("agreed")
        not_agreed = agreed.mask(False) & low if agreed else low
        self.minutes = tuple(
            (minute.mask(at) & low if minute else low) & not_agreed for at in range(MINUTES_OF_DAY)
        )
        # Of each rule that opens: all its clauses, and the minutes at which its windows end.
        self.windows: dict[int, tuple[int, tuple[int, ...]]] = {}
        for number in dict.fromkeys(clauses.rule_of):
            rule = packs.rules[number]
            if isinstance(rule.not_before, Opening):
                ends = {
                    atom.end % MINUTES_OF_DAY for atom in atoms_of(rule.predicate) if isinstance(atom, Window)
                }
                self.windows[number] = (_mask(one == number for one in clauses.rule_of), tuple(ends))
        self.targets: dict[tuple[int, int, int], int] = {}

    def lifted_at(self, fired: int, rest: int, local: datetime, facts: Facts) -> datetime | None:
        """Return when these denials have lifted; `rest` is what stands but for the time of day."""
        found: list[datetime] = []
        minute = local.hour * 60 + local.minute
        if fired & self.denying_opening:
            found.append(next_local(self._target(rest, minute, fired & self.denying_opening), local))
        if fired & self.next_day:
            found.append(local_instant(local.date() + timedelta(days=1), 0, local))
        for bit, after in self.after:
            if fired & bit:
                then = instant(_fact(facts, after.fact))
                if then is None:
                    return None
                found.append(instant_after(then, after.unit, after.number, local))
        at = found[0] if len(found) == 1 else max(found, key=datetime.timestamp)
        for _ in range(_MOVES_MAX):
            minute = at.hour * 60 + at.minute
            closed = rest & self.minutes[minute] & self.opening
            if not closed:
                return at
            at = next_local(self._target(rest, minute, closed), at)
        return None

    def _target(self, rest: int, minute: int, closed: int) -> int:
        """The minute of the day at which the last of the closed rules opens."""
        key = (rest & self.opening, minute, closed)
        target = self.targets.get(key)
        if target is None:
            target = self._opens(rest, minute, closed)
            if len(self.targets) < _ROWS_MAX:
                self.targets[key] = target
        return target

    def _opens(self, rest: int, minute: int, closed: int) -> int:
        latest = -1
        for mask, ends in self.windows.values():
            if not closed & mask:
                continue
            ahead = sorted((end - minute - 1) % MINUTES_OF_DAY for end in ends)
            for one in ahead:
                if not rest & mask & self.minutes[(minute + 1 + one) % MINUTES_OF_DAY]:
                    break
            latest = max(latest, one)
        return (minute + 1 + latest) % MINUTES_OF_DAY


def _mask(bits: Iterable[bool]) -> int:
    return sum(1 << index for index, bit in enumerate(bits) if bit)
