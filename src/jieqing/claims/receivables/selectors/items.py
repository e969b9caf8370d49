"""Items: filtered pages, and one item opened down to its postings and the evidence behind each state of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from jieqing.claims.receivables.engine.accounts import ItemKind, PostingKind
from jieqing.claims.receivables.engine.ageing import DEFAULT_EDGES, Basis, buckets_of
from jieqing.claims.receivables.models import Item, ItemPast, LedgerRevision, Posting
from jieqing.claims.receivables.selectors.ageing import BASIS_DATE
from jieqing.claims.receivables.selectors.keyset import Cursor, cursor_text, read_cursor
from jieqing.claims.receivables.selectors.moments import revision_at
from jieqing.claims.receivables.selectors.statements import fetch, open_items, parameters

PAGE_ROWS_MAX = 500


@dataclass(frozen=True, slots=True)
class ItemFilter:
    """Which open items. ``bucket`` counts from 0 in ``edges``; ``overdue`` True, False or None for both."""

    currency: str | None = None
    debtor_id: UUID | None = None
    bucket: int | None = None
    basis: Basis = Basis.DUE
    edges: tuple[int, ...] = DEFAULT_EDGES
    overdue: bool | None = None
    due_from: date | None = None
    due_until: date | None = None
    kind: ItemKind | None = None
    batch_id: UUID | None = None
    search: str = ""


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An open item in a list. ``age_days`` is by the filter's basis; positive means overdue when the basis is due."""

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


@dataclass(frozen=True, slots=True)
class ItemsPage:
    """A page of open items; totals are of the whole filter, for each currency."""

    rows: tuple[ItemRow, ...]
    total_items: int
    totals_minor: dict[str, int]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class EvidenceRef:
    """Where the proof of one state of an item lies: an evidence entry, and the row within it."""

    revision: int
    kind: str
    at: datetime
    entry_id: UUID
    row_index: int | None
    batch_id: UUID | None


@dataclass(frozen=True, slots=True)
class PostingRow:
    """One balanced pair. ``voided_rev`` is the revision that ended it; such a pair counts only in earlier views."""

    kind: PostingKind
    amount_minor: int
    currency: str
    effective_on: date
    account: int
    contra: int
    recorded_rev: int
    voided_rev: int | None


@dataclass(frozen=True, slots=True)
class ItemDetail:
    item: Item
    debtor_name: str
    creditor_name: str
    open_minor: int
    postings: tuple[PostingRow, ...]
    past: tuple[ItemPast, ...]
    evidence: tuple[EvidenceRef, ...] = field(default=())


_AGE = "%(as_of)s::date - {start}"
_SORTS: dict[str, tuple[str, str, type]] = {
    "age": ("-age_days", "bigint", int),
    "amount": ("-open_minor", "bigint", int),
    "due": ("coalesce(due_on, invoice_on)", "date", date),
    "number": ("document_number", "text", str),
    "debtor": ("debtor_sort", "text", str),
}


def items_page(
    wanted: ItemFilter,
    *,
    as_of: date,
    sort: str = "age",
    after: str | None = None,
    limit: int = 50,
    known_at: datetime | None = None,
) -> ItemsPage:
    """Open items of a filter, a page at a time. ``sort``: age (oldest first), amount, due, number, debtor."""
    revision = None if known_at is None else revision_at(known_at)
    key, key_type, python_type = _SORTS.get(sort, _SORTS["age"])
    cursor = read_cursor(after, sort, python_type)
    limit = max(1, min(limit, PAGE_ROWS_MAX))
    sql = f"""
        WITH {open_items(revision, narrow=_narrow(wanted, revision))},
        wanted AS (
            SELECT i.id, i.document_number, i.kind, i.debtor_id, coalesce(nullif(p.name, ''), p.code) AS debtor_name, p.code AS debtor_code,
                   i.currency, i.amount_minor, o.open_minor, i.invoice_on, i.due_on,
                   {_AGE.format(start=BASIS_DATE[wanted.basis][0])} AS age_days, p.sort_key AS debtor_sort
            FROM open_item o JOIN item_state i ON i.id = o.item_id JOIN parties_party p ON p.id = i.debtor_id
            WHERE {" AND ".join(_conditions(wanted))}
        ),
        totals AS (SELECT currency, count(*) AS items, sum(open_minor)::bigint AS minor FROM wanted GROUP BY 1)
        SELECT *, {key} AS sort_value,
               (SELECT json_agg(json_build_array(currency, items, minor) ORDER BY items DESC, currency) FROM totals)
        FROM wanted
        WHERE %(key)s::{key_type} IS NULL OR ({key}, id) > (%(key)s::{key_type}, %(id)s::uuid)
        ORDER BY {key}, id LIMIT %(limit)s
    """  # noqa: S608  # constants only; values travel as parameters
    more: dict[str, Any] = {"key": cursor.key if cursor else None, "id": cursor.id if cursor else None}
    rows = fetch(
        sql,
        parameters(as_of=as_of, revision=revision, limit=limit + 1, **more, **_values(wanted)),
        large=True,
    )
    return _page(rows, limit, sort)


def item_detail(item: Item, *, as_of: date) -> ItemDetail:
    """One item with everything that made its figure. The item comes from ``access.item_by_id``."""
    postings = Posting.objects.filter(item_id=item.id).order_by("effective_on", "id")
    past = tuple(ItemPast.objects.filter(item_id=item.id).order_by("recorded_rev"))
    lines = tuple(
        PostingRow(
            PostingKind(row.kind), row.amount_minor, row.currency, row.effective_on,
            row.account, row.contra, row.recorded_rev, row.voided_rev,
        )
        for row in postings
    )  # fmt: skip
    return ItemDetail(
        item=item,
        debtor_name=item.debtor.name or item.debtor.code,
        creditor_name=item.creditor.name or item.creditor.code,
        open_minor=sum(p.amount_minor for p in lines if p.voided_rev is None and p.effective_on <= as_of),
        postings=lines,
        past=past,
        evidence=_evidence_of(item, past, lines),
    )


def _evidence_of(
    item: Item, past: Sequence[ItemPast], postings: Sequence[PostingRow]
) -> tuple[EvidenceRef, ...]:
    """Every revision that touched the item; the row index only where the revision said a state of it."""
    leaves = {state.origin_rev: state.leaf_index for state in (*past, item)}
    touched = {
        *leaves,
        *(state.recorded_rev for state in (*past, item)),
        *(p.recorded_rev for p in postings),
        *(p.voided_rev for p in postings),
        item.withdrawn_rev,
    }
    revisions = LedgerRevision.objects.filter(number__in=[n for n in touched if n is not None]).order_by(
        "number"
    )
    return tuple(
        EvidenceRef(
            revision=row.number,
            kind=row.kind,
            at=row.at,
            entry_id=row.entry_id,
            row_index=leaves.get(row.number),
            batch_id=row.batch_id,
        )
        for row in revisions
    )


def _narrow(wanted: ItemFilter, revision: int | None) -> str:
    """Let one debtor's page read one debtor's postings. Not for earlier views: a correction may have moved the item."""
    if wanted.debtor_id is None or revision is not None:
        return ""
    return (
        "AND item_id IN (SELECT id FROM receivables_item WHERE site_id = %(site)s AND debtor_id = %(debtor)s)"
    )


def _conditions(wanted: ItemFilter) -> list[str]:
    start = BASIS_DATE[wanted.basis][0]
    due = "coalesce(i.due_on, i.invoice_on)"
    conditions = {
        "i.currency = %(currency)s": wanted.currency is not None,
        "i.debtor_id = %(debtor)s": wanted.debtor_id is not None,
        f"%(as_of)s::date - {start} >= %(age_from)s": _bucket_ages(wanted)[0] is not None,
        f"%(as_of)s::date - {start} <= %(age_to)s": _bucket_ages(wanted)[1] is not None,
        f"{due} < %(as_of)s": wanted.overdue is True,
        f"{due} >= %(as_of)s": wanted.overdue is False,
        "i.due_on >= %(due_from)s": wanted.due_from is not None,
        "i.due_on <= %(due_until)s": wanted.due_until is not None,
        "i.kind = %(kind)s": wanted.kind is not None,
        "i.batch_id = %(batch)s": wanted.batch_id is not None,
        "(strpos(lower(i.document_number), %(search)s) > 0 OR strpos(lower(p.name), %(search)s) > 0"
        " OR lower(p.code) = %(search)s)": bool(wanted.search.strip()),
    }
    return [sql for sql, applies in conditions.items() if applies] or ["true"]


def _values(wanted: ItemFilter) -> dict[str, Any]:
    age_from, age_to = _bucket_ages(wanted)
    return {
        "currency": wanted.currency,
        "debtor": wanted.debtor_id,
        "age_from": age_from,
        "age_to": age_to,
        "due_from": wanted.due_from,
        "due_until": wanted.due_until,
        "kind": wanted.kind.value if wanted.kind else None,
        "batch": wanted.batch_id,
        "search": wanted.search.strip().lower(),
    }


def _bucket_ages(wanted: ItemFilter) -> tuple[int | None, int | None]:
    if wanted.bucket is None or not 0 <= wanted.bucket <= len(wanted.edges):
        return None, None
    bucket = buckets_of(wanted.edges)[wanted.bucket]
    return bucket.from_days, bucket.to_days


def _page(rows: list[tuple[Any, ...]], limit: int, sort: str) -> ItemsPage:
    shown = rows[:limit]
    totals = shown[0][14] if shown else []
    found = tuple(ItemRow(row[0], row[1], ItemKind(row[2]), *row[3:12]) for row in shown)
    return ItemsPage(
        rows=found,
        total_items=sum(items for _currency, items, _minor in totals),
        totals_minor={currency: minor for currency, _items, minor in totals},
        next_cursor=cursor_text(Cursor(sort, shown[-1][13], shown[-1][0])) if len(rows) > limit else None,
    )
