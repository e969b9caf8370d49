"""Which items a reader asks for, and the SQL conditions that say the same.

Every list, total and export of one filter starts from these conditions, so the row under a number and the number
itself cannot disagree. Conditions are constants; what a person typed travels as a parameter.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from jieqing.claims.parties.engine.names import name_key
from jieqing.claims.receivables.engine.accounts import ItemKind
from jieqing.claims.receivables.engine.ageing import DEFAULT_EDGES, Basis, buckets_of
from jieqing.claims.receivables.selectors.ageing import BASIS_DATE
from jieqing.claims.receivables.selectors.statements import party_matches

_SEARCH = f"""(strpos(lower(i.document_number), %(search)s) > 0 OR i.debtor_id IN (
    SELECT id FROM parties_party party WHERE site_id = %(site)s AND {party_matches("party")}))"""  # noqa: S608  # constants
_LATE_AFTER = "i.late_after"


class ItemState(StrEnum):
    """Open is every item with something open; overdue and settled are by the day of the report."""

    OPEN = "open"
    OVERDUE = "overdue"
    SETTLED = "settled"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class ItemFilter:
    """Which items. ``bucket`` counts from 0 in ``edges``; ``overdue`` True, False or None for both.

    ``no_date`` keeps the items that lack the date of the basis, which age from their invoice date instead. ``ids`` are rows
    picked by hand.
    """

    currency: str | None = None
    debtor_id: UUID | None = None
    bucket: int | None = None
    basis: Basis = Basis.DUE
    edges: tuple[int, ...] = DEFAULT_EDGES
    state: ItemState = ItemState.OPEN
    overdue: bool | None = None
    due_from: date | None = None
    due_until: date | None = None
    kind: ItemKind | None = None
    batch_id: UUID | None = None
    no_date: bool = False
    credits: bool = False
    search: str = ""
    ids: tuple[UUID, ...] | None = None


def narrowing(wanted: ItemFilter, revision: int | None) -> str:
    """Let one debtor's page read one debtor's postings. Not for earlier views: a correction may have moved the item."""
    if wanted.debtor_id is None or revision is not None:
        return ""
    return (
        "AND item_id IN (SELECT id FROM receivables_item WHERE site_id = %(site)s AND debtor_id = %(debtor)s)"
    )


def balance_of(wanted: ItemFilter) -> str:
    """Which sums of postings count as wanted (see ``statements.open_items``)."""
    if wanted.state is ItemState.SETTLED:
        return "= 0"
    return "IS NOT NULL" if wanted.state is ItemState.ALL else "<> 0"


def conditions_of(wanted: ItemFilter) -> str:
    start, fell_back = BASIS_DATE[wanted.basis]
    age_from, age_to = _bucket_ages(wanted)
    overdue = True if wanted.state is ItemState.OVERDUE else wanted.overdue
    conditions = {
        "i.currency = %(currency)s": wanted.currency is not None,
        "i.debtor_id = %(debtor)s": wanted.debtor_id is not None,
        f"%(as_of)s::date - {start} >= %(age_from)s": age_from is not None,
        f"%(as_of)s::date - {start} <= %(age_to)s": age_to is not None,
        f"{_LATE_AFTER} < %(as_of)s": overdue is True,
        f"{_LATE_AFTER} >= %(as_of)s": overdue is False,
        "i.due_on >= %(due_from)s": wanted.due_from is not None,
        "i.due_on <= %(due_until)s": wanted.due_until is not None,
        "i.kind = %(kind)s": wanted.kind is not None,
        "i.batch_id = %(batch)s": wanted.batch_id is not None,
        fell_back: wanted.no_date,
        "o.open_minor < 0": wanted.credits,
        _SEARCH: bool(wanted.search.strip()),
        "i.id = ANY(%(ids)s)": wanted.ids is not None,
    }
    return " AND ".join([sql for sql, applies in conditions.items() if applies] or ["true"])


def values_of(wanted: ItemFilter) -> dict[str, Any]:
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
        "needle": name_key(wanted.search),
        "ids": list(wanted.ids or ()),
    }


def _bucket_ages(wanted: ItemFilter) -> tuple[int | None, int | None]:
    if wanted.bucket is None or not 0 <= wanted.bucket <= len(wanted.edges):
        return None, None
    bucket = buckets_of(wanted.edges)[wanted.bucket]
    return bucket.from_days, bucket.to_days
