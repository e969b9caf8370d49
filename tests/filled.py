"""Two sites filled once for each worker, as a pytest plugin: a database of their own, and each test a transaction in it.

Filling takes seconds and a hundred tests ask for it, so it is done once and committed. A test that asks for ``filled_sites``
runs on that database instead of the empty one; what it writes is rolled back like everywhere. A test that commits
(``transactional_db``) is emptied afterwards, so it may not have them: it fills for itself.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import override_settings

from jieqing.plumbing.testing.databases import cloned_again, on_database
from tests.cast import FAST_PASSWORDS, Cast, opened_cast
from tests.isolation.things import fill

_COMMITTING = frozenset({"transactional_db", "django_db_reset_sequences", "live_server"})


@pytest.fixture(scope="session")
def filled_database(django_db_setup: None, django_db_blocker: Any, evidence_guard: Any) -> Iterator[str]:
    """The name of a database in which both sites of the cast hold one of everything."""
    with django_db_blocker.unblock(), cloned_again("filled") as name:
        with on_database(name), override_settings(PASSWORD_HASHERS=FAST_PASSWORDS):
            cast = opened_cast()
            for player in ("owner", "stranger"):
                fill(cast.actor(player))
        yield name


@pytest.fixture(autouse=True)
def _database_of_the_test(request: pytest.FixtureRequest) -> Iterator[None]:
    """Before anything opens a transaction: the database that the test asks for."""
    if "filled_sites" not in request.fixturenames:
        yield
        return
    if _COMMITTING & set(request.fixturenames):
        raise pytest.UsageError(
            "filled_sites are shared: a test that commits fills its own (tests.isolation.things.fill)"
        )
    name = request.getfixturevalue("filled_database")
    blocker = request.getfixturevalue("django_db_blocker")
    with blocker.unblock(), on_database(name):
        yield


@pytest.fixture
def filled_sites(cast: Cast) -> Cast:
    """Both sites with a ledger of their own: the same file, so that only the site tells them apart."""
    return cast
