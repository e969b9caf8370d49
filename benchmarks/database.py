"""A database for one benchmark run: the embedded server, durable as in production, in the checkout's ``.data/bench``.

The server, its settings and its roles are the product's own; the database is new for each run and dropped at the end.
"""

from __future__ import annotations

import atexit
import os
from dataclasses import dataclass
from uuid import UUID

from jieqing.plumbing.paths import checkout, make_private


@dataclass(frozen=True)
class BenchDatabase:
    """``admin_url`` passes every policy: for limits and peers that run without ours."""

    admin_url: str
    site_id: UUID


def start(site_name: str = "Benchmark 测试站点") -> BenchDatabase:
    """Start the server, migrate a new database as the owner, set Django up, and create a site."""
    os.environ["JIEQING_DATA"] = str(make_private(make_private(checkout() / ".data") / "bench"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "jieqing.web.settings"
    for name in ("DATABASE_URL", "JIEQING_OWNER_URL", "JIEQING_SEQUENCER_URL"):
        os.environ.pop(name, None)
    from jieqing.plumbing.postgres import embedded_server, prepare_database
    from jieqing.plumbing.postgres.commands import ADMIN

    database = f"bench_{os.getpid()}"
    os.environ["JIEQING_DATABASE"] = database
    address = embedded_server().ensure_running()
    passwords = {role: word for role, word in address.passwords.items() if role != ADMIN}
    prepare_database(address.url(ADMIN, "postgres"), passwords=passwords, database=database)
    atexit.register(_drop, address.url(ADMIN, "postgres"), database)

    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", database="owner", interactive=False, verbosity=0)
    return BenchDatabase(address.url(ADMIN, database), new_site(site_name))


def new_site(name: str) -> UUID:
    """Another site, so that a repeated import starts from an empty ledger without deleting rows."""
    from jieqing.estate.sites.services import create_site
    from jieqing.kernel.actor import system_actor
    from jieqing.kernel.ids import new_id
    from jieqing.kernel.outcomes import unwrap

    slug = f"bench-{new_id().hex[-12:]}"
    site = unwrap(
        create_site(actor=system_actor(None, "benchmark"), slug=slug, kind="in_house", name=name, live=True)
    )
    return site.id


def _drop(admin_url: str, database: str) -> None:
    import psycopg
    from django.db import connections
    from psycopg import sql

    connections.close_all()
    with psycopg.connect(admin_url, autocommit=True) as admin:
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))
