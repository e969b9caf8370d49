"""A real platform and a real browser for the journeys.

The platform runs as users run it: ``jieqing demo --no-serve`` into a data folder of its own, then ``jieqing up``:
database, web, worker and sequencer as separate processes. The browser is Debian's Chromium, driven by Playwright;
any request to another host than ours fails the journey.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

from jieqing.plumbing.paths import checkout

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
]
# The verifier is a package of its own; where it is not installed, its source stands beside ours.
SOURCES = ("src", "packages/jieqing-verify/src")


@dataclass(frozen=True)
class Platform:
    """A running platform: where it answers, who may sign in, and how to call its command line."""

    base: str
    site: str
    password: str
    environment: dict[str, str]

    def command(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "jieqing.web.cli", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )


@pytest.fixture(scope="session")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    data = tmp_path_factory.mktemp("journey") / "data"
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("JIEQING_") and name != "DJANGO_SETTINGS_MODULE"
    }
    environment |= {
        "JIEQING_DATA": str(data),
        "JIEQING_THROWAWAY_DATABASE": "1",
        "PYTHONPATH": os.pathsep.join(str(checkout() / part) for part in SOURCES),
        "JIEQING_LANG": "zh",
    }
    port = _free_port()
    log = (data.parent / "platform.log").open("w+", encoding="utf-8")
    running = subprocess.Popen(
        [sys.executable, "-m", "jieqing.web.cli", "demo", "--port", str(port)],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
    )
    try:
        prepared = _prepared(running, log)
        yield Platform(f"http://127.0.0.1:{port}", prepared["site"], prepared["password"], environment)
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait(timeout=60)
        log.close()


def _prepared(running: "subprocess.Popen[str]", log: object) -> dict[str, str]:
    """The JSON line of the demo, once its ready line has come."""
    assert running.stdout is not None
    prepared: dict[str, str] = {}
    for line in running.stdout:
        if line.startswith("{"):
            prepared = json.loads(line)
        if "serving:" in line:
            return prepared
    log.seek(0)  # type: ignore[attr-defined]
    raise AssertionError(f"the platform did not start:\n{log.read()}")  # type: ignore[attr-defined]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for each file of journeys: Playwright keeps an event loop running in this thread for as long as it
    lives, and tests that run beside it would be refused the database, so it must end with the file."""
    path = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("no Chromium here: apt-get install chromium fonts-noto-cjk")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser, platform: Platform) -> Iterator[Callable[..., Page]]:
    """Open a page of a given size and language; foreign requests and script errors fail the test at its end."""
    contexts, foreign, errors = [], [], []

    def watch(request: Request) -> None:
        if urlsplit(request.url).hostname not in (
            "127.0.0.1",
            "localhost",
            None,
        ) and not request.url.startswith(("data:", "blob:")):
            foreign.append(request.url)

    def open_(*, width: int = 1440, height: int = 900, language: str = "zh-CN") -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale=language,
            base_url=platform.base,
            timezone_id="Asia/Shanghai",
            accept_downloads=True,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("request", watch)
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not foreign, f"requests left the machine: {foreign}"
    assert not errors, f"script errors: {errors}"


def sign_in(page: Page, platform: Platform, username: str) -> None:
    page.goto("/sign-in/")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", platform.password)
    page.click("form.form button[type=submit]")
    page.wait_for_url(f"**/s/{platform.site}/**")


@pytest.fixture
def downloads(tmp_path: Path) -> Path:
    return tmp_path
