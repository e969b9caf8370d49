"""The drill: a working platform is backed up, goes on, erases a person, is destroyed, and comes back from the backup.

Real servers throughout: ``jieqing up`` in a folder of its own, destroyed with ``rm``, restored by the command. What lies
outside the database (``JIEQING_OUTSIDE``) survives, as it must in operation. In this order: one story.
"""

import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from jieqing.plumbing.backups import shelf
from tests.operations.story import (
    AGEING,
    ERASE,
    LEDGER,
    LOOK,
    PASSPHRASE,
    Story,
    url_of,
    wait_until_quiet,
    wait_until_signed,
)
from tests.soak.platform import Platform, open_folder


@pytest.fixture(scope="module")
def story() -> Iterator[Story]:
    folder = open_folder()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JIEQING_OUTSIDE", str(folder / "outside"))
        told = Story(folder)
        yield told
        if told.platform.up.poll() is None:
            told.platform.stop()
    for data in folder.glob("data*"):
        told.run("db", "stop", data=data)
    shutil.rmtree(folder)


def test_a_backup_of_the_running_platform(story: Story) -> None:
    ask = story.platform.ask
    for slug in ("jiangnan", "haibei"):
        ask("site", "create", slug, "--type", "in_house", "--name", slug, "--live", "--json")
        ask("ledger", "import", LEDGER, "--site", slug, "--yes", "--json")
    wait_until_quiet(story)
    wait_until_signed(story)
    story.seen["ageing"] = ask(*AGEING)
    made = ask("backup", str(story.shelf), "--passphrase-file", str(story.passphrase), "--json")
    assert made["keys"] == "locked"
    assert made["evidence_head"] > 0
    story.seen["backup"] = Path(made["backup"])
    assert story.run("backup", str(story.shelf), "--check", "--json").returncode == 0
    secrets = json.loads((story.data / "keys.json").read_text())
    everything = b"".join(path.read_bytes() for path in story.seen["backup"].rglob("*") if path.is_file())
    assert not [name for name, value in secrets.items() if value.encode() in everything]


def test_the_next_backup_reuses_what_did_not_change(story: Story) -> None:
    time.sleep(1.1)  # backups are named by the second
    made = story.platform.ask("backup", str(story.shelf), "--keep", "2", "--json")
    # The dump's table of contents bears its time and is as long as the schema; of rows and files nearly all stays.
    fresh = sum(
        (Path(made["backup"]) / name).stat().st_size for name in ("database/toc.dat", "manifest.json")
    )
    assert made["reused_bytes"] > (made["bytes"] - fresh) * 9 // 10, made
    assert made["keys"] == "left out"


def test_life_goes_on_and_a_person_is_erased(story: Story) -> None:
    ask = story.platform.ask
    ask("site", "create", "later", "--type", "in_house", "--name", "later", "--live", "--json")
    story.seen["entry"] = story.python(ERASE)["entry"]
    ask("ledger", "import", LEDGER, "--site", "later", "--yes", "--json")
    wait_until_signed(story)


def test_a_restore_into_a_place_in_use_is_refused(story: Story) -> None:
    refused = story.restore(story.seen["backup"])
    assert refused.returncode == 2
    assert "already running" in refused.stderr


def test_everything_is_destroyed(story: Story) -> None:
    assert story.platform.stop() == 0
    for path in (story.data, *Path("/var/lib").glob("jieqing-*")):
        if path == story.data:
            shutil.rmtree(path)
    story.data.mkdir(mode=0o711)


def test_a_backup_behind_the_signed_head_is_refused_before_anything_is_written(story: Story) -> None:
    refused = story.restore(story.seen["backup"])
    assert refused.returncode == 2
    assert "would fork it" in refused.stderr
    assert not (story.data / "postgres").exists()


def test_without_the_journal_of_erasures_nothing_is_restored(story: Story) -> None:
    journal, aside = story.outside / "erasures.jsonl", story.folder / "journal.aside"
    journal.rename(aside)
    refused = story.restore(story.seen["backup"], "--behind-head", "test")
    assert refused.returncode == 2
    assert "journal of erasures" in refused.stderr
    aside.rename(journal)
    assert not (story.data / "postgres").exists()


def test_a_changed_backup_is_refused(story: Story) -> None:
    copy = story.folder / "copy"
    for change in ("flip", "drop", "add", "manifest"):
        shutil.copytree(story.seen["backup"], copy)
        victim = next(iter(sorted((copy / "files").rglob("*"), reverse=True)))
        if change == "flip":
            data = bytearray(victim.read_bytes())
            data[0] ^= 1
            victim.write_bytes(data)
        elif change == "drop":
            victim.unlink()
        elif change == "add":
            (copy / "database" / "added.dat.gz").write_bytes(b"x")
        else:
            text = (copy / "manifest.json").read_text()
            (copy / "manifest.json").write_text(text.replace('"entries": ', '"entries": 1'))
        refused = story.restore(copy, "--behind-head", "test")
        assert refused.returncode == 2, change
        assert "was changed" in refused.stderr, change
        shutil.rmtree(copy)
    (copy / "database").mkdir(parents=True)
    assert "no finished backup" in story.restore(copy).stderr
    assert not (story.data / "postgres").exists()


def test_without_the_passphrase_or_the_keys_nothing_is_restored(story: Story) -> None:
    refused = story.run("restore", str(story.seen["backup"]), "--behind-head", "test")
    assert refused.returncode == 2
    assert "keys of this backup are not here" in refused.stderr
    story.passphrase.write_text("another passphrase of length")
    assert "another passphrase" in story.restore(story.seen["backup"], "--behind-head", "test").stderr
    story.passphrase.write_text(PASSPHRASE)


def test_a_restore_that_ended_early_is_never_served(story: Story) -> None:
    (story.data / "restore.unfinished").touch()
    refused = story.run("fsck")
    assert refused.returncode == 2
    assert "did not end" in refused.stderr


def test_the_platform_comes_back(story: Story) -> None:
    done = story.restore(story.seen["backup"], "--behind-head", "the disk is gone")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["erasures"] == 1
    assert told["log"] == "begun anew"
    assert story.platform.ask(*AGEING) == story.seen["ageing"]
    checked = story.run("fsck", "--json")
    assert checked.returncode == 0, checked.stderr


def test_the_erased_person_stays_erased(story: Story) -> None:
    found = story.python(LOOK, story.seen["entry"])
    assert found["keys"] == 0
    salts = bytes.fromhex(found["salts"][0])
    assert salts[3 * 16 : 5 * 16] == bytes(32)
    assert any(salts[: 3 * 16])


def test_a_stranger_sees_nothing_and_rewrites_nothing(story: Story) -> None:
    """Raw SQL as the application's own role in the restored database: the walls came back with the rows."""
    assert story.run("db", "start").returncode == 0
    with psycopg.connect(url_of(story, "jieqing_app")) as stranger:
        sites = dict(stranger.execute("SELECT slug, id FROM sites_site").fetchall())
        tables = [
            table
            for (table,) in stranger.execute(
                "SELECT table_name FROM information_schema.columns WHERE table_schema = 'public'"
                " AND column_name = 'site_id' AND has_table_privilege(table_name::regclass, 'SELECT')"
                " AND table_name NOT IN ('notices_queue')"
            ).fetchall()
        ]
        assert len(tables) > 10
        for table in tables:
            assert stranger.execute(f"SELECT count(*) FROM {table} WHERE site_id IS NOT NULL").fetchone() == (
                0,
            )
        stranger.execute("SELECT set_config('jieqing.site_id', %s, true)", [str(sites["haibei"])])
        for table in tables:
            query = f"SELECT count(*) FROM {table} WHERE site_id = %s"
            assert stranger.execute(query, [sites["jiangnan"]]).fetchone() == (0,), table
        for statement in (
            "UPDATE evidence_entry SET action = 'x'",
            "DELETE FROM evidence_leaf",
            "UPDATE receivables_posting SET amount_minor = 0",
            "DELETE FROM accounts_user",
            "UPDATE plumbing_upkeep SET is_ok = true",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), stranger.transaction():
                stranger.execute(statement)
    with psycopg.connect(url_of(story, "jieqing_owner")) as owner:
        owner.execute("CREATE TABLE later_table (id int)")
        rights = owner.execute("SELECT relacl::text FROM pg_class WHERE relname = 'later_table'").fetchone()
        assert rights
        assert (
            "jieqing_app=arwd" in rights[0]
        )  # what later migrations make is the application's to use, as ever
        owner.rollback()
    assert story.run("db", "stop").returncode == 0


def test_the_restored_platform_works_on_and_its_log_is_signed(story: Story) -> None:
    story.platform = Platform(story.folder)
    story.platform.ask("site", "create", "after", "--type", "in_house", "--name", "after", "--live", "--json")
    wait_until_signed(story)
    drill = story.run("backup", str(story.shelf), "--drill", "--json")
    assert drill.returncode == 0, drill.stderr
    assert story.platform.stop() == 0
    checked = story.run("fsck", "--json")
    assert checked.returncode == 0, checked.stderr
    assert json.loads(checked.stdout)["waiting"] == 0


def test_a_backup_up_to_the_head_continues_the_same_log(story: Story) -> None:
    made = json.loads(
        story.run("backup", str(story.shelf), "--passphrase-file", str(story.passphrase), "--json").stdout
    )
    elsewhere = story.folder / "data2"
    elsewhere.mkdir(mode=0o711)
    done = story.restore(Path(made["backup"]), data=elsewhere)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["log"] == "continues"
    full = story.restore(Path(made["backup"]), data=elsewhere)
    assert full.returncode == 2
    assert "is not empty" in full.stderr
    again = story.restore(Path(made["backup"]), "--replace", str(elsewhere), data=elsewhere)
    assert again.returncode == 0, again.stderr


def test_rotation_keeps_the_newest(story: Story) -> None:
    before = shelf.finished(story.shelf)
    assert len(before) >= 3
    assert shelf.drop_older(story.shelf, 1) == before[:-1]
    assert story.run("backup", str(story.shelf), "--check").returncode == 0
