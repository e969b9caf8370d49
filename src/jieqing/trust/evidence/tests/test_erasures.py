"""What was erased stays erased: the journal outside the database, a restored backup, a killed process."""

from hashlib import sha256
from pathlib import Path
from uuid import UUID

import pytest

from jieqing.kernel.actor import system_actor
from jieqing.kernel.ids import new_id
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence import erasures, selectors, services
from jieqing.trust.evidence.models import Chunk, Entry, Salt

SITE = UUID("01990000-0000-7000-8000-00000000000e")


@pytest.fixture(autouse=True)
def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, transactional_db: None) -> Path:
    monkeypatch.setattr(erasures, "journal_path", lambda: tmp_path / "evidence" / "erasures.jsonl")
    return erasures.journal_path()


def record_person() -> UUID:
    with site_scope(SITE):
        return services.record(
            actor=system_actor(SITE, "tests"),
            action="a.b",
            subject="a:b",
            facts={},
            personal={"name": "张三"},
        )


def record_rows(count: int) -> UUID:
    with site_scope(SITE):
        return services.record_bulk(
            actor=system_actor(SITE, "tests"),
            action="a.b",
            subject="a:b",
            facts={},
            row_digests=[sha256(b"%d" % row).digest() for row in range(count)],
        )


def erase(entry_id: UUID, rows: list[int] | None = None) -> None:
    with site_scope(SITE):
        if rows is None:
            services.destroy_salts(actor=system_actor(SITE, "tests"), entry_ids=[entry_id], reason="PIPL 47")
        else:
            services.destroy_row_salts(
                actor=system_actor(SITE, "tests"), entry_id=entry_id, rows=rows, reason="PIPL 47"
            )


def backed_up_salts() -> list[dict]:
    with site_scope(SITE):
        return list(Salt.objects.values())


def restore(salts: list[dict]) -> None:
    """A backup of before the erasure comes back."""
    from jieqing.trust.evidence.tests.log import as_owner

    as_owner(
        "UPDATE evidence_chunk SET salts = NULL", "ALTER TABLE evidence_salt NO FORCE ROW LEVEL SECURITY"
    )
    for row in salts:
        as_owner(
            f"INSERT INTO evidence_salt (id, site_id, entry_id, field, salt) VALUES ('{row['id']}', '{row['site_id']}',"
            f" '{row['entry_id']}', '{row['field']}', '\\x{bytes(row['salt']).hex()}')"
        )
    as_owner("ALTER TABLE evidence_salt FORCE ROW LEVEL SECURITY")


def test_a_restored_backup_forgets_again(journal: Path) -> None:
    person, rows, kept = record_person(), record_rows(5), record_person()
    backup = backed_up_salts()
    erase(person)
    erase(rows, [3])
    assert len(list(erasures.read())) == 2 and "张三" not in journal.read_text("utf-8")
    with site_scope(SITE):
        Salt.objects.all().delete()
    restore(backup)
    assert services.replay_erasures() == 2 == services.replay_erasures()
    with site_scope(SITE):
        assert [salt.entry_id for salt in Salt.objects.all()] == [kept]
        salts = bytes(Chunk.objects.get(entry_id=rows).salts)
        assert [row for row in range(5) if not any(salts[row * 16 : row * 16 + 16])] == [3]


def test_a_line_that_was_not_written_is_found_again(journal: Path) -> None:
    erase(record_person())
    whole = journal.read_text("utf-8")
    journal.write_text(whole[: len(whole) // 2], "utf-8")
    assert list(erasures.read()) == []
    assert services.catch_up_erasures(SITE) == 1
    assert [line.line() + "\n" for line in erasures.read()] == [whole]
    assert services.catch_up_erasures(SITE) == 0


def test_an_erasure_that_was_rolled_back_leaves_no_line(journal: Path) -> None:
    entry_id = record_person()

    def fail() -> None:
        with site_scope(SITE):
            services.destroy_salts(actor=system_actor(SITE, "tests"), entry_ids=[entry_id], reason="x")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert not journal.exists()
    assert len(backed_up_salts()) == 1


def test_many_entries_are_erased_in_portions_that_fit() -> None:
    ids = [new_id() for _ in range(2_500)]
    with site_scope(SITE):
        services.destroy_salts(actor=system_actor(SITE, "tests"), entry_ids=ids, reason="PIPL 47")
        assert Entry.objects.filter(action=erasures.ACTION).count() == 3
        assert selectors.entries_recent(action=erasures.ACTION)[0].facts["salts"] == 0
    assert sum(len(line.entries) for line in erasures.read()) == 2_500
