"""Take a batch back as a whole: a new revision that ends what the batch recorded and restores what it changed.

Nothing is deleted. Items the batch made are withdrawn, items it corrected get their state of before, its postings are
voided and those it had voided are written again. Afterwards every report is what it would be without the batch, and
every report as known before the undo is what it was.

Refuses: a batch that is not committed or undone already, and one on whose items a later batch or another source has
built: that must go first, in its own words.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from jieqing.claims.parties.services import withdraw_imported
from jieqing.claims.receivables.engine import ledger_problems as problems
from jieqing.claims.receivables.engine.accounts import ACCRUED, PostingSource
from jieqing.claims.receivables.events import LedgerUndone
from jieqing.claims.receivables.models import (
    BatchState,
    ImportBatch,
    LedgerRevision,
    RevisionKind,
    StagedRow,
    StagedState,
)
from jieqing.claims.receivables.services import undo_sql as sql
from jieqing.claims.receivables.services.revisions import lock_ledger, next_number, record_revision
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.plumbing.events import publish
from jieqing.trust.evidence import services as evidence

REASON_CHARS_MAX = 200


@dataclass(frozen=True, slots=True)
class UndoResult:
    """``revision`` is None when the batch had changed nothing (every row was known already)."""

    batch_id: UUID
    batch_number: int
    withdrawn: int
    restored: int
    revision: int | None
    entry_id: UUID

    def as_dict(self) -> dict[str, Any]:
        return {
            "batch": str(self.batch_id),
            "number": self.batch_number,
            "withdrawn": self.withdrawn,
            "restored": self.restored,
            "revision": self.revision,
            "entry": str(self.entry_id),
        }


def undo_batch(*, actor: Actor, batch: ImportBatch, reason: str) -> UndoResult | Problem:
    """Undo a committed batch with everything that was accepted from its staged rows."""
    if not reason.strip():
        return Problem.of(problems.REASON_MISSING)
    site_id = actor.own_site
    with site_scope(site_id), transaction.atomic():
        lock_ledger(site_id)
        batch.refresh_from_db()
        problem = _refusal(batch)
        if problem:
            return problem
        revisions = _revisions_of(batch)
        number = next_number(site_id) if revisions else None
        withdrawn, restored = _take_back(site_id, revisions, number) if number else (0, 0)
        StagedRow.objects.filter(batch=batch).exclude(state=StagedState.DISCARDED).update(
            state=StagedState.UNDONE, resolved_at=clock.now(), resolved_by=actor.id
        )
        entry_id = evidence.record(
            actor=actor,
            action="claims.receivables.undone",
            subject=f"claims.receivables.batch:{batch.id}",
            facts={"number": batch.number, "revision": number, "withdrawn": withdrawn, "restored": restored},
            personal={"reason": reason.strip()},
        )
        withdraw_imported(actor=actor, batch_id=batch.id, subject=f"claims.receivables.batch:{batch.id}")
        if number:
            record_revision(
                actor=actor, number=number, kind=RevisionKind.UNDO, entry_id=entry_id, batch=batch
            )
            publish(LedgerUndone(site_id=site_id, batch_id=batch.id, revision=number))
        batch.state, batch.undone_rev = BatchState.UNDONE, number
        batch.counts = {**batch.counts, "undo_reason": reason.strip()[:REASON_CHARS_MAX]}
        batch.save(update_fields=["state", "undone_rev", "counts"])
    return UndoResult(batch.id, batch.number, withdrawn, restored, number, entry_id)


def undo_refusal(*, actor: Actor, batch: ImportBatch) -> Problem | None:
    """Why this batch cannot be undone now, for a page that must say so before the button; None when it can."""
    with site_scope(actor.own_site):
        return _refusal(batch)


def _refusal(batch: ImportBatch) -> Problem | None:
    if batch.state == BatchState.UNDONE:
        return Problem.of(problems.ALREADY_UNDONE, number=batch.number)
    if batch.state != BatchState.COMMITTED:
        return Problem.of(problems.NOT_COMMITTED, number=batch.number)
    revisions = _revisions_of(batch)
    if not revisions:
        return None
    values: dict[str, Any] = {
        "site": batch.site_id,
        "revisions": revisions,
        "books": PostingSource.BOOKS.value,
        "accrued": [kind.value for kind in ACCRUED],
    }
    with connection.cursor() as cursor:
        cursor.execute(sql.BUILT_UPON, values)
        items, later_revision = cursor.fetchone()
        if items:
            later = LedgerRevision.objects.select_related("batch").get(number=later_revision).batch
            number = later.number if later else 0
            return Problem.of(problems.BUILT_UPON, number=batch.number, items=items, later=number)
        cursor.execute(sql.POSTED_UPON, values)
        (items,) = cursor.fetchone()
    return Problem.of(problems.POSTED_UPON, number=batch.number, items=items) if items else None


def _revisions_of(batch: ImportBatch) -> list[int]:
    rows = LedgerRevision.objects.filter(batch=batch, kind=RevisionKind.IMPORT)
    return list(rows.order_by("number").values_list("number", flat=True))


def _take_back(site_id: UUID, revisions: list[int], number: int) -> tuple[int, int]:
    accrued = [kind.value for kind in ACCRUED]
    values: dict[str, Any] = {"site": site_id, "revisions": revisions, "number": number, "accrued": accrued}
    with connection.cursor() as cursor:
        cursor.execute(sql.FIND_BEFORE, values)
        cursor.execute(sql.RESTORE_POSTINGS, values)
        cursor.execute(sql.VOID_POSTINGS, values)
        cursor.execute(sql.KEEP_PAST, values)
        cursor.execute(sql.RESTORE_ITEMS, values)
        restored = cursor.rowcount
        cursor.execute(sql.WITHDRAW_ITEMS, values)
        withdrawn = cursor.rowcount
        cursor.execute(sql.VOID_ACCRUED, values)
    return withdrawn, restored
