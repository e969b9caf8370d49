"""The sequencer's promises: every entry gets one place, nothing is lost, nothing is signed that does not extend."""

import asyncio
import threading
import time
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence.models import Checkpoint
from jieqing.trust.evidence.sequencer import IngestService, fsck, ingest
from jieqing.trust.evidence.sequencer.inbox import InboxClosed
from jieqing.trust.evidence.sequencer.store import AnotherWriter, Fenced
from jieqing.trust.evidence.tests.log import (
    Log,
    add_entries,
    app_conninfo,
    assert_sound,
    draft_of,
    leaves,
    rows,
    submissions,
)

# How long a busy machine may take before a test calls it never.
PATIENCE_S = 120


def test_entries_get_places_without_gaps_and_a_signed_head(log: Log) -> None:
    site = new_id()
    add_entries(3, site)
    add_entries(2)
    add_entries(4, site, chain=new_id())
    assert log.settle() == 9
    assert_sound(log, 9)
    add_entries(1)
    assert log.settle() == 10
    assert_sound(log, 10)
    assert Checkpoint.objects.count() == 2
    with site_scope(site), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM evidence_leaf")
        assert cursor.fetchone() == (7,), "a site sees the places of its own entries"


def test_nothing_new_nothing_signed(log: Log) -> None:
    add_entries(1)
    log.settle()
    log.settle()
    assert Checkpoint.objects.count() == 1


@pytest.mark.parametrize("batches", [[255, 2, 255, 1], [1, 300, 1, 700], [513, 513]])
def test_heads_of_every_size_extend_one_another_across_tiles(log: Log, batches: list[int]) -> None:
    writer = log.open()
    total = 0
    for count in batches:
        for made in submissions(count):
            log.inbox.put(made)
        writer.flush()
        writer.publish()
        total += count
    writer.close()
    assert log.settle() == total
    assert_sound(log, total)


def record_raw(app: psycopg.Connection) -> None:
    """An entry in a transaction that stays open."""
    made = submissions(1)[0]
    app.execute(
        "SELECT evidence_record(%s, NULL, %s, %s, %s, %s, '', NULL, NULL, NULL)",
        [made.id, made.action, made.subject, made.recorded_at, made.body],
    )


def test_rows_that_commit_late_are_not_lost(log: Log) -> None:
    """An entry written first and committed last has a lower outbox number than those already in the log."""
    with psycopg.connect(**app_conninfo()) as slow:
        record_raw(slow)
        add_entries(3)
        writer = log.open()
        assert writer.flush() == 3
        slow.commit()
        assert writer.flush() == 1
        assert writer.flush() == 0
        writer.close()
    log.settle()
    assert len(leaves(log)) == 4


def test_a_sleeping_writer_is_woken_by_a_commit_and_by_the_inbox(log: Log) -> None:
    writer, stop = log.open(), threading.Event()
    thread = threading.Thread(target=writer.run, args=(stop.is_set,))
    thread.start()
    try:
        for _ in range(5):
            time.sleep(0.05)  # let it fall asleep
            before = writer.size
            started = time.monotonic()
            add_entries(1)
            while writer.size == before and time.monotonic() < started + PATIENCE_S:
                time.sleep(0.001)
            assert time.monotonic() - started < 0.5, "woken by NOTIFY, not by the safety net of a second"
            assert log.inbox.put(submissions(1)[0]).result(timeout=0.5) == writer.size - 1
        deadline = time.monotonic() + PATIENCE_S
        while writer.published_size < writer.size and time.monotonic() < deadline:
            time.sleep(0.01)
        assert writer.published_size == writer.size == 10
    finally:
        stop.set()
        log.inbox.ring()
        thread.join(timeout=PATIENCE_S)
    writer.close()
    assert_sound(log, 10)


def test_an_open_transaction_with_an_entry_keeps_the_writer_looking(log: Log) -> None:
    """It got the shared side of the SLEEP lock, so it will not notify: the writer must not fall asleep."""
    writer, stop = log.open(), threading.Event()
    with psycopg.connect(**app_conninfo()) as slow:
        record_raw(slow)
        thread = threading.Thread(target=writer.run, args=(stop.is_set,))
        thread.start()
        time.sleep(0.2)
        slow.commit()
        started = time.monotonic()
        while writer.size == 0 and time.monotonic() < started + PATIENCE_S:
            time.sleep(0.001)
        assert time.monotonic() - started < 0.5
    stop.set()
    log.inbox.ring()
    thread.join(timeout=PATIENCE_S)


def test_only_one_writer_and_the_next_one_has_a_higher_number(log: Log) -> None:
    first = log.open()
    with pytest.raises(AnotherWriter):
        log.open()
    first.close()
    second = log.open()
    assert second.fence > first.fence


def test_a_writer_that_lost_its_place_writes_and_publishes_nothing(log: Log) -> None:
    writer = log.open()
    add_entries(2)
    writer.flush()
    with psycopg.connect(**log.conninfo) as other:
        other.execute("UPDATE evidence_writer SET fence = fence + 1")
    add_entries(1)
    assert writer.flush() == 0
    log.inbox.put(submissions(1)[0])
    with pytest.raises(Fenced):
        writer.flush()
    with pytest.raises(Fenced):
        writer.publish()
    writer.close()
    assert log.settle() == 4
    assert_sound(log, 4)


def test_a_broken_connection_answers_each_caller_once(log: Log) -> None:
    writer = log.open()
    futures = [log.inbox.put(made) for made in submissions(4)]
    with psycopg.connect(**log.conninfo, autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = current_user"
            " AND pid <> pg_backend_pid() AND datname = current_database()"
        )
    with pytest.raises(psycopg.OperationalError):
        writer.flush()
    writer.close()
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        try:
            log.settle()
            break
        except AnotherWriter:
            time.sleep(0.05)
    assert sorted(future.result(timeout=0) for future in futures) == [0, 1, 2, 3]


def test_ingest_answers_with_the_index_or_a_problem(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    service, writer = IngestService(log.inbox), log.open()
    futures = [service.submit(draft_of({"n": number})) for number in range(3)]
    assert not any(future.done() for future in futures), "nobody is answered before the disk is"
    writer.flush()
    assert [future.result(timeout=0) for future in futures] == [0, 1, 2]
    refused = service.submit(draft_of({"text": "x" * 70_000}))
    assert is_problem(refused) and refused.code == "evidence.entry.too_large"
    monkeypatch.setattr(ingest, "WAITING_MAX", 2)
    service.submit(draft_of({}))
    service.submit(draft_of({}))
    busy = service.submit(draft_of({}))
    assert is_problem(busy) and busy.code == "evidence.busy"
    with pytest.raises(ValueError, match="chained"):
        service.submit(draft_of({}, chain=new_id()))
    log.inbox.close()
    with pytest.raises(InboxClosed):
        log.inbox.put(submissions(1)[0])


def test_coroutines_wait_for_their_own_index(log: Log) -> None:
    service, writer, stop = IngestService(log.inbox), log.open(), threading.Event()
    thread = threading.Thread(target=writer.run, args=(stop.is_set,))
    thread.start()

    async def caller(count: int) -> list[int | Problem]:
        return [await service.append(draft_of({"n": number})) for number in range(count)]

    async def callers() -> list[list[int | Problem]]:
        return await asyncio.gather(*(caller(5) for _ in range(20)))

    shares = asyncio.run(callers())
    stop.set()
    log.inbox.ring()
    thread.join(timeout=PATIENCE_S)
    writer.close()
    assert sorted(index for share in shares for index in share) == list(range(100))
    assert all(share == sorted(share) for share in shares), "each caller's entries stand in its order"
    assert_sound(log, 100)


def test_entries_stand_in_the_order_they_were_handed_over(log: Log) -> None:
    writer = log.open()
    made = submissions(40)
    odd = replace(made[7], subject='tests.thing:"quoted\\\\",{curly}')
    futures = [log.inbox.put(entry) for entry in [*made[:7], odd, *made[8:]]]
    add_entries(2)
    writer.flush()
    assert [future.result(timeout=0) for future in futures] == list(range(2, 42)), (
        "behind those of the outbox"
    )
    stored = rows(
        log,
        "SELECT e.id, e.subject FROM evidence_leaf l JOIN evidence_entry e ON e.id = l.entry_id ORDER BY l.id",
    )
    assert [identifier for identifier, _ in stored[2:]] == [entry.id for entry in made]
    assert stored[9][1] == odd.subject


def test_two_sequencers_one_takes_over(log: Log, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from jieqing.trust.evidence.sequencer import run

    monkeypatch.setenv("JIEQING_DATA", str(tmp_path))
    monkeypatch.setattr(run, "_STANDBY_S", 0.05)
    stops = [threading.Event(), threading.Event()]
    threads = [threading.Thread(target=run.run_sequencer, args=(stop,)) for stop in stops]
    try:
        threads[0].start()
        wait_for(log, "SELECT count(*) FROM evidence_leaf", 1)
        threads[1].start()
        add_entries(3)
        wait_for(log, "SELECT count(*) FROM evidence_leaf", 4)
        stops[0].set()
        threads[0].join(timeout=PATIENCE_S)
        wait_for(log, "SELECT fence FROM evidence_writer", 2)
        add_entries(2)
        wait_for(log, "SELECT count(*) FROM evidence_leaf", 7)
    finally:
        # A thread left behind would write into the next test's database.
        for stop, thread in zip(stops, threads, strict=True):
            stop.set()
            if thread.ident is not None:
                thread.join(timeout=PATIENCE_S)
    report = fsck()
    assert (report.problems, report.entries) == ([], 7)
    assert [path.name for path in tmp_path.glob("evidence/*/*")] == ["last-signed"]


def wait_for(log: Log, statement: str, value: int) -> None:
    deadline = time.monotonic() + PATIENCE_S
    found = None
    while time.monotonic() < deadline:
        found = rows(log, statement)
        if found == [(value,)]:
            return
        time.sleep(0.01)
    raise AssertionError(f"{statement}: {found}, not {value}")
