"""Items: filtered pages, a page at a time, with the totals of everything that matches."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from jieqing.claims.receivables.engine.accounts import ItemKind
from jieqing.claims.receivables.selectors.ageing import BASIS_DATE
from jieqing.claims.receivables.selectors.item_filter import (
    ItemFilter,
    balance_of,
    conditions_of,
    narrowing,
    values_of,
)
from jieqing.claims.receivables.selectors.item_walk import Walk, can_walk, walked_rows
from jieqing.claims.receivables.selectors.keyset import Cursor, cursor_text, read_cursor
from jieqing.claims.receivables.selectors.moments import LedgerFacts, revision_at
from jieqing.claims.receivables.selectors.remembered import LARGE_LEDGER_ITEMS, is_kept, kept_for_revision
from jieqing.claims.receivables.selectors.statements import fetch, open_items, parameters

PAGE_ROWS_MAX = 500
EXPORT_ROWS_MAX = 100_000


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item in a list. ``age_days`` is by the filter's basis; positive means overdue when the basis is due.

    ``entry_id`` is the evidence of the revision that said this state; ``leaf_index`` and ``row_digest`` name the row
    within it, so that its own proof can be asked for.
    """

    id: UUID
    document_number: str
    kind: ItemKind
    debtor_id: UUID
    debtor_name: str
    debtor_code: str
    currency: str
    amount_minor: int
    open_minor: int
    invoice_on: date
    due_on: date | None
    age_days: int
    leaf_index: int
    entry_id: UUID | None
    row_digest: bytes


@dataclass(frozen=True, slots=True)
class ItemsPage:
    """A page of items; totals (open) and faces (as invoiced) are of the whole filter, for each currency."""

    rows: tuple[ItemRow, ...]
    total_items: int
    totals_minor: dict[str, int]
    faces_minor: dict[str, int]
    next_cursor: str | None


_SORTS: dict[str, tuple[str, str, type]] = {
    "age": ("-age_days", "bigint", int),
    "amount": ("-open_minor", "bigint", int),
    "face": ("-amount_minor", "bigint", int),
    "due": ("coalesce(due_on, invoice_on)", "date", date),
    "invoice": ("invoice_on", "date", date),
    "number": ("document_number", "text", str),
    "debtor": ("debtor_sort", "text", str),
    "kind": ("kind::bigint", "bigint", int),
}
ITEM_SORTS = frozenset(_SORTS)


def items_page(  # a report is this many choices; a dataclass of them would only rename the call
    wanted: ItemFilter,
    *,
    as_of: date,
    sort: str = "age",
    is_reversed: bool = False,
    after: str | None = None,
    limit: int = 50,
    known_at: datetime | None = None,
) -> ItemsPage:
    """Items of a filter, a page at a time. ``sort``: age (oldest first), amount and face (largest first), due,
    invoice, number, debtor (pinyin), kind; ``is_reversed`` turns it round. An unknown sort is ``age``.
    """
    sort = sort if sort in _SORTS else "age"
    cursor_sort = f"{sort}-" if is_reversed else sort
    cursor = read_cursor(after, cursor_sort, _SORTS[sort][2])
    limit = max(1, min(limit, PAGE_ROWS_MAX))
    rows = _read(wanted, as_of, (sort, is_reversed), cursor, limit + 1, known_at)
    more = len(rows) > limit
    last = rows[limit - 1] if more else None
    return ItemsPage(
        rows=_shown(rows[:limit]),
        next_cursor=cursor_text(Cursor(cursor_sort, last[15], last[0])) if last else None,
        **_totals(rows),
    )


def items_walked(
    wanted: ItemFilter,
    *,
    as_of: date,
    sort: str,
    is_reversed: bool,
    after: str | None,
    limit: int = 50,
) -> ItemsPage | None:
    """A page of a large ledger without its totals (``total_items`` is -1); None where only ``items_page`` can tell."""
    if not can_walk(wanted, sort, as_of):
        return None
    cursor_sort = f"{sort}-" if is_reversed else sort
    cursor = read_cursor(after, cursor_sort, _SORTS[sort][2])
    rows = walked_rows(wanted, as_of=as_of, walk=Walk(sort, is_reversed, cursor), limit=limit + 1)
    if rows is None:
        return None
    last = rows[limit - 1]
    return ItemsPage(_shown(rows[:limit]), -1, {}, {}, cursor_text(Cursor(cursor_sort, last[15], last[0])))


def items_totals(wanted: ItemFilter, *, as_of: date, facts: LedgerFacts) -> ItemsPage:
    """The totals of a filter as the ledger stands now; asked once for each revision of a large ledger."""
    ask = partial(items_page, wanted, as_of=as_of, limit=1)
    if facts.items <= LARGE_LEDGER_ITEMS:
        return ask()
    return kept_for_revision(facts.last_entry_id, "totals", (wanted, as_of), ask)


def are_totals_known(wanted: ItemFilter, *, as_of: date, facts: LedgerFacts) -> bool:
    return is_kept(facts.last_entry_id, "totals", (wanted, as_of))


def items_export(
    wanted: ItemFilter,
    *,
    as_of: date,
    sort: str = "age",
    is_reversed: bool = False,
    known_at: datetime | None = None,
) -> ItemsPage:
    """Every item of a filter in one reading, up to ``EXPORT_ROWS_MAX``; the totals are always of all of them."""
    sort = sort if sort in _SORTS else "age"
    rows = _read(wanted, as_of, (sort, is_reversed), None, EXPORT_ROWS_MAX, known_at)
    return ItemsPage(rows=_shown(rows), next_cursor=None, **_totals(rows))


def _read(
    wanted: ItemFilter,
    as_of: date,
    order: tuple[str, bool],
    cursor: Cursor | None,
    limit: int,
    known_at: datetime | None,
) -> list[tuple[Any, ...]]:
    revision = None if known_at is None else revision_at(known_at)
    key, key_type, _python_type = _SORTS[order[0]]
    way, beyond = ("DESC", "<") if order[1] else ("ASC", ">")
    sql = f"""
        WITH {open_items(revision, narrow=narrowing(wanted, revision), balance=balance_of(wanted))},
        wanted AS (
            SELECT i.id, i.document_number, i.kind, i.debtor_id, coalesce(nullif(p.name, ''), p.code) AS debtor_name,
                   p.code AS debtor_code, i.currency, i.amount_minor, o.open_minor, i.invoice_on, i.due_on,
                   %(as_of)s::date - {BASIS_DATE[wanted.basis][0]} AS age_days, i.leaf_index, i.origin_rev, i.row_digest,
                   p.sort_key AS debtor_sort
            FROM open_item o JOIN item_state i ON i.id = o.item_id JOIN parties_party p ON p.id = i.debtor_id
            WHERE {conditions_of(wanted)}
        ),
        totals AS (SELECT currency, count(*) AS items, sum(open_minor)::bigint AS minor,
                   sum(amount_minor)::bigint AS face FROM wanted GROUP BY 1),
        page AS (
            SELECT *, {key} AS sort_value FROM wanted
            WHERE %(key)s::{key_type} IS NULL OR ({key}, id) {beyond} (%(key)s::{key_type}, %(id)s::uuid)
            ORDER BY {key} {way}, id {way} LIMIT %(limit)s
        )
        SELECT page.id, document_number, page.kind, debtor_id, debtor_name, debtor_code, currency, amount_minor,
               open_minor, invoice_on, due_on, age_days, leaf_index, r.entry_id, row_digest, sort_value,
               (SELECT json_agg(json_build_array(currency, items, minor, face) ORDER BY items DESC, currency) FROM totals)
        FROM page LEFT JOIN receivables_revision r ON r.site_id = %(site)s AND r.number = page.origin_rev
        ORDER BY sort_value {way}, page.id {way}
    """  # noqa: S608  # constants only; values travel as parameters
    more: dict[str, Any] = {"key": cursor.key if cursor else None, "id": cursor.id if cursor else None}
    return fetch(
        sql,
        parameters(as_of=as_of, revision=revision, limit=limit, **more, **values_of(wanted)),
        large=True,
    )


def _shown(rows: list[tuple[Any, ...]]) -> tuple[ItemRow, ...]:
    return tuple(ItemRow(row[0], row[1], ItemKind(row[2]), *row[3:15]) for row in rows)


def _totals(rows: list[tuple[Any, ...]]) -> dict[str, Any]:
    totals = rows[0][16] if rows else []
    return {
        "total_items": sum(items for _currency, items, _minor, _face in totals),
        "totals_minor": {currency: minor for currency, _items, minor, _face in totals},
        "faces_minor": {currency: face for currency, _items, _minor, face in totals},
    }
