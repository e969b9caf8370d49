"""Close and reopen cases by hand. Settled and written off are said by the ledger alone, in ``queue.refresh``.

A person may say *withdrawn* (the creditor takes it back, or it was opened by mistake) or *transferred* (the claim was
assigned). What the ledger closed comes back by itself when its payment is taken back.
"""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from jieqing.kernel.actor import Actor
from jieqing.kernel.ids import new_id
from jieqing.kernel.money import plain_amount
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.plumbing.events import publish
from jieqing.recovery.cases import problems
from jieqing.recovery.cases.engine.codes import CaseState, Closing, EventKind, NextAction
from jieqing.recovery.cases.events import CaseReopened
from jieqing.recovery.cases.models import Case, CaseClock, CaseItem
from jieqing.recovery.cases.selectors.case_page import item_ids_of
from jieqing.recovery.cases.selectors.days import working_day
from jieqing.recovery.cases.services.ending import end_cases
from jieqing.recovery.cases.services.guards import code_of, first_problem, held, open_and_held, reason_problem
from jieqing.recovery.cases.services.opening import lock_openings, taken_items
from jieqing.recovery.cases.services.placing import placement_of
from jieqing.recovery.cases.services.queue import refresh
from jieqing.recovery.cases.services.timeline import NewEvent, write_events

BY_THE_LEDGER = (Closing.SETTLED, Closing.WRITTEN_OFF)


def close_case(*, actor: Actor, case: Case, closing: str, reason: str) -> Case | Problem:
    """Close a case as withdrawn or transferred, with a reason."""
    wanted = code_of(Closing, closing)
    with site_scope(actor.own_site), transaction.atomic():
        found = open_and_held(case)
        problem = first_problem([found, wanted, reason_problem(reason)])
        if problem or is_problem(found) or is_problem(wanted):
            return problem or problems.UNKNOWN
        if wanted in BY_THE_LEDGER:
            return Problem.of(problems.LEDGER_SAYS, open=plain_amount(found.open_minor, found.currency))
        end_cases(actor=actor, cases=[found], closing=wanted, reason=reason.strip())
        found.refresh_from_db()
    return found


def reopen_case(*, actor: Actor, case: Case, reason: str) -> Case | Problem:
    """Go on with a closed case on the documents that it ended with, where none is in another case meanwhile."""
    with site_scope(actor.own_site), transaction.atomic():
        lock_openings(actor)
        found = held(case)
        problem = first_problem([found, reason_problem(reason)])
        if problem or is_problem(found):
            return problem or problems.UNKNOWN
        if found.state == CaseState.OPEN:
            return Problem.of(problems.NOT_CLOSED, number=found.number)
        items = item_ids_of(found)
        placement_id = placement_of(actor=actor, item_ids=items)
        if is_problem(placement_id):
            return placement_id
        taken = taken_items(items)
        if taken:
            return Problem.of(problems.ITEMS_ELSEWHERE, number=next(iter(taken.values())))
        reopen_many(actor=actor, cases=[found], reason=reason.strip())
        found.refresh_from_db()
    return found


def reopen_many(*, actor: Actor, cases: Sequence[Case], reason: str = "") -> None:
    """Reopen cases whose documents are free; the caller holds the locks of openings and of the cases."""
    today, ids = working_day(), [case.id for case in cases]
    for case in cases:
        free = item_ids_of(case)
        CaseItem.objects.bulk_create(
            [
                CaseItem(
                    id=new_id(),
                    site_id=case.site_id,
                    case_id=case.id,
                    item_id=item_id,
                    from_at=case.opened_at,
                )
                for item_id in free
            ]
        )
    Case.objects.filter(id__in=ids).update(
        state="open",
        closed_at=None,
        closing="",
        next_action=NextAction.FOLLOW_UP.value,
        next_action_on=today,
        stage_since=today,
    )
    CaseClock.objects.filter(case_id__in=ids, met_at=None).update(stopped_at=None)
    write_events(
        actor=actor,
        events=[NewEvent(case.id, EventKind.REOPENED, {"closing": case.closing}, reason) for case in cases],
    )
    publish(CaseReopened(site_id=actor.own_site, case_ids=tuple(ids)))
    refresh(actor=actor, case_ids=ids)


def cases_of_items(item_ids: Sequence[UUID]) -> list[UUID]:
    """Open cases that work on some of these items."""
    rows = CaseItem.objects.filter(item_id__in=list(item_ids), until_at=None)
    return list(rows.values_list("case_id", flat=True).distinct())
