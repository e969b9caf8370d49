"""Databases for tests: migrated once, cloned per worker, emptied by the owner.

One throw-away server serves the run. A template database is migrated by the owner role once per content of the
migrations (it survives between runs); each pytest or xdist process gets a clone, so the application connects with its
real, restricted role and every wall stands in the tests as it does in production. The application may not TRUNCATE,
so transactional tests are emptied by the owner; rows that migrations themselves put in stay.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.test import TransactionTestCase
from psycopg import sql

from jieqing.plumbing.paths import checkout, data_dir
from jieqing.plumbing.postgres import OWNER, ServerAddress, embedded_server, prepare_database
from jieqing.plumbing.postgres.commands import ADMIN
from jieqing.plumbing.postgres.turns import alone

_CLONE, _TEMPLATE = "test", "template"
_KEPT_TABLES = frozenset({"django_migrations"})


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    """Replaces pytest-django's own: clone the migrated template and point every alias at the clone."""
    address = embedded_server().ensure_running()
    clone = f"{_CLONE}_{os.getpid()}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    with alone(data_dir() / "template.lock"), django_db_blocker.unblock():
        _drop_leftovers(address)
        template = _migrated_template(address)
        _as_owner(address, "CREATE DATABASE {} TEMPLATE {}", clone, template)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JIEQING_DATABASE", clone)  # for commands that tests start as processes
        _point_aliases_at(clone)
        patch.setattr(TransactionTestCase, "_fixture_teardown", _emptying_teardown(address, clone))
        yield
        with django_db_blocker.unblock():
            connections.close_all()
    _drop(address, clone)


@contextmanager
def cloned_again(name: str) -> Iterator[str]:
    """Another clone of the template for this process, named after it; dropped at the end."""
    address = embedded_server().ensure_running()
    clone = f"{_CLONE}_{os.getpid()}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{name}"
    with alone(data_dir() / "template.lock"):
        _as_owner(address, "CREATE DATABASE {} TEMPLATE {}", clone, f"{_TEMPLATE}_{_schema_digest()}")
    try:
        yield clone
    finally:
        _drop(address, clone)


@contextmanager
def on_database(name: str) -> Iterator[None]:
    """Every alias, and every command started as a process, works on another database of the same server."""
    before = connections[DEFAULT_DB_ALIAS].settings_dict["NAME"]
    if connections[DEFAULT_DB_ALIAS].in_atomic_block:
        raise RuntimeError("a transaction is open: the database cannot be changed under it")
    _point_aliases_at(name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JIEQING_DATABASE", name)
        try:
            yield
        finally:
            _point_aliases_at(before)


def _migrated_template(address: ServerAddress) -> str:
    """The name of the template for the migrations as they are now; made when it is not there yet."""
    template = f"{_TEMPLATE}_{_schema_digest()}"
    existing = _databases(address)
    if template in existing:
        return template
    for old in existing:
        if old.startswith(f"{_TEMPLATE}_"):
            _drop(address, old)
    building = f"{_TEMPLATE}_building"
    passwords = {role: word for role, word in address.passwords.items() if role != ADMIN}
    prepare_database(
        address.url(ADMIN, "postgres"), passwords=passwords, database=building, owner_creates_databases=True
    )
    _point_aliases_at(building)
    call_command("migrate", database="owner", interactive=False, verbosity=0)
    connections.close_all()
    _as_owner(address, "ALTER DATABASE {} RENAME TO {}", building, template)
    return template


def _schema_digest() -> str:
    """Changes when a migration, what migrations are made of, or a package with migrations changes."""
    digest = hashlib.sha256(f"{version('django')} {version('procrastinate')}".encode())
    source = checkout() / "src" / "jieqing"
    for file in sorted(source.rglob("*.py")) + sorted(source.rglob("*.sql")):
        if "migrations" in file.parts or _shapes_the_schema(file, source):
            digest.update(str(file.relative_to(source)).encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _shapes_the_schema(file: Path, source: Path) -> bool:
    relative = file.relative_to(source).as_posix()
    return relative.startswith(("plumbing/db/", "plumbing/postgres/")) or relative == "web/settings.py"


def _point_aliases_at(database: str) -> None:
    for alias in connections:
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = database
        connections.databases[alias]["NAME"] = database


def _databases(address: ServerAddress) -> list[str]:
    with psycopg.connect(address.url(OWNER, "postgres")) as owner:
        return [name for (name,) in owner.execute("SELECT datname FROM pg_database")]


def _drop_leftovers(address: ServerAddress) -> None:
    """Drop the clones of runs that were killed: their process is gone."""
    for name in _databases(address):
        prefix, _, rest = name.partition("_")
        pid = rest.split("_")[0]
        if prefix == _CLONE and pid.isdigit() and not Path(f"/proc/{pid}").exists():
            _drop(address, name)


def _drop(address: ServerAddress, name: str) -> None:
    """As the administrator of the throw-away server: a thread of a test may have left a connection of another role."""
    with psycopg.connect(address.url(ADMIN, "postgres"), autocommit=True) as admin:
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _as_owner(address: ServerAddress, statement: str, *names: str) -> None:
    with psycopg.connect(address.url(OWNER, "postgres"), autocommit=True) as owner:
        owner.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _emptying_teardown(address: ServerAddress, database: str) -> Any:
    """A ``_fixture_teardown`` that empties what a transactional test wrote.

    A table that was ever written has a size, which the owner can see although row-level security hides the rows.
    """
    kept = _KEPT_TABLES | _filled_tables(address, database)
    written = sql.SQL(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
        " AND pg_relation_size(oid) > 0 AND relname <> ALL(%s)"
    )

    def teardown(case: TransactionTestCase) -> None:
        with psycopg.connect(address.url(OWNER, database), options="-c lock_timeout=20s") as owner:
            tables = [name for (name,) in owner.execute(written, [sorted(kept)])]
            if tables:
                names = sql.SQL(", ").join(map(sql.Identifier, tables))
                owner.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY CASCADE").format(names))

    return teardown


def _filled_tables(address: ServerAddress, database: str) -> frozenset[str]:
    """Tables in which the migrations left rows (content types, permissions, reference data)."""
    with psycopg.connect(address.url(ADMIN, database)) as admin:
        names = admin.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        filled = set()
        for (name,) in names:
            exists = sql.SQL("SELECT EXISTS (SELECT 1 FROM {})").format(sql.Identifier(name))
            if admin.execute(exists).fetchone() == (True,):
                filled.add(name)
        return frozenset(filled)
