"""The moment rows enter the ledger: parties, match, number, merge, evidence, revision, news; in this order, under the lock."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import polars as pl

from jieqing.claims.parties.services import upsert_parties
from jieqing.claims.receivables.events import LedgerImported
from jieqing.claims.receivables.models import ImportBatch, RevisionKind
from jieqing.claims.receivables.services.loading import without_places
from jieqing.claims.receivables.services.merging import Matched, match, merge, put_parties
from jieqing.claims.receivables.services.revisions import next_number, record_revision
from jieqing.claims.receivables.services.staging import PartyNumbers
from jieqing.kernel.actor import Actor
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
    *,
    actor: Actor,
    batch: ImportBatch,
    creditor_id: UUID,
    parties: PartyNumbers,
    digests: pl.Series,
    is_file_known: bool,
    action: str,
    facts: Callable[[Matched], dict[str, Any]],
) -> Entered:
    """Merge what stands in the staging tables. ``facts`` are what the entry says besides number and revision.

    The entry's row digests are those of the rows that changed the ledger, in file order: row ``leaf_index`` of an item.
    """
    mentions = parties.mentions(creditor_id)
    ids = upsert_parties(actor=actor, mentions=mentions)
    put_parties([ids[mention.match_key] for mention in mentions])
    matched = match(site_id=batch.site_id, is_file_known=is_file_known)
    enters = digests.len() - matched.known
    number = next_number(batch.site_id) if enters else None
    if number is not None:
        merge(
            site_id=batch.site_id,
            creditor_id=creditor_id,
            batch_id=batch.id,
            revision=number,
            matched=matched,
        )
    entry_id = evidence.record_bulk(
        actor=actor,
        action=action,
        subject=f"claims.receivables.batch:{batch.id}",
        row_digests=without_places(digests, matched.unchanged),
        facts={"number": batch.number, "revision": number, **facts(matched)},
    )
    entered = Entered(enters - matched.changed, matched.changed, matched.known, number, entry_id)
    if number is not None:
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
