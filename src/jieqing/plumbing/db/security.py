"""Row-level security and append-only tables as migration operations.

``SiteSecurity`` enables and FORCES a policy that compares ``site_id`` with the transaction-local setting; the
sub-select makes PostgreSQL evaluate the setting once per statement, not once per row. ``AppendOnly`` takes
UPDATE, DELETE and TRUNCATE from the application role, ``ReadOnly`` INSERT too. Roles are created beforehand by
``jieqing.plumbing.postgres``; the owner runs migrations.
"""

from django.db.migrations.operations.base import Operation

APP_ROLE = "jieqing_app"
SEQUENCER_ROLE = "jieqing_sequencer"

_SITE_MATCH = "site_id = (SELECT nullif(current_setting('jieqing.site_id', true), '')::uuid)"
_SITE_OR_PLATFORM = (
    f"({_SITE_MATCH} OR (site_id IS NULL"
    " AND (SELECT nullif(current_setting('jieqing.site_id', true), '')::uuid) IS NULL))"
)
_USER_MATCH = "{column} = (SELECT nullif(current_setting('jieqing.user_id', true), '')::uuid)"


class _SqlOperation(Operation):
    """An operation that changes the database and leaves Django's model state alone."""

    reversible = True
    reduces_to_sql = True

    def state_forwards(self, app_label, state):  # type: ignore[no-untyped-def]
        pass

    def database_forwards(self, app_label, schema_editor, from_state, to_state):  # type: ignore[no-untyped-def]
        for statement in self.forwards():
            schema_editor.execute(statement)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):  # type: ignore[no-untyped-def]
        for statement in self.backwards():
            schema_editor.execute(statement)

    def forwards(self) -> list[str]:
        raise NotImplementedError

    def backwards(self) -> list[str]:
        return []


class SiteSecurity(_SqlOperation):
    """Rows of these tables are visible and writable only to the active site.

    ``readable_by_user`` names a column that also lets a signed-in person read (never write) the rows about
    themselves before a site is chosen. ``with_platform_rows`` is for tables whose rows may also belong to the
    platform itself (``site_id`` null): such rows show only where no site is active.
    """

    def __init__(self, *tables: str, readable_by_user: str = "", with_platform_rows: bool = False) -> None:
        self.tables = tables
        self.readable_by_user = readable_by_user
        self.with_platform_rows = with_platform_rows

    def deconstruct(self):  # type: ignore[no-untyped-def]
        kwargs: dict[str, object] = {}
        if self.readable_by_user:
            kwargs["readable_by_user"] = self.readable_by_user
        if self.with_platform_rows:
            kwargs["with_platform_rows"] = True
        return (self.__class__.__name__, list(self.tables), kwargs)

    def forwards(self) -> list[str]:
        match = _SITE_OR_PLATFORM if self.with_platform_rows else _SITE_MATCH
        statements = []
        for table in self.tables:
            statements += [
                f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
                f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
                f'CREATE POLICY site_rows ON "{table}" USING ({match}) WITH CHECK ({match})',
            ]
            if self.readable_by_user:
                own = _USER_MATCH.format(column=self.readable_by_user)
                statements.append(f'CREATE POLICY own_rows ON "{table}" FOR SELECT USING ({own})')
        return statements

    def backwards(self) -> list[str]:
        statements = []
        for table in self.tables:
            statements += [
                f'DROP POLICY IF EXISTS own_rows ON "{table}"',
                f'DROP POLICY IF EXISTS site_rows ON "{table}"',
                f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY',
                f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY',
            ]
        return statements

    def describe(self) -> str:
        return f"Site policy on {', '.join(self.tables)}"


class AppendOnly(_SqlOperation):
    """The application role may insert and read these tables, never change what stands there.

    ``updatable`` names columns that services may still set (for example a void mark).
    """

    def __init__(self, *tables: str, updatable: tuple[str, ...] = ()) -> None:
        self.tables = tables
        self.updatable = tuple(updatable)

    def deconstruct(self):  # type: ignore[no-untyped-def]
        kwargs = {"updatable": self.updatable} if self.updatable else {}
        return (self.__class__.__name__, list(self.tables), kwargs)

    def forwards(self) -> list[str]:
        statements = []
        for table in self.tables:
            statements.append(f'REVOKE UPDATE, DELETE, TRUNCATE ON "{table}" FROM {APP_ROLE}')
            if self.updatable:
                columns = ", ".join(f'"{name}"' for name in self.updatable)
                statements.append(f'GRANT UPDATE ({columns}) ON "{table}" TO {APP_ROLE}')
        return statements

    def backwards(self) -> list[str]:
        return [f'GRANT UPDATE, DELETE ON "{table}" TO {APP_ROLE}' for table in self.tables]

    def describe(self) -> str:
        return f"Append-only {', '.join(self.tables)}"


class ReadOnly(_SqlOperation):
    """The application role may read these tables and nothing else."""

    def __init__(self, *tables: str) -> None:
        self.tables = tables

    def deconstruct(self):  # type: ignore[no-untyped-def]
        return (self.__class__.__name__, list(self.tables), {})

    def forwards(self) -> list[str]:
        return [
            f'REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON "{table}" FROM {APP_ROLE}' for table in self.tables
        ]

    def backwards(self) -> list[str]:
        return [f'GRANT INSERT, UPDATE, DELETE ON "{table}" TO {APP_ROLE}' for table in self.tables]

    def describe(self) -> str:
        return f"Read-only {', '.join(self.tables)}"


class Grant(_SqlOperation):
    """Give a database role named rights on tables (the sequencer gets nothing by default)."""

    def __init__(self, rights: str, *tables: str, role: str = SEQUENCER_ROLE) -> None:
        self.rights, self.tables, self.role = rights, tables, role

    def deconstruct(self):  # type: ignore[no-untyped-def]
        return (self.__class__.__name__, [self.rights, *self.tables], {"role": self.role})

    def forwards(self) -> list[str]:
        return [f'GRANT {self.rights} ON "{table}" TO {self.role}' for table in self.tables]

    def backwards(self) -> list[str]:
        return [f'REVOKE {self.rights} ON "{table}" FROM {self.role}' for table in self.tables]

    def describe(self) -> str:
        return f"Grant {self.rights} on {', '.join(self.tables)} to {self.role}"
