"""Backup and restore with ``DATABASE_URL``: roles without any special right, another database, work going on meanwhile."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from jieqing.plumbing.postgres import EmbeddedServer, prepare_database
from jieqing.plumbing.postgres.commands import ADMIN
from jieqing.plumbing.postgres.roles import ROLES
from tests.operations.story import LEDGER
from tests.soak.platform import JIEQING, open_folder


class Elsewhere:
    """A server that the program knows by its addresses only."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.server = EmbeddedServer(folder / "server", durable=False)
        self.address = self.server.ensure_running()

    def environment(self, database: str, data: str) -> dict[str, str]:
        """A data folder and an empty database made by the server's administrator."""
        passwords = {role: self.address.passwords[role] for role in ROLES}
        urls = prepare_database(self.address.url(ADMIN, "postgres"), passwords=passwords, database=database)
        kept = {name: value for name, value in os.environ.items() if not name.startswith("JIEQING_")}
        return {**kept, **urls, "JIEQING_DATA": str(self.folder / data), "JIEQING_LANG": "en"}

    def run(self, environment: dict[str, str], *words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [*JIEQING, *words], env=environment, capture_output=True, text=True, check=False
        )


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Elsewhere]:
    folder = open_folder()
    made = Elsewhere(folder)
    yield made
    made.server.stop()
    shutil.rmtree(folder)


def test_there_and_back_while_others_write(elsewhere: Elsewhere) -> None:
    first = elsewhere.environment("first", "app")
    assert elsewhere.run(first, "db", "migrate").returncode == 0
    for slug in ("jiangnan", "haibei"):
        words = ("site", "create", slug, "--type", "in_house", "--name", slug, "--live", "--json")
        assert elsewhere.run(first, *words).returncode == 0
    done = elsewhere.run(first, "ledger", "import", LEDGER, "--site", "jiangnan", "--yes", "--json")
    assert done.returncode == 0, done.stderr
    # An import runs while the backup is taken: the backup holds all of it or nothing of it.
    with subprocess.Popen(
        [*JIEQING, "ledger", "import", LEDGER, "--site", "haibei", "--yes", "--json"],
        env=first,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as writing:
        made = elsewhere.run(first, "backup", str(elsewhere.folder / "shelf"), "--json")
        assert made.returncode == 0, made.stderr
        assert writing.wait(timeout=60) == 0
    manifest = json.loads((Path(json.loads(made.stdout)["backup"]) / "manifest.json").read_text())
    assert manifest["rows"]["receivables_item"] in (635, 2 * 635)

    second = elsewhere.environment("second", "app2")
    shutil.copytree(elsewhere.folder / "app" / "evidence", elsewhere.folder / "app2" / "evidence")
    shutil.copy2(elsewhere.folder / "app" / "keys.json", elsewhere.folder / "app2" / "keys.json")
    restored = elsewhere.run(second, "restore", str(elsewhere.folder / "shelf"), "--json")
    assert restored.returncode == 0, restored.stderr
    checked = elsewhere.run(second, "fsck", "--json")
    assert checked.returncode == 0, checked.stderr
    again = elsewhere.run(
        second, "restore", str(elsewhere.folder / "shelf"), "--replace", second["JIEQING_DATA"]
    )
    assert again.returncode == 2
    assert "database is not empty" in again.stderr


def test_without_the_backup_roles_address_it_says_so(elsewhere: Elsewhere) -> None:
    environment = elsewhere.environment("first", "app")
    del environment["JIEQING_BACKUP_URL"]
    refused = elsewhere.run(environment, "backup", str(elsewhere.folder / "shelf2"))
    assert refused.returncode == 2
    assert "JIEQING_BACKUP_URL" in refused.stderr


def test_a_table_that_the_backup_role_cannot_see_stops_the_backup(elsewhere: Elsewhere) -> None:
    environment = elsewhere.environment("first", "app")
    with psycopg.connect(elsewhere.address.url("jieqing_owner", "first")) as owner:
        owner.execute("DROP POLICY backup_rows ON receivables_item")
    refused = elsewhere.run(environment, "backup", str(elsewhere.folder / "shelf2"))
    assert refused.returncode == 2
    assert "receivables_item" in refused.stderr
    assert elsewhere.run(environment, "db", "migrate").returncode == 0
    assert elsewhere.run(environment, "backup", str(elsewhere.folder / "shelf2")).returncode == 0
