"""Which database the program talks to: the embedded server, or the one that ``DATABASE_URL`` names.

``DATABASE_URL`` (application role), ``JIEQING_OWNER_URL`` and ``JIEQING_SEQUENCER_URL`` point at any other server,
prepared by ``prepare_database``. A process gets only what its environment gives it: where the owner's URL is not set,
there is no ``owner`` connection, which is how a production web process should run.
"""

import os
from collections.abc import Mapping
from functools import cache
from typing import Any

from psycopg import ProgrammingError, conninfo

from jieqing.plumbing.faults import Fault
from jieqing.plumbing.paths import data_dir
from jieqing.plumbing.postgres import unfinished
from jieqing.plumbing.postgres.roles import APP, DATABASE, OWNER, SEQUENCER, URL_NAMES
from jieqing.plumbing.postgres.server import EmbeddedServer

_URL_NAMES = {"default": "DATABASE_URL", "owner": "JIEQING_OWNER_URL", "sequencer": "JIEQING_SEQUENCER_URL"}
_ROLES = {"default": APP, "owner": OWNER, "sequencer": SEQUENCER}
_DJANGO_NAMES = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}


def uses_embedded_server(environment: Mapping[str, str] = os.environ) -> bool:
    return not environment.get("DATABASE_URL")


@cache
def embedded_server() -> EmbeddedServer:
    """The server of this program's data folder, one object per process.

    ``JIEQING_THROWAWAY_DATABASE`` is set by the test run only: no fsync, and the owner may make databases.
    """
    throwaway = bool(os.environ.get("JIEQING_THROWAWAY_DATABASE"))
    return EmbeddedServer(data_dir(), durable=not throwaway, owner_creates_databases=throwaway)


def ensure_database(*, keep: bool = False) -> None:
    """Join or start the embedded server for the rest of this process; nothing to do for an external one.

    The last process that leaves stops the server, unless one asked to ``keep`` it until ``stop_embedded``.
    """
    unfinished.refuse_to_serve(data_dir())
    if uses_embedded_server():
        embedded_server().ensure_running(keep=keep)


def supervise_database() -> None:
    """As ``ensure_database``, for the one supervisor of a data folder; a second one is refused."""
    if uses_embedded_server():
        embedded_server().supervise()
    ensure_database()


def release_database() -> None:
    """Leave the embedded server before the process ends; it stops when nobody else uses it."""
    if uses_embedded_server():
        embedded_server().release()


def stop_embedded() -> None:
    """Stop the embedded server, whoever uses it."""
    if uses_embedded_server():
        embedded_server().stop()


def database_settings(environment: Mapping[str, str] = os.environ) -> dict[str, dict[str, Any]]:
    """Django's DATABASES for the aliases ``default``, ``owner`` and ``sequencer``; connects to nothing."""
    if uses_embedded_server(environment):
        address = embedded_server().address()
        database = environment.get("JIEQING_DATABASE") or DATABASE
        return {alias: _django(address.url(role, database)) for alias, role in _ROLES.items()}
    named = {alias: environment.get(name) for alias, name in _URL_NAMES.items()}
    return {alias: _from_environment(_URL_NAMES[alias], url) for alias, url in named.items() if url}


def connection_url(role: str, environment: Mapping[str, str] = os.environ) -> str:
    """The address of the database for a role, for what works below Django (backup, restore)."""
    if uses_embedded_server(environment):
        return embedded_server().address().url(role, environment.get("JIEQING_DATABASE") or DATABASE)
    name = next(name for name, of in URL_NAMES.items() if of == role)
    url = environment.get(name)
    if not url:
        raise Fault(
            f"使用外部数据库时，此命令需要 {name}（由 jieqing db prepare 输出）。",
            f"With another database server this command needs {name} (printed by jieqing db prepare).",
        )
    _from_environment(name, url)
    return url


def with_pool(databases: dict[str, dict[str, Any]], *, size: int) -> dict[str, dict[str, Any]]:
    """The same settings with a pool of connections for the application role: a request takes one that is open.

    What a request says to its connection is said with SET LOCAL and ends with its transaction; the pool rolls back and
    hands out a connection only in that clean state (tests/isolation/test_pool).
    """
    default = databases["default"]
    options = {**default["OPTIONS"], "pool": {"min_size": 1, "max_size": size, "timeout": 30}}
    return {**databases, "default": {**default, "OPTIONS": options}}


def _from_environment(name: str, url: str) -> dict[str, Any]:
    if not url.startswith(("postgres://", "postgresql://")):
        raise _unreadable(name)
    try:
        return _django(url)
    except ProgrammingError:
        # The parser's own message quotes the URL with its password; it must not reach a log.
        raise _unreadable(name) from None


def _unreadable(name: str) -> Fault:
    return Fault(
        f"{name} 不是可识别的 PostgreSQL 地址，形如 postgresql://用户:密码@主机:5432/库名。",
        f"{name} is not a PostgreSQL address such as postgresql://user:password@host:5432/database.",
    )


def _django(url: str) -> dict[str, Any]:
    settings: dict[str, Any] = {"ENGINE": "django.db.backends.postgresql", "OPTIONS": {}}
    for key, value in conninfo.conninfo_to_dict(url).items():
        if key in _DJANGO_NAMES:
            settings[_DJANGO_NAMES[key]] = str(value)
        else:
            settings["OPTIONS"][key] = value
    return settings
