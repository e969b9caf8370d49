"""A small ledger written by hand, for tests of pages and selectors that need known figures.

Rows come straight from the models, with one bulk entry of evidence per revision, so that what a page says can be
counted on the fingers. Tests of the import itself use the import.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from uuid import UUID, uuid4

from jieqing.claims.parties.engine.matching import Mention
from jieqing.claims.parties.services import upsert_parties
from jieqing.claims.receivables.engine.accounts import CONTRA, Account, ItemKind, PostingKind, PostingSource
from jieqing.claims.receivables.models import (
    BatchState,
    ImportBatch,
    Item,
    LedgerRevision,
    Posting,
    RevisionKind,
)
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence import services as evidence

DAY = date(2026, 11, 22)


@dataclass
class HandLedger:
    """``invoice`` collects, ``commit`` writes one revision with its batch and its evidence entry."""

    site_id: UUID
    creditor: str
    actor: Actor
    waiting: list[tuple[str, Item, list[Posting]]] = field(default_factory=list)
    revision: int = 0

    def add(
        self,
        number: str,
        debtor: str,
        amount_minor: int,
        *,
        due_in: int | None = 0,
        paid: int = 0,
        kind: ItemKind = ItemKind.INVOICE,
        currency: str = "CNY",
        term: int = 30,
    ) -> Item:
        """An item due ``due_in`` days after ``DAY`` (negative is overdue; None has no due date), partly paid on DAY."""
        due_on = None if due_in is None else DAY + timedelta(days=due_in)
        invoice_on = (due_on or DAY) - timedelta(days=term)
        item = Item(
            site_id=self.site_id,
            amount_minor=amount_minor,
            invoice_on=invoice_on,
            due_on=due_on,
            posting_on=invoice_on,
            line=len(self.waiting) + 2,
            leaf_index=len(self.waiting),
            kind=kind.value,
            currency=currency,
            document_number=number,
            row_digest=sha256(number.encode()).digest(),
            business_key=uuid4(),
        )
        postings = [
            self._posting(item, PostingKind[kind.name.replace("UNAPPLIED_", "")], amount_minor, invoice_on)
        ]
        if paid:
            postings.append(self._posting(item, PostingKind.PAYMENT, -paid, DAY))
        self.waiting.append((debtor, item, postings))
        return item

    def commit(self, file_name: str = "应收明细.xlsx") -> ImportBatch:
        self.revision += 1
        with site_scope(self.site_id):
            batch = ImportBatch.objects.create(
                site_id=self.site_id,
                number=self.revision,
                file_name=file_name,
                file_key="none",
                file_digest=bytes(32),
                file_bytes=1,
                state=BatchState.COMMITTED,
                created_at=clock.now(),
                created_by=self.actor.id,
                committed_rev=self.revision,
            )
            entry = evidence.record_bulk(
                actor=self.actor,
                action="claims.receivables.imported",
                subject=f"claims.receivables.batch:{batch.id}",
                row_digests=[item.row_digest for _debtor, item, _postings in self.waiting],
                facts={"rows": len(self.waiting)},
            )
            LedgerRevision.objects.create(
                site_id=self.site_id,
                number=self.revision,
                kind=RevisionKind.IMPORT,
                at=clock.now(),
                actor_id=self.actor.id,
                entry_id=entry,
                batch=batch,
            )
            ids = self._parties()
            for debtor, item, postings in self.waiting:
                item.debtor_id, item.creditor_id = ids[debtor], ids[self.creditor]
                item.batch, item.recorded_rev, item.origin_rev = batch, self.revision, self.revision
                for posting in postings:
                    posting.recorded_rev = posting.origin_rev = self.revision
            Item.objects.bulk_create([item for _debtor, item, _postings in self.waiting])
            Posting.objects.bulk_create(
                [one for _debtor, _item, postings in self.waiting for one in postings]
            )
        self.waiting = []
        return batch

    def _parties(self) -> dict[str, UUID]:
        names = sorted({self.creditor, *(debtor for debtor, _item, _postings in self.waiting)})
        mentions = {name: Mention(name) for name in names}
        found = upsert_parties(actor=self.actor, mentions=mentions.values())
        return {name: found[mention.match_key] for name, mention in mentions.items()}

    def _posting(self, item: Item, kind: PostingKind, amount_minor: int, on: date) -> Posting:
        return Posting(
            site_id=self.site_id,
            item=item,
            amount_minor=amount_minor,
            effective_on=on,
            kind=kind.value,
            account=Account.RECEIVABLE.value,
            contra=CONTRA[kind].value,
            source=PostingSource.BOOKS.value,
            currency=item.currency,
        )
