"""One item opened down to its postings and the evidence behind each state of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from jieqing.claims.receivables.engine.accounts import Account, PostingKind
from jieqing.claims.receivables.engine.charge_plan import split_open
from jieqing.claims.receivables.models import Item, ItemPast, LedgerRevision, Posting


@dataclass(frozen=True, slots=True)
class EvidenceRef:
    """Where the proof of one state of an item lies: an evidence entry, and the row within it."""

    revision: int
    kind: str
    at: datetime
    entry_id: UUID
    row_index: int | None
    row_digest: str
    batch_id: UUID | None
    batch_number: int | None
    file_name: str
    actor_id: UUID


@dataclass(frozen=True, slots=True)
class PostingRow:
    """One balanced pair. ``voided_rev`` is the revision that ended it; such a pair counts only in earlier views."""

    kind: PostingKind
    amount_minor: int
    currency: str
    effective_on: date
    account: int
    contra: int
    source: int
    recorded_rev: int
    voided_rev: int | None


@dataclass(frozen=True, slots=True)
class ItemDetail:
    """``principal_minor`` and ``charges_minor`` are the two parts of ``open_minor``."""

    item: Item
    debtor_name: str
    creditor_name: str
    open_minor: int
    principal_minor: int
    charges_minor: int
    postings: tuple[PostingRow, ...]
    past: tuple[ItemPast, ...]
    evidence: tuple[EvidenceRef, ...] = field(default=())


def item_detail(item: Item, *, as_of: date) -> ItemDetail:
    """One item with everything that made its figure. The item comes from ``access.item_by_id``."""
    postings = Posting.objects.filter(item_id=item.id).order_by("effective_on", "id")
    past = tuple(ItemPast.objects.filter(item_id=item.id).order_by("recorded_rev"))
    lines = tuple(
        PostingRow(
            PostingKind(row.kind), row.amount_minor, row.currency, row.effective_on,
            row.account, row.contra, row.source, row.recorded_rev, row.voided_rev,
        )
        for row in postings
    )  # fmt: skip
    live = [p for p in lines if p.voided_rev is None and p.effective_on <= as_of]
    on_charges = sum(p.amount_minor for p in live if p.account == Account.CHARGES)
    open_minor = sum(p.amount_minor for p in live)
    principal_minor, charges_minor = split_open(open_minor - on_charges, on_charges)
    return ItemDetail(
        item=item,
        debtor_name=item.debtor.name or item.debtor.code,
        creditor_name=item.creditor.name or item.creditor.code,
        open_minor=open_minor,
        principal_minor=principal_minor,
        charges_minor=charges_minor,
        postings=lines,
        past=past,
        evidence=_evidence_of(item, past, lines),
    )


def _evidence_of(
    item: Item, past: Sequence[ItemPast], postings: Sequence[PostingRow]
) -> tuple[EvidenceRef, ...]:
    """Every revision that touched the item; the row index only where the revision said a state of it."""
    leaves = {state.origin_rev: state for state in (*past, item)}
    touched = {
        *leaves,
        *(state.recorded_rev for state in (*past, item)),
        *(p.recorded_rev for p in postings),
        *(p.voided_rev for p in postings),
        item.withdrawn_rev,
    }
    numbers = [number for number in touched if number is not None]
    revisions = LedgerRevision.objects.select_related("batch").filter(number__in=numbers).order_by("number")
    return tuple(
        EvidenceRef(
            revision=row.number,
            kind=row.kind,
            at=row.at,
            entry_id=row.entry_id,
            row_index=leaves[row.number].leaf_index if row.number in leaves else None,
            row_digest=bytes(leaves[row.number].row_digest).hex() if row.number in leaves else "",
            batch_id=row.batch_id,
            batch_number=row.batch.number if row.batch else None,
            file_name=row.batch.file_name if row.batch else "",
            actor_id=row.actor_id,
        )
        for row in revisions
    )
