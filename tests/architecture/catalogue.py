"""What Django and PostgreSQL's own catalogue say about the tables; read by the tests of guarantee 3."""

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.db import connections

from jieqing.plumbing.db.models import SiteModel

OUR_MODELS = [
    model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("jieqing.")
]
SITE_MODELS = [model for model in OUR_MODELS if issubclass(model, SiteModel)]
SITE_TABLES = sorted(model._meta.db_table for model in SITE_MODELS)

TABLES = """
    SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity, pg_get_userbyid(c.relowner)
    FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
"""


def rows(sql: str, params: Sequence[Any] | None = None, using: str = "default") -> list[tuple[Any, ...]]:
    with connections[using].cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())
