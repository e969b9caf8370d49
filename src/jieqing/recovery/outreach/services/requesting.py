"""Asking for leave to contact somebody: the one place that builds the gate's facts (held by the contract "permits").

The caller says what it wants and what would be said; whom, where, when, how often, by whom and on whose order is read from
rows. So nobody can forge a fact, and a missing one denies. The verdict, its reasons and its evidence are the gate's; a
denial leaves them as a permit does. Nothing is sent here: a permit lives two minutes and an adapter redeems it.

Refuses, as a Problem: another site's case or point (as if it were not there), a point that is nobody's of the case, a
channel that does not lead to the point, an approval by the one who asks.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from jieqing.claims.parties import access as parties
from jieqing.claims.parties.engine.choices import CHANNELS_OF, Channel
from jieqing.claims.parties.engine.contact_points import PointKind
from jieqing.estate.accounts.engine.roles import allows
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.recovery.cases import access as cases
from jieqing.recovery.outreach.engine.contents import Content
from jieqing.recovery.outreach.engine.gate_facts import Wish, gate_facts
from jieqing.recovery.outreach.engine.purposes import Purpose
from jieqing.recovery.outreach.problems import APPROVER_REFUSED, POINT_ELSEWHERE, POINT_GONE, WRONG_CHANNEL
from jieqing.recovery.outreach.selectors.gathering import contact_of, gather
from jieqing.trust.compliance import services as gate
from jieqing.trust.compliance.engine.permits import Permit

APPROVES = "cases.assign"


@dataclass(frozen=True, slots=True)
class Approved:
    """Who said yes where a rule asks for a second person, and why."""

    by: Actor
    reason: str


def request_permit(
    *,
    actor: Actor,
    case: UUID,
    point: UUID,
    channel: Channel,
    purpose: Purpose,
    content: Content,
    approved: Approved | None = None,
) -> Permit | gate.Refused | Problem:
    """Return a permit for one contact, or the refusal with every reason. Call inside the site's scope, commit before contacting."""
    found = cases.case_by_id(actor, case)
    if is_problem(found):
        return found
    reached = parties.point_by_id(actor, point)
    if is_problem(reached):
        return reached
    if channel is not Channel.PORTAL and channel not in CHANNELS_OF[PointKind(reached.kind)]:
        return Problem.of(WRONG_CHANNEL, channel=channel.value)
    if approved is not None and (
        approved.by.id == actor.id
        or approved.by.site_id != actor.own_site
        or not approved.reason.strip()
        or not allows(approved.by.roles, APPROVES)
    ):
        return Problem.of(APPROVER_REFUSED)
    with transaction.atomic():
        at = clock.now()
        known = gather(actor=actor, case=found, at=at)
        asked = known.points.get(point)
        if asked is None:
            is_of_case = reached.party_id == found.debtor_id
            return Problem.of(POINT_GONE if is_of_case else POINT_ELSEWHERE)
        wish = Wish(channel.value, purpose.value, content)
        return gate.mint(
            actor=actor,
            subject=asked.subject,
            contact=contact_of(point),
            facts=gate_facts(wish, asked.person, known.case, known.site, known.staff, asked.tried),
            approval=gate.Approval(approved.by.id, approved.reason.strip()) if approved else None,
            chain=found.id,
        )
