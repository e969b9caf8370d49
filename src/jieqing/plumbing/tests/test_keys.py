"""The key file: made once, closed to others, whole after a crash."""

import json
import multiprocessing
import stat
from pathlib import Path

import pytest

from jieqing.plumbing.faults import Fault
from jieqing.plumbing.keys import KeyFile


def _ask(folder: Path) -> str:
    return KeyFile(folder).text("shared")


def test_a_secret_is_made_once_and_kept(tmp_path: Path) -> None:
    first = KeyFile(tmp_path).text("django")
    assert len(first) >= 43
    assert KeyFile(tmp_path).text("django") == first
    assert KeyFile(tmp_path).text("other") != first
    assert stat.S_IMODE((tmp_path / "keys.json").stat().st_mode) == 0o600


def test_processes_that_ask_at_once_get_the_same_secret(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        assert len(set(pool.map(_ask, [tmp_path] * 16))) == 1


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o666])
def test_a_file_open_to_others_is_refused_and_not_mended(tmp_path: Path, mode: int) -> None:
    keys = KeyFile(tmp_path)
    keys.text("django")
    keys.path.chmod(mode)
    with pytest.raises(Fault, match="other accounts may have read it"):
        keys.text("django")
    assert stat.S_IMODE(keys.path.stat().st_mode) == mode


def test_a_link_in_its_place_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text("{}")
    (tmp_path / "keys.json").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match=r"Too many levels|symbolic link"):
        KeyFile(tmp_path).text("django")


def test_a_seed_has_the_length_asked_for(tmp_path: Path) -> None:
    keys = KeyFile(tmp_path)
    assert len(keys.seed("evidence.log", 32)) == 32
    assert keys.seed("evidence.log", 32) == KeyFile(tmp_path).seed("evidence.log", 32)
    with pytest.raises(ValueError, match="32 bytes, 16 wanted"):
        keys.seed("evidence.log", 16)


def test_an_interrupted_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = KeyFile(tmp_path)
    first = keys.text("django")

    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("jieqing.plumbing.keys.os.fsync", fail)
    with pytest.raises(KeyboardInterrupt):
        keys.text("another")
    assert json.loads(keys.path.read_text()) == {"django": first}
    assert [file.name for file in tmp_path.glob(".keys.*")] == []


@pytest.mark.parametrize("name", ["", "UPPER", "a b", "../x"])
def test_a_name_is_a_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not a key name"):
        KeyFile(tmp_path).text(name)
