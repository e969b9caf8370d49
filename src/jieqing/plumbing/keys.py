"""Named secrets in one file outside the database.

``<data folder>/keys.json``, mode 0600: whoever copies the database alone gets ciphertext, not keys; whoever backs up
the data folder decides about this file knowingly. A secret is made the first time it is asked for and never changes
afterwards by itself. Two processes asking at once get the same secret (lock), and a killed process leaves either the
old file or the new one (written beside, synced, renamed). A file that other accounts may read or write is refused,
not mended: by then the secrets may be known, and only a person can decide what to do.

Names in use: ``django``, ``postgres.<role>``, and one per room that needs more.
"""

import base64
import fcntl
import json
import os
import re
import secrets
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from jieqing.plumbing.faults import Fault
from jieqing.plumbing.paths import data_dir

_NAME = re.compile(r"[a-z][a-z0-9_.-]{0,99}")
_SECRET_BYTES = 32


class KeyFile:
    """The secrets of one data folder."""

    def __init__(self, folder: Path | None = None) -> None:
        self.path = (folder or data_dir()) / "keys.json"

    def text(self, name: str, make: Callable[[], str] | None = None) -> str:
        """Return the secret called ``name``; make and keep it when there is none yet."""
        if not _NAME.fullmatch(name):
            raise ValueError(f"not a key name: {name!r}")
        found = self._read().get(name)
        if found is not None:
            return found
        with self._locked():
            stored = self._read()
            if name not in stored:
                stored[name] = make() if make else secrets.token_urlsafe(_SECRET_BYTES)
                self._write(stored)
            return stored[name]

    def seed(self, name: str, length: int = _SECRET_BYTES) -> bytes:
        """Return ``length`` random bytes kept under ``name`` (a signing seed, an encryption key)."""
        value = self.text(name, lambda: base64.b64encode(secrets.token_bytes(length)).decode("ascii"))
        raw = base64.b64decode(value, validate=True)
        if len(raw) != length:
            raise ValueError(f"key {name!r} holds {len(raw)} bytes, {length} wanted")
        return raw

    def _read(self) -> dict[str, str]:
        try:
            handle = os.open(self.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        except FileNotFoundError:
            return {}
        with os.fdopen(handle, "rb") as file:
            self._refuse_open_to_others(os.fstat(file.fileno()))
            content = json.loads(file.read())
        if not isinstance(content, dict):
            raise Fault(
                f"密钥文件 {self.path} 内容不可读，请从备份恢复。",
                f"The key file {self.path} cannot be read; restore it from a backup.",
            )
        return content

    def _refuse_open_to_others(self, found: os.stat_result) -> None:
        mode = stat.S_IMODE(found.st_mode)
        if mode & 0o077:
            raise Fault(
                f"密钥文件 {self.path} 的权限是 {mode:04o}，其他账户可能已读取；确认后执行 chmod 600，必要时更换密钥。",
                f"The key file {self.path} has mode {mode:04o}, so other accounts may have read it; "
                "when sure, run chmod 600 on it, and replace the keys if in doubt.",
            )
        if found.st_uid != os.geteuid() and os.geteuid() != 0:
            raise Fault(
                f"密钥文件 {self.path} 属于另一个账户，请用该账户运行。",
                f"The key file {self.path} belongs to another account; run as that account.",
            )

    def _write(self, stored: dict[str, str]) -> None:
        beside = self.path.with_name(f".keys.{secrets.token_hex(8)}.new")
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(stored, file, indent=1, sort_keys=True)
                file.flush()
                os.fsync(file.fileno())
            self._keep_owner(beside)
            beside.replace(self.path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
        folder = os.open(self.path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def _keep_owner(self, beside: Path) -> None:
        """Root may add a key to a person's file; the file stays that person's."""
        if os.geteuid() == 0 and self.path.exists():
            owner = self.path.stat()
            os.chown(beside, owner.st_uid, owner.st_gid)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        handle = os.open(self.path.with_name("keys.lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)


def secret(name: str) -> str:
    """The secret ``name`` of this data folder as text."""
    return KeyFile().text(name)


def seed(name: str, length: int = _SECRET_BYTES) -> bytes:
    """The secret ``name`` of this data folder as ``length`` bytes."""
    return KeyFile().seed(name, length)


def all_secrets(folder: Path | None = None) -> dict[str, str]:
    """Every secret of a data folder, for the one reader that needs them all: the backup."""
    return KeyFile(folder)._read()


def put_back(secrets_by_name: dict[str, str], folder: Path | None = None) -> None:
    """Write restored secrets into a data folder that has none of these names yet.

    Errors: ValueError when one is there with another value; keys are never replaced silently.
    """
    file = KeyFile(folder)
    with file._locked():
        stored = file._read()
        for name, value in secrets_by_name.items():
            if stored.setdefault(name, value) != value:
                raise ValueError(f"key {name!r} is there with another value")
        file._write(stored)
