"""Whether a server process lives, and what a killed one left behind.

A process id in ``postmaster.pid`` proves nothing by itself: after a kill -9, and after every restart of a container,
the number may belong to something else. What counts is a process of that number whose working folder is the cluster.
"""

import os
import signal
import time
from pathlib import Path

from jieqing.plumbing.faults import Fault
from jieqing.plumbing.postgres.home import PORT, Home

START_TIMEOUT_S = 120
_STATUS_LINE = 7  # of postmaster.pid: starting, ready or stopping


def postmaster(home: Home) -> int | None:
    """The process id of the postmaster that serves this cluster, or None."""
    try:
        pid = int((home.cluster / "postmaster.pid").read_text(encoding="utf-8").split("\n", 1)[0])
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return None
    except PermissionError:
        return None  # another account's process: not ours, whatever its number
    return pid if _works_in(pid, home.cluster) is not False else None


def serves(home: Home) -> bool:
    """Whether the server answers; one that recovers or is being stopped is waited for."""
    deadline = time.monotonic() + START_TIMEOUT_S
    while postmaster(home) is not None and (home.socket / f".s.PGSQL.{PORT}").exists():
        lines = (home.cluster / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        if len(lines) > _STATUS_LINE and lines[_STATUS_LINE].strip() == "ready":
            return True
        if time.monotonic() > deadline:
            raise Fault(
                f"内置数据库在 {START_TIMEOUT_S} 秒内没有就绪，请查看 {home.log}。",
                f"The embedded database is not ready after {START_TIMEOUT_S} s; see {home.log}.",
            )
        time.sleep(0.05)
    return False


def _works_in(pid: int, cluster: Path) -> bool | None:
    """Whether a process has the cluster as working folder (a postmaster and its backends do); None = cannot tell."""
    if not Path("/proc/self/cwd").exists():
        return None
    try:
        return Path(f"/proc/{pid}/cwd").readlink() == cluster.resolve()
    except OSError:
        return False


def clear_leftovers(home: Home) -> None:
    """Make way after a kill -9: quit orphaned backends, remove lock files whose process is not a server of ours."""
    if not Path("/proc/self/cwd").exists():
        return  # PostgreSQL's own check of the process id has to do
    deadline = time.monotonic() + 30
    while orphans := [
        int(e.name) for e in Path("/proc").iterdir() if e.name.isdigit() and _is_orphan(e, home)
    ]:
        if time.monotonic() > deadline:
            raise Fault(
                f"上次运行留下的数据库进程 {orphans} 没有退出，请手动结束后重试。",
                f"Database processes {orphans} of the last run do not end; end them by hand and try again.",
            )
        for pid in orphans:
            try:
                os.kill(pid, signal.SIGQUIT)
            except ProcessLookupError:
                continue
        time.sleep(0.1)
    for leftover in (home.cluster / "postmaster.pid", home.socket / f".s.PGSQL.{PORT}.lock"):
        leftover.unlink(missing_ok=True)


def _is_orphan(entry: Path, home: Home) -> bool:
    try:
        command = (entry / "comm").read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return False
    return command == "postgres" and _works_in(int(entry.name), home.cluster) is True
