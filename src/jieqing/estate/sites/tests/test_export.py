"""The full export: complete whatever room is born later, whole or noticed, one site only, sealed things for the owner only."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.test import Client
from tests.architecture.catalogue import SITE_TABLES
from tests.cast import Cast

from jieqing.estate.sites import services
from jieqing.estate.sites.engine.archive import check
from jieqing.estate.sites.management.cli import site as site_command
from jieqing.estate.sites.services import exporting
from jieqing.estate.sites.services.exporting import export_site, file_of, site_tables, write_export
from jieqing.estate.sites.tests.applying import LICENCE, draft, fill_in, owner_of
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence.testing import publish_all


def exported(site, folder: Path, *, is_clear: bool = False) -> zipfile.ZipFile:
    out = folder / "export.zip"
    export_site(site_id=site.id, out=out, is_clear=is_clear)
    return zipfile.ZipFile(out)


@pytest.fixture
def papered(db: None):
    site = draft()
    fill_in(site)
    return site


def test_every_table_of_every_room_is_in_it(papered, tmp_path: Path) -> None:
    assert set(SITE_TABLES) <= set(site_tables())
    with exported(papered, tmp_path) as archive:
        names = set(archive.namelist())
        assert {f"tables/{table}.jsonl" for table in SITE_TABLES} <= names
        lines = archive.read("tables/sites_filing.jsonl").decode().splitlines()
        head, row = json.loads(lines[0]), json.loads(lines[1])
        assert {column["name"] for column in head["columns"]} == set(row)
        assert row["number"] == "苏备-2026-001"
        assert LICENCE in [archive.read(name) for name in names if name.startswith("files/")]
        found = check(archive)
    assert found.is_valid, found.wrong
    assert found.site == "taihu" and found.rows > 5


def test_nothing_of_another_site_is_in_it(papered, tmp_path: Path, cast: Cast) -> None:
    with exported(papered, tmp_path, is_clear=True) as archive:
        for name in archive.namelist():
            data = archive.read(name)
            assert str(cast.site.id).encode() not in data and b"jiangnan" not in data, name


def test_sealed_fields_are_opened_for_the_owner_only(papered, tmp_path: Path) -> None:
    with exported(papered, tmp_path) as archive:
        assert b"6222021304016621" not in b"".join(archive.read(name) for name in archive.namelist())
    with exported(papered, tmp_path, is_clear=True) as archive:
        opened = archive.read("clear/sites_supervised_account.sealed.jsonl").decode().splitlines()
        assert json.loads(opened[1])["sealed"] == "6222021304016621"
        assert check(archive).is_valid


def rewritten(archive: zipfile.ZipFile, change) -> zipfile.ZipFile:
    """The same archive with its members changed by ``change(members)``."""
    members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as zipped:
        for name, data in members.items():
            zipped.writestr(name, data)
    return zipfile.ZipFile(target)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda members: members.pop("tables/sites_filing.jsonl"), "missing"),
        (lambda members: members.update({"tables/extra.jsonl": b"{}\n"}), "not in the manifest"),
        (lambda members: members.update({"tables/sites_filing.jsonl": b"{}\n"}), "changed"),
        (lambda members: members.update({"manifest.json": b"{"}), "unreadable"),
        (lambda members: members.pop("manifest.json"), "unreadable"),
    ],
)
def test_a_changed_export_is_noticed(papered, tmp_path: Path, change, said: str) -> None:
    with exported(papered, tmp_path) as archive:
        found = check(rewritten(archive, change))
    assert not found.is_valid and any(said in line for line in found.wrong), found.wrong


@pytest.mark.django_db(transaction=True, databases=["default", "sequencer"])
def test_every_published_entry_brings_its_proof_and_a_forged_one_is_noticed(tmp_path: Path) -> None:
    site = draft()
    publish_all(tmp_path)
    with exported(site, tmp_path) as archive:
        bundles = [name for name in archive.namelist() if name.endswith(".evidence.zip")]
        found = check(archive)
        assert found.is_valid and found.proofs == len(bundles) == 2

        def forge(members: dict[str, bytes]) -> None:
            members[bundles[0]] = members[bundles[0]].replace(b"estate.sites", b"estate.sitez")

        assert not check(rewritten(archive, forge)).is_valid
    shown = CliRunner().invoke(site_command, ["export", "--check", str(tmp_path / "export.zip"), "--json"])
    assert shown.exit_code == 0 and json.loads(shown.stdout)["proofs"] == 2


def test_the_command(papered, tmp_path: Path) -> None:
    out = tmp_path / "a.zip"
    made = CliRunner().invoke(site_command, ["export", "taihu", "--out", str(out), "--json"])
    assert made.exit_code == 0, made.output
    assert json.loads(made.stdout)["size_bytes"] == out.stat().st_size
    assert CliRunner().invoke(site_command, ["export", "nobody", "--out", str(out)]).exit_code == 2
    assert CliRunner().invoke(site_command, ["export"]).exit_code == 2
    out.write_bytes(out.read_bytes()[:500])
    assert CliRunner().invoke(site_command, ["export", "--check", str(out)]).exit_code == 2
    with zipfile.ZipFile(out, "w") as broken:
        broken.writestr("manifest.json", "{}")
    assert CliRunner().invoke(site_command, ["export", "--check", str(out)]).exit_code == 1


def test_the_owner_asks_waits_and_takes_it(cast: Cast) -> None:
    owner, base = cast.clients["owner"], f"/s/{cast.site.slug}/rental/export/"
    for _ in range(2):
        assert owner.post(base).status_code == 302
    with site_scope(cast.site.id):
        wanted = exporting.Export.objects.get()
    assert "正在导出" in owner.get(base).content.decode()
    assert owner.get(f"{base}{wanted.id}/").status_code == 409
    write_export(site_id=cast.site.id, export_id=wanted.id)
    write_export(site_id=cast.site.id, export_id=wanted.id)
    taken = owner.get(f"{base}{wanted.id}/")
    with zipfile.ZipFile(io.BytesIO(b"".join(taken.streaming_content))) as archive:
        assert check(archive).is_valid
    for name, status in (("teammate", 403), ("stranger", 404), ("anonymous", 302)):
        assert cast.clients[name].get(f"{base}{wanted.id}/").status_code == status
    mine = f"/s/{cast.other_site.slug}/rental/export/{wanted.id}/"
    assert cast.clients["stranger"].get(mine).status_code == 404
    file_of(wanted).unlink()
    assert owner.get(f"{base}{wanted.id}/").status_code == 409
    assert Client().post(base).status_code == 302


def test_old_files_go(cast: Cast) -> None:
    from datetime import timedelta

    from jieqing.kernel import clock

    wanted = services.request_export(actor=owner_of(cast.site), site=cast.site)
    write_export(site_id=cast.site.id, export_id=wanted.id)
    assert file_of(wanted).exists()
    with clock.frozen(clock.now() + timedelta(days=8)):
        services.walk_site(site_id=cast.site.id)
    assert not file_of(wanted).exists()
