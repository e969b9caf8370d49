"""A backup is whole or absent: killed, doubled, repeated, rotated, tampered with."""

import os
import signal
import subprocess
import sys
import textwrap
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from jieqing.plumbing.backups import shelf
from jieqing.plumbing.backups.manifest import Manifest
from jieqing.plumbing.faults import Fault

AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
KEY = b"k" * 32


def make(place: Path, at: datetime, content: dict[str, bytes]) -> Path:
    with shelf.building(place, at) as building:
        for name, data in content.items():
            building.keep_bytes(name, data)
        Manifest({"taken_at": at.isoformat()}, dict(building.files)).write(building.folder, KEY)
    return shelf.finished(place)[-1]


def test_a_block_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), shelf.building(tmp_path, AT) as building:
        building.keep_bytes("a", b"1" * (1 // len(building.files)))
    assert shelf.finished(tmp_path) == []
    assert [path.name for path in tmp_path.iterdir()] == [".lock"]


def test_a_killed_backup_is_never_read_and_goes_with_the_next(tmp_path: Path) -> None:
    script = textwrap.dedent(
        f"""
        from datetime import UTC, datetime
        from pathlib import Path
        from jieqing.plumbing.backups import shelf
        from jieqing.plumbing.backups.manifest import Manifest
        with shelf.building(Path({str(tmp_path)!r}), datetime(2026, 11, 22, 2, 0, tzinfo=UTC)) as building:
            building.keep_bytes("a", b"1")
            Manifest({{}}, dict(building.files)).write(building.folder, b"k")
            print("ready", flush=True)
            input()
        """
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as killed:
        assert killed.stdout is not None
        assert killed.stdout.readline() == "ready\n"
        with pytest.raises(Fault, match="Another backup"), shelf.building(tmp_path, AT):
            pass
        os.kill(killed.pid, signal.SIGKILL)
    assert shelf.finished(tmp_path) == []
    with pytest.raises(Fault):
        shelf.chosen(tmp_path)
    made = make(tmp_path, AT, {"a": b"1"})
    assert shelf.chosen(tmp_path) == made
    assert not list(tmp_path.glob(".building-*"))


def test_an_unchanged_file_is_linked_and_each_backup_stands_alone(tmp_path: Path) -> None:
    first = make(tmp_path, AT, {"a": b"same", "b": b"old"})
    source = tmp_path / "live"
    source.write_bytes(b"same")
    with shelf.building(tmp_path, AT + timedelta(hours=1)) as building:
        building.keep_named_by_digest("a", source, Manifest.read(first).files["a"].sha256)
        building.keep_bytes("b", b"new")
        Manifest({}, dict(building.files)).write(building.folder, KEY)
    second = shelf.finished(tmp_path)[-1]
    assert (first / "a").stat().st_ino == (second / "a").stat().st_ino
    assert building.linked_bytes == 4
    assert shelf.drop_older(tmp_path, 1) == [first]
    assert list(Manifest.read(second).findings(second, KEY)) == []


def test_a_live_file_that_is_not_what_its_name_says_stops_the_backup(tmp_path: Path) -> None:
    source = tmp_path / "live"
    source.write_bytes(b"rotten")
    with pytest.raises(Fault, match="does not match"), shelf.building(tmp_path / "shelf", AT) as building:
        building.keep_named_by_digest("a", source, "0" * 64)
    assert shelf.finished(tmp_path / "shelf") == []


@pytest.mark.parametrize("change", ["flip", "shorten", "drop", "add", "link", "manifest", "key"])
def test_every_change_is_found(tmp_path: Path, change: str) -> None:
    made, key = make(tmp_path, AT, {"d/a": b"12345"}), KEY
    victim = made / "d" / "a"
    if change == "flip":
        victim.write_bytes(b"12346")
    elif change == "shorten":
        victim.write_bytes(b"1234")
    elif change == "drop":
        victim.unlink()
    elif change == "add":
        (made / "d" / "b").write_bytes(b"x")
    elif change == "link":
        victim.rename(tmp_path / "moved")
        victim.symlink_to(tmp_path / "moved")
    elif change == "manifest":
        (made / "manifest.json").write_text((made / "manifest.json").read_text().replace("03:00", "04:00"))
    else:
        key = b"x" * 32
    assert list(Manifest.read(made).findings(made, key))
