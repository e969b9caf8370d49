"""A whole platform in a folder of its own: started, asked, looked into, stopped."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from jieqing.plumbing.postgres.home import home_for
from jieqing.plumbing.postgres.postmaster import postmaster

JIEQING = [sys.executable, "-m", "jieqing.web.cli"]
RETRY_S = 120
# What points at another database than the one of the folder.
_IGNORED = (
    "DATABASE_URL",
    "JIEQING_DATABASE",
    "JIEQING_OWNER_URL",
    "JIEQING_SEQUENCER_URL",
    "JIEQING_THROWAWAY_DATABASE",
)


def open_folder() -> Path:
    """A folder that the server's account can pass through; everything inside has a mode of its own."""
    folder = Path(tempfile.mkdtemp(prefix="jieqing-", dir="/tmp"))
    folder.chmod(0o755)
    return folder


class Platform:
    """``jieqing up`` in a folder of its own, and commands against it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = str(probe.getsockname()[1])
        kept = {name: value for name, value in os.environ.items() if name not in _IGNORED}
        self.address = f"http://127.0.0.1:{port}/"
        self.environment = {
            **kept,
            "JIEQING_DATA": str(folder / "data"),
            "JIEQING_ENV": "dev",
            "JIEQING_LANG": "en",
        }
        self.log = (folder / "up.log").open("wb")
        self.up = subprocess.Popen(
            [*JIEQING, "up", "--port", port], env=self.environment, stdout=subprocess.PIPE, stderr=self.log
        )
        assert self.up.stdout is not None
        assert self.up.stdout.readline(), f"the platform did not start: see {folder / 'up.log'}"

    def stop(self) -> int:
        """Ask it to stop, as a person closing the terminal would; its exit code."""
        self.up.terminate()
        return self.up.wait(timeout=60)

    def start(self, *words: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [*JIEQING, *words],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def ask(self, *words: str) -> dict[str, Any]:
        """The JSON of a command, asked again while the database is coming back."""
        deadline = time.monotonic() + RETRY_S
        while True:
            command = self.start(*words)
            said, complained = command.communicate()
            if command.returncode == 0:
                return dict(json.loads(said))
            if time.monotonic() > deadline:
                raise AssertionError(f"{words}: {complained[-2000:]}")
            time.sleep(0.5)

    def victims(self) -> dict[str, int]:
        """The processes that may be killed now."""
        tasks = Path(f"/proc/{self.up.pid}/task/{self.up.pid}/children")
        found = {}
        for pid in map(int, tasks.read_text().split() if tasks.exists() else ()):
            words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
            found |= {name: pid for name in ("web", "worker", "sequencer") if name.encode() in words}
        server = postmaster(home_for(self.folder / "data"))
        return found | ({"postgres": server} if server else {})
