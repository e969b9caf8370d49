"""The writer: gives places, grows the tree, signs heads. One thread owns everything in it.

Each turn takes whatever waits (outbox rows and entries handed over in this process), writes it with one statement, extends
the tree after the commit and answers. While a statement runs, the next batch fills by itself; nothing is timed, so the
writer never idles while something waits, and a batch is as large as the disk is slow. A head is signed at most
once a second, and only when a proof from the last signed head to the new one has been made from the tiles and
checked: a tree that does not extend what was signed is never signed.

What it does after a crash at any point: a batch is committed or it is not (one statement); leaves without a head are found
beyond the last checkpoint and re-enter the tree; a head that was signed but not published is published again.

Refuses (``LogRefused``): a database that does not contain the kept head (a restored backup: going on would fork), stored
tiles that do not give the signed root, gaps in the indexes, another key or name than the log was begun with.
"""

import logging
import time
from collections.abc import Callable, Mapping
from typing import Any

from jieqing.plumbing.faults import Fault
from jieqing.trust.evidence.engine.checkpoints import Checkpoint, read_checkpoint
from jieqing.trust.evidence.engine.constants import (
    BATCH_ROWS_MAX,
    CHECKPOINT_EVERY_S,
    GATHER_SHARE,
    LOOK_EVERY_S,
)
from jieqing.trust.evidence.engine.notes import NoteSigner
from jieqing.trust.evidence.engine.proofs import consistency_path, is_consistent, root_at
from jieqing.trust.evidence.engine.tiles import (
    Coordinates,
    MissingTile,
    TileEdge,
    TileReader,
    coordinates_for,
    edge_coordinates,
)
from jieqing.trust.evidence.sequencer.inbox import Inbox, Ticket, answer
from jieqing.trust.evidence.sequencer.kept import KeptHead
from jieqing.trust.evidence.sequencer.store import LogStore

_log = logging.getLogger(__name__)
_OPEN_WRITERS_PAUSE_S = 0.005
_EMPTY = Checkpoint("", 0, b"")


class LogRefused(Fault):
    """Going on could fork or damage the log, so nothing is signed."""


class LogWriter:
    """An open log. ``probe`` is called with the name of each step done (tests make each fail in turn)."""

    def __init__(
        self,
        conninfo: Mapping[str, Any],
        signer: NoteSigner,
        kept: KeptHead,
        inbox: Inbox,
        probe: Callable[[str], None] = lambda step: None,
    ) -> None:
        self._signer, self._kept, self._inbox, self._probe = signer, kept, inbox, probe
        self._unsaved: dict[Coordinates, bytes] = {}  # full tiles since the last published head
        self._edge = TileEdge()
        self._signed = self._published = _EMPTY
        self._published_at = float("-inf")
        self._in_flight: list[Ticket] = []
        self._answered, self._gather_s = 0, 0.0
        self._store = LogStore(conninfo)
        try:
            self._open()
        except BaseException:
            self._store.close()
            raise

    @property
    def size(self) -> int:
        return self._edge.size

    @property
    def fence(self) -> int:
        return self._store.fence

    @property
    def published_size(self) -> int:
        return self._published.size

    def close(self) -> None:
        """Leave the log; entries of a batch whose outcome is unknown go back to the inbox."""
        self._inbox.put_back(self._in_flight)
        self._in_flight = []
        self._store.close()

    def run(self, should_stop: Callable[[], bool]) -> None:
        """Write until told to stop; then what waits is still written and the last head published."""
        while not should_stop():
            if self.flush() == 0:
                self.publish_if_due()
                self._rest()
            self.publish_if_due()
        while self.flush():
            pass
        self.publish()

    def flush(self) -> int:
        """Write one batch; returns how many entries got a place."""
        if self._answered:
            self._inbox.gather(self._answered, self._gather_s)
        self._in_flight = self._inbox.take(BATCH_ROWS_MAX)
        started = time.monotonic()
        submissions = [submission for submission, _ in self._in_flight]
        leaves = self._store.flush(self._edge.size, submissions, BATCH_ROWS_MAX)
        self._probe("flushed")
        for level, number, hashes in self._edge.extend(leaves):
            self._unsaved[level, number] = hashes
        self._probe("extended")
        tickets, self._in_flight = self._in_flight, []
        # Entries handed over stand behind those of the outbox, in their order.
        answer((future, index) for index, (_, future) in enumerate(tickets, self._edge.size - len(tickets)))
        # Callers just answered often bring their next entry at once: the next batch gives them a moment to do so, short
        # beside the flush that all of them would otherwise wait for.
        self._answered = len(tickets)
        self._gather_s = (time.monotonic() - started) * GATHER_SHARE
        return len(leaves)

    def publish_if_due(self) -> None:
        if self.size > self._published.size and time.monotonic() >= self._published_at + CHECKPOINT_EVERY_S:
            self.publish()

    def publish(self) -> None:
        """Sign and publish the present head, if it is new."""
        if self.size == self._published.size:
            return
        head = Checkpoint(self._signer.name, self.size, self._edge.root())
        self._require_extends(head)
        note = self._signer.sign(head.text())
        self._probe("signed")
        self._kept.keep(note)
        self._signed = head
        self._probe("kept")
        tiles = [(level, number, hashes) for (level, number), hashes in self._unsaved.items()]
        self._store.publish(head.size, head.root, note, tiles + self._edge.partial())
        self._published, self._published_at = head, time.monotonic()
        self._unsaved.clear()
        self._probe("published")

    def _rest(self) -> None:
        """Nothing waits: sleep until something does, or a head is due."""
        timeout = LOOK_EVERY_S
        if self.size > self._published.size:
            timeout = max(0.0, min(timeout, self._published_at + CHECKPOINT_EVERY_S - time.monotonic()))
        if not self._store.try_sleep():
            # A transaction with an entry is open; it will not notify, so look again soon.
            if self._inbox.arm():
                self._store.wait(self._inbox.fileno(), min(timeout, _OPEN_WRITERS_PAUSE_S))
            self._inbox.disarm()
            return
        try:
            # Whoever committed before the lock is visible now; whoever comes later notifies.
            if self.flush() == 0 and self._inbox.arm():
                self._store.wait(self._inbox.fileno(), timeout)
        finally:
            self._inbox.disarm()
            self._store.wake()

    def _open(self) -> None:
        origin, vkey = self._store.open(self._signer.name, self._signer.vkey)
        if (origin, vkey) != (self._signer.name, self._signer.vkey):
            raise LogRefused(
                f"日志 {origin} 的密钥与本机密钥文件不符。请恢复原来的密钥文件；更换密钥须另立新日志。",
                f"The log {origin} was begun with another key than this machine's. Restore the original key file; "
                "a new key means a new log.",
            )
        self._probe("locked")
        self._resume()
        self._settle_unknown()
        self._probe("resumed")

    def _resume(self) -> None:
        """Rebuild the tree's edge from the last published head, and hold it to what was signed."""
        note = self._store.last_checkpoint()
        published = read_checkpoint(note) if note else _EMPTY
        tiles = self._store.tiles([(level, number) for level, number, _ in edge_coordinates(published.size)])
        try:
            self._edge = TileEdge.resume(published.size, tiles)
        except MissingTile as missing:
            raise _damaged(str(missing)) from missing
        if published.size and self._edge.root() != published.root:
            raise _damaged(f"the stored tree does not give the signed root at size {published.size}")
        for index, leaf in self._store.leaves_from(published.size):
            if index != self._edge.size:
                raise _damaged(f"index {self._edge.size} is missing")
            for level, number, hashes in self._edge.extend([leaf]):
                self._unsaved[level, number] = hashes
        self._published = self._signed = published
        self._hold_to_kept_head()

    def _hold_to_kept_head(self) -> None:
        note = self._kept.read()
        if note is None:
            if self._published.size:
                _log.warning(
                    "the kept head is missing beside a published log; keeping %d", self._published.size
                )
            return
        kept = read_checkpoint(note)
        if kept.origin != self._signer.name:
            raise _rewound(kept, self.size)
        try:
            is_inside = kept.size <= self.size and (
                root_at(kept.size, self._reader(kept.size - 1).node) == kept.root
            )
        except MissingTile as missing:
            raise _damaged(str(missing)) from missing
        if not is_inside:
            raise _rewound(kept, self.size)
        if kept.size > self._signed.size:
            self._signed = kept

    def _settle_unknown(self) -> None:
        """Entries whose batch ended in a lost connection: answer those that are in, write the others again."""
        waiting = self._inbox.take(len(self._inbox))
        if not waiting:
            return
        known = self._store.indexes_of([submission.id for submission, _ in waiting])
        answer((future, known[submission.id]) for submission, future in waiting if submission.id in known)
        self._inbox.put_back([ticket for ticket in waiting if ticket[0].id not in known])

    def _require_extends(self, head: Checkpoint) -> None:
        if not self._signed.size:
            return
        path = consistency_path(self._signed.size, head.size, self._reader(self._signed.size - 1).node)
        if not is_consistent(self._signed.size, head.size, self._signed.root, head.root, path):
            raise _damaged(f"size {head.size} does not extend the signed size {self._signed.size}")

    def _reader(self, index: int) -> TileReader:
        """Tiles for a proof about ``index`` at the present size: from memory where they are new, else stored."""
        fresh = self._unsaved | {(level, number): hashes for level, number, hashes in self._edge.partial()}
        wanted = coordinates_for(index, self.size)
        stored = self._store.tiles([at for at in wanted if at not in fresh])
        return TileReader(stored | fresh)


def conninfo_of(settings: Mapping[str, Any]) -> dict[str, Any]:
    """psycopg's arguments from Django's connection parameters."""
    names = ("host", "port", "dbname", "user", "password", "sslmode", "sslrootcert", "sslcert", "sslkey")
    return {name: settings[name] for name in names if settings.get(name)}


def _damaged(detail: str) -> LogRefused:
    return LogRefused(
        f"存证日志与数据库不一致，已停止签名：{detail}。请运行 jieqing fsck，并从备份恢复。",
        f"The evidence log and its database disagree, so nothing is signed: {detail}. Run jieqing fsck and restore.",
    )


def _rewound(kept: Checkpoint, size: int) -> LogRefused:
    return LogRefused(
        f"数据库中的存证日志只有 {size} 条，但已签名的检查点（{kept.size} 条）不在其中：数据库可能是从旧备份恢复的。"
        "继续签名会使日志分叉，已停止。请恢复较新的备份；确实丢失时须另立新日志。",
        f"The database holds {size} entries, but a head of {kept.size} was signed that is not among them: it was "
        "probably restored from an older backup. Signing on would fork the log. Restore a newer backup; if it is "
        "really lost, begin a new log.",
    )
