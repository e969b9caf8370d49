"""The whole ledger as columns of numbers in one statement, for rooms that compute on all of it.

The database sends each column as one binary array: a million items arrive without a row ever becoming a Python object.
Ids travel as 64-bit hashes; ``party_keys`` and ``items_of_keys`` lead back from a key to its id. Two ids with one hash are
refused (a chance of one in 10^9 for 100,000 debtors), never mixed up.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import numpy as np
import psycopg
from django.db import connection
from numpy.typing import NDArray

from jieqing.claims.receivables.engine.ledger_arrays import Ints, LedgerArrays, arrange
from jieqing.claims.receivables.selectors.late_after import LATE_AFTER, LATE_TERMS
from jieqing.claims.receivables.selectors.statements import STATE_THEN, WORK_MEM, current_site, fetch
from jieqing.kernel.currencies import EXPONENTS

_PG_EPOCH = 10_957  # 2000-01-01 in days since 1970-01-01
_ARRAY_HEAD = 20
_COLUMNS = {
    "item_key": ("uuid_hash_extended(i.id, 0)", 8),
    "debtor": ("uuid_hash_extended(i.debtor_id, 0)", 8),
    "creditor": ("uuid_hash_extended(i.creditor_id, 0)", 8),
    "amount_minor": ("i.amount_minor", 8),
    "minor": ("p.amount_minor", 8),
    "currency": ("hashtext(i.currency)", 4),
    "due_on": (LATE_AFTER, 4),
    "invoice_on": ("i.invoice_on", 4),
    "on": ("p.effective_on", 4),
    "item_kind": ("i.kind", 2),
    "kind": ("p.kind", 2),
}
# Whoever computes on many days takes the terms that were set last for all of them.
_TERMS_THEN = LATE_TERMS.replace("AND effective_from <= %(as_of)s", "")
_TERMS_NOW = _TERMS_THEN.replace("AND (%(revision)s::int IS NULL OR recorded_rev <= %(revision)s)", "")
_DAYS = {"due_on", "invoice_on", "on"}


def arrays_statement(*, narrow: bool = False, is_past: bool = False) -> str:
    """One row of arrays. ``narrow`` asks for some debtors only (parameter ``debtors``), ``is_past`` for what the ledger was
    at a revision (parameter ``revision``)."""
    wanted = ", ".join(f"array_agg({expression})" for expression, _width in _COLUMNS.values())
    some = "AND i.debtor_id = ANY(%(debtors)s)" if narrow else ""
    if is_past:
        return f"""
WITH {_TERMS_THEN}, {STATE_THEN}
SELECT {wanted}
FROM receivables_posting p JOIN item_state i ON i.id = p.item_id
WHERE p.site_id = %(site)s AND p.recorded_rev <= %(revision)s
  AND (p.voided_rev IS NULL OR p.voided_rev > %(revision)s) {some}"""  # noqa: S608
    return f"""
WITH {_TERMS_NOW}
SELECT {wanted}
FROM receivables_posting p JOIN receivables_item i ON i.id = p.item_id
WHERE p.site_id = %(site)s AND i.site_id = %(site)s AND p.voided_rev IS NULL {some}"""  # noqa: S608


def ledger_arrays(*, debtors: Sequence[UUID] | None = None, revision: int | None = None) -> LedgerArrays:
    """The ledger as known now, or at a revision; ``debtors`` narrows it to the items of some."""
    values = _binary_row(
        arrays_statement(narrow=debtors is not None, is_past=revision is not None),
        {"site": current_site(), "debtors": list(debtors or ()), "revision": revision},
        in_item_order=debtors is None and revision is None,
    )
    columns: dict[str, Ints] = {}
    for (name, (_expression, width)), value in zip(_COLUMNS.items(), values, strict=True):
        column = _numbers(value, width)
        columns[name] = column + _PG_EPOCH if name in _DAYS else column
    return arrange(columns, _currencies())


PARTIES_STATEMENT = """
SELECT uuid_hash_extended(id, 0), id::text FROM parties_party WHERE site_id = %(site)s"""


def party_keys() -> dict[int, str]:
    """Every party of the site by its key; ids as text, which is how they travel on."""
    rows = fetch(PARTIES_STATEMENT, {"site": current_site()})
    found = dict(rows)
    if len(found) != len(rows):
        raise RuntimeError("two parties share one 64-bit key")
    return found


def items_of_keys(keys: Iterable[int]) -> dict[int, UUID]:
    """The ids behind some item keys."""
    wanted = list(keys)
    if not wanted:
        return {}
    rows = fetch(
        """SELECT uuid_hash_extended(id, 0), id FROM receivables_item
           WHERE site_id = %(site)s AND uuid_hash_extended(id, 0) = ANY(%(keys)s)""",
        {"site": current_site(), "keys": wanted},
    )
    return dict(rows)


def keys_of_ids(ids: Iterable[UUID]) -> dict[UUID, int]:
    """The keys of some ids."""
    wanted = list(ids)
    if not wanted:
        return {}
    rows = fetch(
        "SELECT id, uuid_hash_extended(id, 0) FROM unnest(%(ids)s::uuid[]) AS t(id)", {"ids": wanted}
    )
    return dict(rows)


def debtors_of_revisions(after: int, until: int) -> list[UUID]:
    """Whose items the revisions ``after`` < number <= ``until`` wrote, changed or ended, including those an item belonged to
    before; everybody's, when one of them set terms of overdue."""
    rows = fetch(
        """
        SELECT debtor_id FROM receivables_item
        WHERE site_id = %(site)s AND (
            (recorded_rev > %(after)s AND recorded_rev <= %(until)s)
            OR (withdrawn_rev > %(after)s AND withdrawn_rev <= %(until)s))
        UNION
        SELECT debtor_id FROM receivables_item
        WHERE site_id = %(site)s AND EXISTS (
            SELECT FROM receivables_revision r WHERE r.site_id = %(site)s AND r.kind = 'late_terms'
              AND r.number > %(after)s AND r.number <= %(until)s)
        UNION
        SELECT debtor_id FROM receivables_item_past
        WHERE site_id = %(site)s AND (
            (recorded_rev > %(after)s AND recorded_rev <= %(until)s)
            OR (voided_rev > %(after)s AND voided_rev <= %(until)s))
        UNION
        SELECT i.debtor_id FROM receivables_posting p JOIN receivables_item i ON i.id = p.item_id
        WHERE p.site_id = %(site)s AND i.site_id = %(site)s AND (
            (p.recorded_rev > %(after)s AND p.recorded_rev <= %(until)s)
            OR (p.voided_rev > %(after)s AND p.voided_rev <= %(until)s))
        """,
        {"site": current_site(), "after": after, "until": until},
        large=True,
    )
    return [row[0] for row in rows]


def _currencies() -> dict[int, str]:
    """Every currency there is by its key: asking the ledger which it has would read it once more."""
    rows = fetch(
        "SELECT hashtext(code), code FROM unnest(%(codes)s::text[]) AS t(code)", {"codes": [*EXPONENTS]}
    )
    return dict(rows)


def _binary_row(sql: str, params: dict[str, Any], *, in_item_order: bool) -> list[bytes | None]:
    """The one row's fields as the server sent them. Django's own cursors speak text only."""
    with connection.cursor() as settings:
        settings.execute("SELECT set_config('work_mem', %s, true)", [WORK_MEM])
        if in_item_order:
            settings.execute("SET LOCAL enable_hashjoin = off")
    with psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(sql, params, binary=True)
        result = cursor.pgresult
        if result is None:
            raise RuntimeError("a statement without an answer")
        found = [result.get_value(0, place) for place in range(len(_COLUMNS))]
    if in_item_order:
        with connection.cursor() as settings:
            settings.execute("SET LOCAL enable_hashjoin TO DEFAULT")
    return found


def _numbers(value: bytes | None, width: int) -> NDArray[np.int64]:
    """An array as PostgreSQL sends it: a head of 20 bytes, then each element with its length before it."""
    if value is None:
        return np.zeros(0, np.int64)
    element = np.dtype([("length", ">i4"), ("value", f">i{width}")])
    return np.frombuffer(value, element, offset=_ARRAY_HEAD)["value"].astype(np.int64)
