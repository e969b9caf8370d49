"""End cases: the row, its documents, clocks, holds, disputes and open promises, as one step for any number of cases.

Called under the cases' locks. A complaint outlives its case: its clock runs until it is answered.
"""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.db.models import Q

from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import JSON
from jieqing.plumbing.events import publish
from jieqing.recovery.cases.engine.codes import Closing, DisputeOutcome, EventKind
from jieqing.recovery.cases.events import CaseClosed
from jieqing.recovery.cases.models import Case, CaseClock, CaseItem, Dispute, Hold, Promise
from jieqing.recovery.cases.selectors.days import moment_of, working_day
from jieqing.recovery.cases.services.timeline import NewEvent, write_events


def end_cases(
    *,
    actor: Actor,
    cases: Sequence[Case],
    closing: Closing,
    reason: str = "",
    cause: dict[str, JSON] | None = None,
) -> None:
    """Close open cases; the caller holds their rows and knows why. ``cause``: what outside the case ended it."""
    if not cases:
        return
    now, today = clock.now(), working_day()
    ids = [case.id for case in cases]
    Case.objects.filter(id__in=ids).update(
        state="closed",
        closed_at=now,
        closing=closing.value,
        next_action="",
        next_action_on=None,
        next_action_note="",
        snoozed_until=None,
        wake_on=None,
        priority=0,
        reasons=[],
        hold_kinds=[],
        promise_on=None,
        promise_minor=None,
        first_response_due_at=None,
        clock_due_at=None,
    )
    CaseItem.objects.filter(case_id__in=ids, until_at=None).update(until_at=now)
    live = Q(to_on=None) | Q(to_on__gte=today)
    Hold.objects.filter(live, case_id__in=ids, released_at=None).update(
        to_on=today - timedelta(days=1), released_at=now, released_by=actor.id
    )
    Dispute.objects.filter(case_id__in=ids, closed_at=None).update(
        closed_at=now, closed_by=actor.id, outcome=DisputeOutcome.MOOT.value
    )
    Promise.objects.filter(case_id__in=ids, state="open").update(state="cancelled", judged_at=now)
    write_events(
        actor=actor,
        events=[
            NewEvent(
                case.id,
                EventKind.CLOSED,
                {
                    "closing": closing.value,
                    "open_minor": case.open_minor,
                    "currency": case.currency,
                    **({"cause": cause} if cause else {}),
                },
                reason,
            )
            for case in cases
        ],
    )
    # After the closing has met what it meets.
    CaseClock.objects.filter(case_id__in=ids, met_at=None, stopped_at=None).update(
        stopped_at=moment_of(today, now)
    )
    publish(CaseClosed(site_id=actor.own_site, case_ids=_ids(cases), closing=closing.value))
    for case in cases:
        case.state, case.closing, case.closed_at = "closed", closing.value, now


def _ids(cases: Sequence[Case]) -> tuple[UUID, ...]:
    return tuple(case.id for case in cases)
