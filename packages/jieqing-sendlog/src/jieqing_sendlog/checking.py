"""The sweep: contacts in the order of their instants past a row of watches, each with its own memory.

A watch first looks at a contact in the light of what came before, then notes it. Inbound contacts are only heard: a
person may call whenever they like, but a conversation and a no count. ``Checker`` can also be asked about a contact that was
not made (``look`` without ``note``); the log alone decides what is remembered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jieqing_sendlog.contact import Contact, Seen
from jieqing_sendlog.counts import Counts
from jieqing_sendlog.finding import Finding
from jieqing_sendlog.first_notice import FirstNotices
from jieqing_sendlog.hours import Hours
from jieqing_sendlog.makers import Makers
from jieqing_sendlog.register import Register
from jieqing_sendlog.standing import Standing
from jieqing_sendlog.third_persons import ThirdPersons


class Checker:
    """One sweep over one log."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.counts = Counts()
        self.third_persons, self.standing = ThirdPersons(), Standing()
        self.watches = (Hours(), self.counts, self.third_persons, self.standing, Makers())
        self.notices = FirstNotices()

    def look(self, contact: Contact) -> list[Finding]:
        """What is wrong with this contact, given those noted so far."""
        return self._look(Seen.of(contact, self.register))

    def note(self, contact: Contact) -> None:
        """Remember a contact that was made."""
        self._note(Seen.of(contact, self.register))

    def take(self, contact: Contact) -> list[Finding]:
        """Look, then note: one step of the sweep."""
        seen = Seen.of(contact, self.register)
        found = self._look(seen) if contact.direction == "out" else []
        self._note(seen)
        return found

    def _look(self, seen: Seen) -> list[Finding]:
        return [
            Finding(seen.contact.id, seen.at, row, reading, detail)
            for watch in self.watches
            for row, reading, detail in watch.look(seen)
        ]

    def _note(self, seen: Seen) -> None:
        self.counts.talked(seen)
        if seen.contact.direction == "in":
            self.third_persons.hear(seen)
            self.standing.hear(seen)
            return
        for watch in self.watches:
            watch.note(seen)
        self.notices.note(seen)


def check(contacts: Iterable[Contact], register: Register) -> Iterator[Finding]:
    """All violations of a log, in the order of time; the forward-looking ones last."""
    checker = Checker(register)
    for contact in sorted(contacts, key=lambda contact: contact.at):
        yield from checker.take(contact)
    yield from checker.notices.finish()
