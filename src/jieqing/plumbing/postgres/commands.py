"""The programs of the server: run as its account, with a time limit, failing with a sentence."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from jieqing.plumbing.faults import Fault
from jieqing.plumbing.postgres.home import Home
from jieqing.plumbing.postgres.postmaster import START_TIMEOUT_S

ADMIN = "postgres"
MAJOR_VERSION = "18"


def initialise(home: Home, binaries: Path, password: str) -> None:
    """Make the cluster beside its place and rename it there: a killed ``initdb`` leaves nothing half done."""
    account, building = home.account, home.folder / "cluster.new"
    if building.exists():
        shutil.rmtree(building)
    building.mkdir(mode=0o700)
    os.chown(building, account.uid, account.gid)
    secret = home.folder / "password.new"
    secret.unlink(missing_ok=True)
    handle = os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        os.fchown(handle, account.uid, account.gid)
        os.write(handle, password.encode())
        os.close(handle)
        command: list[str | Path] = [
            binaries / "initdb",
            "-D",
            building,
            "-U",
            ADMIN,
            "-A",
            "scram-sha-256",
            f"--pwfile={secret}",
        ]
        command += [
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "-E",
            "UTF8",
            "--no-instructions",
        ]
        run_checked(home, command, "初始化", "initialise")
    finally:
        secret.unlink(missing_ok=True)
    building.rename(home.cluster)


def refuse_other_version(home: Home) -> None:
    found = (home.cluster / "PG_VERSION").read_text(encoding="ascii").strip()
    if found != MAJOR_VERSION:
        raise Fault(
            f"数据库目录 {home.cluster} 属于 PostgreSQL {found}，本程序自带 {MAJOR_VERSION}：请先用旧版本备份，再恢复到新目录。",
            f"The database folder {home.cluster} belongs to PostgreSQL {found}, this program carries {MAJOR_VERSION}: "
            "back up with the older release first and restore into a new folder.",
        )


def run_checked(home: Home, command: Sequence[str | Path], zh: str, en: str) -> None:
    """Run a server command as the server account; a failure becomes a sentence with the reason it gave."""
    try:
        done = home.account.run(command, cwd=home.folder, timeout_s=START_TIMEOUT_S + 30)
        failed, said = done.returncode != 0, done.stderr + done.stdout
    except subprocess.TimeoutExpired:
        failed, said = True, f"no answer within {START_TIMEOUT_S} s"
    except OSError as error:
        failed, said = True, str(error)
    if failed:
        reason = _reason(home, said)
        raise Fault(
            f"内置数据库无法{zh}（目录 {home.folder}）：{reason}",
            f"The embedded database did not {en} (folder {home.folder}): {reason}",
        )


def _reason(home: Home, said: str) -> str:
    """The server's own words: the last fatal line of its start log, else what the command said."""
    try:
        lines = (home.log / "start.log").read_text(encoding="utf-8", errors="replace").splitlines()[-50:]
    except OSError:
        lines = []
    fatal = [line for line in lines if "FATAL" in line or "ERROR" in line]
    return fatal[-1] if fatal else " ".join(said.split())[-500:]
