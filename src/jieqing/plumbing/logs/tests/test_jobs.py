"""A job that a request queued writes its lines under that request's id, and the task never sees the id."""

import asyncio

import pytest
from procrastinate import testing
from procrastinate.contrib.django import DjangoApp
from structlog.testing import capture_logs

from jieqing.plumbing.logs import jobs, lines
from jieqing.plumbing.logs.jobs import within_job


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch) -> DjangoApp:
    app = DjangoApp(
        connector=testing.InMemoryConnector(), worker_defaults={"worker_middleware": [within_job]}
    )
    monkeypatch.setattr(jobs, "app", app)
    return app


def run(app: DjangoApp) -> list[dict[str, object]]:
    async def once() -> None:
        async with app.open_async():
            await app.run_worker_async(wait=False, install_signal_handlers=False, listen_notify=False)

    with capture_logs() as told:
        asyncio.run(once())
    return [dict(line) for line in told if line["event"] == "job"]


def test_the_id_travels_with_the_job(queue: DjangoApp) -> None:
    seen = []

    @queue.task(name="tests.remember")
    async def remember(word: str) -> None:
        seen.append((word, lines.current_request_id()))

    with lines.bound(request_id="r" * 32):
        jobs.deferring("tests.remember", queue="default").defer(word="secret-word")
    jobs.deferring("tests.remember", queue="default").defer(word="two")
    told = run(queue)
    (first, first_id), (second, second_id) = seen
    assert (first, first_id) == ("secret-word", "r" * 32)
    assert second == "two"
    assert second_id not in (None, "r" * 32)
    assert [line["state"] for line in told] == ["done", "done"]
    assert "secret-word" not in str(told)


def test_a_failed_job_says_so_without_its_arguments(queue: DjangoApp) -> None:
    @queue.task(name="tests.fail")
    async def fail(word: str) -> None:
        raise KeyError(word)

    jobs.deferring("tests.fail", queue="default").defer(word="13800138000")
    (line,) = run(queue)
    assert line["state"] == "failed"
    assert "13800138000" not in str(line["state"]) + str(line["event"])
