"""``revalue``: rate 100,000 debtors and value 1,000,000 items after an import: read, score, write history, leave evidence.

Ours is the service as the worker calls it for an import that touched everybody: ledger in, grades, warnings and expected
loss out, changed rows written back under the row policies with the digest of each in one evidence entry. The limit is the
two statements it reads with, run bare as the administrator without policies, their answers thrown away. Each run asks for
another day, so that nearly every rating changes and history is really written.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from benchmarks.ageing import _FILL_POSTINGS
from benchmarks.database import BenchDatabase, start
from benchmarks.frame import Contender, Goal, Result, alternate, expect, load_average

ITEMS, DEBTORS = 1_000_000, 100_000
FIRST_DAY = date(2025, 6, 2)

_FILL_PARTIES = """
INSERT INTO parties_party (id, site_id, kind, name, name_key, sort_key, code, match_key)
SELECT md5(n::text)::uuid, %(site)s, 'company', 'C' || n, 'c' || n, 'c' || n, 'C' || n, 'code:' || n
FROM generate_series(0, %(debtors)s) n
"""
# Party 100,000 is the creditor.
_FILL_ITEMS = """
INSERT INTO receivables_item (id, site_id, creditor_id, debtor_id, batch_id, amount_minor, invoice_on, due_on, posting_on,
    line, leaf_index, recorded_rev, origin_rev, kind, currency, document_number, row_digest, business_key)
SELECT uuidv7(), %(site)s, md5('100000')::uuid, md5((n %% %(debtors)s)::text)::uuid, gen_random_uuid(),
       100 + (random() * 9e6)::bigint, day, day + 30 + (n %% 4) * 15, day + 1,
       n, n - 1, 1, 1, 1, 'CNY', 'INV' || n, sha256(n::text::bytea), md5('item' || n)::uuid
FROM (SELECT n, date '2024-01-01' + (random() * 540)::int AS day FROM generate_series(1, %(items)s) n) t
"""


def fill(database: BenchDatabase, seed: int) -> None:
    import psycopg
    from django.db import connection

    from jieqing.plumbing.db.scopes import site_scope

    values = {"site": database.site_id, "items": ITEMS, "debtors": DEBTORS}
    with site_scope(database.site_id), connection.cursor() as cursor:
        cursor.execute("SELECT setseed(%s)", [(seed % 1_000_003) / 1_000_003])
        for statement in (_FILL_PARTIES, _FILL_ITEMS, _FILL_POSTINGS):
            cursor.execute(statement, values)
    with psycopg.connect(database.admin_url, autocommit=True) as admin:
        admin.execute("VACUUM (ANALYZE) receivables_item, receivables_posting, parties_party")


def run(seed: int) -> Result:
    import psycopg

    database = start()
    fill(database, seed)
    # The site was rated before the import; what that learned stands until the month ends.
    first = _ours(database, FIRST_DAY - timedelta(days=1))
    days = iter(FIRST_DAY + timedelta(days=turn) for turn in range(25))
    with psycopg.connect(database.admin_url, autocommit=True) as admin:
        ours = Contender(
            "ours", lambda: _ours(database, next(days)), lambda found: expect(found, first, "debtors rated")
        )
        limit = Contender(
            "limit", lambda: _limit(admin, database), lambda found: expect(found, (11, DEBTORS + 1), "read")
        )
        alternate([ours, limit])
    ratio = ours.median / limit.median
    return Result(
        name="revalue",
        work="ratings, warnings and expected loss of 100,000 debtors and 1,000,000 items (1,700,000 postings) after an import",
        ours=ours.median,
        unit="s",
        peers={},
        limit=("the bare SQL reads it needs, without row policies", limit.median),
        ratios={"limit": ratio},
        goals=(
            Goal("seconds", "<=", 10, ours.median),
            Goal("times the bare SQL reads", "<=", 3, ratio),
        ),
        notes={"seed": seed, "runs": len(ours.seconds), "load average": load_average()},
    )


def _ours(database: BenchDatabase, day: date) -> int:
    from jieqing.claims.valuation.models import Trigger
    from jieqing.claims.valuation.services import revalue
    from jieqing.kernel.actor import system_actor

    done = revalue(actor=system_actor(database.site_id, "benchmark"), trigger=Trigger.IMPORT, as_of=day)
    if done is None or not done.summary["losses"]["CNY"]["loss"]:
        raise AssertionError("nothing was valued")
    return done.rated


def _limit(admin: Any, database: BenchDatabase) -> tuple[int, int]:
    from jieqing.claims.receivables.selectors.arrays import PARTIES_STATEMENT, arrays_statement

    values = {"site": database.site_id}
    admin.execute("SET work_mem = '256MB'")
    admin.execute("SET enable_hashjoin = off")
    answer = admin.execute(arrays_statement(), values, binary=True).pgresult
    columns = sum(1 for place in range(answer.nfields) if answer.get_value(0, place))
    admin.execute("SET enable_hashjoin TO DEFAULT")
    parties = admin.execute(PARTIES_STATEMENT, values).fetchall()
    return columns, len(parties)
