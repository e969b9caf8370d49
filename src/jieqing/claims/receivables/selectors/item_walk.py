"""A page of a large ledger without adding up all of it: items along the index of their due dates, balances one by one.

The list's own order, oldest due date first, is an index. Walking it and summing each item's postings fills a page after
a few hundred look-ups, where the statement of ``items`` groups every posting of the site. It answers only when it is the
same answer: this order, today's knowledge, no condition that needs all items. Where a page is not full after
``PROBES`` items (old ledgers begin with what was settled long ago) the caller takes the other way; nothing is guessed.

Where a site has terms of lateness, the age counts from the late-after day, which is the due day moved by at least the least
and at most the most of days that the terms in force move any day (``_Shift``). So whatever lies beyond the probed items
cannot come before what is late by the edge of them: those rows are sorted and shown, the others are left to the next page.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from jieqing.claims.receivables.engine.ageing import Basis
from jieqing.claims.receivables.selectors.ageing import BASIS_DATE
from jieqing.claims.receivables.selectors.item_filter import (
    ItemFilter,
    balance_of,
    conditions_of,
    values_of,
)
from jieqing.claims.receivables.selectors.keyset import Cursor
from jieqing.claims.receivables.selectors.late_after import LATE_AFTER, LATE_TERMS
from jieqing.claims.receivables.selectors.overdue_terms import overdue_terms_in_force
from jieqing.claims.receivables.selectors.statements import fetch, parameters

PROBES = 4_000
# Terms that differ by creditor mix more days; their rows are told apart among more items.
WIDE_DAYS, WIDE_PROBES = 14, 30_000
_START = "coalesce(i.due_on, i.invoice_on)"


@dataclass(frozen=True, slots=True)
class Walk:
    """``sort`` is ``age`` or ``due``; both run along the due date."""

    sort: str
    is_reversed: bool
    cursor: Cursor | None


def can_walk(wanted: ItemFilter, sort: str, as_of: date) -> bool:
    by_due = sort == "due" or (sort == "age" and wanted.basis is Basis.DUE)
    needs_all = (
        wanted.debtor_id or wanted.batch_id or wanted.search.strip() or wanted.no_date or wanted.credits
    )
    return bool(by_due and not needs_all and wanted.ids is None)


@dataclass(frozen=True, slots=True)
class _Shift:
    """By how many days the terms in force move a due day: at least and at most."""

    least: int
    most: int


def _shift_of(as_of: date) -> _Shift:
    terms = overdue_terms_in_force(as_of)
    every = [terms.of_site, *terms.of_creditors.values()]
    graces = [one.grace_days for one in every]
    rolled = max((max(one.shifts, default=0) for one in every), default=0)
    return _Shift(min(graces), max(graces) + rolled)


def walked_rows(wanted: ItemFilter, *, as_of: date, walk: Walk, limit: int) -> list[tuple[Any, ...]] | None:
    """Rows as ``items`` reads them, without totals; None when the walk did not fill the page."""
    shift = _shift_of(as_of) if walk.sort == "age" else _Shift(0, 0)
    if shift.most:
        return _walked_late(wanted, as_of, walk, shift, limit)
    way, beyond = ("DESC", "<") if walk.is_reversed else ("ASC", ">")
    after = f"AND ({_START}, i.id) {beyond} (%(start)s::date, %(id)s::uuid)" if walk.cursor else ""
    key = f"({_START} - %(as_of)s::date)" if walk.sort == "age" else _START
    rows = fetch(
        f"""
        WITH {LATE_TERMS}
        SELECT i.id, i.document_number, i.kind, i.debtor_id, coalesce(nullif(p.name, ''), p.code), p.code, i.currency,
               i.amount_minor, o.open_minor, i.invoice_on, i.due_on, %(as_of)s::date - {BASIS_DATE[wanted.basis][0]}, i.leaf_index,
               r.entry_id, i.row_digest, {key}
        FROM (SELECT i.*, {LATE_AFTER} AS late_after FROM receivables_item i WHERE i.site_id = %(site)s {after}
              ORDER BY {_START} {way}, i.id {way} LIMIT %(probes)s) i
        CROSS JOIN LATERAL (
            SELECT receivables_sum(amount_minor) AS open_minor FROM receivables_posting
            WHERE site_id = %(site)s AND item_id = i.id AND effective_on <= %(as_of)s AND voided_rev IS NULL) o
        JOIN parties_party p ON p.id = i.debtor_id
        LEFT JOIN receivables_revision r ON r.site_id = %(site)s AND r.number = i.origin_rev
        WHERE o.open_minor {balance_of(wanted)} AND {conditions_of(wanted)}
        ORDER BY {_START} {way}, i.id {way} LIMIT %(limit)s
        """,  # noqa: S608  # constants only; values travel as parameters
        parameters(
            as_of=as_of,
            revision=None,
            limit=limit,
            probes=PROBES,
            start=_start_of(walk, as_of),
            id=walk.cursor.id if walk.cursor else None,
            **values_of(wanted),
        ),
    )
    return rows if len(rows) == limit else None


def _start_of(walk: Walk, as_of: date) -> date | None:
    """The due date at which the last page ended; a cursor of the age says it in days."""
    if walk.cursor is None:
        return None
    if isinstance(walk.cursor.key, date):
        return walk.cursor.key
    days = int(walk.cursor.key)
    return as_of + timedelta(days=max(-200_000, min(days, 200_000)))


def _walked_late(
    wanted: ItemFilter, as_of: date, walk: Walk, shift: _Shift, limit: int
) -> list[tuple[Any, ...]] | None:
    """The same along the late-after day: the probed items are sorted, and what lies at their edge is left out."""
    way, beyond, edge = ("DESC", "<", "min") if walk.is_reversed else ("ASC", ">", "max")
    near, sure = (shift.least, shift.most) if walk.is_reversed else (shift.most, shift.least)
    bound = f"AND {_START} {beyond}= %(start)s::date - {near}" if walk.cursor else ""
    after = "AND (late_after, i.id) " + beyond + " (%(start)s::date, %(id)s::uuid)" if walk.cursor else ""
    rows = fetch(
        f"""
        WITH {LATE_TERMS}, probed AS MATERIALIZED (
            SELECT i.*, {LATE_AFTER} AS late_after FROM receivables_item i WHERE i.site_id = %(site)s {bound}
            ORDER BY {_START} {way}, i.id {way} LIMIT %(probes)s
        ), edge AS MATERIALIZED (
            SELECT CASE WHEN count(*) = %(probes)s THEN {edge}({_START}) + {sure} END AS day FROM probed i
        )
        SELECT i.id, i.document_number, i.kind, i.debtor_id, coalesce(nullif(p.name, ''), p.code), p.code, i.currency,
               i.amount_minor, o.open_minor, i.invoice_on, i.due_on, %(as_of)s::date - late_after, i.leaf_index,
               r.entry_id, i.row_digest, late_after - %(as_of)s::date
        FROM (SELECT * FROM probed i
              WHERE ((SELECT day FROM edge) IS NULL OR late_after {"<" if beyond == ">" else ">"} (SELECT day FROM edge))
                {after}
              ORDER BY late_after {way}, i.id {way}) i
        CROSS JOIN LATERAL (
            SELECT receivables_sum(amount_minor) AS open_minor FROM receivables_posting
            WHERE site_id = %(site)s AND item_id = i.id AND effective_on <= %(as_of)s AND voided_rev IS NULL) o
        JOIN parties_party p ON p.id = i.debtor_id
        LEFT JOIN receivables_revision r ON r.site_id = %(site)s AND r.number = i.origin_rev
        WHERE o.open_minor {balance_of(wanted)} AND {conditions_of(wanted)}
        ORDER BY late_after {way}, i.id {way} LIMIT %(limit)s
        """,  # noqa: S608  # constants only; values travel as parameters
        parameters(
            as_of=as_of,
            revision=None,
            limit=limit,
            probes=PROBES if shift.most - shift.least <= WIDE_DAYS else WIDE_PROBES,
            start=_start_of(walk, as_of),
            id=walk.cursor.id if walk.cursor else None,
            **values_of(wanted),
        ),
    )
    return rows if len(rows) == limit else None
