"""``ageing``: the as-of report of 1,000,000 items and their 1.7 million postings, straight from the postings.

Ours is ``selectors.ageing`` as the application role, row policies on. The limit is one hand-written statement on the
same tables without a policy (as the administrator). The peer is pandas reading the same rows from the same server and
grouping them in memory, in two ways: ``read_sql`` as its documentation has it, and a COPY of our own into its C parser. The
goal counts the faster one. All must give the same sums. Each run asks for another day, so that no one can keep an answer.
"""

from __future__ import annotations

import io
import warnings
from datetime import date, timedelta
from typing import Any

from benchmarks.database import BenchDatabase, start
from benchmarks.frame import Contender, Goal, Result, alternate, expect, load_average

ITEMS = 1_000_000
FIRST_DAY = date(2025, 3, 31)
STARTS = [1, 31, 61, 91]

_FILL_ITEMS = """
INSERT INTO receivables_item (id, site_id, creditor_id, debtor_id, batch_id, amount_minor, invoice_on, due_on, posting_on,
    line, leaf_index, recorded_rev, origin_rev, kind, currency, document_number, row_digest, business_key)
SELECT uuidv7(), %(site)s, gen_random_uuid(), md5((n %% 20000)::text)::uuid, gen_random_uuid(),
       CASE WHEN n %% 50 = 0 THEN -1 ELSE 1 END * (100 + (random() * 9e6)::bigint),
       day, CASE WHEN n %% 20 = 0 THEN NULL ELSE day + 30 + (n %% 4) * 15 END, day + 1,
       n, n - 1, 1, 1, 1, CASE WHEN n %% 10 = 0 THEN 'USD' ELSE 'CNY' END, 'INV' || n, sha256(n::text::bytea), md5(n::text)::uuid
FROM (SELECT n, date '2024-01-01' + (random() * 540)::int AS day FROM generate_series(1, %(items)s) n) t
"""
# As an import writes them: document by document, the document's own posting and then what was paid of it.
_FILL_POSTINGS = """
INSERT INTO receivables_posting
    (site_id, item_id, amount_minor, effective_on, recorded_rev, origin_rev, kind, account, contra, source, currency)
SELECT site_id, id, amount, day, 1, 1, kind, 1122, contra, 1, currency
FROM (
    SELECT site_id, id, amount_minor AS amount, invoice_on AS day, 1 AS kind, 6001 AS contra, currency
    FROM receivables_item
    UNION ALL
    SELECT site_id, id, -CASE WHEN line %% 7 = 0 THEN amount_minor / 2 ELSE amount_minor END,
           invoice_on + 20 + (random() * 90)::int, 3, 1002, currency
    FROM receivables_item WHERE line %% 10 < 7
) t ORDER BY id, kind
"""
_HAND_WRITTEN = """
SELECT i.currency, width_bucket(%(day)s::date - coalesce(i.due_on, i.invoice_on), %(starts)s::int[]), sum(p.open)::bigint, count(*)
FROM (SELECT item_id, sum(amount_minor) AS open FROM receivables_posting
      WHERE effective_on <= %(day)s AND voided_rev IS NULL GROUP BY item_id HAVING sum(amount_minor) <> 0) p
JOIN receivables_item i ON i.id = p.item_id
GROUP BY 1, 2 ORDER BY 1, 2
"""
_PEER_POSTINGS = """
COPY (SELECT item_id, amount_minor FROM receivables_posting WHERE effective_on <= '{day}' AND voided_rev IS NULL) TO STDOUT (FORMAT csv)
"""
_PEER_ITEMS = """
COPY (SELECT id, currency, coalesce(due_on, invoice_on) FROM receivables_item WHERE invoice_on <= '{day}') TO STDOUT (FORMAT csv)
"""
Sums = list[tuple[str, int, int, int]]


class Days:
    """A new day for each round, the same for all contenders of it."""

    def __init__(self) -> None:
        self.turns: dict[str, int] = {}
        self.answers: dict[date, Sums] = {}

    def day(self, contender: str) -> date:
        turn = self.turns[contender] = self.turns.get(contender, -1) + 1
        return FIRST_DAY + timedelta(days=7 * turn)

    def check(self, answer: tuple[date, Sums]) -> None:
        day, sums = answer
        expect(sums, self.answers.setdefault(day, sums), f"ageing at {day}")


def fill(database: BenchDatabase, seed: int) -> None:
    """Items and postings through the application role, in the site's scope."""
    from django.db import connection

    from jieqing.plumbing.db.scopes import site_scope

    values = {"site": database.site_id, "items": ITEMS}
    with site_scope(database.site_id), connection.cursor() as cursor:
        cursor.execute("SELECT setseed(%s)", [(seed % 1_000_003) / 1_000_003])
        for statement in (_FILL_ITEMS, _FILL_POSTINGS):
            cursor.execute(statement, values)


def settle(database: BenchDatabase, *tables: str) -> None:
    """What autovacuum does within minutes of an import; for all contenders alike."""
    import psycopg

    with psycopg.connect(database.admin_url, autocommit=True) as admin:
        admin.execute(f"VACUUM (ANALYZE) {', '.join(tables or ('receivables_item', 'receivables_posting'))}")


def run(seed: int) -> Result:
    import psycopg

    database = start()
    fill(database, seed)
    settle(database)
    days = Days()
    with psycopg.connect(database.admin_url, autocommit=True) as admin:
        ours = Contender("ours", lambda: _ours(database, days.day("ours")), days.check)
        limit = Contender("limit", lambda: _limit(admin, days.day("limit")), days.check)
        copied = Contender("pandas, COPY", lambda: _pandas_copy(admin, days.day("pandas, COPY")), days.check)
        queried = Contender(
            "pandas, read_sql", lambda: _pandas_sql(admin, days.day("pandas, read_sql")), days.check
        )
        alternate([ours, limit, copied, queried])
    to_limit, to_peer = ours.median / limit.median, queried.median / ours.median
    to_copy = copied.median / ours.median
    return Result(
        name="ageing",
        work="as-of ageing of 1,000,000 items and 1,700,000 postings from the database, no stored totals",
        ours=ours.median,
        unit="s",
        peers={contender.name: contender.median for contender in (copied, queried)},
        limit=("one hand-written SQL statement without row policies", limit.median),
        ratios={"limit": to_limit, "pandas, read_sql": to_peer, "pandas, COPY": to_copy},
        goals=(
            Goal("times the hand-written statement", "<=", 1.5, to_limit),
            Goal("times faster than the faster way of pandas", ">=", 5, min(to_peer, to_copy)),
        ),
        notes={"seed": seed, "runs": len(ours.seconds), "load average": load_average()},
    )


def _ours(database: BenchDatabase, day: date) -> tuple[date, Sums]:
    from jieqing.claims.receivables import selectors
    from jieqing.plumbing.db.scopes import site_scope

    with site_scope(database.site_id):
        reports = selectors.ageing(as_of=day)
    sums = [
        (report.currency, row.bucket, row.amount_minor, row.items)
        for report in reports
        for row in report.sums
        if row.items
    ]
    return day, sums


def _limit(admin: Any, day: date) -> tuple[date, Sums]:
    admin.execute("SET work_mem = '256MB'")
    return day, [tuple(row) for row in admin.execute(_HAND_WRITTEN, {"day": day, "starts": STARTS})]


def _pandas_copy(admin: Any, day: date) -> tuple[date, Sums]:
    import pandas as pd

    postings = pd.read_csv(_copied(admin, _PEER_POSTINGS.format(day=day)), names=["id", "open"], header=None)
    items = pd.read_csv(
        _copied(admin, _PEER_ITEMS.format(day=day)),
        names=["id", "currency", "start"],
        header=None,
        parse_dates=["start"],
        date_format="%Y-%m-%d",
    )
    return day, _grouped(postings, items, day)


def _pandas_sql(admin: Any, day: date) -> tuple[date, Sums]:
    import pandas as pd

    with warnings.catch_warnings():
        # It would rather have SQLAlchemy; over the same driver that only adds a layer.
        warnings.simplefilter("ignore", UserWarning)
        postings = pd.read_sql(_query_of(_PEER_POSTINGS, day, "id, open"), admin)
        items = pd.read_sql(_query_of(_PEER_ITEMS, day, "id, currency, start"), admin, parse_dates=["start"])
    return day, _grouped(postings, items, day)


def _query_of(copy: str, day: date, names: str) -> str:
    """The query inside a COPY statement, its columns named."""
    return f"SELECT * FROM ({copy.format(day=day).strip()[len('COPY (') :].rsplit(') TO STDOUT', 1)[0]}) t({names})"


def _grouped(postings: Any, items: Any, day: date) -> Sums:
    import pandas as pd

    opened = postings.groupby("id", sort=False)["open"].sum()
    frame = items.merge(opened[opened != 0], left_on="id", right_index=True)
    age = (pd.Timestamp(day) - frame["start"]).dt.days
    frame["bucket"] = pd.cut(age, [-(10**6), 0, 30, 60, 90, 10**6], labels=False)
    sums = frame.groupby(["currency", "bucket"])["open"].agg(["sum", "count"])
    return [
        (currency, int(bucket), int(row["sum"]), int(row["count"]))
        for (currency, bucket), row in sums.iterrows()
    ]


def _copied(admin: Any, statement: str) -> io.BytesIO:
    buffer = io.BytesIO()
    with admin.cursor() as cursor, cursor.copy(statement) as copy:
        for block in copy:
            buffer.write(block)
    buffer.seek(0)
    return buffer
