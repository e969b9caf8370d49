"""``page_kit``: fifty rows of a list of 1,000,000 items as a person gets it, and what a page weighs on its first visit.

The page is the platform's own list of items, signed in, through the real web process: session, membership, both walls,
saved views, rows, markup. The limit is the same template with fifty rows that are already there and no SQL at all,
served by the same process. Its totals are another request, made after the page stands, and are told in the notes. The
weight is counted from the built files: every sheet and script that the page names, and every slice of our fonts that
its characters need, as on a machine without a Chinese face.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from http.client import HTTPConnection
from pathlib import Path

from benchmarks.ageing import ITEMS, settle
from benchmarks.ageing import fill as fill_ledger
from benchmarks.database import BenchDatabase, start
from benchmarks.frame import Goal, Result, expect, load_average
from jieqing.plumbing.paths import data_dir

PAGES = 120
WARM = 10
LIMIT_PATH = "/bench/limit/"
# Without a session: the fixed page must not ask for one.
NOBODY = "django_language=zh-hans"
_PARTIES = """
INSERT INTO parties_party (id, site_id, kind, name, name_key, sort_key, code, match_key)
SELECT md5(n::text)::uuid, %(site)s, 'company', '无锡市第' || n || '机械有限公司', 'wuxi' || n, 'wu xi ' || n, 'C' || n, 'code:c:' || n
FROM generate_series(0, 19999) n
"""
_REVISION = """
INSERT INTO receivables_revision (id, site_id, number, kind, at, actor_id, entry_id)
VALUES (gen_random_uuid(), %(site)s, 1, 'import', now(), gen_random_uuid(), gen_random_uuid())
"""


def run(seed: int) -> Result:
    database = start()
    fill_ledger(database, seed)
    slug = _fill_frame(database)
    settle(database)
    port, process = _serve()
    try:
        cookie = _signed_in(database)
        path = f"/s/{slug}/ledger/items/?as_of=2025-06-30&state=open&currency=CNY"
        page = _get(port, path, cookie)
        expect(page.count('name="row"'), 50, "rows on the page")
        limit = _get(port, LIMIT_PATH, NOBODY)
        expect(limit.count('name="row"'), 50, "rows on the fixed page")
        ours, fixed = _timed(port, path, LIMIT_PATH, cookie)
        totals_s = _seconds(port, path + "&part=totals", cookie)
    finally:
        process.terminate()
        process.wait(timeout=20)
    weight = first_load_bytes(page)
    p95, fixed_p95 = _p95(ours), _p95(fixed)
    return Result(
        name="page_kit",
        work="the list of 1,000,000 items, one page of 50 rows, signed in, over HTTP from the real web process",
        ours=p95 * 1000,
        unit="ms, p95",
        peers={
            "ours, median": statistics.median(ours) * 1000,
            "fixed rows, median": statistics.median(fixed) * 1000,
        },
        limit=("the same template with fixed rows and no SQL", fixed_p95 * 1000),
        ratios={"limit": p95 / fixed_p95},
        goals=(
            Goal("times the fixed rows, p95", "<=", 2, p95 / fixed_p95),
            Goal("first load, KB gzip of css, js and font slices", "<=", 250, weight["all"] / 1000),
        ),
        notes={
            "seed": seed,
            "requests": len(ours),
            "rows in the list": ITEMS,
            "totals of all, asked after the page, s": round(totals_s, 2),
            **{f"first load, {name}, KB": round(size / 1000, 1) for name, size in weight.items()},
            "load average": load_average(),
        },
    )


def _fill_frame(database: BenchDatabase) -> str:
    """Names of the debtors, the revision that wrote the ledger, and a person who may read it."""
    from django.db import connection

    from jieqing.estate.accounts.services import join_site, register_user
    from jieqing.estate.sites.models import Site
    from jieqing.kernel.actor import system_actor
    from jieqing.kernel.outcomes import unwrap
    from jieqing.plumbing.db.scopes import site_scope

    with site_scope(database.site_id), connection.cursor() as cursor:
        for statement in (_PARTIES, _REVISION):
            cursor.execute(statement, {"site": database.site_id})
    person = unwrap(register_user(username="bench", display_name="测试", password="correct-horse-battery-9"))
    join_site(actor=system_actor(database.site_id, "benchmark"), user=person, role="site_owner")
    return Site.objects.get(pk=database.site_id).slug


def _signed_in(database: BenchDatabase) -> str:
    from django.test import Client

    from jieqing.estate.accounts.models import User

    client = Client()
    client.force_login(User.objects.get(username="bench"))
    return f"sessionid={client.cookies['sessionid'].value}; django_language=zh-hans"


def _serve() -> tuple[int, subprocess.Popen[bytes]]:
    """`jieqing web` itself, with its own pool, loop and limits, and with one address more: the fixed rows."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    # Nothing of the process is told here but where it listens: what the product opens, the benchmark opens.
    environment = {name: value for name, value in os.environ.items() if name != "JIEQING_POOL"}
    # It writes a line for each request, as it does for an operator; our own answer is one line.
    with (data_dir() / "web.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "jieqing.web.cli", "web", "--port", str(port)],
            env=environment | {"DJANGO_SETTINGS_MODULE": "benchmarks.page_kit_settings"},
            stdout=log,
            stderr=log,
        )
    for _try in range(240):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=2)
        except OSError:
            time.sleep(0.25)
        else:
            break
    return port, process


def _get(port: int, path: str, cookie: str) -> str:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers={"Cookie": cookie})
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    expect(answer.status, 200, path)
    return body


def _seconds(port: int, path: str, cookie: str) -> float:
    started = time.perf_counter()
    _get(port, path, cookie)
    return time.perf_counter() - started


def _timed(port: int, path: str, limit: str, cookie: str) -> tuple[list[float], list[float]]:
    """Turn by turn, so that a busy minute is everybody's."""
    for _turn in range(WARM):
        _get(port, path, cookie)
        _get(port, limit, NOBODY)
    pairs = [(_seconds(port, path, cookie), _seconds(port, limit, NOBODY)) for _turn in range(PAGES)]
    return [one for one, _other in pairs], [other for _one, other in pairs]


def _p95(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=20)[-1]


def first_load_bytes(page: str) -> dict[str, int]:
    """Gzip bytes of the sheets and scripts that a page names, and of the font slices that its characters need."""
    from django_htmx import __file__ as htmx

    from jieqing.plumbing.paths import frontend_dist

    dist = frontend_dist()
    manifest = json.loads((dist / "manifest.json").read_text())
    sheets = sum(_gzipped(dist / manifest[name]) for name in ("app.css", "fonts.css"))
    scripts = _gzipped(dist / manifest["app.js"])
    scripts += sum(_gzipped(file) for file in _htmx_files(Path(htmx).parent, page))
    fonts = _font_bytes(dist, (dist / manifest["fonts.css"]).read_text(), page)
    return {"css": sheets, "js": scripts, "fonts": fonts, "all": sheets + scripts + fonts}


def _htmx_files(folder: Path, page: str) -> list[Path]:
    names = {
        Path(address.partition("?")[0]).name for address in re.findall(r'src="([^"]*django_htmx[^"]*)"', page)
    }
    return [next(folder.rglob(name)) for name in names]


def _gzipped(file: Path) -> int:
    return len(gzip.compress(file.read_bytes(), 9))


def _font_bytes(dist: Path, css: str, page: str) -> int:
    """Every slice with a character of the page's text, the bold one too: more than a browser may fetch, never less."""
    text = {ord(character) for character in re.sub(r"<[^>]*>", "", page)}
    size, covered = 0, set()
    for face in re.findall(r"@font-face{([^}]*)}", css):
        codes: set[int] = set()
        for first, last in re.findall(r"U\+([0-9a-f]+)(?:-([0-9a-f]+))?", face):
            codes |= set(range(int(first, 16), int(last or first, 16) + 1))
        if codes & text:
            covered |= codes
            name = re.search(r"url\(\./(fonts/[^)]+)\)", face)
            size += (dist / name[1]).stat().st_size if name else 0
    rare = {chr(code) for code in text if code >= 0x3400 and code not in covered}
    expect(sorted(rare), [], "characters of the page outside our slices")
    return size
