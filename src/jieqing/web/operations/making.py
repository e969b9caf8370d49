"""Make one backup of the running platform.

Everything under one snapshot: the dump, the rows of each table, the walls, the head of the evidence log. Stored files are
copied after the snapshot was taken; they are written before the row that names them and never changed, so every file that a
row of the snapshot names is among them. The journal of erasures and the last signed head are copied too, but a restore
asks for the ones that lie outside: those in a backup are as old as the backup.

What it does not hold: keys in clear (see ``plumbing.backups.locked_keys``) and mail or database passwords of the
environment; of the settings only those that are no secret.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage, storages
from django.db import transaction

from jieqing.estate.sites.selectors import all_sites
from jieqing.kernel import clock
from jieqing.kernel.actor import system_actor
from jieqing.plumbing import keys, upkeep
from jieqing.plumbing.backups import database, locked_keys, shelf
from jieqing.plumbing.backups.manifest import MAC_KEY, Manifest, manifest_digest
from jieqing.plumbing.faults import Fault
from jieqing.plumbing.models import UpkeepKind
from jieqing.plumbing.paths import outside_dir
from jieqing.plumbing.postgres import BACKUP, connection_url
from jieqing.plumbing.versions import release
from jieqing.trust.evidence import services as evidence

DUMP, FILES, OUTSIDE, KEYS = "database", "files", "outside", "keys.locked"
# Settings that a restored place needs and that are no secret.
_SETTINGS = ("JIEQING_ENV", "JIEQING_HOSTS", "JIEQING_ORIGINS", "JIEQING_LOG_ORIGIN")
_HEAD = "SELECT id, encode(root, 'hex'), note FROM evidence_checkpoint ORDER BY id DESC LIMIT 1"


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made."""

    folder: Path
    digest: str
    files: int
    size_bytes: int
    linked_bytes: int
    head_entries: int
    has_keys: bool

    def as_dict(self) -> dict[str, Any]:
        return {
            "backup": str(self.folder),
            "sha256": self.digest,
            "files": self.files,
            "bytes": self.size_bytes,
            "reused_bytes": self.linked_bytes,
            "evidence_head": self.head_entries,
            "keys": "locked" if self.has_keys else "left out",
        }


def make_backup(place: Path, passphrase: str | None) -> Made:
    """One more backup on the shelf ``place``. Errors: Fault; nothing of a failed one is left under a readable name."""
    _refuse_inside_itself(place)
    evidence.open_journal()  # the journal is there from the first backup on: an empty one says that nobody was erased
    for site in all_sites():
        evidence.catch_up_erasures(site.id)
    at = clock.now()
    with shelf.building(place, at) as building, database.snapshot(connection_url(BACKUP)) as snapshot:
        head = snapshot.one(_HEAD)
        facts = {
            "taken_at": at.isoformat(),
            "version": release(),
            "server": snapshot.server_version,
            "migrations": _migrations(snapshot),
            "rows": snapshot.rows_of_tables(),
            "walls": snapshot.walls(),
            "evidence": {
                "origin": (snapshot.one("SELECT origin FROM evidence_writer") or ("",))[0],
                "entries": snapshot.one("SELECT count(*) FROM evidence_leaf")[0],
                "head": {"size": head[0], "root": head[1], "note": head[2]} if head else None,
            },
            "settings": {name: os.environ[name] for name in _SETTINGS if name in os.environ},
        }
        snapshot.dump(building.folder / DUMP)
        for path in sorted((building.folder / DUMP).iterdir()):
            building.take_in(f"{DUMP}/{path.name}")
        _keep_stored_files(building)
        for path in sorted(path for path in outside_dir().rglob("*") if path.is_file()):
            building.keep_file(f"{OUTSIDE}/{path.relative_to(outside_dir())}", path)
        seal = keys.seed(MAC_KEY)
        secrets = keys.all_secrets()
        facts["keys"] = {"locked": passphrase is not None, "fingerprint": locked_keys.fingerprint(secrets)}
        if passphrase is not None:
            building.keep_bytes(KEYS, locked_keys.lock(secrets, passphrase))
        manifest = Manifest(facts, dict(building.files))
        digest = manifest.write(building.folder, seal)
    made = Made(
        folder=place / f"{at:%Y%m%dT%H%M%SZ}",
        digest=digest,
        files=len(manifest.files),
        size_bytes=manifest.size_bytes,
        linked_bytes=building.linked_bytes,
        head_entries=head[0] if head else 0,
        has_keys=passphrase is not None,
    )
    _note(made)
    return made


def check_backup(folder: Path) -> list[str]:
    """What is wrong with a finished backup, file by file, seal included; noted for the health page."""
    findings = list(Manifest.read(folder).findings(folder, keys.seed(MAC_KEY)))
    facts = {"sha256": manifest_digest(folder), "findings": len(findings)}
    upkeep.note(UpkeepKind.CHECK, is_ok=not findings, facts=facts)
    return findings


def stored_files_root() -> Path:
    """Where stored files lie on this machine."""
    store = storages["default"]
    if not isinstance(store, FileSystemStorage):
        raise Fault(
            "文件库不在本机磁盘上：请用该存储自己的版本和复制功能备份文件。",
            "Stored files do not lie on this machine's disk: back them up with that store's own versions.",
        )
    return Path(store.location)


def _keep_stored_files(building: shelf.Building) -> None:
    root = stored_files_root()
    for path in sorted(path for path in root.rglob("*") if path.is_file()):
        building.keep_named_by_digest(f"{FILES}/{path.relative_to(root)}", path, path.name)


def _migrations(snapshot: database.Snapshot) -> list[str]:
    rows = snapshot.connection.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1")
    return [name for (name,) in rows]


def _note(made: Made) -> None:
    facts = {
        "sha256": made.digest,
        "bytes": made.size_bytes,
        "files": made.files,
        "head": made.head_entries,
        "keys_locked_in": made.has_keys,
    }
    with transaction.atomic():
        upkeep.note(UpkeepKind.BACKUP, is_ok=True, facts=facts)
        evidence.record(
            actor=system_actor(None, "backup"),
            action="web.operations.backed_up",
            subject="web.operations.platform:main",
            facts=facts,
        )


def _refuse_inside_itself(place: Path) -> None:
    if place.resolve().is_relative_to(stored_files_root().resolve()):
        raise Fault(
            "备份目录不能放在文件库里面。", "The folder of backups cannot lie inside the store of files."
        )
