"""``evidence_append``: what evidence costs a business transaction, and how fast single entries get down to the disk.

(a) A transaction of three rows as services write them (site scope, Django's ORM, restricted role) with ``record()``
against the same without. (b) The sequencer's ingest service with 64 concurrent callers, each waiting until its entry
is durable and has its index, against 64 callers who each commit one row of the same bytes on a connection of their own
(prepared statement, autocommit, no row policy) and against pymerkle's SQLite tree, one by one. Same server, fsync on.

The limit of (b) is the same entries in one ``INSERT … SELECT unnest`` and one commit for every 64: the group commit without
log, callers and answers. Our side does more than the peers: the tree grows and heads are signed each second meanwhile.
"""

from __future__ import annotations

import asyncio
import itertools
import random
import statistics
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.database import BenchDatabase, start
from benchmarks.frame import Contender, Goal, Result, alternate, expect

CALLERS = 64
ENTRIES = CALLERS * 100
ONE_BY_ONE = 300
TRANSACTIONS = 200
RUNS = 7


def run(seed: int) -> Result:
    database = start()
    overhead, plain = _measure_transactions(database, seed)
    rates = _measure_ingest(database, seed)
    ours, rows, tree = rates["ours"], rates["rows"], rates["pymerkle"]
    return Result(
        name="evidence_append",
        work=(
            f"{ENTRIES} entries of {CALLERS} concurrent callers, each acknowledged with its index after fsync; and a "
            "business transaction of 3 rows with record() against without"
        ),
        ours=ours,
        unit="entries/s",
        peers={f"{CALLERS} single-row committers": rows, "pymerkle SqliteTree one by one": tree},
        limit=("INSERT ... SELECT unnest, one commit per 64 entries", rates["limit"]),
        ratios={"record_overhead": overhead, "single_row": ours / rows, "pymerkle": ours / tree},
        goals=(
            Goal("(a) transaction with record() in times of one without", "<=", 1.3, overhead),
            Goal("(b) times 64 callers committing one row each", ">=", 1.5, ours / rows),
            Goal("(b) times pymerkle's SQLite tree one by one", ">=", 10, ours / tree),
        ),
        notes={"seed": seed, "runs": RUNS, "transaction_ms_without": round(plain * 1000 / TRANSACTIONS, 3)},
    )


def _measure_transactions(database: BenchDatabase, seed: int) -> tuple[float, float]:
    """(a): the ratio, and the seconds of the transactions without evidence."""
    from jieqing.claims.receivables.models import LedgerRevision
    from jieqing.plumbing.db.scopes import site_scope

    numbers, rng = itertools.count(1), random.Random(seed)

    def work(with_evidence: bool) -> int:
        for _ in range(TRANSACTIONS):
            _transaction(database, next(numbers), rng.randrange(10**9), with_evidence)
        return TRANSACTIONS

    def check(done: int) -> None:
        with site_scope(database.site_id):
            expect(LedgerRevision.objects.count() % done, 0, "transactions")

    without = Contender("without", lambda: work(False), check)
    recorded = Contender("with", lambda: work(True), check)
    for contender in (without, recorded):
        contender.work()  # connections, plans and caches warm for both
    alternate([without, recorded], runs=RUNS)
    pairs = zip(recorded.seconds, without.seconds, strict=True)
    return statistics.median(ours / base for ours, base in pairs), without.median


def _transaction(database: BenchDatabase, number: int, value: int, with_evidence: bool) -> None:
    """A batch, its revision and its mapping: three rows of three tables."""
    from jieqing.claims.receivables.models import ImportBatch, LedgerRevision, MappingProfile
    from jieqing.kernel import clock
    from jieqing.kernel.actor import Actor, ActorKind
    from jieqing.kernel.ids import new_id
    from jieqing.plumbing.db.scopes import site_scope
    from jieqing.trust.evidence import services

    actor = Actor(new_id(), ActorKind.PERSON, database.site_id)
    with site_scope(database.site_id):
        now = clock.now()
        batch = ImportBatch.objects.create(
            site_id=database.site_id, number=number, file_name="ledger.csv", file_key=str(value),
            file_digest=bytes(32), file_bytes=value, created_at=now, created_by=actor.id,
        )  # fmt: skip
        entry_id = new_id()
        if with_evidence:
            entry_id = services.record(
                actor=actor,
                action="claims.receivables.imported",
                subject=f"claims.receivables.batch:{batch.id}",
                facts={"rows": value % 1000, "open_minor": value, "currency": "CNY", "revision": number},
            )
        LedgerRevision.objects.create(
            site_id=database.site_id, number=number, kind="import", at=now, actor_id=actor.id, entry_id=entry_id,
            batch=batch,
        )  # fmt: skip
        MappingProfile.objects.create(
            site_id=database.site_id,
            fingerprint=f"{number:064d}",
            name="bench",
            mapping={"a": 1},
            used_at=now,
        )


def _measure_ingest(database: BenchDatabase, seed: int) -> dict[str, float]:
    """(b): entries a second of each contender."""
    with tempfile.TemporaryDirectory(dir=_data_folder()) as folder:
        rivals = _Ingest(database, seed, Path(folder))
        try:
            ours = Contender("ours", rivals.ours, rivals.check_ours, rivals.make)
            rows = Contender("rows", rivals.single_rows, rivals.check_rows, rivals.make)
            limit = Contender("limit", rivals.unnest, rivals.check_rows, rivals.make)
            tree = Contender("pymerkle", rivals.pymerkle, rivals.check_tree, rivals.make)
            alternate([ours, rows, limit, tree], runs=RUNS)
        finally:
            rivals.close()
    rates = {each.name: ENTRIES / each.median for each in (ours, rows, limit)}
    return rates | {"pymerkle": ONE_BY_ONE / tree.median}


def _data_folder() -> Path:
    from jieqing.plumbing.paths import data_dir

    return data_dir()


class _Ingest:
    """The contenders of (b) over fresh entries of the same bytes each round."""

    def __init__(self, database: BenchDatabase, seed: int, folder: Path) -> None:
        import psycopg
        import pymerkle
        from django.db import connections

        from jieqing.trust.evidence.sequencer import IngestService, arrays
        from jieqing.trust.evidence.sequencer.inbox import Inbox
        from jieqing.trust.evidence.sequencer.kept import KeptHead
        from jieqing.trust.evidence.sequencer.run import log_signer
        from jieqing.trust.evidence.sequencer.writer import LogWriter, conninfo_of

        self._database, self._rng = database, random.Random(seed)
        self._inbox = Inbox()
        conninfo = conninfo_of(connections["sequencer"].get_connection_params())
        self._writer = LogWriter(conninfo, log_signer(conninfo), KeptHead(folder), self._inbox)
        self._service = IngestService(self._inbox)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._writer.run, args=(self._stop.is_set,))
        self._thread.start()
        self._admin = psycopg.connect(database.admin_url, autocommit=True, prepare_threshold=0)
        arrays.register(self._admin)
        self._admin.execute(
            "CREATE TABLE bench_row (id uuid PRIMARY KEY, action text, subject text, recorded_at timestamptz, body bytea)"
        )
        self._committers = [
            psycopg.connect(database.admin_url, autocommit=True, prepare_threshold=0) for _ in range(CALLERS)
        ]
        self._tree = pymerkle.SqliteTree(str(folder / "peer.db"), algorithm="sha256")
        self._entries: list[Any] = []

    def close(self) -> None:
        self._stop.set()
        self._inbox.ring()
        self._thread.join()
        self._writer.close()
        self._inbox.close()
        self._tree.con.close()
        for connection in [*self._committers, self._admin]:
            connection.close()

    def make(self) -> None:
        """New entries for the next contender; making them is nobody's time."""
        from jieqing.kernel import clock
        from jieqing.kernel.ids import new_id
        from jieqing.kernel.outcomes import unwrap
        from jieqing.trust.evidence.engine.entry import Draft, encode
        from jieqing.trust.evidence.sequencer.inbox import Submission

        self._entries, now = [], clock.now()
        for number in range(ENTRIES):
            draft = Draft(
                id=new_id(), site_id=self._database.site_id, actor_id=self._database.site_id, actor_kind="robot",
                action="recovery.outreach.dialled", subject=f"recovery.outreach.call:{number}", event_time=now,
                recorded_at=now, facts={"seconds": self._rng.randrange(600), "outcome": "answered"},
            )  # fmt: skip
            body = unwrap(encode(draft)).head
            self._entries.append(Submission(draft.id, draft.site_id, draft.action, draft.subject, now, body))

    def ours(self) -> list[int]:
        """64 coroutines, each waiting for its acknowledgement before it brings the next entry."""

        async def caller(number: int) -> list[int]:
            return [await self._service.append_encoded(entry) for entry in self._entries[number::CALLERS]]

        async def all_callers() -> list[int]:
            shares = await asyncio.gather(*map(caller, range(CALLERS)))
            return [index for share in shares for index in share]

        return asyncio.run(all_callers())

    def ours_by_threads(self) -> list[int]:
        def call(_: int, entry: Any) -> int:
            index: int = self._service.submit_encoded(entry).result()
            return index

        return _by_callers(call, self._entries)

    def check_ours(self, indexes: list[int]) -> None:
        expect(sorted(indexes), list(range(min(indexes), min(indexes) + ENTRIES)), "indexes")
        count = (
            "SELECT count(*) FROM evidence_leaf JOIN evidence_entry e ON e.id = entry_id WHERE e.id = ANY(%s)"
        )
        found = self._admin.execute(count, [[entry.id for entry in self._entries]]).fetchone()
        expect(found, (ENTRIES,), "entries in the log")

    def single_rows(self) -> list[int]:
        def call(caller: int, entry: Any) -> int:
            values = (entry.id, entry.action, entry.subject, entry.recorded_at, entry.body)
            self._committers[caller].execute("INSERT INTO bench_row VALUES (%s, %s, %s, %s, %s)", values)
            return 1

        return _by_callers(call, self._entries)

    def unnest(self) -> list[int]:
        from jieqing.trust.evidence.sequencer import arrays

        for start_at in range(0, ENTRIES, CALLERS):
            part = self._entries[start_at : start_at + CALLERS]
            columns = [
                arrays.uuid_array([entry.id for entry in part]),
                arrays.text_array([entry.action for entry in part]),
                arrays.text_array([entry.subject for entry in part]),
                arrays.instant_array([entry.recorded_at for entry in part]),
                arrays.bytea_array([entry.body for entry in part]),
            ]
            self._admin.execute("INSERT INTO bench_row SELECT * FROM unnest(%s, %s, %s, %s, %s)", columns)
        return [1] * ENTRIES

    def check_rows(self, done: list[int]) -> None:
        count = "SELECT count(*) FROM bench_row WHERE id = ANY(%s)"
        found = self._admin.execute(count, [[entry.id for entry in self._entries]]).fetchone()
        expect(found, (sum(done),), "rows")

    def pymerkle(self) -> int:
        for entry in self._entries[:ONE_BY_ONE]:
            last = self._tree.append_entry(entry.body)
        return last

    def check_tree(self, last: int) -> None:
        expect(self._tree.get_size(), last, "pymerkle's size")


def _by_callers(call: Callable[[int, Any], int], entries: list[Any]) -> list[int]:
    """Let 64 threads work through the entries, each its own share, one after the other."""
    answers: list[list[int]] = [[] for _ in range(CALLERS)]

    def caller(number: int) -> None:
        answers[number] = [call(number, entry) for entry in entries[number::CALLERS]]

    threads = [threading.Thread(target=caller, args=(number,)) for number in range(CALLERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [answer for share in answers for answer in share]
