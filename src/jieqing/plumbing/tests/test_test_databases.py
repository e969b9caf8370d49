"""The test databases: restricted roles, and transactional tests that leave nothing behind."""

import socket

import pytest
from django.db import ProgrammingError, connections, transaction

ALIASES = ["default", "owner", "sequencer"]


@pytest.mark.django_db(databases=ALIASES)
@pytest.mark.parametrize(
    ("alias", "role"),
    [("default", "jieqing_app"), ("owner", "jieqing_owner"), ("sequencer", "jieqing_sequencer")],
)
def test_each_alias_connects_as_its_own_role_that_cannot_pass_row_security(alias: str, role: str) -> None:
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == (role, False, False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement", ["TRUNCATE django_session", "CREATE TABLE loot (id int)", "DROP TABLE django_session"]
)
def test_the_application_changes_no_structure(statement: str) -> None:
    with pytest.raises(ProgrammingError), transaction.atomic(), connections["default"].cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_a_transactional_test_starts_empty(turn: int) -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_session")
        assert cursor.fetchone() == (0,)
        cursor.execute("INSERT INTO django_session VALUES (%s, '', now())", [f"turn-{turn}"])


def test_no_test_reaches_another_machine() -> None:
    with pytest.raises(OSError, match="loopback only"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    with pytest.raises(OSError, match="loopback only"):
        socket.getaddrinfo("example.org", 80)
