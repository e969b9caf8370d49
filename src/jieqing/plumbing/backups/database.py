"""The database of a backup: one snapshot that everything is read under, and pg_dump and pg_restore around it.

``Snapshot`` holds a repeatable-read transaction open, exports it to pg_dump and answers what the manifest must say of
the same moment (rows of each table, rights, policies). The programs are those of the carried PostgreSQL 18, which dump
older servers too; their password travels in the environment, never on the command line. Rows come from the backup role
with row-level security on (its policy shows it every row); a restore writes as the owner, before the policies stand.

Rights matter as much as rows: ``walls`` is a digest of every policy and grant, equal before and after or the restore fails.
The restored database must not add today's default privileges to what the dump grants, or append-only tables would come
back writable; so those are taken away before, and given again after.
"""

import hashlib
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import conninfo, sql

from jieqing.plumbing.db.backup_policy import UNCOVERED
from jieqing.plumbing.faults import Fault
from jieqing.plumbing.postgres.home import carried_programs

_TIMEOUT_S = 6 * 3600
_TABLES = """
SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') ORDER BY relname
"""
# Everything that decides who may do what: grants on tables, columns, sequences and functions, policies, forced or not.
# Sorted by name, so that two databases with the same walls give the same text.
_WALLS = """
SELECT kind || ' ' || name || ' ' || what FROM (
  SELECT 'class' AS kind, c.relname::text AS name, concat_ws(' ', c.relrowsecurity, c.relforcerowsecurity,
    (SELECT string_agg(a::text, ',' ORDER BY a::text) FROM unnest(c.relacl) a)) AS what
  FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'S', 'v')
  UNION ALL
  SELECT 'column', c.relname || '.' || t.attname,
    (SELECT string_agg(a::text, ',' ORDER BY a::text) FROM unnest(t.attacl) a)
  FROM pg_attribute t JOIN pg_class c ON c.oid = t.attrelid
  WHERE c.relnamespace = 'public'::regnamespace AND t.attacl IS NOT NULL
  UNION ALL
  SELECT 'function', p.proname || ' ' || pg_get_function_identity_arguments(p.oid), concat_ws(' ', p.prosecdef,
    (SELECT string_agg(a::text, ',' ORDER BY a::text) FROM unnest(p.proacl) a))
  FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
  UNION ALL
  SELECT 'policy', tablename || '.' || policyname, concat_ws(' ', permissive, roles::text, cmd, qual, with_check)
  FROM pg_policies WHERE schemaname = 'public'
) found ORDER BY kind COLLATE "C", name COLLATE "C", what COLLATE "C"
"""
_NO_DEFAULTS = """
DO $$ DECLARE d record; BEGIN
  FOR d IN SELECT DISTINCT defaclnamespace, defaclobjtype, a.grantee::regrole AS role FROM pg_default_acl, aclexplode(defaclacl) a
           WHERE defaclrole = current_user::regrole AND a.grantee NOT IN (0, current_user::regrole::oid) LOOP
    EXECUTE format('ALTER DEFAULT PRIVILEGES %s REVOKE ALL ON %s FROM %s',
      CASE d.defaclnamespace WHEN 0 THEN '' ELSE 'IN SCHEMA public' END,
      CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' ELSE 'FUNCTIONS' END, d.role);
  END LOOP;
END $$
"""


class Snapshot:
    """The database at one moment, as the backup role sees it: every row."""

    def __init__(self, connection: "psycopg.Connection[Any]", url: str) -> None:
        self.connection, self._url = connection, url
        found = connection.execute(
            "SELECT pg_export_snapshot(), current_setting('server_version')"
        ).fetchone()
        assert found is not None
        self._name, self.server_version = found
        self._refuse_blind_spots()

    def rows_of_tables(self) -> dict[str, int]:
        return {table: _count(self.connection, table) for table in tables_of(self.connection)}

    def walls(self) -> str:
        return walls_of(self.connection)

    def one(self, statement: str) -> Any:
        return self.connection.execute(statement).fetchone()

    def dump(self, folder: Path) -> None:
        """pg_dump under this snapshot, one file for each table."""
        command = ["pg_dump", "--format=directory", "--jobs=2", "--compress=gzip:1", "--no-password"]
        command += [
            "--enable-row-security",
            "--schema=public",
            f"--snapshot={self._name}",
            f"--file={folder}",
        ]
        _run(command, self._url, "导出", "dump")

    def _refuse_blind_spots(self) -> None:
        uncovered = [table for (table,) in self.connection.execute(UNCOVERED)]
        if uncovered:
            names = ", ".join(uncovered)
            raise Fault(
                f"备份角色看不到这些表的内容：{names}。请先执行 jieqing db prepare（外部服务器）和 jieqing db migrate。",
                f"The backup role sees no rows of {names}: run jieqing db prepare (another server) and jieqing db migrate first.",
            )


@contextmanager
def snapshot(url: str) -> Iterator[Snapshot]:
    with psycopg.connect(url, connect_timeout=30) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        yield Snapshot(connection, url)


def is_empty(url: str) -> bool:
    with psycopg.connect(url, connect_timeout=30) as connection:
        return not tables_of(connection)


def restore(folder: Path, owner_url: str) -> None:
    """pg_restore into an empty database: all of it or nothing of it."""
    with psycopg.connect(owner_url, connect_timeout=30) as connection:
        connection.execute(_NO_DEFAULTS)
    command = ["pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-password"]
    # The schema itself is there in every database; its rights were set when the database was prepared.
    command += ["--schema=public", "--dbname", "", str(folder)]
    _run(command, owner_url, "恢复", "restore")


def differences(url: str, rows: dict[str, int], walls: str) -> list[str]:
    """What of the restored database is not as the manifest says."""
    with psycopg.connect(url, connect_timeout=30) as connection:
        found = {table: _count(connection, table) for table in tables_of(connection)}
        wrong = [
            f"{table}: {found.get(table)} rows, {rows.get(table)} expected"
            for table in sorted(rows.keys() | found.keys())
            if rows.get(table) != found.get(table)
        ]
        if walls_of(connection) != walls:
            wrong.append("rights or policies differ")
    return wrong


def tables_of(connection: "psycopg.Connection[Any]") -> list[str]:
    return [table for (table,) in connection.execute(_TABLES)]


def walls_of(connection: "psycopg.Connection[Any]") -> str:
    text = "\n".join(line for (line,) in connection.execute(_WALLS))
    return hashlib.sha256(text.encode()).hexdigest()


def _count(connection: "psycopg.Connection[Any]", table: str) -> int:
    found = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
    assert found is not None
    return int(found[0])


def _run(command: list[str], url: str, zh: str, en: str) -> None:
    """Run a program of the server against a database; a failure becomes a sentence with the reason it gave."""
    told = {name: str(value) for name, value in conninfo.conninfo_to_dict(url).items()}
    password = told.pop("password", "")
    program, *rest = command
    # The address without its password: what stands on a command line can be read by every account.
    address = conninfo.make_conninfo(**told)
    rest = [address if part == "" else part for part in rest]
    if program == "pg_dump":
        rest += ["--dbname", address]
    done = subprocess.run(
        [str(carried_programs() / program), *rest],
        env={
            "PATH": os.environ.get("PATH", ""),
            "LC_ALL": "C",
            "PGPASSWORD": password,
            "PGCONNECT_TIMEOUT": "30",
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=_TIMEOUT_S,
        check=False,
        umask=0o077,
    )
    if done.returncode != 0:
        reason = " ".join(done.stderr.split())[-500:]
        raise Fault(f"数据库无法{zh}：{reason}", f"The database did not {en}: {reason}")
