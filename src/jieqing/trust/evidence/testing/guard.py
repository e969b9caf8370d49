"""Fails any transaction that writes a site table without recording an entry.

It asks PostgreSQL what the transaction did (``pg_stat_xact_user_tables``) when the outermost atomic block ends, so it sees
every way of writing: ORM, raw SQL on any cursor, COPY, functions and triggers of the database. The counts are
taken at the beginning and the end of the block, because a backend may still hold counts of earlier ones; what a rolled
back savepoint wrote is taken off again. The questions go to psycopg directly, so query counts of tests stay true.

The blocks that pytest-django wraps around a test are not transactions of the program and do not count.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections, transaction

from jieqing.trust.evidence.testing.exemptions import EXEMPT

_COUNTS = """
SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables
WHERE n_tup_ins + n_tup_upd + n_tup_del > 0
"""
_ENTRIES = "evidence_entry"
_by_hand: list[str] = []

Counts = dict[str, int]


class StepWithoutEvidence(AssertionError):
    """A transaction wrote site tables and recorded nothing."""


@contextmanager
def rows_by_hand(reason: str) -> Iterator[None]:
    """Inside, a test writes rows that no service made."""
    _by_hand.append(reason)
    try:
        yield
    finally:
        _by_hand.pop()


def site_tables() -> frozenset[str]:
    """The tables that the guard watches."""
    from jieqing.plumbing.db.models import SiteModel

    models = [model for model in apps.get_models() if issubclass(model, SiteModel)]
    return frozenset(model._meta.db_table for model in models) - EXEMPT.keys()


class Guard:
    """Watches the blocks of the application's connection; one for the test run."""

    def __init__(self) -> None:
        self._watched = site_tables()
        # Each thread has a connection of its own: blocks of racing threads must not be taken for nested ones.
        self._thread = threading.local()

    @property
    def _begun(self) -> list[tuple[transaction.Atomic, Counts]]:
        begun: list[tuple[transaction.Atomic, Counts]] = self._thread.__dict__.setdefault("begun", [])
        return begun

    @property
    def _rolled_back(self) -> Counts:
        undone: Counts = self._thread.__dict__.setdefault("rolled_back", {})
        return undone

    def enter(self, block: transaction.Atomic) -> None:
        """After a block of the program was entered."""
        self._begun.append((block, _counts(block)))

    def leave(self, block: transaction.Atomic, is_failing: bool) -> None:
        """Before a block is left; raises when it is the outermost and wrote without evidence."""
        if len(self._begun) > 1 or is_failing or _by_hand or not _is_usable(block):
            return
        begun, now = self._begun[0][1], _counts(block)
        written = {table: now[table] - begun.get(table, 0) - self._rolled_back.get(table, 0) for table in now}
        silent = sorted(table for table in self._watched if written.get(table, 0) > 0)
        if silent and written.get(_ENTRIES, 0) <= 0:
            raise StepWithoutEvidence(
                f"{', '.join(silent)} written without an evidence entry: call evidence.services.record in the same "
                "transaction, or, for a table that needs none, give the reason in trust/evidence/testing/exemptions.py"
            )

    def left(self, block: transaction.Atomic, is_failing: bool) -> None:
        """After a block was left; forgets it, and what it wrote when it was rolled back."""
        _, before = self._begun.pop()
        if not self._begun:
            self._rolled_back.clear()
        elif is_failing and _is_usable(block):
            for table, count in _counts(block).items():
                undone = count - before.get(table, 0)
                self._rolled_back[table] = self._rolled_back.get(table, 0) + undone

    def is_innermost(self, block: transaction.Atomic) -> bool:
        return bool(self._begun) and self._begun[-1][0] is block


def _is_usable(block: transaction.Atomic) -> bool:
    connection = connections[block.using or DEFAULT_DB_ALIAS]
    return (
        connection.connection is not None
        and not connection.needs_rollback
        and not connection.closed_in_transaction
    )


def _counts(block: transaction.Atomic) -> Counts:
    if not _is_usable(block):
        return {}
    with connections[block.using or DEFAULT_DB_ALIAS].connection.cursor() as cursor:
        return dict(cursor.execute(_COUNTS).fetchall())


@pytest.fixture(scope="session")
def evidence_guard(django_db_setup: None) -> Iterator[Guard]:
    """The guard, put around every atomic block of the application's connection."""
    guard = Guard()
    real_enter, real_exit = transaction.Atomic.__enter__, transaction.Atomic.__exit__

    def enter(block: transaction.Atomic) -> None:
        real_enter(block)
        if block.using in (None, DEFAULT_DB_ALIAS) and not block._from_testcase:  # type: ignore[attr-defined]
            guard.enter(block)

    def leave(block: transaction.Atomic, kind: Any, error: Any, trace: Any) -> None:
        if not guard.is_innermost(block):
            real_exit(block, kind, error, trace)
            return
        try:
            guard.leave(block, is_failing=kind is not None)
        except StepWithoutEvidence as missing:
            real_exit(block, StepWithoutEvidence, missing, missing.__traceback__)
            guard.left(block, is_failing=True)
            raise
        try:
            real_exit(block, kind, error, trace)
        finally:
            guard.left(block, is_failing=kind is not None)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(transaction.Atomic, "__enter__", enter)
        patch.setattr(transaction.Atomic, "__exit__", leave)
        yield guard


@pytest.fixture(autouse=True)
def _no_step_without_evidence(request: pytest.FixtureRequest) -> Iterator[None]:
    """On for every test that may touch the database."""
    if request.node.get_closest_marker("django_db") is None and not _asks_for_database(request):
        yield
        return
    request.getfixturevalue("evidence_guard")
    marker = request.node.get_closest_marker("rows_by_hand")
    if marker is None:
        yield
        return
    with rows_by_hand(marker.args[0]):
        yield


def _asks_for_database(request: pytest.FixtureRequest) -> bool:
    return not {"db", "transactional_db"}.isdisjoint(request.fixturenames)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "rows_by_hand(reason): writes site rows that no service made")
