"""Verdicts before the buttons: what `request_permit` would answer now for every point of a case. Asks no slot, leaves no entry.

It assumes a careful opening (`engine.contents.CAREFUL`): what is really said is judged when the permit is asked for. A third
person is only ever asked to pass a message on, whatever the purpose of the page.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from jieqing.claims.parties.engine.choices import Channel
from jieqing.claims.parties.engine.contact_points import OBLIGED
from jieqing.claims.parties.selectors import PointView, contact_points_of
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import is_problem
from jieqing.recovery.outreach.engine.contact_verdict import ContactVerdict, told
from jieqing.recovery.outreach.engine.contents import CAREFUL
from jieqing.recovery.outreach.engine.gate_facts import Wish, gate_facts
from jieqing.recovery.outreach.engine.points import SHOWN
from jieqing.recovery.outreach.engine.purposes import Purpose
from jieqing.recovery.outreach.selectors.gathering import gather
from jieqing.recovery.outreach.services.companions import staff_for
from jieqing.trust.compliance import services as gate


@dataclass(frozen=True, slots=True)
class PointVerdicts:
    """A point, masked, with the verdict of each of its channels."""

    point: PointView
    role: str
    verdicts: tuple[tuple[Channel, Purpose, ContactVerdict], ...]


def preview_contacts(
    *, actor: Actor, case: Any, purpose: Purpose = Purpose.COLLECT, companion: UUID | None = None
) -> list[PointVerdicts]:
    """Verdicts of a case that was opened through its door, in the order in which its points are shown."""
    at = clock.now()
    known = gather(actor=actor, case=case, at=at)
    views = contact_points_of({asked.party_id for asked in known.points.values()})
    shown = [
        view for party_id in sorted(views, key=lambda one: one != case.debtor_id) for view in views[party_id]
    ]
    together = staff_for(actor, Channel.VISIT, companion)
    wishes = []
    for view in shown:
        asked = known.points.get(view.id)
        if asked is None:
            continue
        aim = purpose if asked.person.role in OBLIGED else Purpose.PASS_MESSAGE
        for channel in SHOWN[view.kind]:
            wish = Wish(channel.value, aim.value, CAREFUL)
            staff = together if channel is Channel.VISIT and not is_problem(together) else known.staff
            facts = gate_facts(wish, asked.person, known.case, known.site, staff, asked.tried)
            wishes.append((view.id, channel, aim, asked.subject, facts))
    answers = gate.preview(
        [(subject, facts) for _id, _channel, _aim, subject, facts in wishes], site_id=actor.own_site
    )
    found: dict[Any, list[tuple[Channel, Purpose, ContactVerdict]]] = {}
    for (point_id, channel, aim, _subject, _facts), verdict in zip(wishes, answers, strict=True):
        found.setdefault(point_id, []).append((channel, aim, told(verdict, at)))
    return [
        PointVerdicts(view, known.points[view.id].person.role, tuple(found[view.id]))
        for view in shown
        if view.id in found
    ]
