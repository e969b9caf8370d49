"""From staging tables into the ledger: match, correct, insert; the second half of an import.

Runs under the site's advisory lock. Every statement is a set; what a row means was decided by the engine before it got
here. Matching first, then one of two ways: nothing matched (the usual first import, the fast way), or some rows are known.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from jieqing.claims.receivables.engine.accounts import Account, PostingSource
from jieqing.claims.receivables.services import merge_sql as sql


@dataclass(frozen=True, slots=True)
class Matched:
    """How the good rows meet the ledger. ``unchanged`` are places of rows that it holds already."""

    known: int
    changed: int
    unchanged: list[int]


def match(*, site_id: UUID, is_file_known: bool) -> Matched:
    """Fill the match table. ``is_file_known``: this very file was imported before (see *stale* in ``merge_sql``)."""
    values: dict[str, Any] = {"site": site_id, "file_known": is_file_known}
    with connection.cursor() as cursor:
        cursor.execute(sql.HAS_ITEMS, values)
        if not cursor.fetchone()[0]:
            return Matched(0, 0, [])
        cursor.execute(sql.MATCH, values)
        cursor.execute(sql.MATCH_COUNTS)
        known, changed = cursor.fetchone()
        unchanged: list[int] = []
        if known:
            cursor.execute(sql.UNCHANGED_PLACES)
            unchanged = [place for (place,) in cursor.fetchall()]
    return Matched(known, changed, unchanged)


def put_parties(ids: list[UUID]) -> None:
    """Tell the staging tables the ids of the debtors, in the order of their numbers."""
    with connection.cursor() as cursor:
        cursor.execute(sql.PUT_PARTIES, {"parties": list(range(len(ids))), "ids": ids})


def merge(*, site_id: UUID, creditor_id: UUID, batch_id: UUID, revision: int, matched: Matched) -> None:
    """Write the staged rows as revision ``revision``."""
    values: dict[str, Any] = {
        "site": site_id,
        "creditor": creditor_id,
        "batch": batch_id,
        "revision": revision,
        "account": Account.RECEIVABLE.value,
        "source": PostingSource.BOOKS.value,
    }
    statements = [sql.INSERT_ALL, sql.INSERT_POSTINGS]
    if matched.known or matched.changed:
        statements = [
            sql.DROP_UNCHANGED,
            sql.CREATE_ENTERING,
            sql.INSERT_NEW,
            sql.KEEP_PAST,
            sql.UPDATE_CHANGED,
            sql.VOID_CHANGED_POSTINGS,
            sql.FORGET_STANDING_POSTINGS,
            sql.INSERT_POSTINGS,
        ]
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement, values)


def open_of_site(site_id: UUID) -> dict[str, int]:
    """What is open on the site, all days counted, by currency."""
    with connection.cursor() as cursor:
        cursor.execute(sql.OPEN_OF_SITE, {"site": site_id})
        return dict(cursor.fetchall())
