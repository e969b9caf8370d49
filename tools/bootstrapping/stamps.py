"""Stamps: a step that was done for the same input is not done again.

A stamp holds the digest of everything that decides a step's result. It is written last, so an interrupted step is
repeated, and it lies inside what the step made, so deleting that repeats the step too.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def digest_of(*facts: str, files: Iterable[Path] = ()) -> str:
    """One digest over plain facts and the contents of files (a missing file counts as empty)."""
    digest = hashlib.sha256()
    for fact in facts:
        digest.update(fact.encode() + b"\0")
    for file in files:
        content = file.read_bytes() if file.is_file() else b""
        digest.update(f"{file.name}:{len(content)}\0".encode() + content)
    return digest.hexdigest()


def is_stamped(stamp: Path, wanted: str) -> bool:
    return stamp.is_file() and stamp.read_text(encoding="ascii").strip() == wanted


def put_stamp(stamp: Path, wanted: str) -> None:
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(wanted + "\n", encoding="ascii")
