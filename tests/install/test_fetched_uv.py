"""uv is fetched where neither uv nor pip is there: from an index or a folder, and only with the digest of the lock."""

import hashlib
import http.server
import io
import json
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from bootstrapping import uv_wheel
from bootstrapping.pip_settings import PipSettings
from bootstrapping.say import Stopped
from bootstrapping.uv_wheel import fetch_uv

NAME = "uv-9.9.9-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl"
OTHER = "uv-9.9.9-py3-none-macosx_11_0_arm64.whl"


def wheel(program: bytes = b"#!/bin/sh\necho uv 9.9.9\n") -> bytes:
    """The same bytes whenever it is called: a zip otherwise carries the time."""
    made = io.BytesIO()
    files = {"uv/__init__.py": b"", "uv-9.9.9.data/scripts/uv": program, "uv-9.9.9.data/scripts/uvx": b""}
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return made.getvalue()


@pytest.fixture(autouse=True)
def _this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uv_wheel.sys, "platform", "linux")
    monkeypatch.setattr(uv_wheel.platform, "machine", lambda: "x86_64")
    monkeypatch.setattr(uv_wheel.platform, "libc_ver", lambda: ("glibc", "2.36"))


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    file = tmp_path / "uv.txt"
    file.write_text(f"uv==9.9.9 \\\n    --hash=sha256:{hashlib.sha256(wheel()).hexdigest()}\n")
    return file


@pytest.fixture
def index(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A package index on loopback, laid out as files."""
    folder = tmp_path / "index"
    (folder / "simple" / "uv").mkdir(parents=True)
    (folder / "files").mkdir()

    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *arguments: object) -> None:
            super().__init__(*arguments, directory=str(folder))  # type: ignore[arg-type]

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/simple", folder
    server.shutdown()
    server.server_close()


def test_from_an_index_page_by_relative_link(lock: Path, index: tuple[str, Path], tmp_path: Path) -> None:
    address, folder = index
    (folder / "files" / NAME).write_bytes(wheel())
    (folder / "simple/uv/index.html").write_text(
        f'<a href="../../files/{OTHER}#sha256=0">{OTHER}</a> <a href="../../files/{NAME}#sha256=0">{NAME}</a>'
    )
    program = fetch_uv(lock, tmp_path / "bin" / "uv", PipSettings(index_url=address))
    assert program.read_bytes().startswith(b"#!/bin/sh")
    assert program.stat().st_mode & 0o111


def test_from_an_index_that_answers_in_json(lock: Path, index: tuple[str, Path], tmp_path: Path) -> None:
    address, folder = index
    (folder / "files" / NAME).write_bytes(wheel())
    files = [{"url": f"{address}/../files/{name}"} for name in (OTHER, NAME)]
    (folder / "simple/uv/index.html").write_text(json.dumps({"files": files}))
    assert fetch_uv(lock, tmp_path / "uv", PipSettings(index_url=address)).is_file()


def test_from_a_folder_of_wheels_and_from_a_local_index(lock: Path, tmp_path: Path) -> None:
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    (wheels / NAME).write_bytes(wheel())
    found = fetch_uv(lock, tmp_path / "one", PipSettings(find_links=(str(wheels),), no_index=True))
    local = tmp_path / "local" / "uv"
    local.mkdir(parents=True)
    (local / NAME).write_bytes(wheel())
    assert (
        found.read_bytes()
        == fetch_uv(lock, tmp_path / "two", PipSettings(index_url=local.parent.as_uri())).read_bytes()
    )


def test_another_digest_is_thrown_away_whoever_serves_it(lock: Path, tmp_path: Path) -> None:
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    (wheels / NAME).write_bytes(wheel(b"#!/bin/sh\nrm -rf everything\n"))
    with pytest.raises(Stopped, match=r"python3-venv.*digest differs") as stopped:
        fetch_uv(lock, tmp_path / "uv", PipSettings(find_links=(str(wheels),), no_index=True))
    assert "请安装系统软件包 python3-venv" in str(stopped.value)
    assert not (tmp_path / "uv").exists()


def test_an_index_that_is_down_does_not_stop_the_next(
    lock: Path, index: tuple[str, Path], tmp_path: Path
) -> None:
    address, folder = index
    (folder / "files" / NAME).write_bytes(wheel())
    (folder / "simple/uv/index.html").write_text(f'<a href="../../files/{NAME}">{NAME}</a>')
    settings = PipSettings(index_url="http://127.0.0.1:9/simple", extra_index_urls=(address,), timeout="5")
    assert fetch_uv(lock, tmp_path / "uv", settings).is_file()


@pytest.mark.parametrize(
    ("tag", "fits"),
    [
        ("manylinux_2_17_x86_64.manylinux2014_x86_64", True),
        ("manylinux_2_40_x86_64", False),
        ("manylinux_2_17_aarch64.manylinux2014_aarch64", False),
        ("musllinux_1_1_x86_64", False),
        ("win_amd64", False),
    ],
)
def test_the_wheel_for_this_machine_is_chosen(tag: str, fits: bool) -> None:
    assert uv_wheel._fits(f"uv-9.9.9-py3-none-{tag}.whl", "9.9.9") is fits
    assert not uv_wheel._fits(f"uv-9.9.8-py3-none-{tag}.whl", "9.9.9")
