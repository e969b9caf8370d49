"""Asking for leave to contact somebody: the one place that builds the gate's facts (held by the contract "permits").

The caller says what it wants and what would be said; whom, where, when, how often, by whom and on whose order is read from
rows. So nobody can forge a fact, and a missing one denies. The verdict, its reasons and its evidence are the gate's; a
denial leaves them as a permit does. Nothing is sent here: a permit lives two minutes and an adapter redeems it.

Refuses, as a Problem: another site's case or point (as if it were not there), a point that is nobody's of the case, a
channel that does not lead to the point, an approval by the one who asks, a companion who is no colleague.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from jieqing.claims.parties import access as parties
from jieqing.claims.parties.engine.choices import CHANNELS_OF, Channel
from jieqing.claims.parties.engine.contact_points import PointKind
from jieqing.estate.accounts.engine.roles import allows
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import JSON, Problem, is_problem
from jieqing.recovery.cases import access as cases
from jieqing.recovery.outreach.engine.contents import Content
from jieqing.recovery.outreach.engine.gate_facts import Wish, gate_facts
from jieqing.recovery.outreach.engine.purposes import Purpose
from jieqing.recovery.outreach.engine.spoken import Wording
from jieqing.recovery.outreach.problems import APPROVER_REFUSED, POINT_ELSEWHERE, POINT_GONE, WRONG_CHANNEL
from jieqing.recovery.outreach.selectors.gathering import contact_of, gather
from jieqing.recovery.outreach.services.companions import staff_for
from jieqing.recovery.outreach.services.speaking import count_stopped, count_use, words_for
from jieqing.trust.compliance import services as gate
from jieqing.trust.compliance.engine.permits import Permit
from jieqing.trust.compliance.engine.slots import Subject
from jieqing.trust.evidence import services as evidence

APPROVES = "cases.assign"


@dataclass(frozen=True, slots=True)
class Approved:
    """Who said yes where a rule asks for a second person, and why."""

    by: Actor
    reason: str


@dataclass(frozen=True, slots=True)
class Stated:
    """One contact as the gate is asked about it."""

    case: Any
    subject: Subject
    facts: dict[str, JSON]


def request_permit(
    *,
    actor: Actor,
    case: UUID,
    point: UUID,
    channel: Channel,
    purpose: Purpose,
    content: Content,
    approved: Approved | None = None,
    companion: UUID | None = None,
    wording: Wording | None = None,
) -> Permit | gate.Refused | Problem:
    """Return a permit for one contact, or the refusal with every reason. Call inside the site's scope, commit before contacting.

    With ``wording`` the content is what the filed script says, and a permit counts as its use.
    """
    if approved is not None and not _may_approve(actor, approved):
        return Problem.of(APPROVER_REFUSED)
    with transaction.atomic():
        said = words_for(wording, content, channel, purpose, actor=actor, case=case) if wording else None
        if is_problem(said):
            return said
        asked = state_contact(
            actor=actor,
            case=case,
            point=point,
            channel=channel,
            purpose=purpose,
            content=said.content if said else content,
            companion=companion,
        )
        if is_problem(asked):
            return asked
        found = gate.mint(
            actor=actor,
            subject=asked.subject,
            contact=contact_of(point),
            facts=asked.facts,
            approval=gate.Approval(approved.by.id, approved.reason.strip()) if approved else None,
            chain=asked.case.id,
        )
        if companion is not None and not is_problem(found):
            _name_companion(actor, found, companion, asked.case.id)
        if said and isinstance(found, Permit):
            count_use(
                actor=actor, permit=found, said=said, channel=channel, purpose=purpose, case_id=asked.case.id
            )
        elif said and not is_problem(found):
            count_stopped(actor=actor, said=said, case_id=asked.case.id)
        return found


def state_contact(
    *,
    actor: Actor,
    case: UUID,
    point: UUID,
    channel: Channel,
    purpose: Purpose,
    content: Content,
    companion: UUID | None = None,
) -> Stated | Problem:
    """The facts of a contact as they stand now, read from the rows; or why it cannot be asked about."""
    found = cases.case_by_id(actor, case)
    if is_problem(found):
        return found
    reached = parties.point_by_id(actor, point)
    if is_problem(reached):
        return reached
    if channel is not Channel.PORTAL and channel not in CHANNELS_OF[PointKind(reached.kind)]:
        return Problem.of(WRONG_CHANNEL, channel=channel.value)
    staff = staff_for(actor, channel, companion)
    if is_problem(staff):
        return staff
    known = gather(actor=actor, case=found, at=clock.now())
    asked = known.points.get(point)
    if asked is None:
        is_of_case = reached.party_id == found.debtor_id
        return Problem.of(POINT_GONE if is_of_case else POINT_ELSEWHERE)
    wish = Wish(channel.value, purpose.value, content)
    facts = gate_facts(wish, asked.person, known.case, known.site, staff, asked.tried)
    return Stated(found, asked.subject, facts)


def _may_approve(actor: Actor, approved: Approved) -> bool:
    return (
        approved.by.id != actor.id
        and approved.by.site_id == actor.own_site
        and bool(approved.reason.strip())
        and allows(approved.by.roles, APPROVES)
    )


def _name_companion(actor: Actor, found: Permit | gate.Refused, companion: UUID, case_id: UUID) -> None:
    """Who else would go stands in evidence beside the verdict that counted them."""
    evidence.record(
        actor=actor,
        action="recovery.outreach.companion_named",
        subject=f"trust.compliance.decision:{found.decision_id}",
        facts={"companion": str(companion)},
        chain=case_id,
    )
