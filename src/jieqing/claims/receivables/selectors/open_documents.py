"""Open documents that a payment could be for: by debtor, by document number or by amount, in one currency.

Narrow on purpose: a bank page asks for fifty lines at once, and a ledger may hold a million items.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from jieqing.claims.parties.engine.names import name_key
from jieqing.claims.receivables.selectors.statements import current_site, fetch, party_matches

DOCUMENTS_MAX = 20_000
PICK_MAX = 2_000
# What plain_number of the engine above leaves out; enough to find, the engine compares exactly.
_SIGNS = "-_/. #()"


@dataclass(frozen=True, slots=True)
class OpenDocument:
    item_id: UUID
    debtor_id: UUID
    debtor_name: str
    document_number: str
    currency: str
    open_minor: int
    invoice_on: date
    due_on: date | None


def open_documents(
    *,
    currency: str,
    debtor_ids: Collection[UUID] = (),
    numbers: Collection[str] = (),
    amounts: Collection[int] = (),
    name_keys: Collection[str] = (),
    name_starts: Collection[str] = (),
    pinyin_starts: Collection[str] = (),
) -> list[OpenDocument]:
    """Documents with a positive open amount that match any of the conditions, oldest due first."""
    rows = fetch(
        f"""
        WITH debtor AS (
            SELECT id FROM parties_party WHERE site_id = %(site)s AND (
                id = ANY(%(debtors)s::uuid[]) OR name_key = ANY(%(keys)s::text[])
                OR name_key LIKE ANY(%(starts)s::text[])
                OR replace(sort_key, ' ', '') LIKE ANY(%(pinyin)s::text[]))
        ), found AS (
            SELECT i.id, i.debtor_id, i.document_number, i.currency, i.invoice_on, i.due_on FROM receivables_item i
            WHERE i.site_id = %(site)s AND i.withdrawn_rev IS NULL AND i.currency = %(currency)s AND i.kind = 1 AND (
                i.debtor_id IN (SELECT id FROM debtor) OR i.amount_minor = ANY(%(amounts)s::bigint[])
                OR translate(upper(i.document_number), '{_SIGNS}', '') = ANY(%(numbers)s::text[]))
            LIMIT {DOCUMENTS_MAX}
        )
        SELECT f.id, f.debtor_id, coalesce(nullif(p.name, ''), p.code), f.document_number, f.currency,
               sum(t.amount_minor)::bigint, f.invoice_on, f.due_on
        FROM found f
        JOIN receivables_posting t ON t.site_id = %(site)s AND t.item_id = f.id AND t.voided_rev IS NULL
        JOIN parties_party p ON p.id = f.debtor_id AND p.site_id = %(site)s
        GROUP BY f.id, f.debtor_id, p.name, p.code, f.document_number, f.currency, f.invoice_on, f.due_on
        HAVING sum(t.amount_minor) > 0
        ORDER BY coalesce(f.due_on, f.invoice_on), f.invoice_on, f.document_number, f.id
        """,  # noqa: S608  # constants only
        {
            "site": current_site(),
            "currency": currency,
            "debtors": list(debtor_ids),
            "numbers": list(numbers),
            "amounts": list(amounts),
            "keys": list(name_keys),
            "starts": [f"{_plain(start)}%" for start in name_starts],
            "pinyin": [f"{_plain(start)}%" for start in pinyin_starts],
        },
    )
    return [OpenDocument(*row) for row in rows]


def documents_to_pick(
    *,
    currency: str,
    words: str = "",
    amount_minor: int | None = None,
    debtor_ids: Collection[UUID] = (),
    item_ids: Collection[UUID] = (),
    limit: int = 30,
) -> list[OpenDocument]:
    """Open documents that a person looks for: part of a number, a debtor's name, pinyin or code, an amount; or by id.

    Empty words find only what the ids name. A search stops at ``PICK_MAX`` candidates: narrower words find the rest.
    """
    rows = fetch(
        f"""
        WITH debtor AS (
            SELECT party.id FROM parties_party party WHERE party.site_id = %(site)s AND (
                party.id = ANY(%(debtors)s::uuid[]) OR (%(search)s <> '' AND {party_matches("party")}))
        ), found AS (
            SELECT i.id, i.debtor_id, i.document_number, i.currency, i.invoice_on, i.due_on FROM receivables_item i
            WHERE i.site_id = %(site)s AND i.withdrawn_rev IS NULL AND i.currency = %(currency)s AND i.kind = 1 AND (
                i.id = ANY(%(items)s::uuid[]) OR i.debtor_id IN (SELECT id FROM debtor)
                OR i.amount_minor = %(amount)s
                OR (%(search)s <> '' AND strpos(lower(i.document_number), %(search)s) > 0))
            LIMIT {PICK_MAX}
        )
        SELECT f.id, f.debtor_id, coalesce(nullif(p.name, ''), p.code), f.document_number, f.currency,
               sum(t.amount_minor)::bigint, f.invoice_on, f.due_on
        FROM found f
        JOIN receivables_posting t ON t.site_id = %(site)s AND t.item_id = f.id AND t.voided_rev IS NULL
        JOIN parties_party p ON p.id = f.debtor_id AND p.site_id = %(site)s
        GROUP BY f.id, f.debtor_id, p.name, p.code, f.document_number, f.currency, f.invoice_on, f.due_on
        HAVING sum(t.amount_minor) > 0
        ORDER BY (f.id = ANY(%(items)s::uuid[])) DESC, coalesce(f.due_on, f.invoice_on), f.invoice_on,
                 f.document_number, f.id
        LIMIT %(limit)s
        """,  # noqa: S608  # constants only
        {
            "site": current_site(),
            "currency": currency,
            "search": words.strip().lower(),
            "needle": name_key(words),
            "amount": amount_minor,
            "debtors": list(debtor_ids),
            "items": list(item_ids),
            "limit": limit,
        },
    )
    return [OpenDocument(*row) for row in rows]


def _plain(start: str) -> str:
    """Name keys are letters and digits; whatever else came in must not act as a pattern."""
    return "".join(char for char in start if char.isalnum())
