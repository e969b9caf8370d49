"""Any other server: prepared over a URL, reached through the environment."""

import secrets
from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql

from jieqing.plumbing.faults import Fault
from jieqing.plumbing.postgres import ROLES, EmbeddedServer, database_settings, prepare_database
from jieqing.plumbing.postgres.commands import ADMIN
from jieqing.plumbing.postgres.roles import database_url


@pytest.fixture
def bare_url(shared_server: EmbeddedServer) -> Iterator[str]:
    """An administrator's URL of a server that knows nothing of us."""
    url = shared_server.address().url(ADMIN, "postgres")
    with psycopg.connect(url, autocommit=True) as admin:
        for (name,) in admin.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE 'jieqing%'"
        ).fetchall():
            admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
        for role in ROLES:
            admin.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(role)))
    return url


@pytest.fixture
def passwords() -> dict[str, str]:
    return {role: secrets.token_urlsafe(12) + "/@:?# 密" for role in ROLES}


def roles_reached(urls: dict[str, str]) -> list[str]:
    found = []
    for settings in database_settings(urls).values():
        with psycopg.connect(
            host=settings["HOST"],
            port=settings["PORT"],
            user=settings["USER"],
            password=settings["PASSWORD"],
            dbname=settings["NAME"],
        ) as connection:
            found.append(str(connection.execute("SELECT current_user").fetchone()[0]))  # type: ignore[index]
    return found


def test_prepares_a_server_and_says_what_to_put_in_the_environment(
    bare_url: str, passwords: dict[str, str]
) -> None:
    urls = prepare_database(bare_url, passwords=passwords)
    assert set(urls) == {"DATABASE_URL", "JIEQING_OWNER_URL", "JIEQING_SEQUENCER_URL", "JIEQING_BACKUP_URL"}
    assert roles_reached(urls) == ["jieqing_app", "jieqing_owner", "jieqing_sequencer"]
    assert prepare_database(bare_url, passwords=passwords) == urls


def test_an_administrator_without_superuser_rights_is_enough(
    bare_url: str, passwords: dict[str, str]
) -> None:
    word = secrets.token_urlsafe(12)
    with psycopg.connect(bare_url, autocommit=True) as admin:
        admin.execute("DROP ROLE IF EXISTS dba")
        admin.execute(
            sql.SQL("CREATE ROLE dba LOGIN CREATEDB CREATEROLE PASSWORD {}").format(sql.Literal(word))
        )
        host, port = admin.info.host, admin.info.port
    as_dba = database_url(role="dba", password=word, host=host, port=port, database="postgres")
    urls = prepare_database(as_dba, passwords=passwords, database="jieqing_rented")
    assert roles_reached(urls) == ["jieqing_app", "jieqing_owner", "jieqing_sequencer"]
    prepare_database(as_dba, passwords=passwords, database="jieqing_rented")


def test_a_role_that_could_pass_row_security_is_refused(bare_url: str, passwords: dict[str, str]) -> None:
    with psycopg.connect(bare_url, autocommit=True) as admin:
        admin.execute("CREATE ROLE jieqing_app LOGIN BYPASSRLS")
    with pytest.raises(Fault, match="bypass row-level security"):
        prepare_database(bare_url, passwords=passwords)


def test_strangers_do_not_get_into_the_database(bare_url: str, passwords: dict[str, str]) -> None:
    prepare_database(bare_url, passwords=passwords)
    with psycopg.connect(bare_url, autocommit=True) as admin:
        admin.execute("DROP ROLE IF EXISTS passer_by")
        admin.execute("CREATE ROLE passer_by LOGIN PASSWORD 'x'")
        url = database_url(
            role="passer_by", password="x", host=admin.info.host, port=admin.info.port, database="jieqing"
        )
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(url)


def test_a_url_keeps_its_options_and_an_absent_owner_stays_absent() -> None:
    settings = database_settings(
        {"DATABASE_URL": "postgres://u:p%40ss@db.example:6432/ledger?sslmode=verify-full"}
    )
    assert settings == {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": "ledger",
            "USER": "u",
            "PASSWORD": "p@ss",
            "HOST": "db.example",
            "PORT": "6432",
            "OPTIONS": {"sslmode": "verify-full"},
        }
    }


@pytest.mark.parametrize("url", ["mysql://u:hunter2@h/d", "postgresql://u:hunter2@[h/d", "hunter2"])
def test_a_url_that_cannot_be_read_is_named_without_its_password(url: str) -> None:
    with pytest.raises(Fault) as refused:
        database_settings({"DATABASE_URL": url})
    assert "DATABASE_URL" in str(refused.value)
    assert "hunter2" not in str(refused.value)
    assert refused.value.__cause__ is None
