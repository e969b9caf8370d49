"""The database roles, and making a server ready for them.

Four roles, none of them able to pass row-level security (NOSUPERUSER NOBYPASSRLS; the owner's own tables are FORCEd):

- ``jieqing_owner`` owns the database and its tables and runs migrations;
- ``jieqing_app`` reads and writes rows for web, worker and command line, changes no structure, truncates nothing;
- ``jieqing_sequencer`` gets nothing by default: migrations grant it the tables of the evidence log;
- ``jieqing_backup`` reads every row of every site and writes nothing: a policy on each table names it, so that even a
  backup needs no role that passes row-level security (managed servers give none). No serving process has its password.

What the owner creates, the application may use at once (default privileges), so a migration that forgets a GRANT
breaks nothing, and one that must close a table says so with a REVOKE. Functions are not open to PUBLIC, so the
sequencer calls none by accident. Running ``prepare_database`` again changes nothing that is right already.
"""

from collections.abc import Mapping
from urllib.parse import quote

import psycopg
from psycopg import conninfo, sql

from jieqing.plumbing.faults import Fault
from jieqing.plumbing.keys import KeyFile

OWNER = "jieqing_owner"
APP = "jieqing_app"
SEQUENCER = "jieqing_sequencer"
BACKUP = "jieqing_backup"
ROLES = (OWNER, APP, SEQUENCER, BACKUP)
DATABASE = "jieqing"
URL_NAMES = {
    "DATABASE_URL": APP,
    "JIEQING_OWNER_URL": OWNER,
    "JIEQING_SEQUENCER_URL": SEQUENCER,
    "JIEQING_BACKUP_URL": BACKUP,
}
_TLS_NAMES = ("sslmode", "sslrootcert")
# Raised when the statements below change, so that existing embedded servers are prepared again.
PREPARATION = 2


def prepare_database(
    admin_url: str,
    *,
    passwords: Mapping[str, str] | None = None,
    database: str = DATABASE,
    owner_creates_databases: bool = False,
) -> dict[str, str]:
    """Make roles, database and privileges on the server of ``admin_url``; return the URLs to set in the environment.

    The administrator needs CREATEROLE and CREATEDB, not superuser rights (managed servers give none). Without
    ``passwords`` those of this data folder's key file are used, so running it again changes none. An existing role
    is refused when it could pass row-level security.
    """
    passwords = passwords or {role: KeyFile().text(f"postgres.{role}") for role in ROLES}
    with psycopg.connect(admin_url, autocommit=True, connect_timeout=30) as admin:
        for role in ROLES:
            _ensure_role(
                admin, role, passwords[role], creates_databases=owner_creates_databases and role == OWNER
            )
        _ensure_database(admin, database)
        urls = {role: _url_for(admin, role, passwords[role], database) for role in ROLES}
    grant_defaults(urls[OWNER])
    return {name: urls[role] for name, role in URL_NAMES.items()}


def _ensure_role(admin: psycopg.Connection, role: str, password: str, *, creates_databases: bool) -> None:
    found = admin.execute(
        "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = %s", [role]
    ).fetchone()
    if found is None:
        admin.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
    elif found[0]:
        raise Fault(
            f"数据库角色 {role} 是超级用户或可绕过行级安全，站点之间将失去隔离：请先收回这两项权限。",
            f"The database role {role} is a superuser or may bypass row-level security, so sites would not be kept "
            "apart: take both rights from it first.",
        )
    admin.execute(
        sql.SQL("ALTER ROLE {} LOGIN NOCREATEROLE {} PASSWORD {}").format(
            sql.Identifier(role),
            sql.SQL("CREATEDB" if creates_databases else "NOCREATEDB"),
            sql.Literal(password),
        )
    )


def _ensure_database(admin: psycopg.Connection, database: str) -> None:
    name, owner = sql.Identifier(database), sql.Identifier(OWNER)
    if admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone() is None:
        superuser = admin.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
        if superuser is None or not superuser[0]:
            # Only a member of the owner role may give it a database.
            admin.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(owner))
        # template0: no objects and settings that somebody left in template1.
        admin.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8'").format(name, owner)
        )


def grant_defaults(owner_url: str) -> None:
    """As the owner itself: an administrator of a managed server may not set another role's default privileges."""
    roles = {role.removeprefix("jieqing_"): sql.Identifier(role) for role in ROLES}
    with psycopg.connect(owner_url, connect_timeout=30) as owner:
        name = sql.Identifier(owner.info.dbname)
        for statement in (
            "REVOKE ALL ON DATABASE {name} FROM PUBLIC",
            "GRANT CONNECT, TEMPORARY ON DATABASE {name} TO {app}",
            "GRANT CONNECT ON DATABASE {name} TO {sequencer}",
            "GRANT CONNECT ON DATABASE {name} TO {backup}",
            "GRANT USAGE ON SCHEMA public TO {app}, {sequencer}, {backup}",
            "ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC",
            "ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO {app}",
            "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app}",
            "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {app}",
            "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO {backup}",
            "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON SEQUENCES TO {backup}",
        ):
            owner.execute(sql.SQL(statement).format(name=name, **roles))


def _url_for(admin: psycopg.Connection, role: str, password: str, database: str) -> str:
    """The same server as the administrator's, as another role and with its TLS settings."""
    used = conninfo.conninfo_to_dict(admin.info.dsn)
    tls = {str(name): str(value) for name, value in used.items() if name in _TLS_NAMES and value}
    return database_url(
        role=role,
        password=password,
        host=admin.info.host or "127.0.0.1",
        port=admin.info.port,
        database=database,
        options=tls,
    )


def database_url(
    *, role: str, password: str, host: str, port: int, database: str, options: Mapping[str, str] | None = None
) -> str:
    """A ``postgresql://`` URL; a socket folder travels as the ``host`` parameter."""
    parameters = dict(options or {})
    authority = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    if host.startswith("/"):
        parameters |= {"host": host, "port": str(port)}
        authority = ""
    query = "&".join(f"{key}={quote(value, safe='/')}" for key, value in sorted(parameters.items()))
    login = f"{quote(role, safe='')}:{quote(password, safe='')}"
    return f"postgresql://{login}@{authority}/{quote(database, safe='')}" + (f"?{query}" if query else "")
