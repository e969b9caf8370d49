"""The active site: both walls move together, come back together, and outlive no transaction."""

from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django_scopes import get_scope

from jieqing.kernel.ids import new_id
from jieqing.plumbing.db.scopes import ScopeMismatch, active_site_id, set_local, site_scope, user_scope

pytestmark = pytest.mark.usefixtures("scratch")
ONE, OTHER = new_id(), new_id()


def setting(name: str = "jieqing.site_id") -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting(%s, true), '')", [name])
        return str(cursor.fetchone()[0])


def write(site_id: UUID, words: str = "here", person_id: UUID | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO scratch_note (site_id, words, person_id) VALUES (%s, %s, %s)",
            [site_id, words, person_id],
        )


def read() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM scratch_note ORDER BY id")
        return [words for (words,) in cursor.fetchall()]


@pytest.mark.django_db(transaction=True)
def test_a_scope_opens_its_own_transaction_and_leaves_nothing_behind() -> None:
    assert not connection.in_atomic_block
    with site_scope(ONE):
        assert connection.in_atomic_block
        assert (active_site_id(), setting()) == (ONE, str(ONE))
        write(ONE)
        assert read() == ["here"]
    assert not connection.in_atomic_block
    assert (active_site_id(), setting()) == (None, "")
    assert read() == []


@pytest.mark.django_db(transaction=True)
def test_a_failed_scope_rolls_back_and_leaves_nothing_behind() -> None:
    def fail() -> None:
        with site_scope(ONE):
            write(ONE)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert (active_site_id(), setting()) == (None, "")
    with site_scope(ONE):
        assert read() == []


@pytest.mark.django_db(transaction=True)
def test_the_same_site_may_nest_and_stays_active_after() -> None:
    with site_scope(ONE):
        with site_scope(ONE):
            write(ONE)
        assert (active_site_id(), setting()) == (ONE, str(ONE))
        assert read() == ["here"]


@pytest.mark.django_db(transaction=True)
def test_another_site_is_refused_inside() -> None:
    with site_scope(ONE):
        with pytest.raises(ScopeMismatch):
            site_scope(OTHER).__enter__()
        assert (active_site_id(), setting()) == (ONE, str(ONE))


@pytest.mark.django_db(transaction=True)
def test_a_named_switch_moves_both_walls_and_back() -> None:
    with site_scope(ONE):
        write(ONE, "one")
        with site_scope(OTHER, switch=True):
            assert (active_site_id(), setting()) == (OTHER, str(OTHER))
            assert read() == []
            write(OTHER, "other")
        assert (active_site_id(), setting()) == (ONE, str(ONE))
        assert read() == ["one"]


@pytest.mark.django_db(transaction=True)
def test_inside_an_open_transaction_the_setting_goes_when_the_scope_goes() -> None:
    with transaction.atomic():
        with site_scope(ONE):
            write(ONE)
        assert (active_site_id(), setting()) == (None, "")
        assert read() == []


@pytest.mark.django_db(transaction=True)
def test_an_sql_error_inside_is_the_error_that_comes_out() -> None:
    """The scope must not run SQL in the failed transaction: that would hide the cause."""
    with transaction.atomic(), site_scope(ONE):
        with (
            pytest.raises(IntegrityError, match="nothing"),
            site_scope(OTHER, switch=True),
            connection.cursor() as cursor,
        ):
            cursor.execute("DO $$ BEGIN RAISE 'nothing' USING ERRCODE = 'unique_violation'; END $$")
        assert (active_site_id(), setting()) == (ONE, str(ONE))
        write(ONE)
        assert read() == ["here"]


@pytest.mark.django_db(transaction=True)
def test_a_setting_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError, match="inside a transaction"):
        set_local("jieqing.site_id", str(ONE))


@pytest.mark.django_db(transaction=True)
def test_the_scope_is_local_to_the_task() -> None:
    """A context variable: another thread (another request) has no scope of its own until it opens one."""
    from concurrent.futures import ThreadPoolExecutor

    with site_scope(ONE), ThreadPoolExecutor(1) as pool:
        assert pool.submit(get_scope).result() == {}


@pytest.mark.django_db(transaction=True)
def test_a_person_reads_rows_about_themselves_and_writes_none() -> None:
    me = new_id()
    with site_scope(ONE):
        write(ONE, "mine", person_id=me)
        write(ONE, "another's", person_id=new_id())
    with user_scope(me):
        assert read() == ["mine"]
        with connection.cursor() as cursor:
            cursor.execute("UPDATE scratch_note SET words = 'changed'")
            assert cursor.rowcount == 0
            cursor.execute("DELETE FROM scratch_note")
            assert cursor.rowcount == 0
    assert setting("jieqing.user_id") == ""
    assert read() == []
