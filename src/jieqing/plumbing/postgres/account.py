"""Which account the embedded server runs as, and how a command is run as it.

PostgreSQL refuses to run as root. A normal person runs it as themselves. Root runs it as an account that exists
already: ``postgres`` where the system has one, else ``nobody``. No account is created. A cluster that exists keeps the
account it was made with, so installing a system PostgreSQL later does not strand the data.
"""

import os
import pwd
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jieqing.plumbing.faults import Fault

_CANDIDATES = ("postgres", "nobody")
# Nothing of the caller's environment reaches the server: PGDATA, PGPORT and the like would redirect it.
_ENVIRONMENT = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "LC_ALL": "C",
    "TZ": "UTC",
}


@dataclass(frozen=True)
class Account:
    """The account of the server process; ``switches`` when it is not the caller's own."""

    uid: int
    gid: int
    switches: bool

    def run(
        self,
        command: Sequence[str | Path],
        *,
        cwd: Path,
        timeout_s: float,
        environment: Mapping[str, str] | None = None,
    ) -> "subprocess.CompletedProcess[str]":
        """Run a command as this account with a clean environment; never raises for its exit code."""
        switch: dict[str, Any] = (
            {"user": self.uid, "group": self.gid, "extra_groups": []} if self.switches else {}
        )
        return subprocess.run(
            [str(part) for part in command],
            check=False,
            cwd=cwd,
            env={**_ENVIRONMENT, **(environment or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=timeout_s,
            umask=0o077,
            # The server outlives a Ctrl-C typed at the command that started it; its supervisor stops it in order.
            start_new_session=True,
            **switch,
        )

    def can_enter(self, folder: Path) -> bool:
        """Whether the account may pass through every folder down to this one (asked of the kernel, so ACLs count)."""
        if not self.switches:
            return os.access(folder, os.X_OK)
        tried = self.run(["/bin/sh", "-c", 'cd "$1"', "sh", folder], cwd=Path("/"), timeout_s=10)
        return tried.returncode == 0


def server_account(existing_cluster: Path | None = None) -> Account:
    """The account that runs the server started by this process."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), switches=False)
    if existing_cluster is not None and existing_cluster.exists():
        owner = existing_cluster.stat()
        if owner.st_uid != 0:
            return Account(owner.st_uid, owner.st_gid, switches=True)
    for name in _CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return Account(entry.pw_uid, entry.pw_gid, switches=True)
    raise Fault(
        "数据库不能以 root 运行，本机也没有 postgres 或 nobody 账户：请用普通账户运行，或设置 DATABASE_URL。",
        "The database cannot run as root and this machine has neither a postgres nor a nobody account: "
        "run as a normal account, or set DATABASE_URL.",
    )
