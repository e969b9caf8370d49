"""News of the ledger and of placements, heard inside their own transaction.

A payment that clears a case takes it out of the queue in the same transaction; one that is taken back brings the case
back. A recalled placement ends its cases at once. All of it is ``refresh`` on the cases that the news touches.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from jieqing.claims.receivables.events import (
    ChargesPosted,
    LedgerActStood,
    LedgerActTakenBack,
    LedgerImported,
    LedgerUndone,
    OverdueTermsSet,
    ReceiptPosted,
    ReceiptTakenBack,
)
from jieqing.claims.receivables.selectors.standing import standing_of, written_condition
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor, system_actor
from jieqing.kernel.outcomes import JSON
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.cases.engine.codes import CaseState, Closing, EventKind
from jieqing.recovery.cases.models import Case, CaseItem
from jieqing.recovery.cases.selectors.case_page import item_ids_of
from jieqing.recovery.cases.selectors.days import working_day
from jieqing.recovery.cases.services.closing import cases_of_items, reopen_many
from jieqing.recovery.cases.services.ending import end_cases
from jieqing.recovery.cases.services.opening import lock_openings, taken_items
from jieqing.recovery.cases.services.queue import refresh
from jieqing.recovery.cases.services.timeline import NewEvent, write_events
from jieqing.recovery.placements.events import PlacementEnded, PlacementRecalled
from jieqing.recovery.placements.selectors import is_in_force, placement_facts

# Cases that the ledger ended come back when it says otherwise.
_ENDED = """
SELECT DISTINCT k.id FROM cases_item c JOIN cases_case k ON k.id = c.case_id AND k.site_id = %(site)s
WHERE c.site_id = %(site)s AND k.state = 'closed' AND k.closing IN ('settled', 'written_off')
  AND c.until_at = k.closed_at AND {touched}
"""  # constants only
_LIVE = """
SELECT DISTINCT c.case_id FROM cases_item c WHERE c.site_id = %(site)s AND c.until_at IS NULL AND {touched}
"""


def hear_items(
    event: ReceiptPosted | ReceiptTakenBack | LedgerActStood | LedgerActTakenBack | ChargesPosted,
) -> None:
    """Money, acts and charges name their items."""
    actor, items = system_actor(event.site_id, "cases"), list(event.item_ids)
    with site_scope(event.site_id):
        # A dishonoured bill revives what it covered: that stands as an act.
        if not isinstance(event, ReceiptPosted):
            touched = _cases(_ENDED, "c.item_id = ANY(%(items)s)", event.site_id, items=items)
            _bring_back(actor, touched)
        refresh(actor=actor, case_ids=cases_of_items(items))


def hear_ledger(event: LedgerImported | LedgerUndone) -> None:
    """An import or its undo may touch any item under work."""
    actor = system_actor(event.site_id, "cases")
    with site_scope(event.site_id):
        if not Case.objects.exists():
            return
        touched = written_condition("c.item_id")
        _bring_back(actor, _cases(_ENDED, touched, event.site_id, revision=event.revision))
        refresh(actor=actor, case_ids=_cases(_LIVE, touched, event.site_id, revision=event.revision))


def hear_terms(event: OverdueTermsSet) -> None:
    """Other days count as overdue from now on: every case the terms reach stands anew."""
    with site_scope(event.site_id):
        rows = Case.objects.filter(state=CaseState.OPEN.value)
        if event.creditor_id:
            rows = rows.filter(creditor_id=event.creditor_id)
        ids = list(rows.values_list("id", flat=True))
        refresh(actor=system_actor(event.site_id, "cases"), case_ids=ids)


def hear_recall(event: PlacementRecalled | PlacementEnded) -> None:
    """A placement that is recalled or has run out ends its cases; of single documents, those that hold them."""
    actor = system_actor(event.site_id, "cases")
    with site_scope(event.site_id):
        cause = _cause(event)
        rows = Case.objects.select_for_update(of=("self",)).filter(
            placement_id=event.placement_id, state=CaseState.OPEN.value
        )
        if event.is_whole:
            end_cases(actor=actor, cases=list(rows.order_by("id")), closing=Closing.WITHDRAWN, cause=cause)
            return
        leaving = set(event.item_ids)
        touched = list(rows.filter(id__in=cases_of_items(list(leaving))).order_by("id"))
        CaseItem.objects.filter(item_id__in=leaving, until_at=None).update(until_at=clock.now())
        left = set(CaseItem.objects.filter(case__in=touched, until_at=None).values_list("case_id", flat=True))
        emptied = [case for case in touched if case.id not in left]
        end_cases(actor=actor, cases=emptied, closing=Closing.WITHDRAWN, cause=cause)
        staying = [case for case in touched if case.id in left]
        gone = sorted(str(item_id) for item_id in leaving)
        write_events(
            actor=actor,
            events=[
                NewEvent(case.id, EventKind.ITEMS_REMOVED, {"items": gone, "cause": cause})
                for case in staying
            ],
        )
        refresh(actor=actor, case_ids=[case.id for case in staying])


def _cause(event: PlacementRecalled | PlacementEnded) -> dict[str, JSON]:
    """What the timeline names as the cause: the order and what became of it."""
    facts = placement_facts([event.placement_id]).get(event.placement_id)
    return {
        "code": "placement_recalled" if isinstance(event, PlacementRecalled) else "placement_ended",
        "placement": str(event.placement_id),
        "number": facts.number if facts else "",
    }


def _cases(sql: str, touched: str, site_id: UUID, **more: Any) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(sql.format(touched=touched), {"site": site_id, **more})
        return [row[0] for row in cursor.fetchall()]


def _bring_back(actor: Actor, case_ids: Sequence[UUID]) -> None:
    """Reopen what is owed again and free."""
    if not case_ids:
        return
    lock_openings(actor)
    rows = (
        Case.objects.select_for_update().filter(id__in=case_ids, state=CaseState.CLOSED.value).order_by("id")
    )
    back = []
    for case in rows:
        items = item_ids_of(case)
        if _is_owed(items) and not taken_items(items) and is_in_force(case.placement_id):
            back.append(case)
    if back:
        reopen_many(actor=actor, cases=back)


def _is_owed(items: Iterable[UUID]) -> bool:
    return any(one.open_minor > 0 for one in standing_of(items, as_of=working_day()).values())
