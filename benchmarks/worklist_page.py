"""``worklist_page``: the first page of a worklist of 1,000,000 cases, filtered and sorted, asked by 20 people at once.

The page is the case room's own, signed in, through the real web process: session, membership, both walls, saved views,
rows, markup. Half of the people lead (they see every case), half are specialists (their own and the free ones). They ask
in turn for the queue by expected value, for one stage by overdue amount, for what is due by its day, and for the next page.
The limit is the same template with fifty rows that are already there and no SQL at all, served by the same process to as
many people at once. The counts above the list are another request, made after the page stands, and told in the notes.
"""

from __future__ import annotations

import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

from benchmarks.ageing import settle
from benchmarks.database import BenchDatabase, start
from benchmarks.frame import Goal, Result, expect, load_average
from benchmarks.page_kit import _PARTIES, NOBODY, _get, _p95, _seconds, _serve

CASES, PEOPLE, ROUNDS, EACH = 1_000_000, 20, 4, 5
LIMIT_PATH = "/bench/worklist/"
ASKED = ("", "?stage=negotiate&sort=-overdue", "?state=open&due=week&sort=next", "?state=open&sort=-age")
_FILL = """
INSERT INTO cases_case (id, site_id, number, placement_id, debtor_id, creditor_id, currency, origin, track, owner_id, state, opened_at,
    opened_by, opened_on, closing, stage, stage_since, anchor_on, next_action, next_action_on, next_action_note, open_minor,
    overdue_minor, paid_minor, oldest_due_on, items_open, items_count, priority, reasons, hold_kinds, promise_on,
    promise_minor, debtor_name, sort_key)
SELECT uuidv7(), %(site)s, n, %(creditor)s, md5((n %% 20000)::text)::uuid, %(creditor)s, 'CNY', 'rule', 'plain',
    CASE WHEN n %% 25 = 0 THEN NULL ELSE (%(owners)s::uuid[])[1 + n %% %(people)s] END, 'open', now() - n * interval '1 second',
    %(creditor)s, current_date - (n %% 200), '', (ARRAY['remind','demand','negotiate','letter','legal'])[1 + (n / 20) %% 5],
    current_date - (n %% 60), current_date - (n %% 900), 'follow_up', current_date - 20 + (n %% 60), '', minor, minor, 0,
    current_date - (n %% 900), 1 + n %% 7, 1 + n %% 7, minor / 3, ARRAY['high_value','old'],
    CASE WHEN n %% 12 = 0 THEN ARRAY['dispute'] ELSE ARRAY[]::varchar[] END,
    CASE WHEN n %% 9 = 0 THEN current_date + (n %% 30) END, CASE WHEN n %% 9 = 0 THEN minor / 2 END,
    '无锡市第' || n %% 20000 || '机械有限公司', 'wu xi ' || n %% 20000
FROM (SELECT n, 10000 + (random() * 9e7)::bigint AS minor FROM generate_series(1, %(cases)s) n) t
"""


def run(seed: int) -> Result:
    database = start()
    slug, cookies = _fill(database, seed)
    # Opening cases in bulk takes their statistics at its end; these were written past that service.
    settle(database, "cases_case", "cases_item", "parties_party")
    port, process = _serve()
    try:
        paths = [f"/s/{slug}/cases/{asked}" for asked in ASKED]
        for path in paths:
            expect(_get(port, path, cookies[0]).count('name="row"'), 50, f"rows on {path}")
        expect(_get(port, LIMIT_PATH, NOBODY).count('name="row"'), 50, "rows on the fixed page")
        ours: list[float] = []
        fixed: list[float] = []
        for turn in range(ROUNDS + 1):
            found = _together(port, [(paths, cookie) for cookie in cookies])
            limit = _together(port, [([LIMIT_PATH], NOBODY)] * PEOPLE)
            if turn:  # the first round warms both
                ours += found
                fixed += limit
        alone = [_seconds(port, path, cookies[at % PEOPLE]) for at, path in enumerate(paths * 5)]
        counts_s = _seconds(port, f"/s/{slug}/cases/?part=counts", cookies[0])
    finally:
        process.terminate()
        process.wait(timeout=20)
    p95, fixed_p95 = _p95(ours), _p95(fixed)
    return Result(
        name="worklist_page",
        work=f"the worklist of 1,000,000 cases, filtered and sorted, one page of 50, {PEOPLE} people at once over HTTP",
        ours=p95 * 1000,
        unit="ms, p95",
        peers={
            "ours, median": statistics.median(ours) * 1000,
            "fixed rows, median": statistics.median(fixed) * 1000,
            "ours, one person, median": statistics.median(alone) * 1000,
        },
        limit=("the same template with fixed rows and no SQL, as many people", fixed_p95 * 1000),
        ratios={"limit": p95 / fixed_p95},
        goals=(Goal("times the fixed rows, p95", "<=", 2, p95 / fixed_p95),),
        notes={
            "seed": seed,
            "requests": len(ours),
            "cases": CASES,
            "counts above the list, asked after the page, s": round(counts_s, 2),
            "load average": load_average(),
        },
    )


def _together(port: int, people: list[tuple[list[str], str]]) -> list[float]:
    """Everybody asks at once, one page after another; each person begins at another page."""

    def ask(at: int) -> list[float]:
        paths, cookie = people[at]
        return [_seconds(port, paths[(at + turn) % len(paths)], cookie) for turn in range(EACH)]

    with ThreadPoolExecutor(len(people)) as pool:
        return [second for found in pool.map(ask, range(len(people))) for second in found]


def _fill(database: BenchDatabase, seed: int) -> tuple[str, list[str]]:
    """A million open cases of 20,000 debtors, spread over twenty people; and their sessions."""
    from django.db import connection

    from jieqing.estate.sites.models import Site
    from jieqing.plumbing.db.scopes import site_scope

    people = [_person(database.site_id, at) for at in range(PEOPLE)]
    values: dict[str, Any] = {
        "site": database.site_id,
        "creditor": UUID(int=1),
        "owners": [person.id for person in people],
        "people": PEOPLE,
        "cases": CASES,
    }
    started = time.perf_counter()
    with site_scope(database.site_id), connection.cursor() as cursor:
        cursor.execute("SELECT setseed(%s)", [(seed % 1_000_003) / 1_000_003])
        cursor.execute(_PARTIES, values)
        cursor.execute(_FILL, values)
    print(f"filled in {time.perf_counter() - started:.0f} s", flush=True)
    return Site.objects.get(pk=database.site_id).slug, [_signed_in(person) for person in people]


def _person(site_id: UUID, at: int):  # type: ignore[no-untyped-def]
    from jieqing.estate.accounts.services import join_site, register_user
    from jieqing.kernel.actor import system_actor
    from jieqing.kernel.outcomes import unwrap

    person = unwrap(
        register_user(username=f"bench{at}", display_name=f"测试{at}", password="correct-horse-battery-9")
    )
    role = "case_manager" if at % 2 else "specialist"
    join_site(actor=system_actor(site_id, "benchmark"), user=person, role=role)
    return person


def _signed_in(person) -> str:  # type: ignore[no-untyped-def]
    from django.test import Client

    client = Client()
    client.force_login(person)
    return f"sessionid={client.cookies['sessionid'].value}; django_language=zh-hans"
