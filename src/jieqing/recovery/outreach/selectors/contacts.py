"""Every contact that could be wished for on open cases, as the gate would be asked about it: for looking at changes of rules.

All open cases up to a number; of more, an even sample along their ids, which says so. Who would do it is taken for a cleared
person (two for a visit) and what would be said for a careful opening: a review is about rules, not about today's staff.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jieqing.claims.parties.engine.contact_points import OBLIGED, PointKind
from jieqing.claims.parties.selectors import contact_points_of
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import JSON, is_problem
from jieqing.recovery.cases import access as cases
from jieqing.recovery.cases.selectors import CaseFilter, cases_page
from jieqing.recovery.outreach.engine.contents import CAREFUL
from jieqing.recovery.outreach.engine.gate_facts import Staff, Wish, gate_facts
from jieqing.recovery.outreach.engine.points import SHOWN
from jieqing.recovery.outreach.engine.purposes import Purpose
from jieqing.recovery.outreach.selectors.gathering import contact_of, gather
from jieqing.trust.compliance.engine.vocabulary import VALUES

CASES_MAX = 120
LISTED_MAX = 20_000
# All that rules know of a person, but for the lawyer: what somebody lacks today is not the rules' doing.
CLEARED = VALUES["staff.clearances"] - {"lawyer"}


@dataclass(frozen=True, slots=True)
class CaseContact:
    """A contact point on a channel, with the facts it would be judged by."""

    ref: str
    case_id: UUID
    owner_id: UUID | None
    channel: str
    facts: dict[str, JSON]


@dataclass(frozen=True, slots=True)
class CaseContacts:
    """The contacts of `cases` cases out of `cases_open`."""

    contacts: tuple[CaseContact, ...]
    cases: int
    cases_open: int


def contacts_of_cases(*, actor: Actor, at: datetime) -> CaseContacts:
    """Read the contacts of the site's open cases, all or an even sample of them."""
    every = sorted(case.id for case in cases_page(actor, CaseFilter(state="open"), limit=LISTED_MAX).rows)
    step = max(1, -(-len(every) // CASES_MAX))
    picked = every[::step]
    found: list[CaseContact] = []
    for case_id in picked:
        case = cases.case_by_id(actor, case_id)
        if is_problem(case):
            continue
        known = gather(actor=actor, case=case, at=at)
        views = contact_points_of({asked.party_id for asked in known.points.values()}, with_choices=False)
        for view in (one for held in views.values() for one in held):
            asked = known.points.get(view.id)
            if asked is None:
                continue
            aim = Purpose.COLLECT if asked.person.role in OBLIGED else Purpose.PASS_MESSAGE
            for channel in SHOWN[PointKind(view.kind)]:
                staff = Staff(CLEARED, 2 if channel.value == "visit" else 1)
                wish = Wish(channel.value, aim.value, CAREFUL)
                facts = gate_facts(wish, asked.person, known.case, known.site, staff, asked.tried)
                found.append(CaseContact(contact_of(view.id), case.id, case.owner_id, channel.value, facts))
    return CaseContacts(tuple(found), len(picked), len(every))
