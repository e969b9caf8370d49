"""A platform whose story a drill tells: its folders, commands and scripts against it, what was seen on the way."""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psycopg

from tests.soak.platform import JIEQING, Platform

LEDGER = str(Path(__file__).resolve().parents[2] / "examples" / "jiangnan-bearing-ledger.csv")
AGEING = ("ledger", "ageing", "--site", "jiangnan", "--as-of", "2026-11-20", "--currency", "CNY", "--json")
PASSPHRASE = "a passphrase for the drill"
ERASE = """
import json, sys, django
from jieqing.plumbing.postgres import ensure_database
ensure_database(); django.setup()
from django.db import connection
from jieqing.estate.sites.selectors import site_by_slug
from jieqing.kernel.actor import system_actor
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence.services import destroy_row_salts
site = site_by_slug("jiangnan")
with site_scope(site.id):
    with connection.cursor() as cursor:
        cursor.execute("SELECT entry_id FROM evidence_chunk LIMIT 1")
        entry = cursor.fetchone()[0]
    destroy_row_salts(actor=system_actor(site.id, "drill"), entry_id=entry, rows=[3, 4], reason="asked to be forgotten")
print(json.dumps({"entry": str(entry)}))
"""
LOOK = """
import json, sys, django
from jieqing.plumbing.postgres import ensure_database
ensure_database(); django.setup()
from django.db import connection
from jieqing.estate.sites.selectors import site_by_slug
from jieqing.plumbing.db.scopes import site_scope
site = site_by_slug("jiangnan")
with site_scope(site.id), connection.cursor() as cursor:
    cursor.execute("SELECT salts FROM evidence_chunk WHERE entry_id = %s ORDER BY number", [sys.argv[1]])
    salts = [None if row[0] is None else bytes(row[0]).hex() for row in cursor.fetchall()]
    cursor.execute("SELECT count(*) FROM evidence_salt WHERE entry_id = %s AND field = '*rows'", [sys.argv[1]])
    print(json.dumps({"salts": salts, "keys": cursor.fetchone()[0]}))
"""


class Story:
    """The platform, its folders, and what was seen on the way."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.shelf, self.outside = folder, folder / "shelf", folder / "outside"
        self.passphrase = folder / "passphrase"
        self.passphrase.write_text(PASSPHRASE)
        self.platform = Platform(folder)
        self.data = folder / "data"
        self.seen: dict[str, Any] = {}

    def run(self, *words: str, data: Path | None = None) -> "subprocess.CompletedProcess[str]":
        environment = self.platform.environment | ({"JIEQING_DATA": str(data)} if data else {})
        return subprocess.run(
            [*JIEQING, *words], env=environment, capture_output=True, text=True, check=False
        )

    def python(self, script: str, *arguments: str, data: Path | None = None) -> Any:
        environment = self.platform.environment | {"DJANGO_SETTINGS_MODULE": "jieqing.web.settings"}
        environment |= {"JIEQING_DATA": str(data)} if data else {}
        done = subprocess.run(
            [sys.executable, "-c", script, *arguments],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    def restore(
        self, backup: Path, *words: str, data: Path | None = None
    ) -> "subprocess.CompletedProcess[str]":
        return self.run(
            "restore", str(backup), "--passphrase-file", str(self.passphrase), "--json", *words, data=data
        )


def wait_until_signed(story: Story) -> None:
    deadline = time.monotonic() + 60
    while True:
        if story.platform.ask("fsck", "--json")["waiting"] == 0:
            return
        assert time.monotonic() < deadline, "the sequencer does not keep up"
        time.sleep(0.5)


def wait_until_quiet(story: Story) -> None:
    """Until no job is due: what an import asks of the worker (grades, cases, deliveries) is written."""
    due = (
        "SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing'"
        " OR (status = 'todo' AND coalesce(scheduled_at, now()) <= now())"
    )
    deadline = time.monotonic() + 120
    with psycopg.connect(url_of(story, "jieqing_owner"), autocommit=True) as owner:
        while owner.execute(due).fetchone() != (0,):
            assert time.monotonic() < deadline, "the worker does not keep up"
            time.sleep(0.5)


def url_of(story: Story, role: str) -> str:
    script = (
        "import json; from jieqing.plumbing.postgres import embedded_server;"
        f"print(json.dumps(embedded_server().address().url({role!r})))"
    )
    return str(story.python(script))
