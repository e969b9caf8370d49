"""The event bus on the real queue: `now` inside the transaction, `after_commit` by a worker that may be killed."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app

from jieqing.kernel.ids import new_id
from jieqing.plumbing import events
from jieqing.plumbing.tasks import give_back_stalled
from jieqing.plumbing.tests.listening_worker import LedgerRead, hear

SITE = new_id()
EVENT = LedgerRead(site_id=SITE, items=(new_id(), new_id()), on=date(2026, 11, 22))


@pytest.fixture(autouse=True)
def _own_wiring(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_now", "_later", "_types"):
        monkeypatch.setattr(events, name, {})


@pytest.fixture
def heard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "heard"
    path.write_text("")
    monkeypatch.setenv("JIEQING_HEARD", str(path))
    return path


def jobs() -> list[tuple[str, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT status::text, attempts FROM procrastinate_jobs WHERE queue_name = 'events' ORDER BY id"
        )
        return list(cursor.fetchall())


def wait_for(heard: Path) -> None:
    until = time.monotonic() + 30
    while not heard.read_text():
        assert time.monotonic() < until, "the worker heard nothing"
        time.sleep(0.05)


def start_worker(**environment: str) -> subprocess.Popen[bytes]:
    module = "jieqing.plumbing.tests.listening_worker"
    return subprocess.Popen([sys.executable, "-m", module], env={**os.environ, **environment})


def give_back(heartbeat_age_seconds_max: float) -> int:
    """As the worker does it: with the worker's own connection."""
    worker = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]

    async def run() -> int:
        async with worker.open_async():
            return await give_back_stalled(worker.job_manager, heartbeat_age_seconds_max)

    return asyncio.run(run())


def run_worker() -> None:
    assert start_worker().wait(60) == 0


@pytest.mark.django_db(transaction=True)
def test_publishing_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError, match="outside a transaction"):
        events.publish(EVENT)


@pytest.mark.django_db(transaction=True)
def test_now_handlers_run_in_order_in_the_transaction_of_the_publisher() -> None:
    order = []
    events.subscribe(
        LedgerRead, lambda event: order.append(("first", connection.in_atomic_block)), when="now"
    )
    events.subscribe(LedgerRead, lambda event: order.append(("second", event is EVENT)), when="now")
    with transaction.atomic():
        events.publish(EVENT)
        assert order == [("first", True), ("second", True)]


@pytest.mark.django_db(transaction=True)
def test_a_failing_now_handler_undoes_everything() -> None:
    def refuse(event: LedgerRead) -> None:
        raise LookupError

    events.subscribe(LedgerRead, hear, when="after_commit")
    events.subscribe(LedgerRead, refuse, when="now")
    with pytest.raises(LookupError), transaction.atomic():
        events.publish(EVENT)
    assert jobs() == []


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_service_tells_nobody() -> None:
    events.subscribe(LedgerRead, hear, when="after_commit")
    with transaction.atomic():
        events.publish(EVENT)
        assert jobs() == [("todo", 0)], "the job stands in the same transaction"
        transaction.set_rollback(True)
    assert jobs() == []


@pytest.mark.django_db(transaction=True)
def test_after_commit_is_heard_by_the_worker_in_the_events_own_site(heard: Path) -> None:
    events.subscribe(LedgerRead, hear, when="after_commit")
    with transaction.atomic():
        events.publish(EVENT)
    assert heard.read_text() == "", "nothing runs in the publisher"
    run_worker()
    assert heard.read_text() == f"{SITE} 2 2026-11-22\n"
    assert jobs() == [("succeeded", 1)]


@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_loses_nothing(heard: Path) -> None:
    events.subscribe(LedgerRead, hear, when="after_commit")
    with transaction.atomic():
        events.publish(EVENT)
    worker = start_worker(JIEQING_HANG="1")
    wait_for(heard)
    worker.send_signal(signal.SIGKILL)
    worker.wait(10)
    assert [status for status, _ in jobs()] == ["doing"], "the row still says that the dead worker runs it"
    time.sleep(0.5)
    assert give_back(0.4) == 1
    run_worker()
    assert heard.read_text().count("\n") == 2, "started, killed, heard again"
    assert [status for status, _ in jobs()] == ["succeeded"]


@pytest.mark.django_db(transaction=True)
def test_a_living_workers_job_is_left_alone(heard: Path) -> None:
    events.subscribe(LedgerRead, hear, when="after_commit")
    with transaction.atomic():
        events.publish(EVENT)
    worker = start_worker(JIEQING_HANG="1")
    try:
        wait_for(heard)
        time.sleep(2.5)
        assert give_back(2.0) == 0, "its heart beats five times a second"
    finally:
        worker.kill()
        worker.wait(10)


@pytest.mark.parametrize("when", ["now", "after_commit"])
def test_the_same_handler_twice_is_a_bug(when: events.When) -> None:
    events.subscribe(LedgerRead, hear, when=when)
    with pytest.raises(ValueError, match="already hears"):
        events.subscribe(LedgerRead, hear, when=when)


@pytest.mark.parametrize(
    "event", [EVENT, LedgerRead(site_id=SITE, items=(), on=date(2024, 2, 29), note="备注")]
)
def test_events_survive_the_queue(event: LedgerRead) -> None:
    assert events.decode(LedgerRead, events.encode(event)) == event


def test_every_wired_event_is_frozen_and_made_of_plain_values() -> None:
    with pytest.raises(AttributeError):
        EVENT.on = date(2027, 1, 1)  # type: ignore[misc]
