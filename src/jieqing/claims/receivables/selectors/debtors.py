"""Debtors as the ledger sees them: what each owes, how much is overdue, since when."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from jieqing.claims.parties.engine.names import name_key
from jieqing.claims.receivables.engine.accounts import PostingKind
from jieqing.claims.receivables.selectors.keyset import Cursor, cursor_text, read_cursor
from jieqing.claims.receivables.selectors.moments import revision_at
from jieqing.claims.receivables.selectors.statements import fetch, open_items, parameters, party_matches

EXPORT_ROWS_MAX = 100_000


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
class PaymentRow:
    """A payment as posted; the amount is positive when money came in."""

    effective_on: date
    amount_minor: int
    currency: str
    item_id: UUID
    document_number: str
    source: int
    entry_id: UUID | None


@dataclass(frozen=True, slots=True)
class DebtorsPage:
    """A page of debtors; totals are of everybody that matches."""

    rows: tuple[DebtorFigures, ...]
    total_debtors: int
    total_open_minor: int
    total_overdue_minor: int
    next_cursor: str | None


_COLUMNS = """
    p.id, coalesce(nullif(p.name, ''), p.code) AS name, p.code, p.kind, i.currency,
    sum(o.open_minor)::bigint AS open_minor,
    coalesce(sum(o.open_minor) FILTER (WHERE i.late_after < %(as_of)s), 0)::bigint
        AS overdue_minor,
    count(*) AS items,
    count(*) FILTER (WHERE i.late_after < %(as_of)s) AS overdue_items,
    greatest(0, max(%(as_of)s::date - i.late_after) FILTER (WHERE o.open_minor > 0))
        AS overdue_days_max
"""
_SORTS: dict[str, tuple[str, str, type]] = {
    "amount": ("-open_minor", "bigint", int),
    "overdue": ("-overdue_minor", "bigint", int),
    "days": ("-overdue_days_max", "bigint", int),
    "items": ("-items", "bigint", int),
    "name": ("sort_key", "text", str),
}


def debtors_page(
    *,
    as_of: date,
    currency: str,
    sort: str = "amount",
    is_reversed: bool = False,
    search: str = "",
    after: str | None = None,
    limit: int = 50,
    known_at: datetime | None = None,
    ids: tuple[UUID, ...] | None = None,
) -> DebtorsPage:
    """Debtors with something open, a page at a time. ``sort``: amount, overdue, days, items (largest first), name (pinyin).

    ``search`` finds a part of the name, the start of its pinyin or its initials, or a code. An unknown sort or a broken cursor falls back to
    the first page: both come from an address that a person may have edited. ``ids`` are debtors picked by hand.
    """
    revision = None if known_at is None else revision_at(known_at)
    sort = sort if sort in _SORTS else "amount"
    key, key_type, python_type = _SORTS[sort]
    way, beyond = ("DESC", "<") if is_reversed else ("ASC", ">")
    cursor_sort = f"{sort}-" if is_reversed else sort
    cursor = read_cursor(after, cursor_sort, python_type)
    sql = f"""
        WITH {open_items(revision)},
        figures AS (
            SELECT {_COLUMNS}, p.sort_key
            FROM open_item o JOIN item_state i ON i.id = o.item_id JOIN parties_party p ON p.id = i.debtor_id
            WHERE i.currency = %(currency)s AND {_search_condition(search)} AND {"true" if ids is None else "p.id = ANY(%(ids)s)"}
            GROUP BY p.id, p.name, p.code, p.kind, i.currency, p.sort_key
        )
        SELECT *, {key} AS sort_value, (
            SELECT json_build_array(count(*), coalesce(sum(open_minor), 0), coalesce(sum(overdue_minor), 0)) FROM figures
        ) FROM figures
        WHERE %(key)s::{key_type} IS NULL OR ({key}, id) {beyond} (%(key)s::{key_type}, %(id)s::uuid)
        ORDER BY {key} {way}, id {way} LIMIT %(limit)s
    """  # noqa: S608  # constants only
    limit = max(1, min(limit, EXPORT_ROWS_MAX))
    rows = fetch(
        sql,
        parameters(
            as_of=as_of,
            revision=revision,
            currency=currency,
            key=cursor.key if cursor else None,
            id=cursor.id if cursor else None,
            search=search.strip().lower(),
            needle=name_key(search),
            limit=limit + 1,
            ids=list(ids or ()),
        ),
        large=True,
    )
    shown = rows[:limit]
    more = len(rows) > limit
    debtors, open_minor, overdue_minor = shown[0][12] if shown else (0, 0, 0)
    return DebtorsPage(
        rows=tuple(DebtorFigures(*row[:10]) for row in shown),
        total_debtors=debtors,
        total_open_minor=open_minor,
        total_overdue_minor=overdue_minor,
        next_cursor=cursor_text(Cursor(cursor_sort, shown[-1][11], shown[-1][0])) if more else None,
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


def debtor_exposures(
    debtor_id: UUID, *, as_of: date, known_at: datetime | None = None
) -> dict[str, tuple[int, int]]:
    """By currency: what is owed on the debtor's documents, and what stands to his credit (positive); never netted."""
    revision = None if known_at is None else revision_at(known_at)
    narrow = (
        "AND item_id IN (SELECT id FROM receivables_item WHERE site_id = %(site)s AND debtor_id = %(debtor)s)"
    )
    rows = fetch(
        f"""
        WITH {open_items(revision, narrow=narrow if revision is None else "")}
        SELECT i.currency, sum(greatest(o.open_minor, 0))::bigint, sum(greatest(-o.open_minor, 0))::bigint
        FROM open_item o JOIN item_state i ON i.id = o.item_id
        WHERE i.debtor_id = %(debtor)s GROUP BY i.currency
        """,  # noqa: S608  # constants only
        parameters(as_of=as_of, revision=revision, debtor=debtor_id),
    )
    return {currency: (exposure, credit) for currency, exposure, credit in rows}


def payments_of_debtor(
    debtor_id: UUID, *, as_of: date, limit: int = 50, known_at: datetime | None = None
) -> list[PaymentRow]:
    """A debtor's payments by a day, newest first: what was received, and on which item it was booked."""
    revision = None if known_at is None else revision_at(known_at)
    rows = fetch(
        """
        SELECT p.effective_on, -p.amount_minor, p.currency, i.id, i.document_number, p.source, r.entry_id
        FROM receivables_posting p JOIN receivables_item i ON i.site_id = p.site_id AND i.id = p.item_id
        LEFT JOIN receivables_revision r ON r.site_id = p.site_id AND r.number = p.recorded_rev
        WHERE p.site_id = %(site)s AND i.debtor_id = %(debtor)s AND p.kind = %(payment)s AND p.effective_on <= %(as_of)s
          AND (%(revision)s::int IS NULL OR p.recorded_rev <= %(revision)s)
          AND (p.voided_rev IS NULL OR p.voided_rev > %(revision)s)
        ORDER BY p.effective_on DESC, p.id DESC LIMIT %(limit)s
        """,
        parameters(
            as_of=as_of, revision=revision, debtor=debtor_id, payment=PostingKind.PAYMENT.value, limit=limit
        ),
    )
    return [PaymentRow(*row) for row in rows]


def _search_condition(search: str) -> str:
    if not search.strip():
        return "true"
    return (
        f"p.id IN (SELECT id FROM parties_party party WHERE site_id = %(site)s AND {party_matches('party')})"  # noqa: S608
    )
