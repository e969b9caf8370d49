"""What a channel may do with a permit: look ahead with the very words, use it once, look again, say what became of it.

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
from jieqing.trust.compliance.selectors import judged_facts


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


# What the person, the case and the site are. Not the hour and the words, which the permit fixed; nor staff, counts and tries, of
# which the permit itself is one by now.
_STANDING = (
    "role",
    "number_valid",
    "refused",
    "opted_out",
    "agreed_hours",
    "consent",
    "dispute_open",
    "complaint_open",
    "holds",
    "represented",
    "minor",
    "deceased",
    "incapacitated",
    "plan_active",
    "time_barred",
    "placement_active",
    "site",
)


def still_stands(
    *, actor: Actor, permit_id: UUID, case: UUID, point: UUID, channel: Channel, purpose: Purpose
) -> bool:
    """Whether what a permit was given on is so still: a recall, a hold or a person's no since then ends it before its time."""
    judged = judged_facts(permit_id)
    asked = state_contact(
        actor=actor, case=case, point=point, channel=channel, purpose=purpose, content=Content()
    )
    if judged is None or is_problem(asked):
        return False
    return all(judged.get(name) == asked.facts.get(name) for name in _STANDING)


def settle_contact(*, actor: Actor, permit_id: UUID, outcome: Outcome) -> None | Problem:
    """Say what became of a used permit. Until then its outcome is uncertain, which closes the debtor's points."""
    return gate.settle(actor=actor, permit_id=permit_id, outcome=outcome)
