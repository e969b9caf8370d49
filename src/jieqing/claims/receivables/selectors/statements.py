"""The SQL that every reading of the ledger starts from: which items are open, by how much, as of when, as known when.

Common table expressions, so that no two pages can disagree about what "open" means:

- ``open_item(item_id, open_minor)``: the sum of an item's postings effective on or before ``as_of``, unless it is 0;
- ``item_state``: the item's dates, kind and amount (today's, or those known at a revision), and ``late_after``: the last
  day on which it is not overdue, by the terms in force on the day of the report.

The site is named twice on purpose: by the row policy underneath and by the parameter here, taken from the active
scope, so that neither a missing policy nor a missing scope shows another site's rows.
"""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from jieqing.claims.receivables.selectors.late_after import LATE_AFTER, LATE_TERMS
from jieqing.plumbing.db.scopes import active_site_id

# Grouping a million items needs about 110 MB; without it PostgreSQL spills to disk. Returned with the transaction.
WORK_MEM = "256MB"

# ``receivables_sum`` adds bigints as bigints (migration 0004): an item is a group, and there are millions of items.
_OPEN_NOW = """
open_item AS (
    SELECT item_id, receivables_sum(amount_minor) AS open_minor
    FROM receivables_posting
    WHERE site_id = %(site)s AND effective_on <= %(as_of)s AND voided_rev IS NULL {narrow}
    GROUP BY item_id
    HAVING receivables_sum(amount_minor) {balance}
)"""
_OPEN_THEN = """
open_item AS (
    SELECT item_id, receivables_sum(amount_minor) AS open_minor
    FROM receivables_posting
    WHERE site_id = %(site)s AND effective_on <= %(as_of)s
      AND recorded_rev <= %(revision)s AND (voided_rev IS NULL OR voided_rev > %(revision)s) {narrow}
    GROUP BY item_id
    HAVING receivables_sum(amount_minor) {balance}
)"""
_STATE_COLUMNS = (
    "debtor_id, creditor_id, batch_id, line, leaf_index, kind, currency, document_number, amount_minor,"
    " invoice_on, due_on, posting_on, recorded_rev, origin_rev, row_digest"
)
_STATE_NOW = f"""
item_state AS NOT MATERIALIZED (
    SELECT id, {_STATE_COLUMNS}, {LATE_AFTER} AS late_after FROM receivables_item WHERE site_id = %(site)s
)"""  # noqa: S608  # constants only
STATE_THEN = f"""
item_state AS NOT MATERIALIZED (
    SELECT id, {_STATE_COLUMNS}, {LATE_AFTER} AS late_after FROM receivables_item
    WHERE site_id = %(site)s AND recorded_rev <= %(revision)s
    UNION ALL
    SELECT item_id, {_STATE_COLUMNS}, {LATE_AFTER} FROM receivables_item_past
    WHERE site_id = %(site)s AND recorded_rev <= %(revision)s AND voided_rev > %(revision)s
)"""  # noqa: S608  # constants only


def open_items(
    revision: int | None, *, narrow: str = "", balance: str = "<> 0", in_item_order: bool = False
) -> str:
    """The expressions, ready to follow ``WITH``. ``narrow`` is a constant condition on the posting table.

    ``balance`` says which sums count: ``<> 0`` open (the rule), ``= 0`` settled, ``IS NOT NULL`` both.

    ``in_item_order`` walks the postings along their index instead of hashing a group for each item (an aggregate that asks
    for an order cannot be hashed, and the index gives this order for nothing). For statements over the whole ledger, run
    by ``fetch(..., in_item_order=True)``.
    """
    state = (LATE_TERMS, _STATE_NOW) if revision is None else (LATE_TERMS, STATE_THEN)
    parts = (_OPEN_NOW if revision is None else _OPEN_THEN, *state)
    text = ",".join(parts).replace("{narrow}", narrow).replace("{balance}", balance)
    if in_item_order:
        text = text.replace("receivables_sum(amount_minor)", "receivables_sum(amount_minor ORDER BY item_id)")
    return text


def parameters(*, as_of: date, revision: int | None, **more: Any) -> dict[str, Any]:
    return {"site": current_site(), "as_of": as_of, "revision": revision, **more}


def current_site() -> UUID:
    """The active site. Raises when none is active: a bug in the caller, never an empty answer."""
    site_id = active_site_id()
    if site_id is None:
        raise RuntimeError("the ledger is read inside site_scope")
    return site_id


def fetch(
    sql: str, params: dict[str, Any], *, large: bool = False, in_item_order: bool = False
) -> list[tuple[Any, ...]]:
    """Run one reading statement; ``large`` lets it group the whole ledger in memory.

    ``in_item_order`` joins postings and items side by side along their indexes. Both lie in the order of item ids, on
    disk and in the index, which the planner's cost model does not reward: on a million items the walk takes 0.7 s of
    processor time where hashing takes 1.4 s, and next to no memory.
    """
    with connection.cursor() as cursor:
        if large:
            cursor.execute("SELECT set_config('work_mem', %s, true)", [WORK_MEM])
        if in_item_order:
            cursor.execute("SET LOCAL enable_hashjoin = off")
        cursor.execute(sql, params)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        if in_item_order:
            # For the statements that follow in this transaction; a failed one takes the setting with it.
            cursor.execute("SET LOCAL enable_hashjoin TO DEFAULT")
    return rows


def party_matches(alias: str) -> str:
    """A condition on a party: part of its name, the start of its pinyin or pinyin initials, or its code.

    Parameters: ``search`` (lower case, trimmed) and ``needle`` (its name key). Callers put it in a subquery over
    parties, so that it is evaluated once per party and not once per item.
    """
    return rf"""(
        strpos(lower({alias}.name), %(search)s) > 0 OR lower({alias}.code) = %(search)s
        OR (%(needle)s <> '' AND (
            strpos({alias}.name_key, %(needle)s) > 0
            OR strpos(replace({alias}.sort_key, ' ', ''), %(needle)s) = 1
            OR strpos(regexp_replace({alias}.sort_key, '(\S)\S*\s*', '\1', 'g'), %(needle)s) = 1)))"""
