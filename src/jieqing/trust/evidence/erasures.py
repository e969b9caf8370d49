"""The journal of erasures, kept outside the database, so that a restored backup forgets again what was erased.

One JSON line for each destruction of salts, synced, in ``erasures.jsonl`` of ``paths.outside_dir``. It names entries and rows, never a
person. Lines are written after commit; one that a killed process did not write is found again by ``catch_up`` from
the entries that record every destruction, which start-up and backup call. ``replay`` runs after a restore; doing
it twice changes nothing.
"""

import contextlib
import fcntl
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from jieqing.plumbing.paths import outside_dir

ACTION = "trust.evidence.salts_destroyed"


@dataclass(frozen=True, slots=True)
class Erasure:
    """What was destroyed: whole entries' salts, or single rows of one bulk entry; ``id`` is the entry that records it."""

    id: UUID
    site_id: UUID | None
    entries: tuple[UUID, ...]
    rows: tuple[int, ...] = ()

    def line(self) -> str:
        site = None if self.site_id is None else str(self.site_id)
        entries = [str(entry) for entry in self.entries]
        return json.dumps({"id": str(self.id), "site": site, "entries": entries, "rows": list(self.rows)})

    @classmethod
    def of_line(cls, line: str) -> "Erasure":
        told = json.loads(line)
        site = None if told["site"] is None else UUID(told["site"])
        return cls(UUID(told["id"]), site, tuple(map(UUID, told["entries"])), tuple(told["rows"]))


def journal_path() -> Path:
    return outside_dir() / "erasures.jsonl"


def append(erasures: Iterable[Erasure], path: Path | None = None) -> None:
    """Add lines; they are on disk when this returns."""
    path = path or journal_path()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("a", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if _ends_torn(path):
            file.write("\n")
        file.writelines(erasure.line() + "\n" for erasure in erasures)
        file.flush()
        os.fsync(file.fileno())


def read(path: Path | None = None) -> Iterator[Erasure]:
    """Every erasure noted; a line cut off by a crash is left out, ``catch_up`` writes it anew."""
    path = path or journal_path()
    if not path.exists():
        return
    with path.open(encoding="utf-8") as file:
        for line in file:
            with contextlib.suppress(ValueError):
                yield Erasure.of_line(line)


def _ends_torn(path: Path) -> bool:
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        if not size:
            return False
        file.seek(size - 1)
        return file.read(1) != b"\n"
