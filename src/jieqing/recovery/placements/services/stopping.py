"""Recall a placement, take single debts out of it, end what has run out.

A recall is the creditor's word and works at once: state, rows, evidence and the event to the cases stand in one
transaction, so that no contact can be allowed after it. A term that ran out stops the same way; the nightly job only
writes down what the days say already, because readers ask for the term as well.
"""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from jieqing.kernel import clock
from jieqing.kernel.actor import Actor, system_actor
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.plumbing.events import publish
from jieqing.recovery.placements.engine import problems
from jieqing.recovery.placements.engine.terms import PlacementStateCode
from jieqing.recovery.placements.events import PlacementEnded, PlacementRecalled
from jieqing.recovery.placements.models import Placement, PlacementItem
from jieqing.recovery.placements.selectors import item_ids_of
from jieqing.recovery.placements.services.steps import (
    REASON_CHARS_MAX,
    item_digests,
    lock_site,
    locked,
    subject_of,
    write_state,
)
from jieqing.trust.evidence import services as evidence


def recall_placement(*, actor: Actor, placement: Placement, reason: str) -> Placement | Problem:
    """The creditor takes everything back: contact stops and cases close in this transaction."""
    if not reason.strip():
        return Problem.of(problems.REASON_MISSING)
    with site_scope(actor.own_site):
        row = locked(placement, PlacementStateCode.RECALLED)
        if is_problem(row):
            return row
        ids = _stop(actor, row, PlacementStateCode.RECALLED, reason.strip())
        publish(
            PlacementRecalled(
                site_id=row.site_id,
                placement_id=row.id,
                item_ids=tuple(ids),
                covers_all=row.covers_all,
                is_whole=True,
            )
        )
    return row


def withdraw_items(
    *, actor: Actor, placement: Placement, item_ids: Collection[UUID], reason: str
) -> list[UUID] | Problem:
    """The creditor takes some debts back; the others stay placed. The last one out recalls the placement."""
    if not reason.strip():
        return Problem.of(problems.REASON_MISSING)
    with site_scope(actor.own_site):
        row = locked(placement, PlacementStateCode.RECALLED)
        if is_problem(row):
            return row
        live = item_ids_of(row, is_live=True)
        leaving = [one for one in live if one in set(item_ids)]
        if not leaving:
            return Problem.of(problems.NO_ITEMS)
        if len(leaving) == len(live):
            recalled = recall_placement(actor=actor, placement=row, reason=reason)
            return recalled if is_problem(recalled) else leaving
        evidence.record_bulk(
            actor=actor,
            action="recovery.placements.items_withdrawn",
            subject=subject_of(row.id),
            row_digests=item_digests(row.id, leaving),
            facts={"number": row.number, "items": len(leaving), "reason": reason.strip()[:REASON_CHARS_MAX]},
        )
        PlacementItem.objects.filter(placement=row, item_id__in=leaving).update(until_at=clock.now())
        publish(
            PlacementRecalled(
                site_id=row.site_id,
                placement_id=row.id,
                item_ids=tuple(leaving),
                covers_all=False,
                is_whole=False,
            )
        )
    return leaving


def end_due_placements(*, site_id: UUID) -> int:
    """End what ran out before today; returns how many. Asked twice it does nothing the second time."""
    with site_scope(site_id):
        lock_site(site_id)
        return end_due_rows(site_id)


def end_due_rows(site_id: UUID) -> int:
    """As ``end_due_placements``, inside the caller's lock."""
    actor = system_actor(site_id, "placements")
    due = Placement.objects.filter(
        state=PlacementStateCode.ACTIVE.value, ends_on__lte=clock.today() - timedelta(days=1)
    )
    rows = list(due.order_by("id"))
    for row in rows:
        ids = _stop(actor, row, PlacementStateCode.ENDED, "")
        publish(
            PlacementEnded(
                site_id=site_id, placement_id=row.id, item_ids=tuple(ids), covers_all=row.covers_all
            )
        )
    return len(rows)


def _stop(actor: Actor, row: Placement, state: PlacementStateCode, reason: str) -> list[UUID]:
    ids = item_ids_of(row, is_live=True)
    facts: dict[str, object] = {"number": row.number, "items": len(ids), "covers_all": row.covers_all}
    if reason:
        facts["reason"] = reason[:REASON_CHARS_MAX]
    entry_id = evidence.record_bulk(
        actor=actor,
        action=f"recovery.placements.{state.value}",
        subject=subject_of(row.id),
        row_digests=item_digests(row.id, ids),
        facts=facts,
    )
    PlacementItem.objects.filter(placement=row, from_at__isnull=False, until_at=None).update(
        until_at=clock.now()
    )
    write_state(actor, row, state, entry_id, reason[:REASON_CHARS_MAX])
    return ids
