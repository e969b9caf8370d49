"""The backup role's way past the site policies, laid by the owner after every migration.

One policy for each table with row-level security: ``jieqing_backup`` may read all rows. It is laid here and not in each
room's migration, so that no room can forget it and lose its rows from every backup; a backup checks the same list
before it reads (``uncovered``), because a table without the policy would look empty to it.
"""

from collections.abc import Callable
from typing import Any

POLICY = "backup_rows"
BACKUP_ROLE = "jieqing_backup"
_HAS_ROLE = "SELECT 1 FROM pg_roles WHERE rolname = 'jieqing_backup'"
UNCOVERED = """
SELECT c.relname FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relrowsecurity
  AND NOT EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'backup_rows')
ORDER BY c.relname
"""


def lay(execute: Callable[[str], Any], fetch: Callable[[], list[tuple[Any, ...]]]) -> list[str]:
    """As the owner: cover what is not covered; returns the tables that were covered now."""
    execute(_HAS_ROLE)
    if not fetch():
        return []  # an external server prepared by an older release; the backup itself says what to do
    execute(UNCOVERED)
    tables = [table for (table,) in fetch()]
    for table in tables:
        execute(f'CREATE POLICY {POLICY} ON "{table}" FOR SELECT TO {BACKUP_ROLE} USING (true)')
    execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {BACKUP_ROLE}")
    execute(f"GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO {BACKUP_ROLE}")
    return tables


def lay_after_migrations(using: str = "default", **_: object) -> None:
    """Django's ``post_migrate`` of the last app; the owner alone may make policies."""
    from django.db import connections

    if using != "owner":
        return
    with connections[using].cursor() as cursor:
        lay(cursor.execute, cursor.fetchall)
