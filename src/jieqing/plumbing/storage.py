"""Files a site gave us, kept as they came.

Content-addressed under the site's own folder: the key carries the SHA-256 of the bytes, so storing the same
file twice keeps one copy and a stored file can never change unnoticed. Behind Django's storage interface, so
that an S3-compatible store works by configuration.

A file that somebody only looks at (a preview) is set aside: in a folder of its own, shared with nothing, gone after its days.

Refuses: a key of another site, and a key whose bytes no longer match their digest.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.core.files.base import ContentFile, File
from django.core.files.storage import storages

ASIDE = "aside"
_DIGEST = re.compile(r"[0-9a-f]{64}")


class StoredFileError(RuntimeError):
    """The store does not hold what the key promises."""


def store_bytes(site_id: UUID, data: bytes) -> str:
    """Keep ``data`` and return its key ``<site>/<sha256>``."""
    key = f"{site_id}/{hashlib.sha256(data).hexdigest()}"
    store = storages["default"]
    if not store.exists(key):
        store.save(key, ContentFile(data))
    return key


def store_file(site_id: UUID, source: Path) -> str:
    """As ``store_bytes`` for a file on disk, without reading it into memory at once."""
    digest = hashlib.sha256()
    with source.open("rb") as stream:
        for block in _blocks(stream):
            digest.update(block)
    key = f"{site_id}/{digest.hexdigest()}"
    store = storages["default"]
    if not store.exists(key):
        with source.open("rb") as stream:
            store.save(key, File(stream))
    return key


def open_stored(site_id: UUID, key: str) -> bytes:
    """Return the bytes behind a key of this site, checked against the digest in the key."""
    _check_owner(site_id, key)
    with storages["default"].open(key) as stream:
        data: bytes = stream.read()
    if hashlib.sha256(data).hexdigest() != key.rsplit("/", 1)[1]:
        raise StoredFileError(f"{key} does not match its digest")
    return data


def stored_path(site_id: UUID, key: str) -> Path:
    """The local path of a stored file, for readers that want a file name; only local stores have one."""
    _check_owner(site_id, key)
    return Path(storages["default"].path(key))


def set_aside(site_id: UUID, data: bytes) -> str:
    """Keep what was only looked at, until it is wanted or its days are over; looked at again, its days begin anew."""
    digest = hashlib.sha256(data).hexdigest()
    store, name = storages["default"], _aside(site_id, digest)
    if store.exists(name):
        store.delete(name)
    store.save(name, ContentFile(data))
    return digest


def open_aside(site_id: UUID, digest: str) -> bytes | None:
    """What was set aside under this digest; None when its days are over."""
    store, name = storages["default"], _aside(site_id, digest)
    if not store.exists(name):
        return None
    with store.open(name) as stream:
        data: bytes = stream.read()
    if hashlib.sha256(data).hexdigest() != digest:
        raise StoredFileError(f"{name} does not match its digest")
    return data


def aside_since(site_id: UUID, before: datetime) -> list[str]:
    """Digests of what was set aside before a moment, in order."""
    store, folder = storages["default"], f"{ASIDE}/{site_id}"
    if not store.exists(folder):
        return []
    _folders, names = store.listdir(folder)
    old = [name for name in names if store.get_modified_time(f"{folder}/{name}") < before]
    return sorted(name for name in old if _DIGEST.fullmatch(name))


def drop_aside(site_id: UUID, digests: Sequence[str]) -> None:
    """Remove what was set aside; what is gone already stays gone."""
    for digest in digests:
        storages["default"].delete(_aside(site_id, digest))


def _aside(site_id: UUID, digest: str) -> str:
    if not _DIGEST.fullmatch(digest):
        raise StoredFileError("what is set aside is named by its digest")
    return f"{ASIDE}/{site_id}/{digest}"


def _check_owner(site_id: UUID, key: str) -> None:
    # The whole key, not its beginning: "<site>/../<other site>/<digest>" would climb out.
    if not re.fullmatch(rf"{site_id}/[0-9a-f]{{64}}", key):
        raise StoredFileError("the key belongs to another site")


def _blocks(stream) -> Iterator[bytes]:  # type: ignore[no-untyped-def]
    while block := stream.read(1 << 20):
        yield block
