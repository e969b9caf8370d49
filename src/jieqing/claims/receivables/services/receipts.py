"""Money that a bank statement shows, into the ledger: one revision for each line that a person (or a rule) approved.

The room above decides which items a line pays; this service holds what the ledger itself must hold. No item is paid
beyond what is open, parts and rest are the whole amount, and a rest becomes an unapplied payment of the debtor. Taken
back, the postings end and the rest is withdrawn: a new revision, nothing is rewritten.

Two steps, because the evidence entry is named by the revision and names it: ``prepare_receipt`` checks under the
ledger's lock, ``post_receipt`` writes in the same transaction.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from hashlib import sha256
from uuid import UUID

from django.db.models import Q, Sum

from jieqing.claims.receivables.engine import receipt_problems as problems
from jieqing.claims.receivables.engine.accounts import Account, ItemKind, PostingKind, PostingSource
from jieqing.claims.receivables.events import LedgerActStood, ReceiptPosted, ReceiptTakenBack
from jieqing.claims.receivables.models import Item, LedgerRevision, Posting, RevisionKind
from jieqing.claims.receivables.services.results import ImportOptions
from jieqing.claims.receivables.services.revisions import lock_ledger, next_number, record_revision
from jieqing.claims.receivables.services.sources import creditor_id
from jieqing.kernel.actor import Actor
from jieqing.kernel.canonical import canonical_bytes
from jieqing.kernel.ids import new_id
from jieqing.kernel.money import plain_amount
from jieqing.kernel.outcomes import Problem
from jieqing.plumbing.events import publish


class Means(Enum):
    """By what a debt is covered: kind and contra of the posting, who says so, the revision's kind when made and taken back."""

    BANK = (
        PostingKind.PAYMENT,
        Account.BANK,
        PostingSource.BANK,
        RevisionKind.RECEIPT,
        RevisionKind.RECEIPT_BACK,
    )
    BILL = (
        PostingKind.ACCEPTANCE_BILL,
        Account.BILLS_RECEIVABLE,
        PostingSource.DECISION,
        RevisionKind.BILL,
        RevisionKind.BILL_BACK,
    )

    @property
    def made(self) -> tuple[PostingKind, Account, PostingSource]:
        kind, contra, source, _made, _back = self.value
        return kind, contra, source

    @property
    def revision(self) -> RevisionKind:
        return self.value[3]

    @property
    def back(self) -> RevisionKind:
        return self.value[4]


@dataclass(frozen=True, slots=True)
class ReceiptOrder:
    """What to post: positive parts by item, and the debtor who gets the rest. ``name`` is what the bank line is called."""

    line_id: UUID
    amount_minor: int
    currency: str
    effective_on: date
    parts: tuple[tuple[UUID, int], ...]
    debtor_id: UUID | None
    name: str
    means: Means = Means.BANK


@dataclass(frozen=True, slots=True)
class PreparedReceipt:
    """Checked and numbered, not yet written. ``row_digests`` go into the evidence entry, the rest's own first."""

    order: ReceiptOrder
    revision: int
    rest_minor: int
    rest_item_id: UUID | None
    creditor_id: UUID | None
    row_digests: tuple[bytes, ...]


def prepare_receipt(*, actor: Actor, order: ReceiptOrder) -> PreparedReceipt | Problem:
    """Check an order under the ledger's lock; inside the caller's transaction and site scope."""
    site_id = actor.own_site
    lock_ledger(site_id)
    items = {
        item.id: item for item in Item.objects.filter(id__in=[item_id for item_id, _part in order.parts])
    }
    problem = _refusal(order, items)
    if problem:
        return problem
    rest = order.amount_minor - sum(part for _item, part in order.parts)
    owner = None
    if rest:
        first = next((items[item_id] for item_id, _part in order.parts), None)
        owner = first.creditor_id if first else creditor_id(actor, ImportOptions(), create=True)
    rows = [{"unapplied": str(order.debtor_id), "minor": rest}] if rest else []
    rows += [{"item": str(item_id), "minor": part} for item_id, part in order.parts]
    digests = [
        sha256(
            b"\x00" + canonical_bytes({"line": str(order.line_id), "currency": order.currency, **row})
        ).digest()
        for row in rows
    ]
    return PreparedReceipt(
        order, next_number(site_id), rest, new_id() if rest else None, owner, tuple(digests)
    )


def post_receipt(*, actor: Actor, prepared: PreparedReceipt, entry_id: UUID) -> LedgerRevision:
    """Write what was prepared, in the same transaction. THE place where a bank line becomes a payment."""
    order, number, site_id = prepared.order, prepared.revision, actor.own_site
    revision = record_revision(
        actor=actor, number=number, kind=order.means.revision, entry_id=entry_id, batch=None
    )
    kind, contra, source = order.means.made
    pairs = list(order.parts)
    if prepared.rest_item_id:
        _make_rest(site_id, prepared)
        pairs.append((prepared.rest_item_id, prepared.rest_minor))
    Posting.objects.bulk_create(
        [
            Posting(
                site_id=site_id,
                item_id=item_id,
                amount_minor=-minor,
                effective_on=order.effective_on,
                recorded_rev=number,
                origin_rev=number,
                kind=kind.value,
                account=Account.RECEIVABLE.value,
                contra=contra.value,
                source=source.value,
                currency=order.currency,
            )
            for item_id, minor in pairs
        ]
    )
    publish(
        ReceiptPosted(
            site_id=site_id,
            revision=number,
            item_ids=tuple(item_id for item_id, _minor in pairs),
            line_id=order.line_id,
        )
    )
    return revision


def next_revision(*, actor: Actor) -> int:
    """The number the next revision will have, under the lock that this takes: for an entry that names it."""
    lock_ledger(actor.own_site)
    return next_number(actor.own_site)


def take_back_refusal(*, revision: int) -> Problem | None:
    """Why a receipt cannot be taken back now: its rest has been used since."""
    rests = Item.objects.filter(
        origin_rev=revision, kind=ItemKind.UNAPPLIED_PAYMENT.value, withdrawn_rev=None
    )
    # What the order of appropriation did with a rest gives way: it is counted again without it.
    used = Posting.objects.filter(item_id__in=rests.values("id"), voided_rev=None).exclude(
        Q(recorded_rev=revision) | Q(kind=PostingKind.APPROPRIATION.value)
    )
    return Problem.of(problems.REST_USED) if used.exists() else None


def take_back_receipt(
    *, actor: Actor, revision: int, number: int, entry_id: UUID, means: Means = Means.BANK
) -> LedgerRevision:
    """End what revision ``revision`` posted, as revision ``number``; the caller holds the lock and has asked why not."""
    site_id = actor.own_site
    taken = record_revision(actor=actor, number=number, kind=means.back, entry_id=entry_id, batch=None)
    kind, _contra, source = means.made
    live = Posting.objects.filter(
        recorded_rev=revision, source=source.value, kind=kind.value, voided_rev=None
    )
    item_ids = tuple(live.values_list("item_id", flat=True))
    live.update(voided_rev=number)
    Item.objects.filter(
        origin_rev=revision, kind=ItemKind.UNAPPLIED_PAYMENT.value, batch_id=None, withdrawn_rev=None
    ).update(withdrawn_rev=number)
    publish(ReceiptTakenBack(site_id=site_id, revision=number, item_ids=item_ids))
    return taken


def revive_debts(
    *, actor: Actor, revision: int, on: date, number: int, entry_id: UUID, cause_id: UUID
) -> LedgerRevision:
    """What a dishonoured bill covered stands again from a day on: opposite postings as revision ``number``; the first stay."""
    site_id = actor.own_site
    made = record_revision(actor=actor, number=number, kind=Means.BILL.back, entry_id=entry_id, batch=None)
    kind, contra, source = Means.BILL.made
    covered = Posting.objects.filter(recorded_rev=revision, kind=kind.value, voided_rev=None)
    revived = [
        Posting(
            site_id=site_id,
            item_id=row.item_id,
            amount_minor=-row.amount_minor,
            effective_on=on,
            recorded_rev=number,
            origin_rev=number,
            kind=kind.value,
            account=row.account,
            contra=contra.value,
            source=source.value,
            currency=row.currency,
        )
        for row in covered
    ]
    Posting.objects.bulk_create(revived)
    items = tuple(row.item_id for row in revived)
    publish(LedgerActStood(site_id=site_id, act_id=cause_id, revision=number, item_ids=items))
    return made


def debtor_of(parts: tuple[tuple[UUID, int], ...]) -> UUID | None:
    """The one debtor of these items; None when there are several, or none."""
    found = set(
        Item.objects.filter(id__in=[item_id for item_id, _minor in parts]).values_list("debtor_id", flat=True)
    )
    return found.pop() if len(found) == 1 else None


def open_amounts(item_ids: list[UUID]) -> dict[UUID, int]:
    """What is open on these items, all days counted."""
    rows = Posting.objects.filter(item_id__in=item_ids, voided_rev=None).values("item_id")
    return {row["item_id"]: row["open"] for row in rows.annotate(open=Sum("amount_minor"))}


def _refusal(order: ReceiptOrder, items: dict[UUID, Item]) -> Problem | None:
    asked = sum(part for _item, part in order.parts)
    code = order.currency
    if order.amount_minor <= 0 or any(part <= 0 for _item, part in order.parts):
        return Problem.of(problems.NOT_POSITIVE)
    if asked > order.amount_minor or len(items) != len(order.parts):
        kind = problems.TOO_MUCH if asked > order.amount_minor else problems.ITEM_GONE
        return Problem.of(kind, sum=plain_amount(asked, code), amount=plain_amount(order.amount_minor, code))
    if asked < order.amount_minor and order.debtor_id is None:
        return Problem.of(problems.NO_DEBTOR, rest=plain_amount(order.amount_minor - asked, code))
    open_now = open_amounts(list(items))
    for item_id, part in order.parts:
        item = items[item_id]
        if item.withdrawn_rev:
            return Problem.of(problems.ITEM_GONE)
        if item.currency != code:
            return Problem.of(
                problems.OTHER_CURRENCY, document=item.document_number, found=item.currency, currency=code
            )
        if open_now.get(item_id, 0) < part:
            return Problem.of(
                problems.OPEN_CHANGED,
                document=item.document_number,
                open=plain_amount(open_now.get(item_id, 0), code),
                wanted=plain_amount(part, code),
            )
    return None


def _make_rest(site_id: UUID, prepared: PreparedReceipt) -> None:
    order, item_id, owner = prepared.order, prepared.rest_item_id, prepared.creditor_id
    if item_id is None or owner is None or order.debtor_id is None:
        raise ValueError("a rest has an owner and a debtor")
    Item.objects.create(
        id=item_id,
        site_id=site_id,
        creditor_id=owner,
        debtor_id=order.debtor_id,
        batch=None,
        amount_minor=-prepared.rest_minor,
        invoice_on=order.effective_on,
        due_on=None,
        posting_on=order.effective_on,
        line=0,
        leaf_index=0,
        recorded_rev=prepared.revision,
        origin_rev=prepared.revision,
        kind=ItemKind.UNAPPLIED_PAYMENT.value,
        currency=order.currency,
        document_number=order.name[:120],
        row_digest=prepared.row_digests[0],
        business_key=item_id,
    )
