"""Everything about one case that the gate must know, read once for all its contact points.

Persons: the debtor's points, and those of whoever guarantees the debt today. A guarantor's own point is reached as
guarantor; a third person stays one on either side.
"""

from collections.abc import Iterable
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
from jieqing.recovery.cases import selectors as cases
from jieqing.recovery.intake.selectors import known_debts
from jieqing.recovery.outreach.engine.gate_facts import (
    CaseStanding,
    SiteStanding,
    Staff,
    Tried,
    creditor_kind,
    debt_kind,
)
from jieqing.trust.compliance.engine.slots import Subject
from jieqing.trust.compliance.selectors import Touch, touches_of

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
    guarantors = _guarantors(case.debtor_id, at)
    facts = parties.contact_facts_of([case.debtor_id, *guarantors], at)
    people = {one: _as_guarantor(person, guarantors) for one, person in facts.items()}
    standing = _standing(case)
    owners = {person.party_id for person in people.values()}
    known = parties.party_identities({case.debtor_id, case.creditor_id, *owners})
    identities = parties.contact_identities(people, known=known)
    touches = touches_of([contact_of(point_id) for point_id in people], before=at)
    own = {
        contact_of(point_id)
        for point_id, person in people.items()
        if person.party_id == case.debtor_id and BelongsTo(person.role) in OBLIGED
    }
    points = {
        point_id: Asked(
            person=person,
            subject=Subject(
                person=identities[point_id].person,
                creditor=known[case.creditor_id],
                # All that one owes the other is one debt here: counted strictly, and the same at every site.
                debt=known[case.debtor_id],
                number=identities[point_id].number,
            ),
            tried=_tried(point_id, touches, own),
            party_id=person.party_id,
        )
        for point_id, person in people.items()
    }
    return Gathered(standing, _site(actor.own_site), staff_of(actor), points)


def contact_of(point_id: UUID) -> str:
    """How a permit names whom it is for: a plain id, nothing personal."""
    return f"claims.parties.point:{point_id}"


def staff_of(actor: Actor) -> Staff:
    """Clearances were resolved at the door, for today; a program or a robot has none and counts as nobody."""
    if actor.kind is not ActorKind.PERSON:
        return Staff(frozenset(), 0)
    return Staff(actor.clearances, 1)


def _guarantors(debtor_id: UUID, at: datetime) -> set[UUID]:
    """Who answers for the debtor at the moment; a guarantee period that is over makes a stranger again."""
    day = clock.today()
    return {
        row.guarantor_id
        for row in parties.guarantees_of(debtor_id)
        if row.debtor_id == debtor_id
        and row.ended_at is None
        and (row.until_on is None or row.until_on >= day)
        and row.recorded_at <= at
    }


def _as_guarantor(person: ContactFacts, guarantors: set[UUID]) -> ContactFacts:
    if person.party_id in guarantors and person.role == BelongsTo.DEBTOR:
        return replace(person, role=BelongsTo.GUARANTOR.value)
    return person


def _standing(case: Any) -> CaseStanding:
    stops = cases.contact_stops_of(case)
    debts = known_debts(stops.item_ids, today=stops.day)
    declared = [debt.facts for debt in debts.values()]
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
