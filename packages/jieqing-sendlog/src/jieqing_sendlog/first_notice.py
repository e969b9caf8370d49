"""The validation notice of Regulation F: in the first message about a debt, or within five days of it.

The only check that has to look forward, so it speaks when the sweep is over; a log that ends within the five days is
given the benefit of the days still to come.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from jieqing_sendlog.contact import DEBTORS, Seen
from jieqing_sendlog.finding import TEXT, Finding

DAYS = timedelta(days=5)


class FirstNotices:
    """First contact and first notice of each debt under Regulation F."""

    def __init__(self) -> None:
        self.first: dict[str, tuple[str, datetime, datetime | None]] = {}
        self.noticed: dict[str, datetime] = {}
        self.last: datetime | None = None

    def note(self, seen: Seen) -> None:
        self.last = seen.at
        if seen.law != "US" or seen.role not in DEBTORS:
            return
        contact = seen.contact
        self.first.setdefault(contact.debt, (contact.id, seen.at, seen.debt.validation_notice_at))
        if contact.validation_notice:
            self.noticed.setdefault(contact.debt, seen.at)

    def finish(self) -> Iterator[Finding]:
        for debt, (contact, at, registered) in self.first.items():
            sent = [when for when in (registered, self.noticed.get(debt)) if when is not None]
            due = at + DAYS
            if (sent and min(sent) <= due) or (not sent and self.last is not None and self.last <= due):
                continue
            yield Finding(contact, at, "US-10", TEXT, "no validation notice within 5 days")
