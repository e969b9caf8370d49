"""The stranger with SQL: everything the application's own connection would let them try, on every site table.

The stranger's transaction carries their own site's id, as the middleware sets it. Each attempt names the victim's
site and row outright: nothing may come back, nothing may change, and what is not simply empty is refused with
PostgreSQL's own code for it. At the end stands what this wall does not stop, so that nobody believes it does.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from jieqing.plumbing.db.scopes import site_scope
from tests.architecture.catalogue import SITE_TABLES
from tests.cast import Cast
from tests.isolation.things import UNFILLED

REFUSED = "42501"  # insufficient_privilege: a right is missing, or a policy says no


def run(sql: str, *params: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return int(cursor.rowcount)


def read(sql: str, *params: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def attempt(sql: str, *params: Any) -> int | str:
    """How many rows the statement touched, or PostgreSQL's code for refusing it."""
    try:
        with transaction.atomic():
            return run(sql, *params)
    except DatabaseError as error:
        return str(error.__cause__.sqlstate)  # type: ignore[union-attr]


NOTHING = (0, REFUSED)


@pytest.fixture
def victims(filled_sites: Cast) -> dict[str, str]:
    """One row of the victim from each table, as JSON, read in the victim's own scope: the attempts are not vacuous."""
    rows = {}
    with site_scope(filled_sites.site.id):
        for table in sorted(set(SITE_TABLES) - set(UNFILLED)):
            found = read(f'SELECT row_to_json(t)::text FROM "{table}" t WHERE site_id IS NOT NULL LIMIT 1')
            assert found, f"the cast's site has no row in {table}: fill it in tests/isolation/things.py"
            rows[table] = found[0][0]
    return rows


@pytest.fixture
def stranger(cast: Cast, victims: dict[str, str]) -> Iterator[None]:
    with site_scope(cast.other_site.id):
        yield


@pytest.mark.usefixtures("stranger")
class TestOnEveryTable:
    def test_select_shows_nothing(self, cast: Cast, victims: dict[str, str]) -> None:
        mine, theirs = cast.site.id, cast.other_site.id
        for table, row in victims.items():
            row_id = json.loads(row)["id"]
            assert read(f'SELECT 1 FROM "{table}" WHERE site_id = %s', mine) == [], table
            assert (
                read(f'SELECT 1 FROM "{table}" WHERE site_id <> %s AND site_id IS NOT NULL', theirs) == []
            ), table
            assert (
                read(f'WITH a AS (SELECT * FROM "{table}") SELECT 1 FROM a WHERE site_id = %s', mine) == []
            ), table
            assert read(f'SELECT 1 FROM "{table}" WHERE id = %s AND site_id = %s', row_id, mine) == [], table
            assert read(f'SELECT EXISTS (SELECT 1 FROM "{table}" WHERE site_id = %s)', mine) == [(False,)], (
                table
            )
            assert attempt(f'SELECT 1 FROM "{table}" WHERE site_id = %s FOR UPDATE', mine) in NOTHING, table

    def test_join_and_subquery_show_nothing(self, cast: Cast, victims: dict[str, str]) -> None:
        for table in victims:
            inner = f'SELECT 1 FROM sites_site s JOIN "{table}" t ON t.site_id = s.id WHERE s.id = %s'
            assert read(inner, cast.site.id) == [], table
            outer = f'SELECT count(t.site_id) FROM sites_site s LEFT JOIN "{table}" t ON t.site_id = s.id WHERE s.id = %s'
            assert read(outer, cast.site.id) == [(0,)], table

    def test_update_and_delete_touch_nothing(self, cast: Cast, victims: dict[str, str]) -> None:
        mine, theirs = cast.site.id, cast.other_site.id
        for table in victims:
            assert (
                attempt(f'UPDATE "{table}" SET site_id = %s WHERE site_id = %s', theirs, mine) in NOTHING
            ), table
            assert attempt(f'UPDATE "{table}" SET id = id WHERE site_id = %s', mine) in NOTHING, table
            assert attempt(f'DELETE FROM "{table}" WHERE site_id = %s', mine) in NOTHING, table
            joined = (
                f'UPDATE "{table}" t SET id = t.id FROM sites_site s WHERE s.id = t.site_id AND s.id = %s'
            )
            assert attempt(joined, mine) in NOTHING, table
            merge = f'MERGE INTO "{table}" t USING sites_site s ON t.site_id = s.id AND s.id = %s WHEN MATCHED THEN DELETE'
            assert attempt(merge, mine) in NOTHING, table

    def test_every_column_that_may_be_updated_is_out_of_reach(
        self, cast: Cast, victims: dict[str, str]
    ) -> None:
        """Append-only tables let some columns be set: on one's own rows only."""
        granted = """
            SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0
            AND NOT attisdropped AND attgenerated = '' AND has_column_privilege(attrelid, attnum, 'UPDATE')
        """
        for table in victims:
            for (column,) in read(granted, table):
                update = f'UPDATE "{table}" SET "{column}" = "{column}" WHERE site_id = %s'
                assert attempt(update, cast.site.id) == 0, f"{table}.{column}"

    def test_insert_for_the_victim_is_refused(self, victims: dict[str, str]) -> None:
        for table, row in victims.items():
            insert = f'INSERT INTO "{table}" SELECT * FROM json_populate_record(NULL::"{table}", %s::json)'
            assert attempt(insert, row) == REFUSED, table
            assert attempt(f"{insert} ON CONFLICT DO NOTHING", row) == REFUSED, table

    def test_copy_takes_nothing_out_and_puts_nothing_in(self, cast: Cast, victims: dict[str, str]) -> None:
        for table in victims:
            assert (
                copied_out(f"COPY (SELECT * FROM \"{table}\" WHERE site_id = '{cast.site.id}') TO STDOUT")
                == ""
            ), table
            assert str(cast.site.id) not in copied_out(f'COPY "{table}" (site_id) TO STDOUT'), table
            # With row-level security PostgreSQL takes no COPY FROM at all.
            assert attempt(f'COPY "{table}" (site_id) FROM STDIN') in (REFUSED, "0A000"), table

    def test_a_leaky_function_sees_nothing(self, cast: Cast, victims: dict[str, str]) -> None:
        """Policies go first: a cheap function with side effects never gets a row of another site into its hands."""
        leak = "CREATE FUNCTION pg_temp.leak(uuid) RETURNS bool LANGUAGE plpgsql COST 0.0001 AS "
        run(leak + "$$ BEGIN RAISE 'leaked'; END $$")
        for table in victims:
            peek = f'SELECT 1 FROM "{table}" WHERE site_id = %s AND pg_temp.leak(site_id)'
            assert attempt(peek, cast.site.id) == 0, table


def copied_out(copy: str) -> str:
    with connection.cursor() as cursor, cursor.cursor.copy(copy) as out:
        return b"".join(bytes(block) for block in out).decode()


def test_no_setting_no_rows_whatever_the_statement(filled_sites: Cast) -> None:
    for table in SITE_TABLES:
        assert read(f'SELECT count(*) FROM "{table}" WHERE site_id IS NOT NULL') == [(0,)], table


def test_a_savepoint_does_not_keep_another_sites_setting(cast: Cast) -> None:
    """What one piece of work set is gone with its savepoint, so it cannot colour the next."""
    with site_scope(cast.other_site.id):
        with transaction.atomic():
            run("SELECT set_config('jieqing.site_id', %s, true)", str(cast.site.id))
            transaction.set_rollback(True)
        assert read("SELECT current_setting('jieqing.site_id')") == [(str(cast.other_site.id),)]


def test_what_this_wall_does_not_stop(cast: Cast) -> None:
    """Arbitrary SQL can name another site, as the middleware does: see THREAT_MODEL.md, the limit of row-level security."""
    with site_scope(cast.other_site.id):
        run("SELECT set_config('jieqing.site_id', %s, true)", str(cast.site.id))
        assert read("SELECT count(*) FROM accounts_membership") == [(4,)]
        run("SELECT set_config('jieqing.site_id', %s, true)", str(cast.other_site.id))
