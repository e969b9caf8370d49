"""Everything about a case that the gate must know, read once for all its contact points; or for a page of cases at once.

Persons: the debtor's points, and those of whoever guarantees the debt today. A guarantor's own point is reached as
guarantor; a third person stays one on either side.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from jieqing.claims.parties import selectors as parties
from jieqing.claims.parties.engine.contact_points import OBLIGED, BelongsTo
from jieqing.claims.parties.engine.facts import ContactFacts
from jieqing.claims.parties.engine.names import PartyKind
from jieqing.estate.sites.selectors import site_facts
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor, ActorKind
from jieqing.recovery.cases import selectors as cases_room
from jieqing.recovery.cases.selectors import ContactStops
from jieqing.recovery.intake.selectors import KnownDebt, known_debts
from jieqing.recovery.outreach.engine.gate_facts import (
    CaseStanding,
    SiteStanding,
    Staff,
    Tried,
    creditor_kind,
    debt_kind,
)
from jieqing.trust.compliance.engine.slots import Subject
from jieqing.trust.compliance.selectors import TOUCHES_MAX, Touch, touches_of

INSTALMENTS_OF_A_PLAN = 2


@dataclass(frozen=True, slots=True)
class Asked:
    """One point of a case with all that is known about reaching it."""

    person: ContactFacts
    subject: Subject
    tried: tuple[Tried, ...]
    party_id: UUID


@dataclass(frozen=True, slots=True)
class Gathered:
    """A case's own standing and its points."""

    case: CaseStanding
    site: SiteStanding
    staff: Staff
    points: dict[UUID, Asked]


def gather(*, actor: Actor, case: Any, at: datetime) -> Gathered:
    """Read a case that was opened through its door. A fixed number of statements, however many points."""
    return gather_many(actor=actor, cases=[case], at=at)[case.id]


def gather_many(*, actor: Actor, cases: Sequence[Any], at: datetime) -> dict[UUID, Gathered]:
    """The same for a page of cases, in as many statements as for one. ``debtor`` and ``creditor`` are read with each."""
    if not cases:
        return {}
    answering = _guarantors([case.debtor_id for case in cases], at)
    everyone = {case.debtor_id for case in cases}.union(*answering.values())
    facts = parties.contact_facts_of(everyone, at)
    known = parties.party_identities(everyone | {case.creditor_id for case in cases})
    identities = parties.contact_identities(facts, known=known)
    contacts = [contact_of(point_id) for point_id in facts]
    touches = touches_of(contacts, before=at, limit=TOUCHES_MAX * len(cases))
    standings, site, staff = _standings(cases), _site(actor.own_site), staff_of(actor)
    of_party: dict[UUID, list[ContactFacts]] = {}
    for person in facts.values():
        of_party.setdefault(person.party_id, []).append(person)
    found = {}
    for case in cases:
        guarantors = answering.get(case.debtor_id, set())
        people = [
            _as_guarantor(person, guarantors)
            for party_id in (case.debtor_id, *sorted(guarantors))
            for person in of_party.get(party_id, ())
        ]
        points = _points(case, people, known, identities, touches)
        found[case.id] = Gathered(standings[case.id], site, staff, points)
    return found


def _points(
    case: Any,
    people: list[ContactFacts],
    known: Mapping[UUID, str],
    identities: Mapping[UUID, parties.ContactIdentity],
    touches: list[Touch],
) -> dict[UUID, Asked]:
    own = {
        contact_of(person.point_id)
        for person in people
        if person.party_id == case.debtor_id and BelongsTo(person.role) in OBLIGED
    }
    return {
        person.point_id: Asked(
            person=person,
            subject=Subject(
                person=identities[person.point_id].person,
                creditor=known[case.creditor_id],
                # All that one owes the other is one debt here: counted strictly, and the same at every site.
                debt=known[case.debtor_id],
                number=identities[person.point_id].number,
            ),
            tried=_tried(person.point_id, touches, own),
            party_id=person.party_id,
        )
        for person in people
    }


def contact_of(point_id: UUID) -> str:
    """How a permit names whom it is for: a plain id, nothing personal."""
    return f"claims.parties.point:{point_id}"


def staff_of(actor: Actor) -> Staff:
    """Clearances were resolved at the door, for today; a program or a robot has none and counts as nobody."""
    if actor.kind is not ActorKind.PERSON:
        return Staff(frozenset(), 0)
    return Staff(actor.clearances, 1)


def _guarantors(debtor_ids: Iterable[UUID], at: datetime) -> dict[UUID, set[UUID]]:
    """Who answers for each debtor at the moment; a guarantee period that is over makes a stranger again."""
    day = clock.today()
    return {
        debtor_id: {
            row.guarantor_id
            for row in rows
            if row.ended_at is None
            and (row.until_on is None or row.until_on >= day)
            and row.recorded_at <= at
        }
        for debtor_id, rows in parties.guarantees_for(debtor_ids).items()
    }


def _as_guarantor(person: ContactFacts, guarantors: set[UUID]) -> ContactFacts:
    if person.party_id in guarantors and person.role == BelongsTo.DEBTOR:
        return replace(person, role=BelongsTo.GUARANTOR.value)
    return person


def _standings(many: Sequence[Any]) -> dict[UUID, CaseStanding]:
    stops = cases_room.contact_stops_of_many([case.id for case in many])
    wanted = {item_id for one in stops.values() for item_id in one.item_ids}
    debts = known_debts(wanted, today=next(iter(stops.values())).day)
    return {case.id: _standing(case, stops[case.id], debts) for case in many}


def _standing(case: Any, stops: ContactStops, debts: Mapping[UUID, KnownDebt]) -> CaseStanding:
    declared = [debts[item_id].facts for item_id in stops.item_ids if item_id in debts]
    is_company = case.debtor.kind == PartyKind.COMPANY.value
    told = _one(facts.get("debt_kind") for facts in declared)
    lender = _one(facts.get("creditor_kind") for facts in declared)
    return CaseStanding(
        case_id=case.id,
        creditor_id=case.creditor_id,
        debtor_id=case.debtor_id,
        placement_active=case.state == "open"
        and bool(stops.item_ids)
        and all(
            item_id in debts and debts[item_id].placement_id == case.placement_id
            for item_id in stops.item_ids
        ),
        holds=stops.hold_kinds | frozenset(case.hold_kinds),
        dispute_open=stops.is_disputed,
        complaint_open=stops.is_complained,
        plan_active=any(length >= INSTALMENTS_OF_A_PLAN for length in stops.instalments),
        time_barred=_any_barred(declared, len(stops.item_ids)),
        debt_kind=debt_kind(told, debtor_is_company=is_company),
        creditor_kind=creditor_kind(lender, case.creditor.kind),
    )


def _one(values: Iterable[object]) -> str | None:
    """What all debts of a case agree on; several kinds in one case are nobody's word."""
    found = {str(value) if value is not None else None for value in values}
    return found.pop() if len(found) == 1 else None


def _any_barred(declared: list[Any], items: int) -> bool | None:
    barred = [facts.get("time_barred") for facts in declared]
    if any(one is True for one in barred):
        return True
    return None if not barred or len(barred) < items or None in barred else False


def _tried(point_id: UUID, touches: list[Touch], own: set[str]) -> tuple[Tried, ...]:
    """The tries of this point and of the debtor's own, newest first."""
    here = contact_of(point_id)
    return tuple(
        Tried(touch.at, touch.contact in own, touch.contact == here, touch.outcome)
        for touch in touches
        if touch.contact == here or touch.contact in own
    )


def _site(site_id: UUID) -> SiteStanding:
    found = site_facts(site_id)
    return SiteStanding(live=found.live and found.agreement, filing_valid=found.filing_valid, kind=found.kind)
