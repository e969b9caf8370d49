"""Guarantee 3 in the database: every table is a site's, behind a forced policy, or the platform's, with a reason.

Read from both ends: from Django's models to the tables, and from PostgreSQL's own catalogue back, so that a table
made by raw SQL in a migration is seen too.
"""

import io

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import CreateModel
from django_scopes import ScopeError

from jieqing.plumbing.db import platform_tables
from jieqing.plumbing.db.models import PlatformModel, SiteModel
from jieqing.plumbing.db.security import AppendOnly, SiteSecurity
from tests.architecture.catalogue import OUR_MODELS, SITE_MODELS, SITE_TABLES, TABLES, rows

SITE_MATCH = "(site_id = ( SELECT (NULLIF(current_setting('jieqing.site_id'::text, true), ''::text))::uuid AS \"nullif\"))"

SITE = SITE_MATCH.removeprefix("(site_id = ").removesuffix(")")
PLATFORM_MATCH = f"({SITE_MATCH} OR ((site_id IS NULL) AND ({SITE} IS NULL)))"

# Tables whose rows may belong to the platform itself: such rows show only where no site is active.
ALSO_OF_THE_PLATFORM = {
    f"evidence_{noun}": "the platform's own steps (a site is opened) leave evidence too"
    for noun in ("entry", "chain", "salt", "chunk", "leaf")
} | {
    f"notices_{noun}": "the platform's own notices (sign-in, account security) have no site"
    for noun in ("notice", "attempt")
}

# Policies beside `site_rows`, each with its reason: (table, policy): (roles, command, reason).
EXTRA_POLICIES = {
    ("accounts_clearance", "own_rows"): (["public"], "SELECT", "a person's own clearances make their actor"),
    ("accounts_membership", "own_rows"): (
        ["public"],
        "SELECT",
        "a person sees their memberships to choose a site",
    ),
    **{
        (f"evidence_{noun}", "log_rows"): (["jieqing_sequencer"], "ALL", "the log is one for all sites")
        for noun in ("entry", "chain", "chunk", "leaf")
    },
}

# Functions that run with their owner's rights, each with its reason.
DEFINER_FUNCTIONS = {
    "compliance_slots": "the only way to the count of contacts across sites; it gives counts by keyed hash, never rows",
    "evidence_backlog": "how many entries wait for the sequencer: a count, nothing of any entry",
    "evidence_record": "an entry comes in whole or not at all; bound by the same forced policies",
    "plumbing_take_statistics": "only an owner may ANALYZE; it reads for the planner and answers nothing",
}

# Migrations that create site tables and leave the wall to another one.
WALLED_LATER = {"evidence.0001_initial": "0002_walls of the same first release; no row can come between"}


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
        match = PLATFORM_MATCH if table in ALSO_OF_THE_PLATFORM else SITE_MATCH
        assert definition == ("PERMISSIVE", ["public"], "ALL", match, match), table
    for_backup = {row[0]: row[2:] for row in found if row[1] == "backup_rows"}
    assert for_backup == {
        table: ("PERMISSIVE", ["jieqing_backup"], "SELECT", "true", None) for table in site_rows
    }, "a table without this policy would be missing from every backup"
    extra = {row[:2]: (row[3], row[4]) for row in found if row[1] not in ("site_rows", "backup_rows")}
    assert extra == {name: (roles, command) for name, (roles, command, _why) in EXTRA_POLICIES.items()}


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
    definers = dict(
        rows(
            "SELECT proname, coalesce(proconfig::text, '') FROM pg_proc"
            " WHERE prosecdef AND pronamespace = 'public'::regnamespace"
        )
    )
    assert set(definers) == set(DEFINER_FUNCTIONS)
    for name, settings in definers.items():
        assert "search_path=" in settings, f"{name} would look up names where its caller says"


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
    assert model._meta.get_field("site_id").null == (model._meta.db_table in ALSO_OF_THE_PLATFORM)


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
        name = f"{migration.app_label}.{migration.name}"
        assert created - platform == walled or name in WALLED_LATER, name


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


def test_no_unique_rule_reaches_across_sites() -> None:
    """A unique rule without the site would tell one site what another has; ids are random and tell nothing."""
    for model in SITE_MODELS:
        ids = {
            field.name
            for field in model._meta.local_fields
            if field.is_relation or isinstance(field, models.UUIDField)
        }
        for constraint in model._meta.constraints:
            if isinstance(constraint, models.UniqueConstraint):
                assert ids & set(constraint.fields), (
                    f"{model._meta.label}.{constraint.name} reaches across sites"
                )
        assert {
            field.name for field in model._meta.local_fields if field.unique and not field.primary_key
        } <= ids
