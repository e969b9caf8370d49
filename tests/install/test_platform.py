"""The whole platform as ``make demo`` runs it: ready, a second one refused, processes killed, all stopped, in this order."""

import os
import shutil
import signal
import time
import urllib.request
from collections.abc import Iterator

import pytest

from tests.soak.platform import Platform, open_folder


@pytest.fixture(scope="module")
def platform() -> Iterator[Platform]:
    folder = open_folder()
    made = Platform(folder)
    yield made
    if made.up.poll() is None:
        made.stop()
    shutil.rmtree(folder)


def wait_for(condition: object, what: str) -> None:
    deadline = time.monotonic() + 40
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < deadline, what
        time.sleep(0.1)


def test_a_second_platform_on_the_same_folder_is_refused(platform: Platform) -> None:
    second = platform.start("up", "--port", "0")
    said, complained = second.communicate(timeout=60)
    assert second.returncode == 2
    assert "already running" in complained
    assert said == ""
    assert set(platform.victims()) == {"web", "worker", "sequencer", "postgres"}


def test_a_killed_process_comes_back_and_a_signal_stops_all(platform: Platform) -> None:
    before = platform.victims()
    assert set(before) == {"web", "worker", "sequencer", "postgres"}
    for name in ("postgres", "web"):
        os.kill(before[name], signal.SIGKILL)
    wait_for(
        lambda: platform.victims().get("web", before["web"]) != before["web"], "the web process stays away"
    )
    wait_for(
        lambda: platform.victims().get("postgres", 0) not in (0, before["postgres"]),
        "the database stays away",
    )
    wait_for(lambda: answers(platform), "the page stays away")
    assert (
        platform.ask("site", "create", "after", "--type", "in_house", "--name", "后来", "--live", "--json")[
            "state"
        ]
        == "live"
    )
    assert platform.stop() == 0
    assert platform.victims() == {}


def answers(platform: Platform) -> bool:
    try:
        with urllib.request.urlopen(platform.address + "sign-in/", timeout=2) as page:
            return bool(page.status == 200)
    except OSError:
        return False
