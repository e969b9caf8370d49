"""An open dispute about a debtor's debts, told by the room that keeps disputes; the grade follows after commit.

The caller is an event handler inside the dispute's own transaction: mark, evidence and dispute stand together or not at all.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from jieqing.claims.valuation.events import DebtorsMarked
from jieqing.claims.valuation.models import DebtorMark
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.ids import new_id
from jieqing.plumbing.events import publish
from jieqing.trust.evidence import services as evidence


def mark_disputed(
    *, actor: Actor, debtor_id: UUID, source_id: UUID, case_id: UUID, from_on: date
) -> DebtorMark:
    """The same source told again is the same mark."""
    with transaction.atomic():
        known = DebtorMark.objects.filter(source_id=source_id).first()
        if known is not None:
            return known
        mark = DebtorMark(
            id=new_id(),
            site_id=actor.own_site,
            debtor_id=debtor_id,
            source_id=source_id,
            case_id=case_id,
            from_on=from_on,
            at=clock.now(),
            by=actor.id,
        )
        mark.entry_id = evidence.record(
            actor=actor,
            action="claims.valuation.marked",
            subject=f"claims.valuation.mark:{mark.id}",
            facts={"debtor": debtor_id, "source": source_id, "case": case_id, "from": from_on},
        )
        mark.save(force_insert=True)
        publish(DebtorsMarked(site_id=actor.own_site, party_ids=(debtor_id,)))
    return mark


def end_marks(*, actor: Actor, source_ids: Sequence[UUID] = (), case_ids: Sequence[UUID] = ()) -> int:
    """End the marks of these sources, or of all disputes of these cases."""
    with transaction.atomic():
        live = DebtorMark.objects.select_for_update().filter(ended_at=None)
        found = list(
            live.filter(source_id__in=source_ids) if source_ids else live.filter(case_id__in=case_ids)
        )
        if not found:
            return 0
        entry_id = evidence.record(
            actor=actor,
            action="claims.valuation.marks_ended",
            subject=f"claims.valuation.mark:{found[0].id if len(found) == 1 else 'several'}",
            facts={"marks": sorted(str(mark.id) for mark in found)},
        )
        DebtorMark.objects.filter(id__in=[mark.id for mark in found]).update(
            ended_at=clock.now(), ended_by=actor.id, end_entry_id=entry_id
        )
        publish(
            DebtorsMarked(site_id=actor.own_site, party_ids=tuple(sorted({mark.debtor_id for mark in found})))
        )
    return len(found)
