"""A random ledger written by revisions, and the same ledger as plain values: what the database must agree with.

Postings and states come and go the way imports, corrections and undos make them: recorded by one revision, ended by a
later one. ``MirrorLedger`` answers "what was open" by walking lists, without SQL.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from random import Random
from uuid import UUID, uuid4

from jieqing.claims.receivables.engine.accounts import CONTRA, Account, ItemKind, PostingKind, PostingSource
from jieqing.claims.receivables.engine.ageing import AgedItem
from jieqing.claims.receivables.models import Item, ItemPast, Posting

FIRST_DAY = date(2024, 1, 1)
CURRENCIES = ("CNY", "CNY", "CNY", "USD")


@dataclass
class MirrorLedger:
    """Items with their states and postings, kept as lists: the second formulation."""

    items: list[Item] = field(default_factory=list)
    past: list[ItemPast] = field(default_factory=list)
    postings: list[Posting] = field(default_factory=list)

    def open_items(self, as_of: date, revision: int) -> list[AgedItem]:
        states: dict[UUID, Item | ItemPast] = {i.id: i for i in self.items if i.recorded_rev <= revision}
        states |= {h.item_id: h for h in self.past if h.recorded_rev <= revision < h.voided_rev}
        opened: dict[UUID, int] = {}
        for row in self.postings:
            is_known = row.recorded_rev <= revision and (row.voided_rev or revision + 1) > revision
            if is_known and row.effective_on <= as_of:
                opened[row.item_id] = opened.get(row.item_id, 0) + row.amount_minor
        return [
            AgedItem(said.currency, said.invoice_on, said.due_on, said.posting_on, opened[item_id])
            for item_id, said in states.items()
            if opened.get(item_id)
        ]


def random_ledger(site_id: UUID, random: Random, *, postings: int, revisions: int) -> MirrorLedger:
    """About ``postings`` postings over ``revisions`` revisions; not saved."""
    ledger = MirrorLedger()
    while len(ledger.postings) < postings:
        _add_item(ledger, site_id, random, revisions)
    return ledger


def _add_item(ledger: MirrorLedger, site_id: UUID, random: Random, revisions: int) -> None:
    recorded = random.randint(1, revisions)
    invoice_on = FIRST_DAY + timedelta(days=random.randrange(700))
    amount = random.randrange(-50_000, 5_000_000) or 1
    item = Item(site_id=site_id, business_key=uuid4(), **state(random, invoice_on, amount, recorded))
    ledger.items.append(item)
    kind = PostingKind.INVOICE if amount > 0 else PostingKind.CREDIT_NOTE
    ledger.postings.append(posting(item, kind, amount, invoice_on, recorded))
    left = amount
    for _part in range(random.choice((0, 1, 1, 1, 2, 3))):
        paid = left if random.random() < 0.5 else left // 3
        if paid:
            on = invoice_on + timedelta(days=random.randrange(-3, 200))
            ledger.postings.append(
                posting(item, PostingKind.PAYMENT, -paid, on, random.randint(recorded, revisions))
            )
        left -= paid
    if recorded < revisions and random.random() < 0.2:
        _correct(ledger, item, random, recorded, revisions)


def _correct(ledger: MirrorLedger, item: Item, random: Random, recorded: int, revisions: int) -> None:
    """A later revision moves the due date and replaces the document posting."""
    later = random.randint(recorded + 1, revisions)
    columns = [
        f.attname for f in ItemPast._meta.concrete_fields if hasattr(item, f.attname) and f.attname != "id"
    ]
    ledger.past.append(
        ItemPast(item_id=item.id, voided_rev=later, **{name: getattr(item, name) for name in columns})
    )
    item.due_on = None if random.random() < 0.3 else item.invoice_on + timedelta(days=random.randrange(120))
    item.recorded_rev = item.origin_rev = later
    document = next(p for p in ledger.postings if p.item_id == item.id)
    document.voided_rev = later
    item.amount_minor += 100
    if item.amount_minor:
        kind = PostingKind(document.kind)
        ledger.postings.append(posting(item, kind, item.amount_minor, item.invoice_on, later))


def state(random: Random, invoice_on: date, amount: int, recorded: int) -> dict[str, object]:
    return {
        "creditor_id": uuid4(),
        "debtor_id": uuid4(),
        "batch_id": uuid4(),
        "amount_minor": amount,
        "invoice_on": invoice_on,
        "due_on": None if random.random() < 0.1 else invoice_on + timedelta(days=random.randrange(-5, 120)),
        "posting_on": None if random.random() < 0.2 else invoice_on + timedelta(days=random.randrange(5)),
        "line": 2,
        "leaf_index": 0,
        "recorded_rev": recorded,
        "origin_rev": recorded,
        "kind": ItemKind.INVOICE if amount > 0 else ItemKind.CREDIT_NOTE,
        "currency": random.choice(CURRENCIES),
        "document_number": "R",
        "row_digest": sha256(b"").digest(),
    }


def posting(item: Item, kind: PostingKind, amount: int, on: date, recorded: int) -> Posting:
    return Posting(
        site_id=item.site_id,
        item_id=item.id,
        amount_minor=amount,
        effective_on=on,
        recorded_rev=recorded,
        origin_rev=recorded,
        kind=kind,
        account=Account.RECEIVABLE,
        contra=CONTRA[kind],
        source=PostingSource.BOOKS,
        currency=item.currency,
    )
