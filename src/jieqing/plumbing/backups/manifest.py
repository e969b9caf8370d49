"""The manifest: every file of a backup with its size and SHA-256, and what the backup is of.

It is written last, authenticated with a key that lies in the key file and not in the backup, and the folder gets its
final name only after that. So a backup whose folder has its name is whole, and one that somebody changed, in a file or
in the manifest itself, is refused by whoever holds the keys.
"""

import hashlib
import hmac
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jieqing.plumbing.faults import Fault

FORMAT = "jieqing-backup/1"
MANIFEST, MAC = "manifest.json", "manifest.mac"
MAC_KEY = "backup.manifest"
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Kept:
    """One file of a backup."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a backup is of (``facts``) and every file in it but the manifest itself."""

    facts: dict[str, Any]
    files: dict[str, Kept]

    @property
    def size_bytes(self) -> int:
        return sum(kept.size for kept in self.files.values())

    def write(self, folder: Path, key: bytes) -> str:
        """Write and authenticate it; returns its digest, the name under which the backup is spoken of."""
        files = {
            name: {"size": kept.size, "sha256": kept.sha256} for name, kept in sorted(self.files.items())
        }
        content = {"format": FORMAT, **self.facts, "files": files}
        data = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"
        write_synced(folder / MANIFEST, data)
        write_synced(folder / MAC, hmac.new(key, data, "sha256").hexdigest().encode() + b"\n")
        return hashlib.sha256(data).hexdigest()

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """Errors: Fault when the folder is no finished backup."""
        try:
            content = json.loads((folder / MANIFEST).read_bytes())
            if content.pop("format") != FORMAT:
                raise ValueError
            files = {name: Kept(told["size"], told["sha256"]) for name, told in content.pop("files").items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            raise _incomplete(folder) from None
        return cls(content, files)

    def findings(self, folder: Path, key: bytes | None) -> Iterator[str]:
        """What differs between the folder and its manifest; ``key`` None leaves the manifest's own seal unchecked."""
        if key is not None and not _is_ours(folder, key):
            yield f"{MANIFEST}: was changed, or was made with other keys"
        there = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
        for name, kept in sorted(self.files.items()):
            path = folder / name
            if name not in there or not _is_inside(folder, path):
                yield f"{name}: missing"
            elif path.stat().st_size != kept.size:
                yield f"{name}: {path.stat().st_size} bytes, {kept.size} expected"
            elif digest_of(path) != kept.sha256:
                yield f"{name}: was changed"
        for name in sorted(there - self.files.keys() - {MANIFEST, MAC}):
            yield f"{name}: is not in the manifest"


def digest_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def manifest_digest(folder: Path) -> str:
    return digest_of(folder / MANIFEST)


def write_synced(path: Path, data: bytes) -> None:
    """Write a private file; it is on disk when this returns."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _is_ours(folder: Path, key: bytes) -> bool:
    try:
        said = (folder / MAC).read_text("ascii").strip()
    except (OSError, ValueError):
        return False
    return hmac.compare_digest(said, hmac.new(key, (folder / MANIFEST).read_bytes(), "sha256").hexdigest())


def _is_inside(folder: Path, path: Path) -> bool:
    return not path.is_symlink() and path.resolve().is_relative_to(folder.resolve())


def _incomplete(folder: Path) -> Fault:
    return Fault(
        f"{folder} 不是一份完整的备份（没有可读的 {MANIFEST}）：请指定完整备份的目录。",
        f"{folder} is not a finished backup (no readable {MANIFEST}): name the folder of a finished one.",
    )
