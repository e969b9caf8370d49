"""From understood rows to staging tables: text for COPY, made column by column, sent while the next slice is read.

One worker thread talks to the server; the reader goes on with the next slice meanwhile, so the machine's second core
is used and at most two slices are in memory.
"""

import os
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from io import BytesIO
from uuid import UUID

import polars as pl
import psycopg
from django.db import connection

from jieqing.claims.parties.engine.matching import Mention
from jieqing.claims.receivables.services.merge_sql import COPY_ITEMS, COPY_POSTINGS
from jieqing.kernel.ids import new_id

_HEX3 = [f"{number:03x}" for number in range(4096)]
_COUNTER_MAX = 1 << 26


def item_ids(count: int, *, first: int) -> list[str]:
    """UUIDv7 texts for ``count`` rows of one batch, rising from row ``first`` on.

    The 26 bits after the milliseconds are the row's number (RFC 9562 6.2, method 1), 48 bits are random: a million
    ids in a fifth of the time of a million calls, and in the order of the file, so that the index grows at its end.
    """
    if first + count > _COUNTER_MAX:
        raise ValueError("too many rows for one batch")
    moment = f"{new_id().int >> 80:012x}"
    noise = os.urandom(6 * count).hex()
    ids: list[str] = []
    row = first
    while row < first + count:
        block_end = min(first + count, (row | 0xFFF) + 1)
        high = row >> 12
        start = f"{moment}7{high >> 2:03x}{8 | high & 3:x}"
        offset = 12 * (row - first)
        ids += [
            f"{start}{_HEX3[low]}{noise[at : at + 12]}"
            for low, at in zip(
                range(row & 0xFFF, (row & 0xFFF) + block_end - row),
                range(offset, len(noise), 12),
                strict=False,
            )
        ]
        row = block_end
    return ids


class PartyNumbers:
    """Numbers the debtors of a file in the order they appear; the database learns their ids after the last slice."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self.codes: list[str] = []
        self.names: list[str] = []

    def __len__(self) -> int:
        return len(self._numbers)

    def column(self, good: pl.DataFrame) -> pl.Series:
        """The number of each row's debtor. Shapes: good rows (rows,); returns Int32 (rows,)."""
        firsts = good.group_by("debtor_key", maintain_order=True).agg(
            pl.col("debtor_code").first(), pl.col("debtor_name").first()
        )
        for key, code, name in firsts.iter_rows():
            if key not in self._numbers:
                self._numbers[key] = len(self._numbers)
                self.codes.append(code or "")
                self.names.append(name or "")
        keys = firsts["debtor_key"].to_list()
        numbers = [self._numbers[key] for key in keys]
        return good["debtor_key"].replace_strict(keys, numbers, return_dtype=pl.Int32).alias("party")

    def mentions(self, creditor_id: UUID) -> list[Mention]:
        """The debtors in the order of their numbers. A name that only repeats the code is no name."""
        return [
            Mention(name="" if name == code else name, code=code, creditor_id=creditor_id)
            for code, name in zip(self.codes, self.names, strict=True)
        ]


class StagingWriter:
    """Sends frames to the staging tables from one thread, one slice behind the reader."""

    def __init__(self, pool: ThreadPoolExecutor, session: psycopg.Connection) -> None:
        self._pool = pool
        self._session = session
        self._last: Future[None] | None = None

    def send(self, items: pl.DataFrame, postings: pl.DataFrame) -> None:
        """Queue a slice; waits for the slice before it, so no more than two are held. Raises what that one raised."""
        self.wait()
        self._last = self._pool.submit(self._copy, items, postings)

    def wait(self) -> None:
        if self._last is not None:
            self._last.result()
            self._last = None

    def _copy(self, items: pl.DataFrame, postings: pl.DataFrame) -> None:
        for statement, frame in ((COPY_ITEMS, items), (COPY_POSTINGS, postings)):
            if frame.height:
                with self._session.cursor() as cursor, cursor.copy(statement) as copy:
                    copy.write(csv_bytes(frame))


@contextmanager
def staging_writer() -> Iterator[StagingWriter]:
    """A writer whose thread is gone, and whose last slice has arrived, when the block ends.

    The thread uses this thread's session (Django would give it another), so nobody else may use it meanwhile.
    """
    connection.ensure_connection()
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="ledger-copy") as pool:
        writer = StagingWriter(pool, connection.connection)
        yield writer
        writer.wait()


def csv_bytes(frame: pl.DataFrame) -> bytes:
    """CSV as COPY reads it: no header, nothing for NULL, text quoted when it must be."""
    buffer = BytesIO()
    frame.write_csv(
        buffer, include_header=False, null_value="", quote_style="necessary", date_format="%Y-%m-%d"
    )
    return buffer.getvalue()
