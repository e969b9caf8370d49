import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from jieqing.plumbing.postgres import EmbeddedServer
from jieqing.plumbing.postgres.home import home_for


def make_open_folder() -> Path:
    """A folder that any account can pass through; pytest's own are closed to all but the caller."""
    folder = Path(tempfile.mkdtemp(prefix="jq-", dir="/tmp")).resolve()
    folder.chmod(0o755)
    return folder


def remove_server(server: EmbeddedServer) -> None:
    server.stop()
    home = home_for(server.data)
    for folder in (home.folder, home.socket, server.data):
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    folder = make_open_folder()
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def server(open_folder: Path) -> Iterator[EmbeddedServer]:
    """A server of its own, for tests that kill it."""
    made = EmbeddedServer(open_folder / "data")
    yield made
    remove_server(made)


@pytest.fixture(scope="module")
def shared_server() -> Iterator[EmbeddedServer]:
    """One running server for the tests of a file that only talk to it."""
    folder = make_open_folder()
    made = EmbeddedServer(folder / "data")
    made.ensure_running()
    yield made
    remove_server(made)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def environment_for() -> dict[str, str]:
    """What a child process of a test needs to import the program."""
    source = Path(__file__).resolve().parents[4]
    return {**os.environ, "PYTHONPATH": str(source)}
