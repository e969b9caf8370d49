"""The moment a revision stands: evidence over what was merged, the revision itself, the news; in this order, under the lock."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import polars as pl

from jieqing.claims.receivables.events import LedgerImported
from jieqing.claims.receivables.models import ImportBatch, RevisionKind
from jieqing.claims.receivables.services.loading import without_places
from jieqing.claims.receivables.services.merging import Merge
from jieqing.claims.receivables.services.revisions import record_revision
from jieqing.kernel.actor import Actor
from jieqing.plumbing.db.statistics import take_statistics_after_commit
from jieqing.plumbing.events import publish
from jieqing.trust.evidence import services as evidence


@dataclass(frozen=True, slots=True)
class Entered:
    """What became of the good rows. ``number`` is None when the ledger held them all already."""

    accepted: int
    updated: int
    known: int
    number: int | None
    entry_id: UUID


def enter(
    *, actor: Actor, batch: ImportBatch, merge: Merge, digests: pl.Series, action: str, facts: dict[str, Any]
) -> Entered:
    """Record what ``merge`` wrote. Without a row that entered there is an entry but no revision: the ledger is the same.

    The entry's row digests are those of the rows that changed the ledger, in file order: row ``leaf_index`` of an item.
    """
    number = merge.values["revision"] if merge.entered else None
    entry_id = evidence.record_bulk(
        actor=actor,
        action=action,
        subject=f"claims.receivables.batch:{batch.id}",
        row_digests=without_places(digests, merge.unchanged),
        facts={"number": batch.number, "revision": number, **facts},
    )
    entered = Entered(merge.entered - merge.changed, merge.changed, merge.known, number, entry_id)
    if number is not None:
        take_statistics_after_commit("receivables_item", "receivables_posting", rows=merge.entered)
        record_revision(actor=actor, number=number, kind=RevisionKind.IMPORT, entry_id=entry_id, batch=batch)
        publish(
            LedgerImported(
                site_id=batch.site_id,
                batch_id=batch.id,
                revision=number,
                accepted=entered.accepted,
                updated=entered.updated,
            )
        )
    return entered
