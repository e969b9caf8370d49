"""The database roles: none can pass the policies, the application owns nothing and cannot move a wall."""

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from jieqing.kernel.ids import new_id
from jieqing.plumbing.postgres import APP, OWNER, SEQUENCER
from tests.architecture.catalogue import SITE_TABLES, TABLES, rows


@pytest.mark.django_db(databases=["default", "owner", "sequencer"])
@pytest.mark.parametrize(
    ("using", "role"),
    [("default", APP), ("owner", OWNER), ("sequencer", SEQUENCER)],
    ids=["app", "owner", "sequencer"],
)
def test_roles_cannot_pass_the_policies(using: str, role: str) -> None:
    assert rows("SELECT current_user::text, session_user::text", using=using) == [(role, role)]
    assert rows(
        "SELECT rolsuper, rolbypassrls, rolcreaterole, rolreplication FROM pg_roles WHERE rolname = current_user",
        using=using,
    ) == [(False, False, False, False)]
    memberships = rows(
        "SELECT r.rolname FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.roleid"
        " WHERE m.member = current_user::regrole",
        using=using,
    )
    assert memberships == []


@pytest.mark.django_db
def test_the_application_owns_nothing() -> None:
    assert {owner for *_, owner in rows(TABLES)} == {OWNER}
    assert rows("SELECT count(*) FROM pg_class WHERE relowner = %s::regrole", [APP]) == [(0,)]
    rights = rows(
        "SELECT c.relname, p FROM pg_class c, unnest(ARRAY['TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN']) p"
        " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')"
        " AND has_table_privilege(c.oid, p)"
    )
    assert rights == []
    assert rows("SELECT has_schema_privilege('public', 'CREATE')") == [(False,)]


SITE_TABLE = "accounts_membership"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE public.mine (a int)",
        "CREATE SCHEMA mine",
        "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        f"CREATE VIEW public.mine AS SELECT * FROM {SITE_TABLE}",
        f"CREATE POLICY mine ON {SITE_TABLE} USING (true)",
        f"ALTER POLICY site_rows ON {SITE_TABLE} USING (true)",
        f"DROP POLICY site_rows ON {SITE_TABLE}",
        f"ALTER TABLE {SITE_TABLE} DISABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {SITE_TABLE} NO FORCE ROW LEVEL SECURITY",
        f"ALTER TABLE {SITE_TABLE} ADD COLUMN mine int",
        f"ALTER TABLE {SITE_TABLE} OWNER TO {APP}",
        f"ALTER TABLE {SITE_TABLE} DISABLE TRIGGER ALL",
        f"DROP TABLE {SITE_TABLE}",
        f"TRUNCATE {SITE_TABLE}",
        f"SET ROLE {OWNER}",
        f"SET SESSION AUTHORIZATION {OWNER}",
        f"SET ROLE {SEQUENCER}",
        "SET session_replication_role = replica",
        f"ALTER ROLE {APP} BYPASSRLS",
        f"ALTER ROLE {OWNER} PASSWORD 'mine'",
        "CREATE ROLE mine",
        "CREATE EXTENSION vector",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "SELECT pg_read_file('/etc/hostname')",
        "SELECT lo_import('/etc/hostname')",
        "SELECT * FROM pg_authid",
        f"LOCK TABLE {SITE_TABLE} IN ACCESS EXCLUSIVE MODE; ALTER TABLE {SITE_TABLE} RENAME TO mine",
    ],
)
def test_the_application_cannot_move_the_walls(statement: str) -> None:
    """The words PostgreSQL uses differ; that it refuses does not: insufficient privilege (42501) each time."""
    with pytest.raises((ProgrammingError, IntegrityError)) as refused, transaction.atomic():
        rows(statement)
    assert refused.value.__cause__.sqlstate == "42501"


@pytest.mark.django_db
def test_switching_row_security_off_shows_an_error_not_the_rows() -> None:
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        rows(f"SET LOCAL row_security = off; SELECT * FROM {SITE_TABLE}")


@pytest.mark.django_db
def test_the_application_cannot_pass_its_rights_on() -> None:
    """PostgreSQL answers such a GRANT with a warning and grants nothing."""
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT SELECT ON {SITE_TABLE} TO {SEQUENCER}")
    assert rows("SELECT has_table_privilege(%s, %s, 'SELECT')", [SEQUENCER, SITE_TABLE]) == [(False,)]


@pytest.mark.django_db(databases=["default", "owner"])
def test_the_owner_role_is_bound_by_the_policies_too() -> None:
    """FORCE: a leaked owner connection still names one site at a time."""
    with transaction.atomic(using="owner"):
        for table in SITE_TABLES:
            assert rows(f'SELECT count(*) FROM "{table}"', using="owner") == [(0,)]
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic(using="owner"):
            rows("SET LOCAL row_security = off; SELECT * FROM accounts_membership", using="owner")


@pytest.mark.django_db
def test_another_sites_rows_cannot_be_written() -> None:
    with pytest.raises(ProgrammingError, match="violates row-level security"), transaction.atomic():
        rows(
            "WITH mine AS (SELECT set_config('jieqing.site_id', %s, true))"
            " INSERT INTO accounts_membership (id, site_id, user_id, role, created_at)"
            " SELECT %s, %s, %s, 'site_owner', now() FROM mine RETURNING id",
            [str(new_id()), new_id(), new_id(), new_id()],
        )


# Tables without a site policy that the application may not write freely, and what it may.
NARROW_RIGHTS = {
    "account_emailaddress": "SELECT",
    "account_emailconfirmation": "SELECT",
    "accounts_lockout": "SELECT INSERT DELETE",
    "accounts_sign_in": "SELECT INSERT DELETE",
    "accounts_user": "SELECT INSERT UPDATE",
    "auth_group": "SELECT",
    "auth_group_permissions": "SELECT",
    "auth_permission": "SELECT",
    "django_content_type": "SELECT",
    "django_migrations": "SELECT",
    "evidence_checkpoint": "SELECT",
    "evidence_tile": "SELECT",
    "evidence_writer": "SELECT",
    "plumbing_upkeep": "SELECT INSERT",
    "sites_site": "SELECT INSERT",
}


@pytest.mark.django_db
def test_the_applications_rights_on_kept_tables_are_the_listed_ones() -> None:
    found = rows(
        "SELECT relname, string_agg(p, ' ' ORDER BY place) FROM pg_class c,"
        " unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) WITH ORDINALITY AS rights(p, place)"
        " WHERE relname = ANY(%s) AND relkind = 'r' AND has_table_privilege(c.oid, p) GROUP BY relname",
        [list(NARROW_RIGHTS)],
    )
    assert dict(found) == NARROW_RIGHTS
