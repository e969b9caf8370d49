"""Quick look-ups for the command palette: debtors by name, pinyin or code, documents by the start of their number.

They say who and what, not how much: an open amount is a sum over postings, and a palette answers within a keystroke.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from jieqing.claims.parties.engine.names import name_key
from jieqing.claims.receivables.selectors.statements import current_site, fetch, party_matches


@dataclass(frozen=True, slots=True)
class FoundDebtor:
    id: UUID
    name: str
    code: str


@dataclass(frozen=True, slots=True)
class FoundItem:
    id: UUID
    document_number: str
    debtor_name: str
    due_on: date | None


def debtors_found(words: str, *, limit: int) -> list[FoundDebtor]:
    """Debtors (not creditors) whose name, pinyin or code matches, in pinyin order."""
    rows = fetch(
        f"""
        SELECT party.id, coalesce(nullif(party.name, ''), party.code), party.code FROM parties_party party
        WHERE party.site_id = %(site)s AND {party_matches("party")} AND EXISTS (
            SELECT 1 FROM receivables_item i WHERE i.site_id = %(site)s AND i.debtor_id = party.id)
        ORDER BY party.sort_key, party.id LIMIT %(limit)s
        """,  # noqa: S608  # constants only
        {"site": current_site(), "search": words.strip().lower(), "needle": name_key(words), "limit": limit},
    )
    return [FoundDebtor(*row) for row in rows]


def items_found(words: str, *, limit: int) -> list[FoundItem]:
    """Documents whose number begins with the words; the search stops at the first ``limit`` found."""
    rows = fetch(
        """
        SELECT i.id, i.document_number, coalesce(nullif(p.name, ''), p.code), i.due_on
        FROM receivables_item i JOIN parties_party p ON p.id = i.debtor_id
        WHERE i.site_id = %(site)s AND i.withdrawn_rev IS NULL AND starts_with(lower(i.document_number), %(search)s)
        LIMIT %(limit)s
        """,
        {"site": current_site(), "search": words.strip().lower(), "limit": limit},
    )
    return [FoundItem(*row) for row in rows]


def document_numbers(item_ids: set[UUID]) -> dict[UUID, str]:
    """Document numbers by item, for whoever names items."""
    rows = fetch(
        "SELECT id, document_number FROM receivables_item WHERE site_id = %(site)s AND id = ANY(%(ids)s::uuid[])",
        {"site": current_site(), "ids": list(item_ids)},
    )
    return dict(rows)
