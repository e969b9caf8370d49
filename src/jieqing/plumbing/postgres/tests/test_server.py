"""The embedded server: where it lives, who stops it, what a kill -9 leaves."""

import grp
import os
import pwd
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from jieqing.plumbing.faults import Fault
from jieqing.plumbing.postgres import APP, OWNER, SEQUENCER, EmbeddedServer
from jieqing.plumbing.postgres.home import binaries_for, home_for
from jieqing.plumbing.postgres.postmaster import postmaster
from jieqing.plumbing.postgres.tests.conftest import remove_server

AS_ROOT = os.geteuid() == 0


def modes_above(path: Path) -> dict[Path, tuple[int, int, int]]:
    return {parent: (s := parent.stat()) and (s.st_mode, s.st_uid, s.st_gid) for parent in path.parents}


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def value(server: EmbeddedServer, statement: str, role: str = OWNER) -> object:
    with psycopg.connect(server.address().url(role)) as connection:
        row = connection.execute(statement).fetchone()  # type: ignore[arg-type]
        return row and row[0]


def kill_9(server: EmbeddedServer) -> int:
    """Kill the postmaster as the kernel would for want of memory; its process id."""
    pid = postmaster(home_for(server.data))
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    while postmaster(home_for(server.data)) is not None:
        time.sleep(0.01)
    return pid


def in_another_process(
    server: EmbeddedServer, body: str, environment: dict[str, str]
) -> "subprocess.Popen[str]":
    program = f"""
import sys, time
from pathlib import Path
from jieqing.plumbing.postgres import EmbeddedServer
server = EmbeddedServer(Path({str(server.data)!r}))
{body}
"""
    return subprocess.Popen(
        [sys.executable, "-c", program],
        env=environment,
        stdin=subprocess.PIPE,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_opens_no_folder_and_creates_no_account(server: EmbeddedServer) -> None:
    binaries = binaries_for(home_for(server.data))
    before = modes_above(server.data), modes_above(binaries / "x"), len(pwd.getpwall()), len(grp.getgrall())
    server.ensure_running()
    after = modes_above(server.data), modes_above(binaries / "x"), len(pwd.getpwall()), len(grp.getgrall())
    assert after == before


def test_only_its_account_reads_the_cluster_and_reaches_the_socket(server: EmbeddedServer) -> None:
    server.ensure_running()
    home = home_for(server.data)
    assert mode(home.cluster) == mode(home.socket) == mode(home.log) == 0o700
    assert home.cluster.stat().st_uid == home.account.uid != 0
    assert mode(server.data / "keys.json") == 0o600
    assert value(server, "SHOW listen_addresses") == ""


def test_a_password_is_needed_even_at_the_socket(shared_server: EmbeddedServer) -> None:
    url = shared_server.address().url(APP)
    secret = shared_server.address().passwords[APP]
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(url.replace(secret, "guess"))


def test_durability_is_on(shared_server: EmbeddedServer) -> None:
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        assert value(shared_server, f"SHOW {setting}") == "on"


def test_the_roles_own_and_may_what_they_should(shared_server: EmbeddedServer) -> None:
    rights = "SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = current_user"
    assert [value(shared_server, rights, role) for role in (OWNER, APP, SEQUENCER)] == [False] * 3
    with psycopg.connect(shared_server.address().url(OWNER), autocommit=True) as owner:
        owner.execute("CREATE TABLE ledger_line (id int GENERATED ALWAYS AS IDENTITY, amount_fen bigint)")
        owner.execute("CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1'")
    with psycopg.connect(shared_server.address().url(APP), autocommit=True) as app:
        app.execute("INSERT INTO ledger_line (amount_fen) VALUES (1)")
        app.execute("UPDATE ledger_line SET amount_fen = 2 WHERE one() = 1")
        app.execute("DELETE FROM ledger_line")
        for forbidden in ("TRUNCATE ledger_line", "DROP TABLE ledger_line", "CREATE TABLE loot (id int)"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(forbidden)  # type: ignore[arg-type]
    with psycopg.connect(shared_server.address().url(SEQUENCER), autocommit=True) as sequencer:
        for forbidden in ("SELECT 1 FROM ledger_line", "SELECT one()", "CREATE TEMPORARY TABLE t (id int)"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                sequencer.execute(forbidden)  # type: ignore[arg-type]


def test_the_locale_knows_all_of_unicode(shared_server: EmbeddedServer) -> None:
    assert (
        value(shared_server, "SELECT upper('straße àé ж') || lower('ÀÉЖ')") == "STRASSE ÀÉ Жàéж"
        or value(shared_server, "SELECT lower('ÀÉЖ')") == "àéж"
    )


def test_the_last_user_stops_it_and_not_before(
    server: EmbeddedServer, environment_for: dict[str, str]
) -> None:
    server.ensure_running()
    other = in_another_process(
        server, "server.ensure_running(); print('in', flush=True); sys.stdin.read()", environment_for
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "in\n"
    assert server.release() is False
    assert server.is_running()
    other.kill()  # even a killed user counts as gone
    other.wait()
    server.ensure_running()
    assert server.release() is True
    assert not server.is_running()


def test_a_server_that_is_kept_stays_until_it_is_stopped(server: EmbeddedServer) -> None:
    server.ensure_running(keep=True)
    server.release()
    assert server.is_running()
    server.stop()
    assert not server.is_running()


def test_a_second_supervisor_is_refused_with_a_sentence_while_commands_join(
    server: EmbeddedServer, environment_for: dict[str, str]
) -> None:
    server.supervise()
    server.ensure_running()
    with pytest.raises(Fault) as refused:
        EmbeddedServer(server.data).supervise()
    assert "已有一个结清服务在运行" in refused.value.zh
    assert "already running" in refused.value.en
    joined = in_another_process(
        server, "server.ensure_running(); print(server.is_running())", environment_for
    )
    assert joined.communicate(timeout=60)[0] == "True\n"
    server.release()
    EmbeddedServer(server.data).supervise()


def test_recovers_what_was_committed_before_a_kill_9(server: EmbeddedServer) -> None:
    server.ensure_running()
    with psycopg.connect(server.address().url(OWNER), autocommit=True) as owner:
        owner.execute("CREATE TABLE kept (id int)")
        owner.execute("INSERT INTO kept VALUES (7)")
        kill_9(server)
        # The connection's backend may outlive its postmaster for a moment; the next start must cope with it.
        server.ensure_running()
    assert value(server, "SELECT id FROM kept") == 7


def test_a_pid_file_whose_number_belongs_to_something_else_is_stale(server: EmbeddedServer) -> None:
    server.ensure_running()
    home = home_for(server.data)
    written = (home.cluster / "postmaster.pid").read_text()
    pid = kill_9(server)
    impostor = home.account.run(
        ["/bin/sh", "-c", "sleep 60 >/dev/null 2>&1 & echo $!"], cwd=Path("/"), timeout_s=10
    )
    number = int(impostor.stdout)
    try:
        (home.cluster / "postmaster.pid").write_text(written.replace(str(pid), str(number), 1))
        assert not server.is_running()
        server.ensure_running()
        assert server.is_running()
        assert Path(f"/proc/{number}").exists(), "a process that is not ours was ended"
    finally:
        os.kill(number, signal.SIGKILL)


def test_a_half_made_cluster_is_made_again(server: EmbeddedServer) -> None:
    home = home_for(server.data)
    home.make()
    (home.folder / "cluster.new").mkdir()
    (home.folder / "cluster.new" / "rubbish").touch()
    server.ensure_running()
    assert not (home.folder / "cluster.new").exists()


def test_below_a_closed_folder_the_folder_stays_closed(open_folder: Path) -> None:
    closed = open_folder / "home"
    closed.mkdir(mode=0o700)
    made = EmbeddedServer(closed / "checkout" / ".data")
    before = modes_above(made.data)
    try:
        made.ensure_running()
        assert value(made, "SELECT 1") == 1
        assert modes_above(made.data) == before
        home = home_for(made.data)
        if AS_ROOT:
            assert (made.data / "postgres.location").read_text().strip() == str(home.folder)
            assert home.folder.parent in (Path("/var/lib"), Path("/var/tmp"))
            assert mode(home.folder) == 0o711
            assert mode(home.cluster) == 0o700
        else:
            assert home.folder == made.data / "postgres"
    finally:
        remove_server(made)


def test_a_long_path_gets_a_short_socket(open_folder: Path) -> None:
    deep = open_folder / ("d" * 60) / ("e" * 60)
    deep.mkdir(parents=True)
    made = EmbeddedServer(deep / "data")
    try:
        made.ensure_running()
        assert value(made, "SELECT 1") == 1
        assert made.address().socket_dir.parent == Path("/tmp")
        assert mode(made.address().socket_dir) == 0o700
    finally:
        remove_server(made)


def test_a_socket_folder_that_somebody_else_made_is_refused(open_folder: Path) -> None:
    deep = open_folder / ("d" * 60) / ("e" * 60)
    deep.mkdir(parents=True)
    made = EmbeddedServer(deep / "data")
    trap = home_for(made.data).socket
    trap.symlink_to(open_folder)
    try:
        with pytest.raises(Fault, match="another account"):
            made.ensure_running()
    finally:
        trap.unlink()


def test_another_major_version_is_refused_with_a_sentence(server: EmbeddedServer) -> None:
    server.ensure_running()
    server.release()
    (home_for(server.data).cluster / "PG_VERSION").write_text("17\n")
    with pytest.raises(Fault, match="belongs to PostgreSQL 17"):
        server.ensure_running()
