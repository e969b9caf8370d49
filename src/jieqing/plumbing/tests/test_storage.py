"""Stored files: one copy, no other site's key, no changed byte."""

from pathlib import Path

import pytest
from django.core.files.storage import storages

from jieqing.kernel.ids import new_id
from jieqing.plumbing.storage import StoredFileError, open_stored, store_bytes, store_file, stored_path

ONE, OTHER = new_id(), new_id()


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path: Path) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        },
    }


def test_what_is_stored_comes_back() -> None:
    key = store_bytes(ONE, "应收账款".encode())
    assert open_stored(ONE, key).decode() == "应收账款"
    assert key.startswith(f"{ONE}/")


def test_the_same_bytes_are_kept_once(tmp_path: Path) -> None:
    source = tmp_path / "ledger.csv"
    source.write_bytes(b"a,b\n1,2\n" * 300_000)  # more than one block
    keys = {store_bytes(ONE, source.read_bytes()), store_file(ONE, source), store_file(ONE, source)}
    assert len(keys) == 1
    assert len([path for path in (tmp_path / "files").rglob("*") if path.is_file()]) == 1


def test_two_sites_keep_their_own_copy() -> None:
    assert store_bytes(ONE, b"same") != store_bytes(OTHER, b"same")


@pytest.mark.parametrize("reader", [open_stored, stored_path])
def test_another_sites_key_is_refused(reader) -> None:
    key = store_bytes(ONE, b"secret")
    for asked in (key, f"{OTHER}/../{key}", f"../{key}", f"/{key}", key.upper()):
        with pytest.raises(StoredFileError):
            reader(OTHER, asked)


@pytest.mark.parametrize("reader", [open_stored, stored_path])
def test_a_key_that_climbs_out_of_its_site_is_refused(reader) -> None:
    store_bytes(ONE, b"secret")
    digest = store_bytes(OTHER, b"mine").rsplit("/", 1)[1]
    with pytest.raises(StoredFileError):
        reader(ONE, f"{ONE}/../{OTHER}/{digest}")


def test_changed_bytes_are_refused() -> None:
    key = store_bytes(ONE, b"as given")
    Path(storages["default"].path(key)).write_bytes(b"as changed")
    with pytest.raises(StoredFileError, match="digest"):
        open_stored(ONE, key)
