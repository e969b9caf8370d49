"""What a placement, a case or a check asks of a few items: who owes whom, what, since when, and what is still open."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from jieqing.claims.receivables.engine.accounts import PostingKind
from jieqing.claims.receivables.selectors.statements import current_site, fetch


@dataclass(frozen=True, slots=True)
class ClaimFacts:
    """An item as others may know it; ``open_minor`` is by the postings up to the day that is replayed, else by all."""

    item_id: UUID
    creditor_id: UUID
    debtor_id: UUID
    document_number: str
    kind: int
    currency: str
    amount_minor: int
    open_minor: int
    invoice_on: date
    due_on: date | None
    is_withdrawn: bool


# A replayed ledger knows what came later; whoever asks about debts of that day must not.
_DAY = """coalesce((SELECT d.as_of FROM receivables_reporting_day d WHERE d.site_id = %(site)s AND d.ended_at IS NULL),
                 'infinity'::date)"""
_CLAIMS = f"""
SELECT i.id, i.creditor_id, i.debtor_id, i.document_number, i.kind, i.currency, i.amount_minor,
       coalesce((SELECT sum(t.amount_minor) FROM receivables_posting t
                 WHERE t.site_id = %(site)s AND t.item_id = i.id AND t.voided_rev IS NULL
                   AND t.effective_on <= {_DAY}), 0)::bigint AS open_minor,
       i.invoice_on, i.due_on, i.withdrawn_rev IS NOT NULL
FROM receivables_item i WHERE i.site_id = %(site)s
"""  # noqa: S608  # constants only


def claim_facts(item_ids: Collection[UUID]) -> dict[UUID, ClaimFacts]:
    """By item; an id that is not the site's is missing."""
    rows = fetch(
        _CLAIMS + " AND i.id = ANY(%(ids)s::uuid[])", {"site": current_site(), "ids": list(item_ids)}
    )
    return {row[0]: ClaimFacts(*row) for row in rows}


def open_claims_of(creditor_id: UUID, *, debtor_id: UUID | None = None) -> list[ClaimFacts]:
    """A creditor's documents with something open (one debtor's, if asked), oldest due first."""
    rows = fetch(
        f"""
        SELECT * FROM ({_CLAIMS} AND i.creditor_id = %(creditor)s AND i.withdrawn_rev IS NULL AND i.kind = 1
            AND (%(debtor)s::uuid IS NULL OR i.debtor_id = %(debtor)s)) claim
        WHERE open_minor > 0 ORDER BY coalesce(due_on, invoice_on), document_number, id
        """,  # noqa: S608  # constants only
        {"site": current_site(), "creditor": creditor_id, "debtor": debtor_id},
    )
    return [ClaimFacts(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class CreditorFacts:
    """A creditor of the ledger, and how many documents name them."""

    creditor_id: UUID
    items: int


def ledger_creditors() -> list[CreditorFacts]:
    """Everybody to whom the site's ledger says something is owed."""
    rows = fetch(
        """
        SELECT creditor_id, count(*) FROM receivables_item
        WHERE site_id = %(site)s AND withdrawn_rev IS NULL GROUP BY creditor_id ORDER BY count(*) DESC
        """,
        {"site": current_site()},
    )
    return [CreditorFacts(*row) for row in rows]


def payment_days(item_ids: Collection[UUID]) -> dict[UUID, tuple[date, ...]]:
    """On which days something was received for an item, oldest first; items without a payment are missing."""
    rows = fetch(
        f"""
        SELECT item_id, array_agg(DISTINCT effective_on ORDER BY effective_on) FROM receivables_posting
        WHERE site_id = %(site)s AND item_id = ANY(%(ids)s::uuid[]) AND kind = %(payment)s AND voided_rev IS NULL
          AND effective_on <= {_DAY}
        GROUP BY item_id
        """,  # noqa: S608  # constants only
        {"site": current_site(), "ids": list(item_ids), "payment": int(PostingKind.PAYMENT)},
    )
    return {item_id: tuple(days) for item_id, days in rows}
