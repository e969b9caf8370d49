"""``tenants``: what the other tenants cost one: a list page with 1,000 sites of 1,000 rows in the database, and with one.

The first site is real: a file of 1,000 rows imported through the product, with its postings, parties, evidence and people.
A second database gets the same site and 999 copies of every row of it, in every table with a ``site_id``. Both databases
lie on the same server. Ours asks for the page where there are 1,000 sites; the limit is the same page, the same code and the
same rows where there is one. A turn is several requests through the whole stack (middleware, session, row policies,
template) as the application role; the rows shown must be the same.
"""

from __future__ import annotations

import itertools
import logging
import random
import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from benchmarks.database import BenchDatabase, start
from benchmarks.frame import Contender, Goal, Result, alternate, expect, load_average

if TYPE_CHECKING:
    from django.test import Client

SITES, ROWS = 1_000, 1_000
REQUESTS, RUNS = 12, 9
RATIO_MAX = 1.2
PAGES = {"items": "ledger/items/", "debtors": "ledger/debtors/"}
FIRST_DAY = date(2026, 1, 5)

# Tables with a site_id that hold rows, whatever room they belong to.
_SITE_TABLES = """
SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'site_id'
WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace ORDER BY 1
"""
_COLUMNS = """
SELECT a.attname, a.atttypid::regtype::text, a.attidentity <> '',
       EXISTS (SELECT FROM pg_constraint f JOIN pg_class t ON t.oid = f.confrelid
               WHERE f.contype = 'f' AND f.conrelid = a.attrelid AND a.attnum = ANY (f.conkey)
                 AND NOT EXISTS (SELECT FROM pg_attribute s WHERE s.attrelid = t.oid AND s.attname = 'site_id'))
FROM pg_attribute a WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
ORDER BY a.attnum
"""
_MORE_SITES = """
INSERT INTO sites_site (id, slug, name, kind, state, primary_colour, logo_key, created_at)
SELECT md5(id::text || n)::uuid, slug || '-' || n, name || n, kind, state, primary_colour, logo_key, created_at
FROM sites_site, generate_series(1, %(more)s) n WHERE id = %(site)s
"""


def run(seed: int) -> Result:
    logging.disable(logging.INFO)  # a line for each request would bury the result
    alone = start()
    client, slug = _fill(alone, seed)
    many_url = _with_copies(alone)
    for url in (alone.admin_url, many_url):
        _settle(url)
    ours, limit = _contenders(client, slug, alone.admin_url, many_url)
    ratios = {}
    for name in PAGES:
        alternate([ours[name], limit[name]], runs=RUNS)
        ratios[name] = ours[name].median / limit[name].median
    return Result(
        name="tenants",
        work=f"the ledger's list page of one site among {SITES:,} sites of {ROWS:,} rows each, {REQUESTS} requests a turn",
        ours=ours["items"].median / REQUESTS * 1_000,
        unit="ms a request",
        peers={},
        limit=(
            "the same page with one site in the database",
            limit["items"].median / REQUESTS * 1_000,
        ),
        ratios=ratios,
        goals=tuple(
            Goal(f"times the {name} page with one site", "<=", RATIO_MAX, ratio)
            for name, ratio in ratios.items()
        ),
        notes={
            "seed": seed,
            "runs": RUNS,
            "debtors_ms": round(ours["debtors"].median / REQUESTS * 1_000, 3),
            "load average": load_average(),
        },
    )


def _fill(database: BenchDatabase, seed: int) -> tuple[Client, str]:
    """One real site: people, an imported ledger, a reporting day; and its owner's signed-in browser."""
    from django.test import Client

    from jieqing.claims.receivables.services import import_file
    from jieqing.claims.receivables.services.reporting import set_reporting_day
    from jieqing.estate.accounts.access import actor_for
    from jieqing.estate.accounts.services import join_site, register_user
    from jieqing.estate.sites.selectors import sites_by_ids
    from jieqing.kernel.actor import system_actor
    from jieqing.kernel.ids import new_id
    from jieqing.kernel.outcomes import unwrap
    from jieqing.plumbing.db.scopes import site_scope

    password = f"bench-{new_id()}"
    person = unwrap(register_user(username="bench", display_name="测试负责人", password=password))
    join_site(actor=system_actor(database.site_id, "benchmark"), user=person, role="site_owner")
    owner = unwrap(actor_for(person, database.site_id))
    done = unwrap(import_file(actor=owner, name="ledger.csv", source=_ledger(seed)))
    expect(done.as_dict()["accepted"], ROWS, "imported rows")
    with site_scope(database.site_id):
        set_reporting_day(actor=owner, as_of=FIRST_DAY + timedelta(days=300))
    client = Client()
    client.force_login(person)
    return client, sites_by_ids([database.site_id])[0].slug


def _ledger(seed: int) -> bytes:
    draw = random.Random(seed)
    lines = ["客户名称,单据号,开票日期,到期日,金额,币种"]
    for number in range(ROWS):
        day = FIRST_DAY + timedelta(days=draw.randrange(280))
        due = day + timedelta(days=draw.choice((30, 45, 60, 90)))
        lines.append(
            f"江苏省第{draw.randrange(200)}机械有限公司,FP-{number:05d},{day},{due},{draw.randrange(100, 9_000_000) / 100:.2f},CNY"
        )
    return ("\n".join(lines) + "\n").encode()


def _with_copies(alone: BenchDatabase) -> str:
    """A second database with the same site and copies of all of its rows under 999 other sites."""
    import atexit

    import psycopg
    from django.db import connections
    from psycopg import sql
    from psycopg.conninfo import conninfo_to_dict, make_conninfo

    from benchmarks.database import _drop
    from jieqing.plumbing.postgres import prepare_database

    plain = conninfo_to_dict(alone.admin_url)["dbname"]
    many = f"{plain}_many"
    server_url = make_conninfo(alone.admin_url, dbname="postgres")
    many_url = make_conninfo(alone.admin_url, dbname=many)
    connections.close_all()
    atexit.register(_drop, server_url, many)
    with psycopg.connect(server_url, autocommit=True) as admin:
        admin.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(many), sql.Identifier(plain))
        )
    prepare_database(server_url, database=many)
    with psycopg.connect(many_url, autocommit=True) as admin:
        # Copies of checked rows: foreign keys and the append-only triggers have nothing to find.
        admin.execute("SET session_replication_role = replica")
        admin.execute(_MORE_SITES, {"more": SITES - 1, "site": alone.site_id})
        for (table,) in admin.execute(_SITE_TABLES).fetchall():
            _copy_rows(admin, table, alone)
    return many_url


def _copy_rows(admin: Any, table: str, alone: BenchDatabase) -> None:
    """Every row of the first site again for each other site, ids mapped the same way in every table."""
    from psycopg import sql

    columns = [
        column for column in admin.execute(_COLUMNS, [table]).fetchall() if not column[2]
    ]  # identities number themselves
    values = [
        sql.SQL("md5({}::text || n)::uuid").format(sql.Identifier(name))
        if kind == "uuid" and not is_platforms
        else sql.Identifier(name)
        for name, kind, _identity, is_platforms in columns
    ]
    statement = sql.SQL(
        "INSERT INTO {table} ({names}) SELECT {values} FROM generate_series(1, %(more)s) n, {table} WHERE site_id = %(site)s"
    ).format(
        table=sql.Identifier(table),
        names=sql.SQL(", ").join(sql.Identifier(column[0]) for column in columns),
        values=sql.SQL(", ").join(values),
    )
    admin.execute(statement, {"more": SITES - 1, "site": alone.site_id})


def _settle(url: str) -> None:
    """What autovacuum does within minutes; for both databases alike."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute("VACUUM (ANALYZE)")


def _contenders(
    client: Client, slug: str, alone_url: str, many_url: str
) -> tuple[dict[str, Contender], dict[str, Contender]]:
    shown: dict[str, str] = {}

    def contender(label: str, name: str, url: str) -> Contender:
        address = f"/s/{slug}/{PAGES[name]}"

        def check(answers: list[Any]) -> None:
            for answer in answers:
                expect(answer.status_code, 200, address)
                rows = _rows(answer.content.decode())
                expect(rows, shown.setdefault(name, rows), f"rows of {address}")

        def prepare() -> None:
            _turn_to(url)
            client.get(address)  # a new connection plans and reads its catalogues once

        return Contender(
            label, lambda: [client.get(address) for _turn in itertools.repeat(None, REQUESTS)], check, prepare
        )

    ours = {name: contender("1,000 sites", name, many_url) for name in PAGES}
    limit = {name: contender("one site", name, alone_url) for name in PAGES}
    return ours, limit


def _rows(page: str) -> str:
    """The table of the page; what is around it carries tokens of the request."""
    found = re.search(r"<tbody.*?</tbody>", page, re.DOTALL)
    expect(found is not None and found[0].count("<tr") >= 50, True, "a page of rows")
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", found[0]) if found else ""


def _turn_to(url: str) -> None:
    """Let the product's own connection lead to the other database of the same server."""
    from django.db import connections
    from psycopg.conninfo import conninfo_to_dict

    connections.close_all()
    connections["default"].settings_dict["NAME"] = conninfo_to_dict(url)["dbname"]
