import socket
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections

from jieqing.plumbing.db.security import AppendOnly, SiteSecurity


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def scratch(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Two tables as a room's migration would make them: ``scratch_note`` walled, ``scratch_journal`` append-only too."""
    walls = SiteSecurity("scratch_note", "scratch_journal", readable_by_user="person_id")
    append_only = AppendOnly("scratch_journal", updatable=("ended",))
    with django_db_blocker.unblock():
        with connections["owner"].cursor() as owner:
            for table in ("scratch_note", "scratch_journal"):
                owner.execute(
                    f"CREATE TABLE {table} (id serial, site_id uuid, person_id uuid, words text, ended bool)"
                )
            for statement in [*walls.forwards(), *append_only.forwards()]:
                owner.execute(statement)
        yield
        with connections["owner"].cursor() as owner:
            owner.execute("DROP TABLE scratch_note, scratch_journal")
