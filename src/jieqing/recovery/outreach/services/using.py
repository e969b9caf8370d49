"""What a channel may do with a permit: look ahead with the very words, use it once, say what became of it.

A channel has no other way to the gate. The preview judges the composed content, not a careful opening, so that the page says
before the button what the button would answer.
"""

from uuid import UUID

from jieqing.claims.parties.engine.choices import Channel
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.recovery.outreach.engine.contact_verdict import ContactVerdict, told
from jieqing.recovery.outreach.engine.contents import Content
from jieqing.recovery.outreach.engine.purposes import Purpose
from jieqing.recovery.outreach.engine.spoken import Wording
from jieqing.recovery.outreach.selectors.gathering import contact_of
from jieqing.recovery.outreach.services.requesting import state_contact
from jieqing.recovery.outreach.services.speaking import words_for
from jieqing.trust.compliance import services as gate
from jieqing.trust.compliance.engine.permits import Permit
from jieqing.trust.compliance.engine.slots import Outcome


def preview_contact(
    *,
    actor: Actor,
    case: UUID,
    point: UUID,
    channel: Channel,
    purpose: Purpose,
    content: Content,
    wording: Wording,
) -> ContactVerdict | Problem:
    """What `request_permit` would answer now for these words; asks no slot and leaves no entry."""
    said = words_for(wording, content, channel, purpose, actor=actor, case=case)
    if is_problem(said):
        return said
    asked = state_contact(
        actor=actor, case=case, point=point, channel=channel, purpose=purpose, content=said.content
    )
    if is_problem(asked):
        return asked
    (verdict,) = gate.preview([(asked.subject, asked.facts)], site_id=actor.own_site)
    return told(verdict, clock.now())


def use_permit(*, actor: Actor, permit: Permit, channel: Channel, point: UUID) -> None | Problem:
    """Use a permit; commit, then make the contact. A second use, another point or a late one is refused."""
    return gate.redeem(actor=actor, permit=permit, channel=channel.value, contact=contact_of(point))


def settle_contact(*, actor: Actor, permit_id: UUID, outcome: Outcome) -> None | Problem:
    """Say what became of a used permit. Until then its outcome is uncertain, which closes the debtor's points."""
    return gate.settle(actor=actor, permit_id=permit_id, outcome=outcome)
