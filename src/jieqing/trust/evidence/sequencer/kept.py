"""The last signed head, kept outside the database.

The database can be put back to an earlier day; a log that then goes on signs two histories. So every head is written to
this file, synced, before it is published. At opening the log must contain the kept head, or nothing is signed.
"""

import os
from pathlib import Path

from jieqing.plumbing.paths import outside_dir

_NAME = "last-signed"


def kept_head_of(origin: str) -> "KeptHead":
    """The kept head of the log of this name, in ``paths.outside_dir``."""
    return KeptHead(outside_dir() / origin.replace("/", "_"))


class KeptHead:
    """One checkpoint note in one file, replaced atomically."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.path = folder / _NAME

    def read(self) -> str | None:
        try:
            return self.path.read_text("utf-8")
        except FileNotFoundError:
            return None

    def keep(self, note: str) -> None:
        """Make ``note`` the kept head; it is on disk when this returns."""
        beside = self.path.with_suffix(".new")
        with beside.open("w", encoding="utf-8") as file:
            file.write(note)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self.path)
        folder = os.open(self.path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
