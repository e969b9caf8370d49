"""``bulk_assign``: 10,000 open cases given to a member and taken back again, each step with its evidence root.

Ours is the pair of verbs that the page calls for "all that match": read the filter under the actor's rights, lock, write
owners, one timeline row for each case, one entry with the Merkle root of all rows, and the undo of it. The cases lie among
100,000 of the site. The limit is the two bare UPDATE statements as the administrator, without policies, rows or proof.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from benchmarks.database import BenchDatabase, start
from benchmarks.frame import Contender, Goal, Result, alternate, expect, load_average

CASES, OTHERS = 10_000, 90_000

_FILL = """
INSERT INTO cases_case (id, site_id, number, placement_id, debtor_id, creditor_id, currency, origin, track, state, opened_at,
    opened_by, opened_on, closing, stage, stage_since, next_action, next_action_on, next_action_note, open_minor, overdue_minor,
    paid_minor, oldest_due_on, items_open, items_count, priority, reasons, hold_kinds, debtor_name, sort_key)
SELECT uuidv7(), %(site)s, n, %(site)s, md5(n::text)::uuid, %(site)s, 'CNY', 'rule', 'plain', 'open', now(), %(site)s,
       current_date, '', CASE WHEN n <= %(cases)s THEN 'demand' ELSE 'remind' END, current_date, 'remind', current_date, '',
       amount, amount, 0, current_date - (random() * 400)::int, 1, 1, amount / 2, '{unassigned}', '{}', '客户' || n, 'ke hu ' || n
FROM (SELECT n, (random() * 9e7)::bigint AS amount FROM generate_series(1, %(total)s) n) t
"""
_CLOCKS = """
INSERT INTO cases_clock (id, site_id, case_id, milestone, due_at)
SELECT uuidv7(), site_id, id, 'first_response', opened_at + interval '72 hours' FROM cases_case WHERE site_id = %(site)s
"""


def fill(database: BenchDatabase, seed: int) -> UUID:
    """Cases without an owner, and a member who may own them."""
    import psycopg
    from django.db import connection

    from jieqing.estate.accounts.services import join_site, register_user
    from jieqing.kernel.actor import system_actor
    from jieqing.kernel.outcomes import unwrap
    from jieqing.plumbing.db.scopes import site_scope

    user = unwrap(register_user(username="worker", display_name="王专员", password="correct-horse-battery-9"))
    join_site(actor=system_actor(database.site_id, "benchmark"), user=user, role="specialist")
    values = {"site": database.site_id, "cases": CASES, "total": CASES + OTHERS}
    with site_scope(database.site_id), connection.cursor() as cursor:
        cursor.execute("SELECT setseed(%s)", [(seed % 1_000_003) / 1_000_003])
        cursor.execute(_FILL, values)
        cursor.execute(_CLOCKS, values)
    with psycopg.connect(database.admin_url, autocommit=True) as admin:
        admin.execute("VACUUM (ANALYZE) cases_case, cases_clock")
    return user.id


def run(seed: int) -> Result:
    import psycopg

    database = start()
    owner = fill(database, seed)
    with psycopg.connect(database.admin_url, autocommit=True) as admin:
        wanted = (CASES, CASES)
        ours = Contender("ours", lambda: _ours(database, owner), lambda found: expect(found, wanted, "cases"))
        limit = Contender(
            "limit", lambda: _limit(admin, database, owner), lambda found: expect(found, wanted, "cases")
        )
        alternate([ours, limit])
    ratio = ours.median / limit.median
    return Result(
        name="bulk_assign",
        work="10,000 of 100,000 open cases assigned and undone, timeline rows and evidence roots included",
        ours=ours.median,
        unit="s",
        peers={},
        limit=("the two bare updates, without policies, timeline or proof", limit.median),
        ratios={"limit": ratio},
        goals=(Goal("seconds", "<=", 5, ours.median),),
        notes={"seed": seed, "runs": len(ours.seconds), "load average": load_average()},
    )


def _ours(database: BenchDatabase, owner: UUID) -> tuple[int, int | None]:
    from jieqing.kernel.actor import system_actor
    from jieqing.kernel.outcomes import unwrap
    from jieqing.recovery.cases import services
    from jieqing.recovery.cases.selectors import CaseFilter

    actor = system_actor(database.site_id, "benchmark")
    wanted = CaseFilter(stage="demand", owner="none")
    change = unwrap(services.assign(actor=actor, target=wanted, owner_id=owner, expected=CASES))
    undone = unwrap(services.undo_bulk(actor=actor, change=change))
    return change.count, undone.undone_count


def _limit(admin: Any, database: BenchDatabase, owner: UUID) -> tuple[int, int]:
    values = {"site": database.site_id, "owner": owner}
    given = admin.execute(
        "UPDATE cases_case SET owner_id = %(owner)s WHERE site_id = %(site)s AND stage = 'demand' AND owner_id IS NULL",
        values,
    )
    back = admin.execute(
        "UPDATE cases_case SET owner_id = NULL WHERE site_id = %(site)s AND stage = 'demand' AND owner_id = %(owner)s",
        values,
    )
    return given.rowcount, back.rowcount
