"""Who: third persons only when the debtor cannot be reached, only to find the debtor, never again after a no.

Whether the debtor could be reached is read off the debtor's own timeline with this creditor: the last three contacts
all failed, or every number the register knows is dead. A delivered text ends a row of failures, and so does an
outcome nobody knows: neither is a failure.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator

from jieqing_sendlog.contact import DEBTORS, FAILED, Seen
from jieqing_sendlog.finding import STRICT, TEXT, Reading
from jieqing_sendlog.hours import Told
from jieqing_sendlog.spans import during

FAILURES = 3
ALLOWED = frozenset({"locate", "pass_message"})
# Sealed or behind a sign-in: the person is known by the address.
KNOWN_BY_ADDRESS = frozenset({"letter", "portal"})


class ThirdPersons:
    """Remembers the debtor's last outcomes, the refusals heard, and whom Regulation F's one enquiry has reached."""

    def __init__(self) -> None:
        self.last: dict[tuple[str, str], deque[str]] = defaultdict(lambda: deque(maxlen=FAILURES))
        self.no: set[tuple[str, str]] = set()
        self.asked: set[tuple[str, str]] = set()

    def look(self, seen: Seen) -> Iterator[Told]:
        if seen.third:
            if seen.law == "CN":
                yield from self._mainland(seen)
            elif seen.law == "US":
                yield from self._location_enquiry(seen)
            elif seen.contact.discloses_debt or seen.collects:
                yield "UK-04", STRICT, f"to a third person ({seen.role})"
        elif seen.role in DEBTORS:
            yield from self._unverified(seen)

    def note(self, seen: Seen) -> None:
        contact = seen.contact
        if contact.person == seen.debt.debtor:
            self.last[(contact.person, seen.debt.creditor)].append(contact.outcome)
        if seen.third:
            self.asked.add((contact.person, contact.debt))
        self.hear(seen)

    def hear(self, seen: Seen) -> None:
        """A no, also when the person called to say it."""
        contact = seen.contact
        if seen.third and contact.refused:
            self.no.add((contact.point, contact.debt))
            self.no.add((contact.person, contact.debt))

    def unreachable(self, seen: Seen) -> bool:
        debtor = seen.debt.debtor
        last = self.last.get((debtor, seen.debt.creditor), ())
        if len(last) == FAILURES and all(outcome in FAILED for outcome in last):
            return True
        phones = [point for point in seen.register.points_of.get(debtor, ()) if point.kind == "phone"]
        if phones and not any(during(point.valid, seen.at) for point in phones):
            return True
        return during(seen.debtor.deceased, seen.at) or during(seen.debtor.incapacitated, seen.at)

    def _mainland(self, seen: Seen) -> Iterator[Told]:
        contact, reading = seen.contact, _reading(seen)
        if seen.collects or contact.purpose in ("plan_offer", "legal_notice"):
            # A demand is collecting; an offer or a notice to somebody without the duty is so by the stricter reading.
            sure = reading if seen.collects else STRICT
            yield "GBT-01", sure, f"{contact.purpose} to {seen.role}"
            yield _own_row(seen), sure, f"{contact.purpose} to {seen.role}"
        if contact.purpose not in ALLOWED:
            yield "CBA-04", reading, f"{contact.purpose} to {seen.role}"
        if contact.discloses_debt:
            yield "GBT-04", reading, f"to {seen.role}"
        if not self.unreachable(seen):
            yield "GBT-02", reading, f"{seen.role} while the debtor can be reached"
            yield "CBA-03", reading, f"{seen.role} while the debtor can be reached"
        if seen.role == "unrelated" and seen.creditor_kind == "consumer_finance":
            yield "CFC-01", TEXT, "unrelated person"
        if self._said_no(seen):
            yield "GBT-03", reading, "after a refusal"

    def _said_no(self, seen: Seen) -> bool:
        contact = seen.contact
        if (contact.point, contact.debt) in self.no or (contact.person, contact.debt) in self.no:
            return True
        # For ever: an end written into the register does not lift it.
        return any(
            refusal.kind == "contact"
            and refusal.debt in (None, contact.debt)
            and (refusal.spans[0][0] is None or refusal.spans[0][0] <= seen.at)
            for refusal in seen.register.refusals.get(contact.person, ())
        )

    def _location_enquiry(self, seen: Seen) -> Iterator[Told]:
        contact = seen.contact
        if contact.purpose != "locate" or seen.collects:
            yield "US-07", TEXT, f"{contact.purpose} to {seen.role}"
        if contact.discloses_debt:
            yield "US-07", TEXT, f"debt named to {seen.role}"
        if (contact.person, contact.debt) in self.asked:
            yield "US-07", TEXT, "asked a second time"

    def _unverified(self, seen: Seen) -> Iterator[Told]:
        contact = seen.contact
        if not contact.discloses_debt:
            return
        row = {"CN": "GBT-04", "US": "US-07"}.get(seen.law, "UK-04")
        point = seen.register.points.get(contact.point)
        if point is not None and contact.person not in point.persons:
            yield row, STRICT, "the number belongs to somebody else"
        elif not contact.identity_verified and contact.channel not in KNOWN_BY_ADDRESS:
            yield row, STRICT, "the debt named before the person was verified"


def _reading(seen: Seen) -> Reading:
    return TEXT if seen.consumer else STRICT


def _own_row(seen: Seen) -> str:
    if seen.debt.kind == "card":
        return "CARD-01"
    if seen.debt.kind == "small_loan" or seen.creditor_kind == "small_loan":
        return "MLC-01"
    return "PI-01"
