"""Verdicts before the buttons: what `request_permit` would answer now for every point of a case. Asks no slot, leaves no entry.

It assumes a careful opening (`engine.contents.CAREFUL`): what is really said is judged when the permit is asked for. A third
person is only ever asked to pass a message on, whatever the purpose of the page. A page of cases is judged in as many
statements as one case.
"""

from collections.abc import Sequence
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
from jieqing.recovery.outreach.engine.gate_facts import Staff, Wish, gate_facts
from jieqing.recovery.outreach.engine.points import SHOWN
from jieqing.recovery.outreach.engine.purposes import Purpose
from jieqing.recovery.outreach.selectors.gathering import Gathered, gather_many
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
    return preview_cases(actor=actor, cases=[case], purpose=purpose, companion=companion)[case.id]


def preview_cases(
    *,
    actor: Actor,
    cases: Sequence[Any],
    purpose: Purpose = Purpose.COLLECT,
    companion: UUID | None = None,
) -> dict[UUID, list[PointVerdicts]]:
    """The same for each of some cases that the actor may see; one question to the gate for all."""
    at = clock.now()
    known = gather_many(actor=actor, cases=cases, at=at)
    together = staff_for(actor, Channel.VISIT, companion)
    visitors = None if is_problem(together) else together
    people = {asked.party_id for one in known.values() for asked in one.points.values()}
    views = contact_points_of(people, with_choices=False)
    shown = {case.id: _shown(case, known[case.id], views) for case in cases}
    wishes = [
        (case.id, view.id, *wish)
        for case in cases
        for view in shown[case.id]
        for wish in _wishes(view, known[case.id], purpose, visitors)
    ]
    answers = gate.preview([(subject, facts) for *_who, subject, facts in wishes], site_id=actor.own_site)
    found: dict[tuple[UUID, UUID], list[tuple[Channel, Purpose, ContactVerdict]]] = {}
    for (case_id, point_id, channel, aim, _subject, _facts), verdict in zip(wishes, answers, strict=True):
        found.setdefault((case_id, point_id), []).append((channel, aim, told(verdict, at)))
    return {
        case.id: [
            PointVerdicts(view, known[case.id].points[view.id].person.role, tuple(found[case.id, view.id]))
            for view in shown[case.id]
            if (case.id, view.id) in found
        ]
        for case in cases
    }


def _shown(case: Any, known: Gathered, views: dict[UUID, list[PointView]]) -> list[PointView]:
    """The points of one case: the debtor's own party first."""
    parties = {asked.party_id for asked in known.points.values()}
    return [
        view
        for party_id in sorted(parties, key=lambda one: (one != case.debtor_id, one))
        for view in views[party_id]
        if view.id in known.points
    ]


def _wishes(view: PointView, known: Gathered, purpose: Purpose, visitors: Staff | None) -> list[Any]:
    """What somebody thinks of at a point: channel, purpose, whom it counts for, and the facts."""
    asked = known.points[view.id]
    aim = purpose if asked.person.role in OBLIGED else Purpose.PASS_MESSAGE
    found = []
    for channel in SHOWN[view.kind]:
        wish = Wish(channel.value, aim.value, CAREFUL)
        staff = visitors if channel is Channel.VISIT and visitors else known.staff
        facts = gate_facts(wish, asked.person, known.case, known.site, staff, asked.tried)
        found.append((channel, aim, asked.subject, facts))
    return found
