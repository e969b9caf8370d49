"""How often: windows that slide over the timelines of a person with a creditor, of a number, and of a debt.

A day is the calendar day of the zone the person is in at the contact judged; earlier contacts count when they fall
into that day, also after the person moved. Everyone's contacts are in the same log, so sums over agencies need no rule
of their own: the key decides. What counts is what happened (a call was effective), so a dial that nobody answered
after the third conversation is no fourth conversation.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Hashable, Iterator
from datetime import datetime, timedelta

from jieqing_sendlog.contact import CONNECTED, INTERACTIVE, Seen
from jieqing_sendlog.finding import STRICT, TEXT
from jieqing_sendlog.hours import Told
from jieqing_sendlog.spans import during, start_of_day

WEEK = timedelta(days=7)
KEPT = timedelta(days=9)
EFFECTIVE_A_DAY = 3
NOTICES_A_DAY = 3
DIALS_A_DAY = 6
ROBOTS_A_WEEK = 3
US_CALLS_A_WEEK = 7


class Timelines:
    """Instants by key, the old ones forgotten as the sweep goes on."""

    def __init__(self) -> None:
        self._lines: dict[Hashable, deque[datetime]] = defaultdict(deque)

    def add(self, key: Hashable, at: datetime) -> None:
        line = self._lines[key]
        line.append(at)
        while line[0] < at - KEPT:
            line.popleft()

    def since(self, key: Hashable, begin: datetime) -> int:
        """How many at or after an instant."""
        line = self._lines.get(key)
        return sum(1 for at in line if at >= begin) if line else 0

    def after(self, key: Hashable, begin: datetime) -> int:
        """How many strictly after an instant."""
        line = self._lines.get(key)
        return sum(1 for at in line if at > begin) if line else 0


class Counts:
    """Daily caps of the mainland, the weekly robot cap, and the seven-in-seven of Regulation F."""

    def __init__(self) -> None:
        self.effective, self.notices = Timelines(), Timelines()
        self.dials, self.answered = Timelines(), Timelines()
        self.robots, self.us_calls, self.talks = Timelines(), Timelines(), Timelines()

    def look(self, seen: Seen) -> Iterator[Told]:
        if not seen.voice:
            return
        if seen.robot:
            before = self.robots.after(seen.contact.person, seen.at - WEEK)
            if before >= ROBOTS_A_WEEK:
                yield "HOUSE-ROBOT", TEXT, f"call {before + 1} in 7 days"
        if seen.law == "CN":
            yield from self._mainland(seen)
        elif seen.law == "US":
            yield from self._regulation_f(seen)

    def note(self, seen: Seen) -> None:
        contact = seen.contact
        if not seen.voice:
            return
        pair = (contact.person, seen.debt.creditor)
        connected = contact.outcome in CONNECTED
        self.dials.add(contact.point, seen.at)
        if connected:
            self.answered.add(contact.point, seen.at)
        if seen.robot:
            self.robots.add(contact.person, seen.at)
        if contact.channel in INTERACTIVE and contact.outcome == "effective":
            self.effective.add(pair, seen.at)
        if contact.channel == "voice_notice" and connected:
            self.notices.add(pair, seen.at)
        if seen.law == "US" and not _excluded(seen):
            self.us_calls.add(contact.debt, seen.at)

    def talked(self, seen: Seen) -> None:
        """A conversation, inbound ones too."""
        if seen.law == "US" and seen.contact.outcome == "effective" and seen.voice:
            self.talks.add(seen.contact.debt, seen.at)

    def _mainland(self, seen: Seen) -> Iterator[Told]:
        contact = seen.contact
        today = start_of_day(seen.local)
        pair = (contact.person, seen.debt.creditor)
        reading = TEXT if seen.consumer else STRICT
        if contact.channel in INTERACTIVE and contact.outcome == "effective":
            before = self.effective.since(pair, today)
            if before >= EFFECTIVE_A_DAY:
                yield "GBT-06", reading, f"effective call {before + 1} of the day"
        if contact.channel == "voice_notice" and contact.outcome in CONNECTED:
            before = self.notices.since(pair, today)
            if before >= NOTICES_A_DAY:
                yield "GBT-07", reading, f"connected notice {before + 1} of the day"
        before = self.dials.since(contact.point, today)
        if before >= DIALS_A_DAY:
            unanswered = contact.outcome not in CONNECTED and self.answered.since(contact.point, today) == 0
            yield "CBA-02", reading if unanswered else STRICT, f"dial {before + 1} of the day"

    def _regulation_f(self, seen: Seen) -> Iterator[Told]:
        week = start_of_day(seen.local, days_before=6)
        debt = seen.contact.debt
        if not _excluded(seen):
            by_days = self.us_calls.since(debt, week)
            by_hours = self.us_calls.after(debt, seen.at - WEEK)
            if by_days >= US_CALLS_A_WEEK:
                yield "US-01", TEXT, f"call {by_days + 1} in 7 days"
            elif by_hours >= US_CALLS_A_WEEK:
                yield "US-01", STRICT, f"call {by_hours + 1} in 168 hours"
            if self.talks.since(debt, week):
                yield "US-02", TEXT, "a conversation in the 6 days before or today"


def _excluded(seen: Seen) -> bool:
    """Calls that Regulation F leaves out of the count: by fresh consent, never connected, or to the lawyer."""
    contact = seen.contact
    if contact.outcome in ("busy", "invalid") or seen.role == "lawyer":
        return True
    return during(seen.register.consents.get((contact.person, contact.debt), ()), seen.at)
