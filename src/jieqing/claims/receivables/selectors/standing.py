"""Where items stand: what is open on each, since when, and what came in; for rooms above that work on some items.

One statement for any number of items. *Open* is the sum of all live postings effective by the day, charges included: a
debt is settled when both balances are nil. *Paid* is money: payments on the item, and unapplied payments that were
applied to it; a credit note, a set-off or a write-off is no payment.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from jieqing.claims.receivables.engine.accounts import Account, ItemKind, PostingKind
from jieqing.claims.receivables.selectors.late_after import LATE_AFTER, LATE_TERMS
from jieqing.claims.receivables.selectors.statements import current_site, fetch, open_items, parameters

_STANDING = f"""
WITH {LATE_TERMS}
SELECT i.id, i.debtor_id, i.creditor_id, i.currency, i.kind, i.document_number, coalesce(i.due_on, i.invoice_on),
       {LATE_AFTER}, i.withdrawn_rev IS NOT NULL, coalesce(sum(p.amount_minor), 0),
       coalesce(-sum(p.amount_minor) FILTER (WHERE p.kind = ANY(%(written_off)s)), 0)
FROM receivables_item i LEFT JOIN receivables_posting p
  ON p.site_id = %(site)s AND p.item_id = i.id AND p.voided_rev IS NULL AND p.effective_on <= %(as_of)s
WHERE i.site_id = %(site)s AND i.id = ANY(%(items)s)
GROUP BY i.id
"""  # noqa: S608  # constants only
# An application counts where the credit that was used is money: the act of the same revision says which it was.
_MONEY = """
SELECT p.item_id, p.effective_on, -p.amount_minor
FROM receivables_posting p
WHERE p.site_id = %(site)s AND p.item_id = ANY(%(items)s) AND p.voided_rev IS NULL AND p.account = %(account)s
  AND p.kind = %(payment)s
UNION ALL
SELECT p.item_id, p.effective_on, -p.amount_minor
FROM receivables_posting p
JOIN receivables_act a ON a.site_id = %(site)s AND a.item_id = p.item_id AND a.revision = p.recorded_rev
JOIN receivables_item c ON c.id = a.credit_id AND c.site_id = %(site)s AND c.kind = %(unapplied)s
WHERE p.site_id = %(site)s AND p.item_id = ANY(%(items)s) AND p.voided_rev IS NULL AND p.kind = %(application)s
"""
_OVERDUE = """
SELECT i.id, i.debtor_id, i.creditor_id, i.late_after, o.open_minor
FROM open_item o JOIN item_state i ON i.id = o.item_id
WHERE i.kind = %(invoice)s AND i.currency = %(currency)s AND i.late_after < %(due_before)s
  AND (%(debtors)s::uuid[] IS NULL OR i.debtor_id = ANY(%(debtors)s))
"""


@dataclass(frozen=True, slots=True)
class ItemStanding:
    """An item at a day; it is overdue after ``late_after``. ``written_off_minor`` is net of recoveries."""

    item_id: UUID
    debtor_id: UUID
    creditor_id: UUID
    currency: str
    is_invoice: bool
    document_number: str
    due_on: date
    late_after: date
    is_withdrawn: bool
    open_minor: int
    written_off_minor: int


@dataclass(frozen=True, slots=True)
class Money:
    """Money on an item: positive when it came in."""

    item_id: UUID
    on: date
    amount_minor: int


@dataclass(frozen=True, slots=True)
class OverdueItem:
    item_id: UUID
    debtor_id: UUID
    creditor_id: UUID
    late_after: date
    open_minor: int


def standing_of(item_ids: Iterable[UUID], *, as_of: date) -> dict[UUID, ItemStanding]:
    """Each of these items as it stands on a day; a withdrawn one has nothing open."""
    wanted = list(item_ids)
    if not wanted:
        return {}
    rows = fetch(
        _STANDING,
        parameters(
            as_of=as_of,
            revision=None,
            items=wanted,
            written_off=[PostingKind.WRITE_OFF.value, PostingKind.RECOVERY.value],
        ),
        large=len(wanted) > 10_000,
    )
    return {row[0]: _standing(row) for row in rows}


def money_on(item_ids: Iterable[UUID]) -> list[Money]:
    """All money on these items that the ledger knows now, whatever its day."""
    wanted = list(item_ids)
    if not wanted:
        return []
    rows = fetch(
        _MONEY,
        {
            "site": current_site(),
            "items": wanted,
            "account": Account.RECEIVABLE.value,
            "payment": PostingKind.PAYMENT.value,
            "application": PostingKind.APPLICATION.value,
            "unapplied": ItemKind.UNAPPLIED_PAYMENT.value,
        },
    )
    return [Money(*row) for row in rows]


def overdue_items(
    *, as_of: date, due_before: date, currency: str, debtors: Iterable[UUID] | None = None
) -> list[OverdueItem]:
    """Invoices with something open whose late-after day lies before a day; of some debtors, or of all."""
    rows = fetch(
        f"WITH {open_items(None, balance='> 0')} {_OVERDUE}",
        parameters(
            as_of=as_of,
            revision=None,
            due_before=due_before,
            currency=currency,
            invoice=ItemKind.INVOICE.value,
            debtors=None if debtors is None else list(debtors),
        ),
        large=True,
    )
    return [OverdueItem(*row) for row in rows]


def _standing(row: tuple[Any, ...]) -> ItemStanding:
    (
        item,
        debtor,
        creditor,
        currency,
        kind,
        number,
        due_on,
        late_after,
        is_withdrawn,
        open_minor,
        written_off,
    ) = row
    return ItemStanding(
        item_id=item,
        debtor_id=debtor,
        creditor_id=creditor,
        currency=currency,
        is_invoice=kind == ItemKind.INVOICE.value,
        document_number=number,
        due_on=due_on,
        late_after=late_after,
        is_withdrawn=is_withdrawn,
        open_minor=0 if is_withdrawn else int(open_minor),
        written_off_minor=int(written_off),
    )


def written_condition(item: str) -> str:
    """SQL that says whether a revision (parameters ``site``, ``revision``) wrote, changed or ended the item of a column."""
    return f"""(
        EXISTS (SELECT 1 FROM receivables_item i WHERE i.id = {item} AND i.site_id = %(site)s
                AND (i.recorded_rev = %(revision)s OR i.withdrawn_rev = %(revision)s))
        OR EXISTS (SELECT 1 FROM receivables_posting p WHERE p.site_id = %(site)s AND p.item_id = {item}
                   AND (p.recorded_rev = %(revision)s OR p.voided_rev = %(revision)s)))"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class NumberedItem:
    item_id: UUID
    debtor_id: UUID
    creditor_id: UUID
    debtor: str


def items_numbered(numbers: Iterable[str]) -> dict[str, list[NumberedItem]]:
    """The invoices of these document numbers; several creditors may use one number."""
    rows = fetch(
        """
        SELECT i.document_number, i.id, i.debtor_id, i.creditor_id, coalesce(nullif(p.name, ''), p.code)
        FROM receivables_item i JOIN parties_party p ON p.id = i.debtor_id
        WHERE i.site_id = %(site)s AND i.withdrawn_rev IS NULL AND i.kind = %(invoice)s
          AND i.document_number = ANY(%(numbers)s)
        """,
        {"site": current_site(), "numbers": list(set(numbers)), "invoice": ItemKind.INVOICE.value},
    )
    found: dict[str, list[NumberedItem]] = {}
    for number, *rest in rows:
        found.setdefault(number, []).append(NumberedItem(*rest))
    return found
