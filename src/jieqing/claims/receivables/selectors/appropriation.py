"""The orders of a site, the accounts kept by them, and all that a plan of an account depends on."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from jieqing.claims.entitlements.engine.rules import Part
from jieqing.claims.receivables.engine import appropriation_problems as problems
from jieqing.claims.receivables.engine.account_plan import Document, Free, Named
from jieqing.claims.receivables.engine.accounts import Account, ItemKind, PostingKind, PostingSource
from jieqing.claims.receivables.engine.accruing import Course
from jieqing.claims.receivables.engine.appropriation_facts import Order, Policies, Policy
from jieqing.claims.receivables.models import Appropriation, AppropriationOrder, Item
from jieqing.claims.receivables.selectors.charges import Charged, Standing, decided_on, standing_postings
from jieqing.claims.receivables.selectors.statements import fetch, parameters
from jieqing.kernel.outcomes import Problem

AccountKey = tuple[UUID, UUID, str]
"""Creditor, debtor, currency."""
_LASTING = (PostingKind.WRITE_OFF.value, PostingKind.RECOVERY.value)
_BOOKED = (PostingKind.CREDIT_NOTE.value, PostingKind.ADJUSTMENT.value)
_CHARGES = Account.CHARGES.value


@dataclass(frozen=True, slots=True)
class AccountRead:
    """One account as the ledger has it: what the plan is made from, and what stands by the last one."""

    key: AccountKey
    policies: Policies
    documents: tuple[Document, ...]
    free: tuple[Free, ...]
    charged: dict[str, Charged]
    appropriated: tuple[Standing, ...]
    parts: tuple[Appropriation, ...]


def appropriation_orders() -> list[AppropriationOrder]:
    """Every version, the newest first."""
    return list(AppropriationOrder.objects.select_related("creditor").order_by("-number"))


def policies_for(orders: Iterable[AppropriationOrder], creditor_id: UUID) -> Policies | None:
    """What holds for a creditor by day; None where nobody has set an order: then nothing goes by itself.

    A creditor's own order comes before the site's; of two that have begun the later said one holds.
    """
    known = [one for one in orders if one.creditor_id in (None, creditor_id)]
    if not known:
        return None
    since = []
    for day in sorted({one.effective_from for one in known}):
        begun = [one for one in known if one.effective_from <= day]
        chosen = max(begun, key=lambda one: (one.creditor_id is not None, one.number))
        since.append((day, policy_of(chosen)))
    return Policies(tuple(since))


def policy_of(row: AppropriationOrder) -> Policy:
    within = tuple(Part[name.upper()] for name in row.within)
    return Policy(Order(row.between), within, row.covers_booked)


def accounts_of_items(item_ids: Iterable[UUID]) -> set[AccountKey]:
    rows = Item.objects.filter(id__in=list(item_ids))
    return set(rows.values_list("creditor_id", "debtor_id", "currency"))


def accounts_to_keep(*, revision: int | None = None, creditor_id: UUID | None = None) -> set[AccountKey]:
    """Accounts with something to appropriate: an unapplied payment or a charge; of one revision's items, or of all."""
    rows = fetch(
        """
        SELECT DISTINCT i.creditor_id, i.debtor_id, i.currency FROM receivables_item i
        WHERE i.site_id = %(site)s AND (%(creditor)s::uuid IS NULL OR i.creditor_id = %(creditor)s)
          AND (i.kind = %(free)s OR EXISTS (
              SELECT 1 FROM receivables_posting c WHERE c.site_id = %(site)s AND c.item_id = i.id
                AND (c.account = %(charges)s OR c.kind = %(parts)s) AND c.voided_rev IS NULL))
          AND (%(touched)s::int IS NULL OR (i.creditor_id, i.debtor_id, i.currency) IN (
              SELECT t.creditor_id, t.debtor_id, t.currency FROM receivables_item t
              JOIN receivables_posting p ON p.site_id = t.site_id AND p.item_id = t.id
              WHERE t.site_id = %(site)s AND (p.recorded_rev = %(touched)s OR p.voided_rev = %(touched)s)
              UNION ALL
              SELECT h.creditor_id, h.debtor_id, h.currency FROM receivables_item_past h
              WHERE h.site_id = %(site)s AND h.voided_rev = %(touched)s))
        """,
        parameters(
            as_of=date.max, revision=None, creditor=creditor_id, free=ItemKind.UNAPPLIED_PAYMENT.value,
            charges=_CHARGES, parts=PostingKind.APPROPRIATION.value, touched=revision,
        ),
    )  # fmt: skip
    return {(creditor, debtor, currency) for creditor, debtor, currency in rows}


def read_accounts(
    accounts: Collection[AccountKey], orders: Sequence[AppropriationOrder]
) -> Iterator[AccountRead]:
    """The accounts that some order keeps, each with all that its plan depends on; four queries for all of them."""
    rows = list(
        Item.objects.filter(debtor_id__in={debtor for _creditor, debtor, _currency in accounts})
        .exclude(kind=ItemKind.CREDIT_NOTE.value)
        .order_by("invoice_on", "document_number", "id")
    )
    items: dict[AccountKey, list[Item]] = defaultdict(list)
    for row in rows:
        items[row.creditor_id, row.debtor_id, row.currency].append(row)
    ids = [row.id for key in accounts for row in items[key]]
    postings = standing_postings(ids)
    parts: dict[UUID, list[Appropriation]] = defaultdict(list)
    for part in Appropriation.objects.filter(home_id__in=ids, voided_rev=None):
        parts[part.home_id].append(part)
    decided = decided_on(ids)
    for key in sorted(accounts, key=str):
        policies = policies_for(orders, key[0])
        if policies is None:
            continue
        standing = [row for row in items[key] if row.withdrawn_rev is None]
        invoices = [row for row in standing if row.kind == ItemKind.INVOICE]
        charged = {
            str(row.id): Charged(row, _course(row), decided[row.id], _on_charges(postings[row.id]))
            for row in invoices
        }
        yield AccountRead(
            key=key,
            policies=policies,
            documents=tuple(_document(charged[str(row.id)], postings[row.id], policies) for row in invoices),
            free=tuple(
                _free(row, postings[row.id]) for row in standing if _unused(row, postings[row.id]) > 0
            ),
            charged=charged,
            appropriated=tuple(
                one for row in items[key] for one in postings[row.id] if one.kind == PostingKind.APPROPRIATION
            ),
            parts=tuple(one for row in items[key] for one in parts[row.id]),
        )


def appropriations_on(item_id: UUID) -> list[Appropriation]:
    """What went to or from an item by the order, superseded rows included; the newest revision first."""
    found = Appropriation.objects.filter(document_id=item_id) | Appropriation.objects.filter(home_id=item_id)
    return list(
        found.select_related("home", "document").order_by("-recorded_rev", "effective_on", "part", "id")
    )


def _course(item: Item) -> Course:
    return Course(item.amount_minor, item.currency, item.invoice_on, item.due_on)


def _on_charges(rows: Iterable[Standing]) -> tuple[Standing, ...]:
    return tuple(row for row in rows if row.account == _CHARGES)


def _document(one: Charged, rows: Sequence[Standing], policies: Policies) -> Document:
    told = [
        row
        for row in rows
        if row.account != _CHARGES and row.kind not in (PostingKind.INVOICE, PostingKind.APPROPRIATION)
    ]
    lasting = [row for row in told if row.kind in _LASTING]
    others = [row for row in told if row.kind not in _LASTING]
    ends, raised = _ended_bills(others)
    return Document(
        key=str(one.item.id),
        course=one.course,
        named=tuple(
            Named(row.effective_on, -row.amount_minor, _is_booked(row, policies), ends.get(row.id))
            for row in others
            if row.amount_minor < 0
        ),
        lasting=tuple((row.effective_on, row.amount_minor) for row in lasting),
        raised=tuple((row.effective_on, row.amount_minor) for row in raised),
        decided=one.decided,
    )


def _ended_bills(rows: Sequence[Standing]) -> tuple[dict[int, date], list[Standing]]:
    """Until when each dishonoured bill covered the document, by its posting; and what else made the debt larger."""
    bills = [row for row in rows if row.kind == PostingKind.ACCEPTANCE_BILL and row.amount_minor < 0]
    ends: dict[int, date] = {}
    raised = []
    for row in rows:
        if row.amount_minor < 0:
            continue
        found = [one for one in bills if one.id not in ends and one.amount_minor == -row.amount_minor]
        if row.kind == PostingKind.ACCEPTANCE_BILL and found:
            ends[found[0].id] = row.effective_on
        else:
            raised.append(row)
    return ends, raised


def _is_booked(row: Standing, policies: Policies) -> bool:
    if row.kind in _BOOKED:
        return True
    return row.source == PostingSource.BOOKS and not policies.on(row.effective_on).covers_booked


def _free(item: Item, rows: Iterable[Standing]) -> Free:
    return Free(str(item.id), item.invoice_on, _unused(item, rows))


def _unused(item: Item, rows: Iterable[Standing]) -> int:
    """What of an unapplied payment no person has put anywhere; the order's own parts give way."""
    if item.kind != ItemKind.UNAPPLIED_PAYMENT:
        return 0
    return -sum(row.amount_minor for row in rows if row.kind != PostingKind.APPROPRIATION)


def told_order(row: AppropriationOrder) -> dict[str, Any]:
    """A version as commands and programs hear it."""
    return {
        "number": row.number,
        "creditor_id": str(row.creditor_id) if row.creditor_id else None,
        "between": row.between,
        "within": list(row.within),
        "covers_booked": row.covers_booked,
        "effective_from": row.effective_from.isoformat(),
        "entry": str(row.entry_id),
    }


def creditors() -> list[tuple[UUID, str]]:
    """Whose claims the ledger holds, by name."""
    rows = Item.objects.filter(withdrawn_rev=None).values_list("creditor_id", "creditor__name").distinct()
    return sorted(((found, name) for found, name in rows), key=lambda one: (one[1], str(one[0])))


def creditor_named(name: str) -> UUID | Problem:
    found = [creditor for creditor, said in creditors() if said == name.strip()]
    return found[0] if len(found) == 1 else Problem.of(problems.CREDITOR_UNKNOWN)
