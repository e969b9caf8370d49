"""Large files: the same steps as a job, its progress told from inside the work, its failure readable, done once."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation
from procrastinate.contrib.django import app
from tests.cast import Cast

from jieqing.claims.receivables.services import drafts, jobs
from jieqing.claims.receivables.tests.import_walk import Walk, inputs_of
from jieqing.kernel.outcomes import Problem
from jieqing.plumbing import progress

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _in_chinese() -> Iterator[None]:
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def walk(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Walk:
    monkeypatch.setattr(jobs, "LARGE_ROWS", 3)
    return Walk(cast)


def work() -> int:
    """Run what is queued, as the worker does; returns how many jobs there were."""
    waiting = list(app.job_manager.list_jobs(queue=jobs.IMPORT_QUEUE, status="todo"))
    with app.replace_connector(app.connector.get_worker_connector()):  # type: ignore[attr-defined]
        app.run_worker(queues=[jobs.IMPORT_QUEUE], wait=False, install_signal_handlers=False)
    return len(waiting)


def test_a_large_file_is_checked_and_confirmed_by_jobs(walk: Walk) -> None:
    page = walk.checked()
    assert page.endswith("/progress/") and "正在准备" in walk.client.get(page).content.decode()
    assert "http-equiv" in walk.client.get(page).content.decode(), "without scripts the page reloads itself"
    assert walk.client.get(page.replace("progress", "check"))["Location"] == page, "another tab waits too"
    assert work() == 1
    onward = walk.client.get(page + "bar/")["HX-Redirect"]
    assert onward.endswith("/check/") and walk.client.get(page)["Location"] == onward

    seen = inputs_of(walk.client.get(onward))["seen"]
    first, second = walk.commit(onward, seen), walk.commit(onward, seen)
    assert first["Location"] == second["Location"] == page
    assert walk.items() == 0 and work() == 1, "two clicks, one job"
    assert walk.items() == 2
    assert walk.client.get(page + "bar/")["HX-Redirect"].endswith("?done=1")


def test_a_job_that_breaks_off_says_so_and_lets_the_work_start_again(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_given: Any) -> Any:
        raise RuntimeError("the disk is gone")

    page = walk.checked()
    with monkeypatch.context() as patch:
        patch.setattr(jobs, "check_draft", broken)
        work()
    told = walk.client.get(walk.client.get(page)["Location"]).content.decode()
    assert "处理中断，账本没有任何改动" in told and walk.items() == 0
    assert walk.columns(page.replace("progress", "columns"))["Location"] == page
    work()
    assert drafts.checked(walk.batch())


def test_progress_is_seen_while_the_work_is_still_uncommitted(walk: Walk) -> None:
    channel = "live_test"
    assert progress.begin(channel, total=100) and not progress.begin(channel, total=100)
    with progress.reporting(channel) as report:
        report(40)
        found = progress.standing(channel)
        assert found and (found.state, found.done, found.total) == ("running", 40, 100)
        report(41)
        assert progress.standing(channel) == found, "at most a few times a second"
        report.finish(Problem("x.y", "坏了", "broken", "重试", "again", {"line": 3}))
    found = progress.standing(channel)
    assert found and not found.is_running and found.problem and found.problem.details == {"line": 3}
    assert progress.begin(channel, total=5), "finished work may begin again"
