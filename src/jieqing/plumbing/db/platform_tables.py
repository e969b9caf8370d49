"""The one list of tables that carry no site policy, each with its reason.

A table that is neither here nor under ``SiteSecurity`` fails ``tests/architecture``. Rooms add their own rows
through ``declare`` at import of their models, so that the reason stands beside the table.
"""

_TABLES: dict[str, str] = {
    "django_migrations": "schema history, written by the owner role only",
    "django_content_type": "names of models, no rows of anybody",
    "auth_permission": "names of Django permissions, unused by our access rules",
    "auth_group": "Django's groups, unused by our access rules",
    "auth_group_permissions": "Django's groups, unused by our access rules",
    "django_session": "sign-in sessions precede the choice of a site",
}

# procrastinate's queue: jobs carry plain ids; each task re-enters its own site scope.
PROCRASTINATE_PREFIX = "procrastinate_"


def declare(table: str, reason: str) -> None:
    """Name a platform table; a second, different reason for one table is a bug."""
    if _TABLES.setdefault(table, reason) != reason:
        raise ValueError(f"{table} already has a reason")


def reason_for(table: str) -> str | None:
    if table.startswith(PROCRASTINATE_PREFIX):
        return "job queue; jobs carry plain ids and each task re-enters its own site scope"
    return _TABLES.get(table)
