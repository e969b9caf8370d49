"""What became of a contact, on the timeline: reached or not, which failed try in a row it was, when the next one is due.

Outreach says it with the permit that was used; the next day comes from the site's own rule of retries. The day becomes the
case's next step where the step was to reach somebody anyway; where the rule knows no further try, a person decides. A step
of another kind (a paper to answer, a suit to prepare) stays as it is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.cases.engine.codes import CaseState, ContactResult, EventKind, NextAction
from jieqing.recovery.cases.models import Case
from jieqing.recovery.cases.selectors.days import working_day
from jieqing.recovery.cases.selectors.timeline import failed_in_a_row
from jieqing.recovery.cases.services.guards import held
from jieqing.recovery.cases.services.queue import refresh
from jieqing.recovery.cases.services.timeline import write_event

REACHED = frozenset({ContactResult.CONVERSATION, ContactResult.CONNECTED})
_TO_REACH = frozenset(
    {NextAction.FIRST_CONTACT.value, NextAction.FOLLOW_UP.value, NextAction.REMIND.value, NextAction.DEMAND.value}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ContactTry:
    """What a contact came to. ``number``: the failed tries in a row with this one; ``again_on`` None: no further one."""

    result: ContactResult
    number: int
    again_on: date | None


def note_contact(
    *,
    actor: Actor,
    case: Case,
    permit_id: UUID,
    channel: str,
    result: ContactResult,
    again: Callable[[int], date | None],
    rule_version: int,
) -> ContactTry | Problem:
    """Write it on the timeline; on a closed case too. A later word on the same permit is a later event.

    ``again`` is the site's rule: from the number of failed tries in a row, counted under the case's lock, to the next day.
    """
    with site_scope(actor.own_site), transaction.atomic():
        found = held(case)
        if is_problem(found):
            return found
        facts: dict[str, Any] = {"permit": str(permit_id), "channel": channel, "outcome": result.value}
        if result in REACHED:
            write_event(actor=actor, case=found, kind=EventKind.CONTACTED, facts=facts)
            refresh(actor=actor, case_ids=[found.id])
            return ContactTry(result, 0, None)
        number = failed_in_a_row(found.id, channel, but=permit_id) + (result is not ContactResult.NOT_SENT)
        on = again(number)
        facts |= {"number": number, "again_on": on.isoformat() if on else None, "rule": rule_version}
        write_event(actor=actor, case=found, kind=EventKind.CONTACT_FAILED, facts=facts)
        if found.state == CaseState.OPEN and found.next_action in _TO_REACH:
            _plan(found, on)
        refresh(actor=actor, case_ids=[found.id])
    return ContactTry(result, number, on)


def _plan(case: Case, again_on: date | None) -> None:
    action = NextAction.FOLLOW_UP if again_on else NextAction.DECIDE
    case.next_action, case.next_action_on = action.value, again_on or working_day()
    case.next_action_note = ""
    case.save(update_fields=["next_action", "next_action_on", "next_action_note"])
