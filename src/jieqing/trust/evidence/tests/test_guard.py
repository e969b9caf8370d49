"""The guard of the whole house: every way of writing a site's row without evidence fails its transaction."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import connection, transaction
from psycopg.errors import FeatureNotSupported

from jieqing.kernel.actor import system_actor
from jieqing.kernel.ids import new_id
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence import services
from jieqing.trust.evidence.testing.exemptions import EXEMPT
from jieqing.trust.evidence.testing.guard import Guard, StepWithoutEvidence, rows_by_hand

TABLE = "evidence_chunk"
_INSERT = f"INSERT INTO {TABLE} (id, site_id, entry_id, number, leaves, root) VALUES (%s, %s, %s, 0, '', '')"


@pytest.fixture(autouse=True)
def watched(evidence_guard: Guard, monkeypatch: pytest.MonkeyPatch) -> None:
    """The room's own table stands in for any site table."""
    monkeypatch.setattr(evidence_guard, "_watched", frozenset({TABLE}))


def record(site: UUID) -> None:
    services.record(actor=system_actor(site, "tests"), action="a.b", subject="a:b", facts={})


def through_django(site: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [new_id(), site, new_id()])


def through_raw_cursor(site: UUID) -> None:
    connection.connection.cursor().execute(_INSERT, [new_id(), site, new_id()])


WAYS = [through_django, through_raw_cursor]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("write", WAYS)
def test_a_silent_write_fails_and_is_rolled_back(write: Callable[[UUID], None]) -> None:
    site = new_id()
    with pytest.raises(StepWithoutEvidence, match=TABLE), site_scope(site):
        write(site)
    with site_scope(site), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {TABLE}")
        assert cursor.fetchone() == (0,)


@pytest.mark.django_db
@pytest.mark.parametrize("write", WAYS)
def test_it_holds_inside_a_rolled_back_test_too(write: Callable[[UUID], None]) -> None:
    site = new_id()
    with pytest.raises(StepWithoutEvidence), site_scope(site):
        write(site)
    with site_scope(site):
        write(site)
        record(site)


@pytest.mark.django_db(transaction=True)
def test_an_update_counts_as_a_write() -> None:
    site = new_id()
    with rows_by_hand("something to change"), site_scope(site):
        through_django(site)
    with pytest.raises(StepWithoutEvidence), site_scope(site), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {TABLE} SET salts = ''")


@pytest.mark.django_db
def test_evidence_of_an_earlier_transaction_does_not_count() -> None:
    site = new_id()
    with site_scope(site):
        record(site)
    with pytest.raises(StepWithoutEvidence), site_scope(site):
        through_django(site)


def undone(act: Callable[[UUID], None], site: UUID) -> None:
    """Do something in an inner block that is rolled back."""

    def fail() -> None:
        with transaction.atomic():
            act(site)
            raise KeyError

    with pytest.raises(KeyError):
        fail()


@pytest.mark.django_db
def test_an_entry_that_was_rolled_back_does_not_count() -> None:
    site = new_id()

    def step() -> None:
        with site_scope(site):
            through_django(site)
            undone(record, site)

    with pytest.raises(StepWithoutEvidence):
        step()


@pytest.mark.django_db
def test_a_write_that_was_rolled_back_needs_no_entry() -> None:
    site = new_id()
    with site_scope(site):
        undone(through_django, site)


@pytest.mark.django_db
def test_the_error_of_the_block_itself_is_not_hidden() -> None:
    site = new_id()

    def step() -> None:
        with site_scope(site):
            through_django(site)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        step()


@pytest.mark.django_db
def test_copy_straight_into_a_site_table_is_refused_by_the_server() -> None:
    """Bulk loads go through an unscoped staging table, then INSERT ... SELECT, which the guard sees."""
    copy = f"COPY {TABLE} (id, site_id, entry_id, number, leaves, root) FROM STDIN"
    with (
        pytest.raises(FeatureNotSupported),
        site_scope(new_id()),
        connection.cursor() as cursor,
        cursor.copy(copy),
    ):
        pass


@pytest.mark.django_db
@pytest.mark.rows_by_hand("this is what the mark is for")
def test_rows_by_hand_are_said_to_be() -> None:
    site = new_id()
    with site_scope(site):
        through_django(site)


def test_every_exemption_has_a_reason() -> None:
    assert all(len(reason) > 10 for reason in EXEMPT.values())
