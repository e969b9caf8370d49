"""Contacts that wait for a second person, or have their yes and are not made yet, as the gate would be asked about them.

For looking at changes of rules: what was asked for, with the words it was asked with; who would do it is taken for a cleared person, as
in `contacts`. A point that is gone, or a case the reader may not see, is left out.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import is_problem
from jieqing.recovery.cases import access as cases
from jieqing.recovery.outreach.engine.contents import Content
from jieqing.recovery.outreach.engine.gate_facts import Staff, Wish, gate_facts
from jieqing.recovery.outreach.models import ApprovalRequest
from jieqing.recovery.outreach.selectors.approvals import approvals_page
from jieqing.recovery.outreach.selectors.contacts import CLEARED, CaseContact
from jieqing.recovery.outreach.selectors.gathering import Gathered, gather

APPROVALS_MAX = 100


@dataclass(frozen=True, slots=True)
class AskedContacts:
    """The contacts of requests that are open, and how many requests are."""

    contacts: tuple[CaseContact, ...]
    there_are: int


def contacts_of_approvals(*, actor: Actor, at: datetime) -> AskedContacts:
    """Read what stands in requests that wait or were approved and not used: refs are the requests."""
    waiting, approved = (
        approvals_page(actor, state=state, limit=APPROVALS_MAX) for state in ("waiting", "approved")
    )
    known: dict[UUID, tuple[Any, Gathered] | None] = {}
    found = [
        contact
        for row in (*waiting.rows, *approved.rows)
        if (contact := _contact(actor, row, known, at)) is not None
    ]
    return AskedContacts(tuple(found), waiting.total + approved.total)


def _contact(
    actor: Actor, row: ApprovalRequest, known: dict[UUID, tuple[Any, Gathered] | None], at: datetime
) -> CaseContact | None:
    if row.case_id not in known:
        case = cases.case_by_id(actor, row.case_id)
        known[row.case_id] = None if is_problem(case) else (case, gather(actor=actor, case=case, at=at))
    held = known[row.case_id]
    asked = held[1].points.get(row.point_id) if held else None
    if held is None or asked is None:
        return None
    staff = Staff(CLEARED, 2 if row.companion_id else 1)
    wish = Wish(row.channel, row.purpose, Content(**row.content))
    facts = gate_facts(wish, asked.person, held[1].case, held[1].site, staff, asked.tried)
    return CaseContact(f"recovery.outreach.approval:{row.pk}", row.case_id, row.asked_by, row.channel, facts)
