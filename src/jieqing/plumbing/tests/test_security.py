"""The migration operations do what they say, in the database."""

import pytest
from django.db import ProgrammingError, connection, transaction

from jieqing.kernel.ids import new_id
from jieqing.plumbing.db.scopes import site_scope
from jieqing.plumbing.db.security import AppendOnly, Grant, ReadOnly, SiteSecurity

pytestmark = [pytest.mark.usefixtures("scratch"), pytest.mark.django_db(databases=["default", "owner"])]
ONE, OTHER = new_id(), new_id()


def run(sql: str, *params: object) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.rowcount


def test_rows_of_another_site_are_neither_seen_nor_written() -> None:
    with site_scope(ONE):
        run("INSERT INTO scratch_note (site_id, words) VALUES (%s, 'one')", ONE)
    with site_scope(OTHER):
        assert run("SELECT * FROM scratch_note") == 0
        assert run("UPDATE scratch_note SET words = 'taken'") == 0
        assert run("DELETE FROM scratch_note") == 0
        for statement in (
            "INSERT INTO scratch_note (site_id) VALUES (%s)",
            "INSERT INTO scratch_note (site_id) VALUES (%s) ON CONFLICT DO NOTHING",
        ):
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                run(statement, ONE)


def test_a_row_cannot_be_given_away() -> None:
    with site_scope(ONE):
        run("INSERT INTO scratch_note (site_id) VALUES (%s)", ONE)
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            run("UPDATE scratch_note SET site_id = %s", OTHER)


def test_a_row_without_a_site_cannot_be_written() -> None:
    with site_scope(ONE), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        run("INSERT INTO scratch_note (site_id) VALUES (NULL)")


@pytest.mark.parametrize("value", ["", "not-a-uuid", "' OR true --"])
def test_a_broken_setting_opens_nothing(value: str) -> None:
    with site_scope(ONE):
        run("INSERT INTO scratch_note (site_id) VALUES (%s)", ONE)
    run("SELECT set_config('jieqing.site_id', %s, true)", value)
    if value:
        with pytest.raises(Exception, match="invalid input syntax for type uuid"), transaction.atomic():
            run("SELECT * FROM scratch_note")
    else:
        assert run("SELECT * FROM scratch_note") == 0


@pytest.mark.parametrize(
    "statement",
    ["UPDATE scratch_journal SET words = 'new'", "DELETE FROM scratch_journal", "TRUNCATE scratch_journal"],
)
def test_append_only_refuses_rewriting(statement: str) -> None:
    with site_scope(ONE):
        run("INSERT INTO scratch_journal (site_id, words) VALUES (%s, 'old')", ONE)
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            run(statement)


def test_append_only_lets_the_named_column_be_set() -> None:
    with site_scope(ONE):
        run("INSERT INTO scratch_journal (site_id, words) VALUES (%s, 'old')", ONE)
        assert run("UPDATE scratch_journal SET ended = true") == 1


def test_the_policy_is_evaluated_once_for_each_statement() -> None:
    """The sub-select becomes an InitPlan; a call per row would cost more than the scan."""
    with site_scope(ONE), connection.cursor() as cursor:
        cursor.execute("EXPLAIN SELECT * FROM scratch_note")
        assert any("InitPlan" in line for (line,) in cursor.fetchall())


@pytest.mark.parametrize(
    "operation",
    [
        SiteSecurity("a_b", "a_c"),
        SiteSecurity("a_b", readable_by_user="user_id"),
        AppendOnly("a_b", updatable=("voided_rev",)),
        Grant("SELECT, INSERT", "a_b", role="jieqing_app"),
        ReadOnly("a_b", "a_c"),
    ],
    ids=lambda operation: operation.describe(),
)
def test_operations_survive_being_written_down(
    operation: SiteSecurity | AppendOnly | Grant | ReadOnly,
) -> None:
    name, arguments, options = operation.deconstruct()
    kinds = {kind.__name__: kind for kind in (SiteSecurity, AppendOnly, Grant, ReadOnly)}
    again = kinds[name](*arguments, **options)
    assert (again.forwards(), again.backwards()) == (operation.forwards(), operation.backwards())


def test_each_wall_can_be_taken_down_again_by_the_owner() -> None:
    from django.db import connections

    operation = SiteSecurity("scratch_note", readable_by_user="person_id")
    with transaction.atomic(using="owner"), connections["owner"].cursor() as owner:
        for statement in operation.backwards():
            owner.execute(statement)
        owner.execute(
            "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname = 'scratch_note'"
        )
        assert owner.fetchone() == (False, False)
        for statement in operation.forwards():
            owner.execute(statement)
