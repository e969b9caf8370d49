"""From understood rows into the ledger, slice by slice: stage, match, correct, insert.

Runs under the site's advisory lock, in the caller's transaction. Every statement is a set; what a row means was decided
by the engine before it got here. Where the ledger was empty nothing can match, and a slice is two inserts.

Refuses by raising ``MeetsItself``: a file in which one document stands in two slices. The reader then rolls back and
reads the file as a whole, where the engine can tell each row what is wrong.
"""

from typing import Any
from uuid import UUID

import polars as pl
from django.db import IntegrityError, connection

from jieqing.claims.parties.services import upsert_parties
from jieqing.claims.receivables.engine.accounts import Account, PostingSource
from jieqing.claims.receivables.engine.ledger_types import Layout
from jieqing.claims.receivables.models import ImportBatch
from jieqing.claims.receivables.services import merge_sql as sql
from jieqing.claims.receivables.services.contacts import Contacts
from jieqing.claims.receivables.services.frames import key_frame, staging_frame
from jieqing.claims.receivables.services.staging import Debtors, copy_in
from jieqing.kernel.actor import Actor

_CORRECTIONS = (
    sql.DROP_UNCHANGED,
    sql.FIND_ENTERING,
    sql.INSERT_NEW,
    sql.KEEP_PAST,
    sql.UPDATE_CHANGED,
    sql.STAGE_POSTINGS,
    sql.VOID_CHANGED_POSTINGS,
    sql.FORGET_STANDING_POSTINGS,
    sql.POST_STAGED,
)


class MeetsItself(Exception):
    """One document stands in two slices of a file."""


class Matching:
    """How rows meet the ledger, counted over all slices. ``unchanged`` are places of rows that it holds already."""

    def __init__(self, *, site_id: UUID, is_file_known: bool, revision: int) -> None:
        self.values: dict[str, Any] = {"site": site_id, "file_known": is_file_known, "revision": revision}
        self.begin()

    def begin(self) -> None:
        """Start from nothing: also after a rollback."""
        self.known = self.changed = 0
        self.unchanged: list[int] = []
        with connection.cursor() as cursor:
            cursor.execute(sql.CREATE_STAGING)
            cursor.execute(sql.HAS_ITEMS, self.values)
            self.had_items = bool(cursor.fetchone()[0])

    def match(self) -> tuple[int, int]:
        """Match the staged slice; returns how many rows are known and how many correct an item."""
        if not self.had_items:
            return 0, 0
        with connection.cursor() as cursor:
            cursor.execute(sql.ANALYZE)
            cursor.execute(sql.MATCH, self.values)
            cursor.execute(sql.MATCH_COUNTS)
            known, changed, own = cursor.fetchone()
            if own:
                raise MeetsItself
            if known:
                cursor.execute(sql.UNCHANGED_PLACES)
                self.unchanged += [place for (place,) in cursor.fetchall()]
        self.known += known
        self.changed += changed
        return known, changed


class Comparison(Matching):
    """The sink of a preview: counts, and writes nothing but temporary tables."""

    def __init__(self, *, site_id: UUID, is_file_known: bool) -> None:
        super().__init__(site_id=site_id, is_file_known=is_file_known, revision=0)

    def put(self, good: pl.DataFrame, first_place: int) -> None:
        if not self.had_items:
            return
        with connection.cursor() as cursor:
            cursor.execute(sql.EMPTY_STAGING)
        copy_in(sql.COPY_KEYS, key_frame(good, first_place=first_place))
        self.match()


class Merge(Matching):
    """The sink of a commit: writes slices as revision ``revision``."""

    def __init__(
        self,
        *,
        actor: Actor,
        batch: ImportBatch,
        layout: Layout,
        creditor_id: UUID,
        revision: int,
        is_file_known: bool,
    ) -> None:
        self.actor, self.creditor_id = actor, creditor_id
        self.contacts = Contacts(layout)
        super().__init__(site_id=batch.site_id, is_file_known=is_file_known, revision=revision)
        self.values |= {
            "creditor": creditor_id,
            "batch": batch.id,
            "account": Account.RECEIVABLE.value,
            "source": PostingSource.BOOKS.value,
        }

    def begin(self) -> None:
        super().begin()
        self.debtors = Debtors(self.creditor_id)
        self.contacts.begin()
        self.entered = 0

    def put(self, good: pl.DataFrame, first_place: int) -> None:
        """Write one slice. Leaf indexes go on from the slice before."""
        unknown = self.debtors.unknown(good)
        self.debtors.learn(unknown, upsert_parties(actor=self.actor, mentions=unknown.values()))
        self.contacts.see(good)
        rows = staging_frame(good, self.debtors, first_place=first_place)
        with connection.cursor() as cursor:
            cursor.execute(sql.EMPTY_STAGING)
        copy_in(sql.COPY_ITEMS, rows)
        known, changed = self.match()
        entering = good.height - known
        if entering:
            values = {**self.values, "leaf_first": self.entered, "leaf_shift": self.entered - first_place}
            self._write(_CORRECTIONS if known or changed else (sql.INSERT_ALL, sql.POST_ALL), values)
        self.entered += entering

    def _write(self, statements: tuple[str, ...], values: dict[str, Any]) -> None:
        try:
            with connection.cursor() as cursor:
                for statement in statements:
                    cursor.execute(statement, values)
        except IntegrityError as error:
            # The one rule that a slice can break: the business key, by a row of an earlier slice.
            if "receivables_item_key" in str(error):
                raise MeetsItself from error
            raise


def open_of_site(site_id: UUID) -> dict[str, int]:
    """What is open on the site, all days counted, by currency."""
    with connection.cursor() as cursor:
        cursor.execute(sql.OPEN_OF_SITE, {"site": site_id})
        return dict(cursor.fetchall())
