"""Debtors as the ledger sees them: what each owes, how much is overdue, since when."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from jieqing.claims.parties.engine.names import name_key
from jieqing.claims.receivables.selectors.keyset import Cursor, cursor_text, read_cursor
from jieqing.claims.receivables.selectors.moments import revision_at
from jieqing.claims.receivables.selectors.statements import fetch, open_items, parameters

PAGE_ROWS_MAX = 200


@dataclass(frozen=True, slots=True)
class DebtorFigures:
    """One debtor in one currency at a day. ``overdue_days_max`` counts from the oldest open item that is overdue."""

    debtor_id: UUID
    name: str
    code: str
    kind: str
    currency: str
    open_minor: int
    overdue_minor: int
    items: int
    overdue_items: int
    overdue_days_max: int


@dataclass(frozen=True, slots=True)
class DebtorsPage:
    rows: tuple[DebtorFigures, ...]
    total_debtors: int
    next_cursor: str | None


_COLUMNS = """
    p.id, coalesce(nullif(p.name, ''), p.code), p.code, p.kind, i.currency,
    sum(o.open_minor)::bigint AS open_minor,
    coalesce(sum(o.open_minor) FILTER (WHERE coalesce(i.due_on, i.invoice_on) < %(as_of)s), 0)::bigint
        AS overdue_minor,
    count(*) AS items,
    count(*) FILTER (WHERE coalesce(i.due_on, i.invoice_on) < %(as_of)s) AS overdue_items,
    greatest(0, max(%(as_of)s::date - coalesce(i.due_on, i.invoice_on)) FILTER (WHERE o.open_minor > 0))
        AS overdue_days_max
"""
_SORTS: dict[str, tuple[str, str, type]] = {
    "amount": ("-open_minor", "bigint", int),
    "overdue": ("-overdue_minor", "bigint", int),
    "days": ("-overdue_days_max", "bigint", int),
    "name": ("sort_key", "text", str),
}


def debtors_page(
    *,
    as_of: date,
    currency: str,
    sort: str = "amount",
    search: str = "",
    after: str | None = None,
    limit: int = 50,
    known_at: datetime | None = None,
) -> DebtorsPage:
    """Debtors with something open, a page at a time. ``sort`` is amount, overdue, days or name (pinyin).

    ``search`` finds a part of the name, of its pinyin, or a code. An unknown sort or a broken cursor falls back to
    the first page: both come from an address that a person may have edited.
    """
    revision = None if known_at is None else revision_at(known_at)
    key, key_type, python_type = _SORTS.get(sort, _SORTS["amount"])
    cursor = read_cursor(after, sort, python_type)
    needle = name_key(search)
    sql = f"""
        WITH {open_items(revision)},
        figures AS (
            SELECT {_COLUMNS}, p.sort_key
            FROM open_item o JOIN item_state i ON i.id = o.item_id JOIN parties_party p ON p.id = i.debtor_id
            WHERE i.currency = %(currency)s AND {_search_condition(needle)}
            GROUP BY p.id, p.name, p.code, p.kind, i.currency, p.sort_key
        )
        SELECT *, {key} AS sort_value, (SELECT count(*) FROM figures) AS total FROM figures
        WHERE %(key)s::{key_type} IS NULL OR ({key}, id) > (%(key)s::{key_type}, %(id)s::uuid)
        ORDER BY {key}, id LIMIT %(limit)s
    """  # noqa: S608  # constants only
    limit = max(1, min(limit, PAGE_ROWS_MAX))
    rows = fetch(
        sql,
        parameters(
            as_of=as_of,
            revision=revision,
            currency=currency,
            key=cursor.key if cursor else None,
            id=cursor.id if cursor else None,
            needle=f"%{needle}%",
            limit=limit + 1,
        ),
        large=True,
    )
    shown = rows[:limit]
    more = len(rows) > limit
    return DebtorsPage(
        rows=tuple(DebtorFigures(*row[:10]) for row in shown),
        total_debtors=shown[0][12] if shown else 0,
        next_cursor=cursor_text(Cursor(sort, shown[-1][11], shown[-1][0])) if more else None,
    )


def top_debtors(
    *, as_of: date, currency: str, limit: int = 10, known_at: datetime | None = None
) -> list[DebtorFigures]:
    """The debtors who owe most in a currency."""
    page = debtors_page(as_of=as_of, currency=currency, limit=limit, known_at=known_at)
    return [row for row in page.rows if row.open_minor > 0]


def debtor_figures(debtor_id: UUID, *, as_of: date, known_at: datetime | None = None) -> list[DebtorFigures]:
    """One debtor's figures, one row for each currency with something open."""
    revision = None if known_at is None else revision_at(known_at)
    narrow = (
        "AND item_id IN (SELECT id FROM receivables_item WHERE site_id = %(site)s AND debtor_id = %(debtor)s)"
    )
    rows = fetch(
        f"""
        WITH {open_items(revision, narrow=narrow if revision is None else "")}
        SELECT {_COLUMNS}
        FROM open_item o JOIN item_state i ON i.id = o.item_id JOIN parties_party p ON p.id = i.debtor_id
        WHERE i.debtor_id = %(debtor)s
        GROUP BY p.id, p.name, p.code, p.kind, i.currency ORDER BY count(*) DESC, i.currency
        """,  # noqa: S608  # constants only
        parameters(as_of=as_of, revision=revision, debtor=debtor_id),
    )
    return [DebtorFigures(*row) for row in rows]


def _search_condition(needle: str) -> str:
    if not needle:
        return "true"
    return "(p.name_key LIKE %(needle)s OR replace(p.sort_key, ' ', '') LIKE %(needle)s OR lower(p.code) LIKE %(needle)s)"
