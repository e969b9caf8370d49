"""Guarantee 3 in the database: every table is a site's, behind a forced policy, or the platform's, with a reason.

Read from both ends: from Django's models to the tables, and from PostgreSQL's own catalogue back, so that a table
made by raw SQL in a migration is seen too.
"""

import io

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import IntegrityError, ProgrammingError, connection, connections, models, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import CreateModel
from django_scopes import ScopeError

from jieqing.kernel.ids import new_id
from jieqing.plumbing.db import platform_tables
from jieqing.plumbing.db.models import PlatformModel, SiteModel
from jieqing.plumbing.db.security import AppendOnly, SiteSecurity
from jieqing.plumbing.postgres import APP, OWNER, SEQUENCER

OUR_MODELS = [
    model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("jieqing.")
]
SITE_MODELS = [model for model in OUR_MODELS if issubclass(model, SiteModel)]
SITE_TABLES = sorted(model._meta.db_table for model in SITE_MODELS)

SITE_MATCH = "(site_id = ( SELECT (NULLIF(current_setting('jieqing.site_id'::text, true), ''::text))::uuid AS \"nullif\"))"

# Policies beside `site_rows`, each with its reason. They may only widen reading, and only as said here.
EXTRA_POLICIES = {
    ("accounts_membership", "own_rows"): "a person sees their own memberships to choose a site",
}

# Functions that run with their owner's rights, each with its reason.
DEFINER_FUNCTIONS: dict[str, str] = {}

TABLES = """
    SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity, pg_get_userbyid(c.relowner)
    FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
"""


def rows(sql: str, params: list | None = None, using: str = "default") -> list[tuple]:
    with connections[using].cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def test_every_model_is_a_site_model_or_a_named_platform_table() -> None:
    unnamed = [
        model._meta.label
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
        and not issubclass(model, SiteModel)
        and not platform_tables.reason_for(model._meta.db_table)
    ]
    assert unnamed == []


def test_a_table_is_never_both_a_sites_and_the_platforms() -> None:
    assert [table for table in SITE_TABLES if platform_tables.reason_for(table)] == []
    assert [
        model for model in OUR_MODELS if issubclass(model, PlatformModel) and issubclass(model, SiteModel)
    ] == []


def test_reasons_are_sentences() -> None:
    for table, reason in platform_tables._TABLES.items():
        assert len(reason.split()) >= 5, f"{table}: {reason!r} is no reason"


@pytest.mark.django_db
def test_every_table_of_the_database_is_walled_or_reasoned() -> None:
    walled = {name for name, enabled, forced, _owner in rows(TABLES) if enabled and forced}
    half = {name for name, enabled, forced, _owner in rows(TABLES) if enabled != forced}
    bare = {name for name, *_ in rows(TABLES)} - walled
    assert half == set()
    assert set(SITE_TABLES) <= walled
    assert {table for table in bare if not platform_tables.reason_for(table)} == set()


@pytest.mark.django_db
def test_every_site_table_has_exactly_the_site_policy() -> None:
    found = rows(
        "SELECT tablename, policyname, permissive, roles::text[], cmd, qual, with_check FROM pg_policies"
    )
    site_rows = {row[0]: row[2:] for row in found if row[1] == "site_rows"}
    assert set(SITE_TABLES) <= set(site_rows)
    for table, definition in site_rows.items():
        assert definition == ("PERMISSIVE", ["public"], "ALL", SITE_MATCH, SITE_MATCH), table
    extra = {row[:2]: row for row in found if row[1] != "site_rows"}
    assert set(extra) == set(EXTRA_POLICIES)
    for row in extra.values():
        assert (row[4], row[6]) == ("SELECT", None), "an extra policy may only widen reading"


@pytest.mark.django_db
def test_no_view_looks_past_the_policies() -> None:
    """A view reads with its owner's rights unless it says security_invoker; a materialized one keeps a copy."""
    views = rows(
        "SELECT relname, relkind, coalesce(reloptions::text, '') FROM pg_class"
        " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm')"
    )
    assert [
        name for name, kind, options in views if kind == "m" or "security_invoker=true" not in options
    ] == []


@pytest.mark.django_db
def test_functions_with_the_owners_rights_are_named() -> None:
    definers = rows("SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace")
    assert {name for (name,) in definers} == set(DEFINER_FUNCTIONS)


@pytest.mark.parametrize("model", SITE_MODELS, ids=lambda model: model._meta.label)
@pytest.mark.parametrize(
    "query",
    [
        lambda objects: objects.all(),
        lambda objects: objects.count(),
        lambda objects: objects.exists(),
        lambda objects: objects.first(),
        lambda objects: objects.filter(id=None),
        lambda objects: objects.exclude(id=None),
        lambda objects: objects.in_bulk([]),
        lambda objects: objects.create(),
        lambda objects: objects.bulk_create([]),
        lambda objects: objects.update(id=None),
        lambda objects: objects.raw("SELECT 1"),
    ],
    ids=[
        "all",
        "count",
        "exists",
        "first",
        "filter",
        "exclude",
        "in_bulk",
        "create",
        "bulk_create",
        "update",
        "raw",
    ],
)
def test_without_a_scope_every_query_raises(model: type[SiteModel], query) -> None:
    with pytest.raises(ScopeError):
        query(model.objects)


@pytest.mark.django_db
@pytest.mark.parametrize("table", SITE_TABLES)
def test_unset_setting_means_no_rows(table: str) -> None:
    assert rows(f'SELECT count(*) FROM "{table}"') == [(0,)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('jieqing.site_id', '', true)")
    assert rows(f'SELECT count(*) FROM "{table}"') == [(0,)]


@pytest.mark.parametrize("model", SITE_MODELS, ids=lambda model: model._meta.label)
def test_models_stand_where_the_plan_says(model: type[models.Model]) -> None:
    room = model._meta.app_label
    assert model._meta.db_table.startswith(f"{room}_"), "tables are named <room>_<noun>"
    assert not model._meta.get_field("site_id").is_relation, "site_id is a plain column"
    assert not model._meta.get_field("site_id").null


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


@pytest.mark.django_db(databases=["default", "owner"])
def test_migrations_are_complete() -> None:
    said = io.StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=said, stderr=said, no_color=True)
    except (SystemExit, CommandError):
        pytest.fail("models changed without a migration:\n" + said.getvalue())


def _our_migrations() -> list:
    loader = MigrationLoader(None)
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("jieqing.")}
    return [
        migration for (label, _name), migration in sorted(loader.disk_migrations.items()) if label in ours
    ]


def test_a_migration_that_creates_a_site_table_walls_it() -> None:
    """In the same migration, so that no version of the schema ever stood open."""
    for migration in _our_migrations():
        created = {
            operation.options["db_table"]
            for operation in migration.operations
            if isinstance(operation, CreateModel) and "site_id" in dict(operation.fields)
        }
        walled = {
            table
            for operation in migration.operations
            if isinstance(operation, SiteSecurity)
            for table in operation.tables
        }
        platform = {table for table in created if platform_tables.reason_for(table)}
        assert created - platform == walled, f"{migration.app_label}.{migration.name}"


@pytest.mark.django_db
def test_append_only_tables_cannot_be_rewritten() -> None:
    operations = [
        operation
        for migration in _our_migrations()
        for operation in migration.operations
        if isinstance(operation, AppendOnly)
    ]
    updatable = {table: set(operation.updatable) for operation in operations for table in operation.tables}
    for table, columns in updatable.items():
        assert rows(
            "SELECT has_table_privilege(%s, 'UPDATE'), has_table_privilege(%s, 'DELETE')", [table, table]
        ) == [(False, False)]
        granted = rows(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
            " AND has_column_privilege(attrelid, attnum, 'UPDATE')",
            [table],
        )
        assert {name for (name,) in granted} == columns, table


def test_site_id_leads_no_unique_rule_across_sites() -> None:
    """A unique rule without the site would tell one site what another has."""
    for model in SITE_MODELS:
        for constraint in model._meta.constraints:
            if isinstance(constraint, models.UniqueConstraint) and constraint.fields:
                relations = {
                    field.name
                    for field in model._meta.get_fields()
                    if field.is_relation and field.concrete and issubclass(field.related_model, SiteModel)
                }
                bound = {"site_id", "id", *relations} & set(constraint.fields)
                assert bound, f"{model._meta.label}.{constraint.name} reaches across sites"
        for field in model._meta.local_fields:
            assert not field.unique or field.primary_key or field.is_relation, (
                f"{model._meta.label}.{field.name}"
            )
