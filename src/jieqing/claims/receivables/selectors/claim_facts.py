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


@dataclass(frozen=True, slots=True)
class DueClaim:
    """An open document with the days from which its limitation can run: due, and whatever was received on it."""

    item_id: UUID
    debtor_id: UUID
    debtor_name: str
    document_number: str
    due_on: date | None
    paid_on: tuple[date, ...]
    entry_id: UUID | None


def claims_with_a_day(
    *,
    as_of: date,
    first: date,
    last: date,
    due_before: date,
    also: Collection[UUID] = (),
    debtor_id: UUID | None = None,
) -> list[DueClaim]:
    """Open documents due, or paid on, within some days; those due before a day; and some by id. Any number, one statement."""
    rows = fetch(
        """
        WITH asked AS (
            SELECT i.id, i.debtor_id, i.document_number, i.due_on, i.origin_rev FROM receivables_item i
            WHERE i.site_id = %(site)s AND i.withdrawn_rev IS NULL AND i.kind = 1
              AND (%(debtor)s::uuid IS NULL OR i.debtor_id = %(debtor)s)
              AND (i.due_on BETWEEN %(first)s AND %(last)s OR i.due_on < %(due_before)s OR i.id = ANY(%(also)s::uuid[])
                   OR i.id IN (SELECT p.item_id FROM receivables_posting p
                               WHERE p.site_id = %(site)s AND p.kind = %(payment)s AND p.voided_rev IS NULL
                                 AND p.effective_on BETWEEN %(first)s AND %(last)s))
        )
        SELECT a.id, a.debtor_id, coalesce(nullif(d.name, ''), d.code), a.document_number, a.due_on,
               coalesce(array_agg(DISTINCT p.effective_on) FILTER (WHERE p.kind = %(payment)s), '{}'), r.entry_id
        FROM asked a
        JOIN receivables_posting p ON p.site_id = %(site)s AND p.item_id = a.id AND p.voided_rev IS NULL
             AND p.effective_on <= %(as_of)s
        JOIN parties_party d ON d.id = a.debtor_id AND d.site_id = %(site)s
        LEFT JOIN receivables_revision r ON r.site_id = %(site)s AND r.number = a.origin_rev
        GROUP BY a.id, a.debtor_id, d.name, d.code, a.document_number, a.due_on, r.entry_id
        HAVING sum(p.amount_minor) > 0
        """,
        {
            "site": current_site(),
            "as_of": as_of,
            "first": first,
            "last": last,
            "due_before": due_before,
            "also": list(also),
            "debtor": debtor_id,
            "payment": int(PostingKind.PAYMENT),
        },
    )
    return [
        DueClaim(item_id, debtor_id, name, number, due_on, tuple(sorted(paid_on)), entry_id)
        for item_id, debtor_id, name, number, due_on, paid_on, entry_id in rows
    ]
