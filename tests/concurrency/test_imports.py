"""Two workers and one file, and a worker that dies: nothing twice, nothing half, nothing lost."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from django.db import connection, connections

from jieqing.claims.receivables import services
from jieqing.claims.receivables.models import Item, Posting
from jieqing.claims.receivables.services import ImportResult
from jieqing.claims.receivables.tests.small_ledgers import Books, csv_of, open_books
from jieqing.kernel.outcomes import Problem, is_problem, unwrap
from jieqing.plumbing.db.scopes import site_scope

DAY = date(2026, 6, 30)
ROWS = [
    (f"C{n % 50}", f"A-{n:05d}", "2026-01-10", "2026-02-10", f"{n + 1}.00", f"{n % 3}.00", "2026-02-01")
    for n in range(600)
]
WORKERS = 4


@pytest.fixture
def books(transactional_db: None) -> Iterator[Books]:
    books = open_books()
    yield books
    assert books.findings() == []


def in_threads(work, count: int) -> list:  # type: ignore[no-untyped-def, type-arg]
    def alone(number: int):  # type: ignore[no-untyped-def]
        try:
            return work(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(alone, range(count)))


def counted(books: Books) -> tuple[int, int]:
    with site_scope(books.site_id):
        return Item.objects.count(), Posting.objects.count()


def test_workers_with_the_same_file_import_it_once(books: Books) -> None:
    data = csv_of(ROWS)

    def work(number: int) -> ImportResult | Problem:
        return services.import_file(actor=books.actor, name=f"{number}.csv", source=data)

    results = [unwrap(found) for found in in_threads(work, WORKERS)]
    assert sorted(found.accepted for found in results) == [0] * (WORKERS - 1) + [len(ROWS)]
    assert sorted(found.duplicates for found in results) == [0] + [len(ROWS)] * (WORKERS - 1)
    assert counted(books)[0] == len(ROWS)


def test_workers_with_the_same_batch_commit_it_once(books: Books) -> None:
    opened = unwrap(services.open_batch(actor=books.actor, name="a.csv", source=csv_of(ROWS)))

    def work(_number: int) -> ImportResult | Problem:
        with site_scope(books.site_id):
            batch = type(opened.batch).objects.get(id=opened.batch.id)
        return services.commit_batch(actor=books.actor, batch=batch)

    results = [unwrap(found) for found in in_threads(work, WORKERS)]
    assert len({found.entry_id for found in results}) == 1
    assert counted(books)[0] == len(ROWS)


def test_one_undo_of_several_wins(books: Books) -> None:
    result = books.imported(csv_of(ROWS))
    outcomes = in_threads(lambda _number: books.undo(result), WORKERS)
    refused = [found.code for found in outcomes if is_problem(found)]
    assert refused == ["ledger.already_undone"] * (WORKERS - 1)
    assert books.open_amount(DAY) == 0


def test_the_planner_knows_of_a_large_import_before_the_next_report(books: Books) -> None:
    """Or a report over rows that the server has not counted yet would join them one by one."""
    rows = [(row[0], f"{row[1]}-{part}", *row[2:]) for part in range(2) for row in ROWS]
    books.imported(csv_of(rows))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, reltuples FROM pg_class WHERE relname IN ('receivables_item', 'receivables_posting')"
        )
        known = dict(cursor.fetchall())
    with site_scope(books.site_id):
        assert known == {"receivables_item": len(rows), "receivables_posting": Posting.objects.count()}


IMPORT = """
import sys, django
django.setup()
from pathlib import Path
from uuid import UUID
from jieqing.claims.receivables import services
from jieqing.claims.receivables.services import merging
from jieqing.kernel.actor import system_actor
write = merging.Merge._write
def slowly(self, statements, values):
    write(self, statements, values)
    print("written", flush=True)
    import time
    time.sleep(60)
merging.Merge._write = slowly
path = Path(sys.argv[1])
services.import_file(actor=system_actor(UUID(sys.argv[2]), "test"), name=path.name, source=path)
"""


def test_a_worker_killed_in_the_middle_leaves_nothing_and_loses_nothing(books: Books, tmp_path: Path) -> None:
    """Killed after the rows were written and before the transaction ended."""
    file = tmp_path / "账本.csv"
    file.write_bytes(csv_of(ROWS))
    worker = subprocess.Popen(
        [sys.executable, "-c", IMPORT, str(file), str(books.site_id)],
        stdout=subprocess.PIPE,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "jieqing.web.settings"},
        text=True,
    )
    try:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "written\n"
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    _wait_until_server_noticed()
    assert counted(books) == (0, 0)
    result = books.imported(file.read_bytes())
    assert (result.accepted, result.revision) == (len(ROWS), 1)


def _wait_until_server_noticed(limit_s: float = 20) -> None:
    """The dead worker's session holds the ledger's lock until the server sees the closed socket."""
    ends = time.monotonic() + limit_s
    while time.monotonic() < ends:
        with connection.cursor() as cursor:
            # Of this database alone: the other workers' tests hold locks of theirs on the same server.
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted"
                " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            )
            if cursor.fetchone() == (0,):
                return
        time.sleep(0.1)
    raise AssertionError("the dead worker's lock is still held")
