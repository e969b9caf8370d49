"""May we at all: refusals, opt-outs, cease letters, holds, disputes, plans, capacity, and deliveries left uncertain.

All of it is asked at the instant of the contact: an opt-out one second earlier counts, one second later does not. What
was said in an earlier contact of the log itself ("do not call me with a machine") counts from the end of that contact.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from jieqing_sendlog.contact import DEBTORS, VOICE, Seen
from jieqing_sendlog.finding import STRICT, TEXT, Reading
from jieqing_sendlog.hours import Told
from jieqing_sendlog.spans import during

MESSAGES = frozenset({"sms", "email", "im"})
PURSUIT = frozenset({"plan_offer", "locate", "pass_message"})
# What a written cease still lets through: that we stop, or a notice of a remedy.
AFTER_CEASE = frozenset({"legal_notice"})


class Standing:
    """Remembers refusals heard in the log and deliveries nobody has cleared up."""

    def __init__(self) -> None:
        self.stopped: dict[tuple[str, str], datetime] = {}
        self.uncertain: dict[str, list[datetime | None]] = defaultdict(list)

    def look(self, seen: Seen) -> Iterator[Told]:
        yield from self._refusals(seen)
        yield from self._pauses(seen)
        yield from self._capacity(seen)
        open_ends = self.uncertain.get(seen.contact.person)
        if open_ends and any(end is None or seen.at < end for end in open_ends):
            yield "HOUSE-UNCERTAIN", TEXT, "an earlier delivery is not cleared up"

    def note(self, seen: Seen) -> None:
        contact = seen.contact
        if contact.outcome == "unknown":
            self.uncertain[contact.person].append(contact.resolved_at)
        self.hear(seen)

    def hear(self, seen: Seen) -> None:
        """A no to machines or messages, also as the person's own reply."""
        contact = seen.contact
        if not contact.refused:
            return
        what = "robot" if seen.robot else contact.channel
        if what == "robot" or what in MESSAGES:
            key = (contact.person, what)
            self.stopped[key] = min(contact.done_at, self.stopped.get(key, contact.done_at))

    def _stopped(self, seen: Seen, what: str) -> bool:
        since = self.stopped.get((seen.contact.person, what))
        return since is not None and since <= seen.at

    def _refusals(self, seen: Seen) -> Iterator[Told]:
        contact, register = seen.contact, seen.register
        if contact.person in register.refusals or (contact.person, contact.channel) in self.stopped:
            channels = {refusal.channel for refusal in register.refused(contact.person, "channel", seen.at)}
            if contact.channel in channels or self._stopped(seen, contact.channel):
                yield (
                    {"US": "US-09", "CN": "AI-07"}.get(seen.law, "UK-04"),
                    _opt_out_reading(seen),
                    contact.channel,
                )
        if seen.robot and (
            register.refused(contact.person, "robot", seen.at) or self._stopped(seen, "robot")
        ):
            yield "AI-05", TEXT, "a robot after a refusal"
        if seen.law == "US" and contact.purpose not in AFTER_CEASE:
            for refusal in register.refused(contact.person, "cease", seen.at):
                yield "US-06", TEXT if refusal.debt in (None, contact.debt) else STRICT, contact.purpose
        if seen.site.kind == "mediation":
            for person in {contact.person, seen.debt.debtor}:
                if register.refused(person, "mediation", seen.at):
                    yield "MED-03", TEXT, "mediation was refused"

    def _pauses(self, seen: Seen) -> Iterator[Told]:
        contact, debt = seen.contact, seen.debt
        holds = seen.register.holds_on(contact.debt, debt.debtor, seen.at)
        # What a mediator says of a dispute is no pursuit, as long as it asks for no money.
        pursuit = seen.collects or (contact.purpose in PURSUIT and seen.site.kind != "mediation")
        sure = TEXT if seen.collects else STRICT
        if pursuit and (during(debt.disputes, seen.at) or "dispute" in holds):
            yield {"US": "US-11", "UK": "UK-05"}.get(seen.law, "COMP-05"), sure, "a dispute is open"
        if pursuit and (during(debt.complaints, seen.at) or "complaint" in holds):
            # A promise of the platform, made from rows about disputes; outside the mainland it is the stricter reading.
            yield "COMP-05", sure if seen.law == "CN" else STRICT, "a complaint is open"
            if debt.kind == "internet_loan" and seen.site.kind in ("outsourcing", "amc"):
                yield "INET-01", STRICT, "a complaint is open"
        if seen.collects:
            for hold in sorted(holds - {"dispute", "complaint"}):
                row = _row_of_hold(hold, seen.law)
                yield row, STRICT if row == "HOUSE-HOLD" or seen.role == "guarantor" else TEXT, hold
        if seen.law == "CN" and pursuit and contact.purpose != "plan_offer" and during(debt.plans, seen.at):
            yield "CARD-04", TEXT if seen.collects and debt.kind == "card" else STRICT, "a plan runs"

    def _capacity(self, seen: Seen) -> Iterator[Told]:
        asks = seen.collects or seen.contact.purpose == "plan_offer"
        if seen.role in DEBTORS and asks:
            if during(seen.reached.deceased, seen.at):
                yield "GBT-02" if seen.law == "CN" else "HOUSE-HOLD", STRICT, "the person is dead"
            if during(seen.reached.minor, seen.at) or during(seen.reached.incapacitated, seen.at):
                yield "UK-04" if seen.law == "UK" else "PI-06", STRICT, "a minor or incapable person"
        if seen.law == "US" and seen.role == "debtor" and during(seen.reached.represented, seen.at):
            yield "US-05", TEXT, "the person has a lawyer"


def _row_of_hold(hold: str, law: str) -> str:
    if law == "US":
        return "US-05" if hold == "represented" else "HOUSE-HOLD"
    if law == "UK":
        return {"hardship": "UK-03", "legal_stay": "UK-06", "insolvency": "UK-06", "stale_data": "UK-04"}.get(
            hold, "HOUSE-HOLD"
        )
    return "HOUSE-HOLD"


def _opt_out_reading(seen: Seen) -> Reading:
    if seen.law == "UK":
        return STRICT
    return STRICT if seen.law == "CN" and seen.contact.channel not in MESSAGES | VOICE else TEXT
