"""PostgreSQL without Django: the embedded server, the roles, and where to connect.

Public face: ``ensure_database()`` before the first query of a process, ``database_settings()`` for Django,
``EmbeddedServer`` for the supervisor and the tests, ``prepare_database()`` for any other server.
"""

from jieqing.plumbing.postgres.connections import (
    connection_url,
    database_settings,
    embedded_server,
    ensure_database,
    release_database,
    stop_embedded,
    supervise_database,
    uses_embedded_server,
    with_pool,
)
from jieqing.plumbing.postgres.roles import APP, BACKUP, DATABASE, OWNER, ROLES, SEQUENCER, prepare_database
from jieqing.plumbing.postgres.server import EmbeddedServer, ServerAddress

__all__ = [
    "APP",
    "BACKUP",
    "DATABASE",
    "OWNER",
    "ROLES",
    "SEQUENCER",
    "EmbeddedServer",
    "ServerAddress",
    "connection_url",
    "database_settings",
    "embedded_server",
    "ensure_database",
    "prepare_database",
    "release_database",
    "stop_embedded",
    "supervise_database",
    "uses_embedded_server",
    "with_pool",
]
