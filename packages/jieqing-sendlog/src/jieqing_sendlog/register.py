"""Standing facts over time, as a supervisor would ask for them: who is who, since when, and until when.

The register knows nothing of contacts. A person's role in a debt is a stretch of time, not a word on the contact: a log
that calls a neighbour a debtor changes nothing here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from jieqing_sendlog.spans import Spans, during

Window = tuple[time, time]


@dataclass(slots=True)
class Person:
    """A person reached or owing; zones from earliest to latest."""

    id: str
    zones: tuple[tuple[datetime | None, str], ...]
    natural: bool = True
    deceased: Spans = ()
    minor: Spans = ()
    incapacitated: Spans = ()
    represented: Spans = ()

    def zone_at(self, at: datetime) -> str:
        found = self.zones[0][1]
        for since, zone in self.zones:
            if since is None or since <= at:
                found = zone
        return found


@dataclass(slots=True)
class Point:
    """A number or an address, by its digest; several people may share one."""

    persons: frozenset[str]
    kind: str
    work: bool = False
    valid: Spans = ((None, None),)
    confirmed: tuple[datetime, ...] = ()


@dataclass(slots=True)
class Debt:
    """One debt with the people around it."""

    creditor: str
    kind: str
    jurisdiction: str
    debtor: str
    roles: tuple[tuple[str, str, Spans], ...] = ()
    time_barred: Spans = ()
    plans: Spans = ()
    disputes: Spans = ()
    complaints: Spans = ()
    validation_notice_at: datetime | None = None

    def role_of(self, person: str, at: datetime) -> str:
        if person == self.debtor:
            return "debtor"
        for who, role, spans in self.roles:
            if who == person and during(spans, at):
                return role
        return "unrelated"


@dataclass(slots=True)
class Site:
    """A site or agency."""

    kind: str
    live: Spans = ()
    filing: Spans = ()
    caller_ids: frozenset[str] | None = None


@dataclass(slots=True)
class Employee:
    """Somebody who contacts people."""

    site: str
    clearances: dict[str, Spans]
    lawyer: Spans = ()


@dataclass(slots=True)
class Content:
    """A script or letter as filed."""

    text: str = ""
    approved: Spans = ()
    elements: frozenset[str] = frozenset()


@dataclass(slots=True)
class Refusal:
    """Somebody said no. ``kind``: contact, cease, robot, channel, mediation."""

    kind: str
    person: str
    spans: Spans
    debt: str | None = None
    channel: str | None = None
    point: str | None = None


@dataclass(slots=True)
class Hold:
    """A stop on a person or on a debt."""

    kind: str
    spans: Spans
    person: str | None = None
    debt: str | None = None


@dataclass(slots=True)
class Agreement:
    """Hours a person agreed to, with one creditor or with all."""

    spans: Spans
    hours: tuple[Window, ...]
    creditor: str | None = None


@dataclass(slots=True)
class Register:
    """All of it, indexed for looking up."""

    persons: dict[str, Person]
    points: dict[str, Point]
    creditors: dict[str, str]
    debts: dict[str, Debt]
    sites: dict[str, Site]
    staff: dict[str, Employee]
    contents: dict[str, Content]
    placements: dict[str, list[tuple[str, Spans]]]
    refusals: dict[str, list[Refusal]]
    person_holds: dict[str, list[Hold]]
    debt_holds: dict[str, list[Hold]]
    agreements: dict[str, list[Agreement]]
    consents: dict[tuple[str, str], Spans]
    points_of: dict[str, list[Point]]

    def agreed_hours(self, person: str, creditor: str, at: datetime) -> list[Window] | None:
        """The windows agreed with this creditor at this instant; None when nothing is agreed."""
        windows: list[Window] = []
        agreed = False
        for agreement in self.agreements.get(person, ()):
            if agreement.creditor in (None, creditor) and during(agreement.spans, at):
                agreed = True
                windows.extend(agreement.hours)
        return windows if agreed else None

    def holds_on(self, debt_id: str, debtor: str, at: datetime) -> set[str]:
        holds = [*self.person_holds.get(debtor, ()), *self.debt_holds.get(debt_id, ())]
        return {hold.kind for hold in holds if during(hold.spans, at)}

    def refused(self, person: str, kind: str, at: datetime) -> list[Refusal]:
        return [
            refusal
            for refusal in self.refusals.get(person, ())
            if refusal.kind == kind and during(refusal.spans, at)
        ]
