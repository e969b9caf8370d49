from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from jieqing.plumbing.db.scopes import active_site_id, site_scope
from tests.cast import Cast
from tests.isolation.things import ID_TABLES


@pytest.fixture
def known_ids(filled_sites: Cast) -> dict[str, Any]:
    """A value for every parameter that an address may have: things of the cast's own site."""
    return {
        "site_slug": filled_sites.site.slug,
        "token": "none",
        "secret": "none",
        "name": "none",
        "rule_id": "GATE-05",
        "digest": "none",
        "slug": "none",
        "session_id": UUID(int=0),
        "pk": 0,
        **_ids_on(filled_sites.site.id),
    }


@pytest.fixture
def foreign_ids(filled_sites: Cast) -> dict[str, Any]:
    """The same, of the other site."""
    return {
        "site_slug": filled_sites.other_site.slug,
        "token": "none",
        "secret": "none",
        "name": "none",
        "rule_id": "none",
        "digest": "none",
        "slug": "none",
        "session_id": UUID(int=0),
        "pk": 0,
        **_ids_on(filled_sites.other_site.id),
    }


def _ids_on(site_id: UUID) -> dict[str, Any]:
    with site_scope(site_id), connection.cursor() as cursor:
        return {name: _newest(cursor, table) for name, table in ID_TABLES.items()}


def _newest(cursor: Any, table: str) -> UUID:
    cursor.execute(
        f'SELECT id FROM "{table}" WHERE site_id = %s ORDER BY id DESC LIMIT 1', [active_site_id()]
    )
    found = cursor.fetchone()
    assert found, f"the cast's site has no row in {table}"
    return found[0]
