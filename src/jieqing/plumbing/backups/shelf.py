"""A shelf of backups: one folder, each backup a folder of its own under it, whole or absent.

A backup is built in ``.building-…`` and gets its name (its moment) by one rename when everything in it is on disk. A
killed one stays behind under a name that is never read, and goes with the next run. Files that an earlier backup holds
with the same digest are linked, not copied again: a second backup of an unchanged platform costs the dump and little
else, and each backup can be deleted alone. Live files are copied, never linked: one damaged block must not damage both.

Two backups at once onto one shelf are refused (lock).
"""

import contextlib
import fcntl
import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from jieqing.plumbing.backups.manifest import MANIFEST, Kept, Manifest, write_synced
from jieqing.plumbing.faults import Fault

_NAME = re.compile(r"\d{8}T\d{6}Z")
_BUILDING = ".building-"
_BLOCK = 1 << 20


class Building:
    """A backup that is being made; ``keep_*`` put files into it."""

    def __init__(self, folder: Path, earlier: dict[str, Path]) -> None:
        self.folder = folder
        self.files: dict[str, Kept] = {}
        self.linked_bytes = 0
        self._earlier = earlier

    def keep_bytes(self, name: str, data: bytes) -> None:
        self._place(name)
        write_synced(self.folder / name, data)
        self.files[name] = Kept(len(data), hashlib.sha256(data).hexdigest())

    def keep_named_by_digest(self, name: str, source: Path, digest: str) -> None:
        """A file whose name says its digest: one that an earlier backup has is not even read."""
        if digest in self._earlier and self._earlier[digest].stat().st_size == source.stat().st_size:
            self._link(name, digest)
            return
        self.keep_file(name, source)
        if self.files[name].sha256 != digest:
            raise Fault(
                f"文件库中的 {source} 与其摘要不符，备份已停止：请先运行 jieqing fsck 并从较早的备份取回该文件。",
                f"The stored file {source} does not match its digest, so the backup stopped: "
                "take that file back from an earlier backup first.",
            )

    def keep_file(self, name: str, source: Path) -> None:
        """Copy a file and read its digest on the way."""
        target = self._place(name)
        digest, size = hashlib.sha256(), 0
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with source.open("rb") as stream, os.fdopen(handle, "wb") as copy:
            while block := stream.read(_BLOCK):
                digest.update(block)
                copy.write(block)
                size += len(block)
            copy.flush()
            os.fsync(copy.fileno())
        self.files[name] = Kept(size, digest.hexdigest())

    def take_in(self, name: str) -> None:
        """A file that another program wrote into the folder; a known one is replaced by a link."""
        path = self.folder / name
        path.chmod(0o600)
        digest = hashlib.sha256()
        with path.open("rb") as stream:
            while block := stream.read(_BLOCK):
                digest.update(block)
        found = digest.hexdigest()
        if found in self._earlier:
            path.unlink()
            self._link(name, found)
        else:
            self.files[name] = Kept(path.stat().st_size, found)

    def _link(self, name: str, digest: str) -> None:
        source, target = self._earlier[digest], self._place(name)
        try:
            target.hardlink_to(source)
        except OSError:  # a file system without links
            shutil.copyfile(source, target)
            target.chmod(0o600)
        size = target.stat().st_size
        self.linked_bytes += size
        self.files[name] = Kept(size, digest)

    def _place(self, name: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        return path


@contextmanager
def building(shelf: Path, at: datetime) -> Iterator[Building]:
    """Build one backup; it gets its name when the block ends well, and is cleared away when it does not."""
    shelf.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _alone(shelf):
        for left in shelf.glob(f"{_BUILDING}*"):
            shutil.rmtree(left)
        name = f"{at:%Y%m%dT%H%M%SZ}"
        if (shelf / name).exists():
            raise Fault(f"{shelf / name} 已存在，请稍后再试。", f"{shelf / name} exists already; try again.")
        folder = shelf / f"{_BUILDING}{name}"
        folder.mkdir(mode=0o700)
        try:
            yield Building(folder, _held_by_newest(shelf))
            _sync_folders(folder)
            folder.rename(shelf / name)
            sync_folder(shelf)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise


def finished(shelf: Path) -> list[Path]:
    """The backups on a shelf, oldest first."""
    if not shelf.is_dir():
        return []
    return sorted(
        path for path in shelf.iterdir() if _NAME.fullmatch(path.name) and (path / MANIFEST).is_file()
    )


def chosen(place: Path) -> Path:
    """The backup that a path means: itself, or the newest on that shelf."""
    if (place / MANIFEST).is_file():
        return place
    found = finished(place)
    if not found:
        raise Fault(f"{place} 中没有完整的备份。", f"There is no finished backup in {place}.")
    return found[-1]


def drop_older(shelf: Path, keep: int) -> list[Path]:
    """Delete all but the newest ``keep``; what they share with others stays there."""
    with _alone(shelf):
        old = finished(shelf)[:-keep] if keep > 0 else []
        for folder in old:
            # First its name: a backup that is half deleted must not be taken for a whole one.
            going = folder.with_name(f"{_BUILDING}gone-{folder.name}")
            folder.rename(going)
            shutil.rmtree(going)
    return old


def sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _held_by_newest(shelf: Path) -> dict[str, Path]:
    found = finished(shelf)
    if not found:
        return {}
    held = {}
    for name, kept in Manifest.read(found[-1]).files.items():
        path = found[-1] / name
        with contextlib.suppress(OSError):
            if path.stat().st_size == kept.size:
                held[kept.sha256] = path
    return held


def _sync_folders(folder: Path) -> None:
    for path in (folder, *(path for path in folder.rglob("*") if path.is_dir())):
        sync_folder(path)


@contextmanager
def _alone(shelf: Path) -> Iterator[None]:
    handle = os.open(shelf / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise Fault(
            f"另一个备份正在写入 {shelf}，请等它结束。",
            f"Another backup is being written to {shelf}; wait until it is done.",
        ) from None
    finally:
        os.close(handle)
