"""A log whose database was put back: may it be signed on, and if not, how a new one begins.

The head that was signed last lies outside the database. When the restored leaves still give it, the log goes on as if
nothing had happened. When they do not (everything after the backup is lost), signing on would be a second history under an
old name; then the old log ends and a new one begins under a name of its own, by an explicit decision with a reason. The
restored entries keep their bytes and get places in the new log, in their old order; proofs made from the old log stay
valid under the old policy, and the old log's last heads are kept beside the new one's, so that nobody can deny it.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from jieqing.kernel import clock
from jieqing.trust.evidence.engine.checkpoints import Checkpoint, read_checkpoint
from jieqing.trust.evidence.engine.merkle import Frontier
from jieqing.trust.evidence.sequencer.kept import kept_head_of

# As the owner, with nobody else connected. The forced policy hides leaves from the owner: it is lifted inside this
# transaction only. What already waits in the outbox comes after what had a place.
_START_OVER = """
ALTER TABLE evidence_leaf NO FORCE ROW LEVEL SECURITY;
CREATE TEMPORARY TABLE waiting ON COMMIT DROP AS SELECT entry_id, site_id, leaf FROM evidence_outbox ORDER BY id;
DELETE FROM evidence_outbox;
INSERT INTO evidence_outbox (entry_id, site_id, leaf) SELECT entry_id, site_id, leaf FROM evidence_leaf ORDER BY id;
INSERT INTO evidence_outbox (entry_id, site_id, leaf) SELECT entry_id, site_id, leaf FROM waiting;
TRUNCATE evidence_leaf, evidence_tile, evidence_checkpoint, evidence_writer;
ALTER TABLE evidence_leaf FORCE ROW LEVEL SECURITY;
"""


@dataclass(frozen=True, slots=True)
class LogState:
    """The log in a database, and the head that lies outside it. ``origin`` is empty when no log was begun."""

    origin: str
    entries: int
    published: int
    kept: Checkpoint | None
    is_behind: bool

    @property
    def kept_entries(self) -> int:
        return self.kept.size if self.kept else 0


def state_of_log(conninfo: str) -> LogState:
    """As the sequencer's or the backup's role: compare the leaves with the kept head."""
    with psycopg.connect(conninfo, connect_timeout=30) as connection:
        found = connection.execute("SELECT origin FROM evidence_writer").fetchone()
        published = _number(connection, "SELECT coalesce(max(id), 0) FROM evidence_checkpoint")
        entries = _number(connection, "SELECT count(*) FROM evidence_leaf")
        if found is None:
            return LogState("", entries, published, None, is_behind=False)
        note = kept_head_of(found[0]).read()
        kept = read_checkpoint(note) if note else None
        is_behind = kept is not None and (
            kept.origin != found[0] or kept.size > entries or _root_at(connection, kept.size) != kept.root
        )
        return LogState(found[0], entries, published, kept, is_behind)


def begin_new_log(owner_conninfo: str, state: LogState, reason: str) -> Path:
    """End the old log and put every entry before the sequencer again; returns where the old log's end is noted."""
    with psycopg.connect(owner_conninfo, connect_timeout=30) as connection:
        heads = connection.execute("SELECT note FROM evidence_checkpoint ORDER BY id DESC LIMIT 1").fetchall()
        noted = kept_head_of(state.origin).path.with_name("ended.json")
        told = {
            "ended_at": clock.now().isoformat(),
            "reason": reason,
            "last_signed": kept_head_of(state.origin).read(),
            "last_restored": heads[0][0] if heads else None,
        }
        noted.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")
        connection.execute(_START_OVER)
    return noted


def _root_at(connection: "psycopg.Connection[Any]", size: int) -> bytes:
    frontier = Frontier()
    with connection.cursor(name="leaves") as cursor:
        cursor.itersize = 10_000
        cursor.execute("SELECT leaf FROM evidence_leaf WHERE id < %s ORDER BY id", [size])
        for (leaf,) in cursor:
            frontier.append(leaf)
    return frontier.root()


def _number(connection: "psycopg.Connection[Any]", statement: str) -> int:
    found = connection.execute(statement).fetchone()
    return int(found[0]) if found else 0
