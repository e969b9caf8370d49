"""The full export of a site: every table, every file, every proof, one zip that anybody can check offline.

It walks the models of the whole house, so a room that is born later is in it from its first day. All tables are read in
one snapshot and under the site's own row policies: there is no way for another site's row to get in. What lies sealed is
opened only for the owner, only on their own request, and that is in evidence.
"""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.files.storage import storages
from django.db import connection, transaction
from procrastinate.contrib.django import app
from psycopg import IsolationLevel

from jieqing.estate.sites.engine import archive as form
from jieqing.estate.sites.models import Export, Site
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor, system_actor
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing import paths, sealing, vocabulary
from jieqing.plumbing.db.models import SiteModel
from jieqing.plumbing.db.scopes import site_scope
from jieqing.plumbing.storage import open_stored
from jieqing.trust.evidence import selectors as log
from jieqing.trust.evidence import services as evidence

EXPORT_TASK, RENTAL_QUEUE = "sites.export", "rental"
KEPT_FOR = timedelta(days=7)
_COLUMNS = """
SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute
WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum
"""
NOT_READY = Problem(
    code="export.not_ready",
    zh="导出文件不存在、还没有完成，或已过保留期。",
    en="The export does not exist, is not finished yet, or was deleted after its days.",
    todo_zh="请等待完成，或重新导出。",
    todo_en="Wait for it, or ask for a new one.",
)


def request_export(*, actor: Actor, site: Site) -> Export:
    """Ask for an export; one that is being made already is given back instead of a second."""
    with transaction.atomic(), site_scope(site.id):
        Site.objects.select_for_update().get(pk=site.id)
        recent = clock.now() - timedelta(hours=1)
        running = Export.objects.filter(finished_at=None, problem="", at__gt=recent).first()
        if running:
            return running
        wanted = Export(site_id=site.id, requested_by=actor.id, at=clock.now())
        wanted.entry_id = evidence.record(
            actor=actor,
            action="estate.sites.export_requested",
            subject=f"estate.sites.export:{wanted.id}",
            facts={"sealed_fields": "opened"},
        )
        wanted.save(force_insert=True)
        job = app.configure_task(EXPORT_TASK, queue=RENTAL_QUEUE)
        job.defer(site_id=str(site.id), export_id=str(wanted.id))
    return wanted


def write_export(*, site_id: UUID, export_id: UUID) -> None:
    """The job: make the file, then say in the row and in evidence what it is."""
    with site_scope(site_id):
        wanted = Export.objects.filter(pk=export_id, finished_at=None).first()
    if wanted is None:
        return
    target = file_of(wanted)
    digest, size = export_site(site_id=site_id, out=target, is_clear=True)
    with transaction.atomic(), site_scope(site_id):
        wanted.finished_at, wanted.digest, wanted.size_bytes = clock.now(), digest, size
        wanted.save(update_fields=["finished_at", "digest", "size_bytes"])
        evidence.record(
            actor=system_actor(site_id, "rental"),
            action="estate.sites.exported",
            subject=f"estate.sites.export:{export_id}",
            facts={"sha256": digest.hex(), "size_bytes": size},
        )


def file_of(export: Export) -> Path:
    """Where an export lies; outside the file store, so that no export contains another."""
    folder = paths.make_private(paths.make_private(paths.data_dir() / "exports") / str(export.site_id))
    return folder / f"{export.id}.zip"


def forget_old_exports(*, site: Site) -> int:
    """Delete export files after their days; the rows stay and say what there was."""
    old = [one for one in Export.objects.filter(at__lt=clock.now() - KEPT_FOR) if file_of(one).exists()]
    for export in old:
        file_of(export).unlink()
    return len(old)


def export_site(*, site_id: UUID, out: Path, is_clear: bool) -> tuple[bytes, int]:
    """Write the export to ``out`` (whole or not at all); returns its SHA-256 and size."""
    with tempfile.NamedTemporaryFile(dir=out.parent, suffix=".part", delete=False) as part:
        made = Path(part.name)
    try:
        with _snapshot(), site_scope(site_id), zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as zipped:
            _Writer(zipped, Site.objects.get(pk=site_id)).write(is_clear)
        digest = sha256()
        with made.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
        size = made.stat().st_size
        made.replace(out)
    except BaseException:
        made.unlink(missing_ok=True)
        raise
    return digest.digest(), size


@contextmanager
def _snapshot() -> Iterator[None]:
    """One moment for all tables; inside a transaction that runs already its own view counts."""
    if connection.in_atomic_block:
        yield
        return
    connection.ensure_connection()
    session = connection.connection
    session.isolation_level = IsolationLevel.REPEATABLE_READ
    try:
        with transaction.atomic():
            yield
    finally:
        session.isolation_level = None


class _Writer:
    """Writes members one after the other and remembers each for the manifest."""

    def __init__(self, zipped: zipfile.ZipFile, site: Site) -> None:
        self.zipped, self.site = zipped, site
        self.members: list[dict[str, Any]] = []

    def write(self, is_clear: bool) -> None:
        self._whole("README.txt", _README.encode())
        for table in site_tables():
            self._table(table)
        if is_clear:
            for (table, column), purpose in sorted(sealing.columns().items()):
                self._opened(table, column, purpose)
        self._files()
        unpublished = self._proofs()
        site = self.site
        manifest = {
            "format": form.FORMAT,
            "site": {
                "id": str(site.id),
                "slug": site.slug,
                "name": site.name,
                "kind": site.kind,
                "state": site.state,
            },
            "made_at": clock.now().isoformat(),
            "sealed_fields": "opened" if is_clear else "sealed",
            "unpublished_entries": unpublished,
            "members": self.members,
        }
        self.zipped.writestr(form.MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))

    def _whole(self, name: str, data: bytes) -> None:
        self.zipped.writestr(name, data)
        self.members.append({"name": name, "sha256": sha256(data).hexdigest(), "size": len(data)})

    def _lines(self, name: str, head: object, lines: Iterable[bytes]) -> None:
        digest, size, rows = sha256(), 0, -1
        first = json.dumps(head, ensure_ascii=False).encode()
        with self.zipped.open(name, "w", force_zip64=True) as member:
            for line in chain([first], lines):
                member.write(line + b"\n")
                digest.update(line + b"\n")
                size, rows = size + len(line) + 1, rows + 1
        self.members.append({"name": name, "sha256": digest.hexdigest(), "size": size, "rows": rows})

    def _table(self, table: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(_COLUMNS, [table])
            columns = [{"name": name, "type": kind} for name, kind in cursor.fetchall()]
        query = f'SELECT row_to_json(t)::text FROM "{table}" t WHERE site_id = %s'  # noqa: S608  a table's own name
        self._lines(
            f"tables/{table}.jsonl",
            {"table": table, "columns": columns},
            (text.encode() for (text,) in _streamed(query, [self.site.id])),
        )

    def _opened(self, table: str, column: str, purpose: str) -> None:
        query = f'SELECT id, "{column}" FROM "{table}" WHERE site_id = %s AND "{column}" IS NOT NULL'  # noqa: S608
        rows = (
            json.dumps({"id": str(key), column: sealing.unseal(purpose, bytes(sealed)).decode()}).encode()
            for key, sealed in _streamed(query, [self.site.id])
        )
        self._lines(f"clear/{table}.{column}.jsonl", {"table": table, "column": column}, rows)

    def _files(self) -> None:
        store = storages["default"]
        folder = str(self.site.id)
        names = sorted(store.listdir(folder)[1]) if store.exists(folder) else []
        for name in names:
            self._whole(f"files/{name}", open_stored(self.site.id, f"{folder}/{name}"))

    def _proofs(self) -> list[str]:
        """A bundle for each published entry; the ids of those that are not yet."""
        policy = log.policy_text()
        if not is_problem(policy):
            self._whole(form.POLICY, policy.encode())
        unpublished, people = [], set()
        before: UUID | None = None
        while views := log.entries_recent(before=before):
            before = views[-1].id
            for view in views:
                people.add(view.actor_id)
                bundle = log.proof_bundle(view.id)
                if is_problem(bundle):
                    unpublished.append(str(view.id))
                else:
                    self._whole(f"{form.BUNDLES}{view.id}.evidence.zip", bundle)
        names = vocabulary.people(people)
        rows = (
            json.dumps({"id": str(key), "name": name}, ensure_ascii=False).encode()
            for key, name in names.items()
        )
        self._lines("people.jsonl", {"what": "names of the people who acted on this site"}, rows)
        return unpublished


def site_tables() -> list[str]:
    """Every table that holds rows of sites, whichever room it is in, and platform tables that name a site and may be read."""
    found = set()
    for model in apps.get_models(include_auto_created=True):
        names = {field.column for field in model._meta.local_fields}
        if issubclass(model, SiteModel) or ("site_id" in names and _may_read(model._meta.db_table)):
            found.add(model._meta.db_table)
    return sorted(found)


def _may_read(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, 'SELECT')", [table])
        return bool(cursor.fetchone()[0])


def _streamed(query: str, values: list[Any]) -> Iterator[tuple[Any, ...]]:
    """Rows by a server-side cursor: a table of millions never lies in memory."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(query, values)
        while rows := cursor.fetchmany(2_000):
            yield from rows


_README = """结清 Jieqing：站点完整导出 / full export of a site

manifest.json   每个文件的 SHA-256 / the SHA-256 of every member
tables/         每张表一份 JSON Lines，首行为字段 / each table as JSON lines, first line: columns
files/          上传的文件，以其 SHA-256 命名 / uploaded files, named by their SHA-256
clear/          解封的敏感字段，仅负责人导出时有 / sealed fields opened, only in the owner's own export
evidence/       存证包与核验策略，用 jieqing-verify 离线核验 / proofs and the policy for jieqing-verify
people.jsonl    操作人姓名 / names of the people who acted

核验 / check: jieqing site export --check FILE
"""
