"""The statements of the log: one connection, one statement per step, every step durable when it returns.

The connection is in autocommit, so each statement is its own transaction and one round trip, fsync included. It holds
the WRITER advisory lock for as long as it lives: when it breaks, lock and ability to write are lost together. The
fencing number makes a writer that comes back from a long sleep harmless as well, and the primary key of
``evidence_leaf`` stands under both.
"""

import select
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

import psycopg

from jieqing.plumbing.faults import Fault
from jieqing.trust.evidence.engine.bulk import split_hashes
from jieqing.trust.evidence.engine.constants import OUTBOX_CHANNEL, SLEEP_LOCK, WRITER_LOCK
from jieqing.trust.evidence.engine.tiles import Coordinates, tile_at, tile_id
from jieqing.trust.evidence.sequencer import arrays
from jieqing.trust.evidence.sequencer.inbox import Submission

# What waits is exactly what stands in the outbox: a row is seen when its transaction has committed, in whatever
# order that happened, and leaves in the same statement that gives it a place. No watermark, so none can be skipped.
_TAKEN = """
taken AS (
  DELETE FROM evidence_outbox WHERE id IN (SELECT id FROM evidence_outbox ORDER BY id LIMIT %(most)s)
    AND EXISTS (SELECT 1 FROM evidence_writer WHERE id = 1 AND fence = %(fence)s)
  RETURNING id AS place, entry_id, site_id, leaf
)
"""
_PLACED = """
, placed AS (
  SELECT %(base)s - 1 + row_number() OVER (ORDER BY source, place) AS id, entry_id, site_id, leaf FROM waiting
), written AS (
  INSERT INTO evidence_leaf (id, entry_id, site_id, leaf) SELECT id, entry_id, site_id, leaf FROM placed
)
SELECT coalesce(string_agg(leaf, ''::bytea ORDER BY id), '') FROM placed
"""
# Entries handed over in this process come after those of the outbox, in the order of the arrays.
_HANDED = """
, handed AS MATERIALIZED (
  SELECT *, sha256('\\x00'::bytea || body) AS leaf
  FROM unnest(%(ids)s::uuid[], %(sites)s::uuid[], %(actions)s::text[], %(subjects)s::text[],
              %(times)s::timestamptz[], %(bodies)s::bytea[])
    WITH ORDINALITY AS t(entry_id, site_id, action, subject, recorded_at, body, place)
  WHERE EXISTS (SELECT 1 FROM evidence_writer WHERE id = 1 AND fence = %(fence)s)
), entries AS (
  INSERT INTO evidence_entry (id, site_id, action, subject, recorded_at, body)
  SELECT entry_id, site_id, action, subject, recorded_at, body FROM handed
)
"""
_OUTBOX_WAITS = ", waiting AS (SELECT 0 AS source, * FROM taken)"
_BOTH_WAIT = """
, waiting AS (
  SELECT 0 AS source, place, entry_id, site_id, leaf FROM taken
  UNION ALL SELECT 1, place, entry_id, site_id, leaf FROM handed
)
"""
FLUSH_OUTBOX = f"WITH {_TAKEN} {_OUTBOX_WAITS} {_PLACED}"
FLUSH_BOTH = f"WITH {_TAKEN} {_HANDED} {_BOTH_WAIT} {_PLACED}"

_PUBLISH = """
WITH grown AS (
  INSERT INTO evidence_tile (id, hashes) SELECT * FROM unnest(%(tiles)s::bigint[], %(hashes)s::bytea[])
  ON CONFLICT (id) DO UPDATE SET hashes = excluded.hashes
  WHERE octet_length(excluded.hashes) > octet_length(evidence_tile.hashes)
)
INSERT INTO evidence_checkpoint (id, root, note, signed_at)
SELECT %(size)s, %(root)s, %(note)s, now()
WHERE EXISTS (SELECT 1 FROM evidence_writer WHERE id = 1 AND fence = %(fence)s)
RETURNING id
"""
_OPEN = """
INSERT INTO evidence_writer (id, fence, origin, vkey, opened_at) VALUES (1, 1, %s, %s, now())
ON CONFLICT (id) DO UPDATE SET fence = evidence_writer.fence + 1, opened_at = now()
RETURNING fence, origin, vkey
"""


class AnotherWriter(Fault):
    """Another sequencer holds the log; this one may stand by."""

    def __init__(self) -> None:
        super().__init__(
            "另一个存证排序进程正在写入日志；本进程待命。",
            "Another sequencer writes the log; this one stands by.",
        )


class Fenced(RuntimeError):
    """A later writer has opened the log; this one must stop."""


class LogStore:
    """The writer's connection; owned by the writer's thread."""

    def __init__(self, conninfo: Mapping[str, Any]) -> None:
        self._connection = psycopg.connect(
            autocommit=True, prepare_threshold=1, connect_timeout=10, **conninfo
        )
        arrays.register(self._connection)
        # Notifications may arrive with the answer of any statement; the handler sees those too.
        self._connection.add_notify_handler(self._on_notify)
        self._is_notified = False
        self.fence = 0

    def _on_notify(self, _: psycopg.Notify) -> None:
        self._is_notified = True

    def close(self) -> None:
        self._connection.close()

    def open(self, origin: str, vkey: str) -> tuple[str, str]:
        """Take the writer's lock and a new fencing number; returns the log's name and key as stored.

        Errors: AnotherWriter.
        """
        if not self._one("SELECT pg_try_advisory_lock(%s)", [WRITER_LOCK])[0]:
            raise AnotherWriter
        # The outbox is nearly empty and always changing: statistics on it mislead, its index never does.
        self._connection.execute("SET enable_seqscan = off")
        self._connection.execute(f"LISTEN {OUTBOX_CHANNEL}")
        self.fence, stored_origin, stored_vkey = self._one(_OPEN, [origin, vkey])
        return stored_origin, stored_vkey

    def last_checkpoint(self) -> str | None:
        rows = self._connection.execute("SELECT note FROM evidence_checkpoint ORDER BY id DESC LIMIT 1")
        found = rows.fetchone()
        return found[0] if found else None

    def leaves_from(self, size: int) -> list[tuple[int, bytes]]:
        rows = self._connection.execute(
            "SELECT id, leaf FROM evidence_leaf WHERE id >= %s ORDER BY id", [size]
        )
        return rows.fetchall()

    def tiles(self, coordinates: Collection[Coordinates]) -> dict[Coordinates, bytes]:
        if not coordinates:
            return {}
        wanted = [tile_id(level, number) for level, number in coordinates]
        rows = self._connection.execute(
            "SELECT id, hashes FROM evidence_tile WHERE id = ANY(%s)", [wanted], binary=True
        )
        return {tile_at(identifier): hashes for identifier, hashes in rows}

    def indexes_of(self, entry_ids: list[UUID]) -> dict[UUID, int]:
        rows = self._connection.execute(
            "SELECT entry_id, id FROM evidence_leaf WHERE entry_id = ANY(%s)", [entry_ids]
        )
        return dict(rows.fetchall())

    def flush(self, base: int, submissions: Sequence[Submission], most: int) -> list[bytes]:
        """Give places from ``base`` on to what waits in the outbox, then to these entries; durable on return.

        Returns the leaf hashes in the order of their places.

        Errors: Fenced when a later writer took over.
        """
        values: dict[str, Any] = {"base": base, "fence": self.fence, "most": most}
        statement = FLUSH_OUTBOX
        if submissions:
            statement = FLUSH_BOTH
            values |= _columns(submissions)
        row = self._connection.execute(statement, values, binary=True).fetchone()
        leaves = split_hashes(row[0] if row else b"")
        if len(leaves) < len(submissions):
            raise Fenced
        return leaves

    def publish(self, size: int, root: bytes, note: str, tiles: Sequence[tuple[int, int, bytes]]) -> None:
        """Store a signed head and the tiles that prove it.

        Errors: Fenced.
        """
        values = {
            "tiles": [tile_id(level, number) for level, number, _ in tiles],
            "hashes": [hashes for _, _, hashes in tiles],
            "size": size,
            "root": root,
            "note": note,
            "fence": self.fence,
        }
        if self._connection.execute(_PUBLISH, values, binary=True).fetchone() is None:
            raise Fenced

    def try_sleep(self) -> bool:
        """Take the SLEEP lock: from now on every writer notifies. False while a transaction with entries is open."""
        self._is_notified = False
        return bool(self._one("SELECT pg_try_advisory_lock(%s)", [SLEEP_LOCK])[0])

    def wake(self) -> None:
        self._one("SELECT pg_advisory_unlock(%s)", [SLEEP_LOCK])

    def wait(self, bell: int, timeout_s: float) -> None:
        """Sleep until a notification, the bell or the time."""
        if self._is_notified:
            return
        ready, _, _ = select.select([self._connection.fileno(), bell], [], [], timeout_s)
        if self._connection.fileno() in ready:
            self._connection.pgconn.consume_input()
            while self._connection.pgconn.notifies():
                pass

    def _one(self, statement: str, values: list[Any]) -> Any:
        return self._connection.execute(statement, values).fetchone()


def _columns(submissions: Sequence[Submission]) -> dict[str, bytes]:
    return {
        "ids": arrays.uuid_array([entry.id for entry in submissions]),
        "sites": arrays.uuid_array([entry.site_id for entry in submissions]),
        "actions": arrays.text_array([entry.action for entry in submissions]),
        "subjects": arrays.text_array([entry.subject for entry in submissions]),
        "times": arrays.instant_array([entry.recorded_at for entry in submissions]),
        "bodies": arrays.bytea_array([entry.body for entry in submissions]),
    }
