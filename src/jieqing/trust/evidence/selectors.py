"""Reads: an entry as a person sees it, what happened to a thing, and the proof bundle that leaves the house.

Everything here runs inside a site's scope and sees that site's entries only. The proof of an entry is made from the newest
published head, so a bundle asked for later covers more but says the same.

Refuses, as Problems: an entry that is not there (or not this site's: the answer is the same), one whose head is not yet
published, a row or field whose salt was destroyed, a row whose bytes are not those recorded.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from typing import Any
from uuid import UUID

from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.trust.evidence import problems
from jieqing.trust.evidence.engine import bulk
from jieqing.trust.evidence.engine.bundle import Bundle, RowProof, members_of, write_archive
from jieqing.trust.evidence.engine.checkpoints import Checkpoint as SignedHead
from jieqing.trust.evidence.engine.checkpoints import proof_text, read_checkpoint
from jieqing.trust.evidence.engine.digests import SALT_BYTES, artefact_of, commit
from jieqing.trust.evidence.engine.merkle import leaf_hash
from jieqing.trust.evidence.engine.proofs import inclusion_path, root_from_path
from jieqing.trust.evidence.engine.readme import readme_text
from jieqing.trust.evidence.engine.tiles import TileReader, coordinates_for, tile_at, tile_id
from jieqing.trust.evidence.models import Checkpoint, Chunk, Entry, Leaf, Salt, Tile, Writer

ROWS_FIELD = "*rows"
PAGE_ROWS = 50


class EntryState(StrEnum):
    """How far an entry has come."""

    RECORDED = "recorded"
    SEQUENCED = "sequenced"
    PUBLISHED = "published"


@dataclass(frozen=True)
class EntryView:
    """One entry: its exact bytes, and its place in the log once it has one."""

    id: UUID
    site_id: UUID | None
    action: str
    subject: str
    recorded_at: datetime
    body: bytes
    index: int | None
    published_size: int

    @cached_property
    def content(self) -> dict[str, Any]:
        """The decoded entry."""
        decoded: dict[str, Any] = json.loads(self.body)
        return decoded

    @property
    def state(self) -> EntryState:
        if self.index is None:
            return EntryState.RECORDED
        return EntryState.PUBLISHED if self.index < self.published_size else EntryState.SEQUENCED

    @property
    def event_time(self) -> datetime:
        return datetime.fromisoformat(self.content["event_time"])

    @property
    def facts(self) -> dict[str, Any]:
        facts: dict[str, Any] = self.content["facts"]
        return facts

    @property
    def actor_id(self) -> UUID:
        return UUID(self.content["actor"]["id"])

    @property
    def actor_kind(self) -> str:
        return str(self.content["actor"]["kind"])

    @property
    def bulk_rows(self) -> int:
        """How many rows this one entry proves; 0 for a plain entry."""
        return int(self.content.get("bulk", {}).get("count", 0))

    @property
    def digest(self) -> str:
        """What ``sha256sum entry.json`` prints."""
        return sha256(self.body).hexdigest()


@dataclass(frozen=True)
class Inclusion:
    """How an entry hangs in the log: siblings up to a signed head. ``covered_at`` is when a head first covered it."""

    index: int
    head: SignedHead
    note: str
    path: tuple[bytes, ...]
    covered_at: datetime
    signed_at: datetime

    def holds(self, body: bytes) -> bool:
        """Whether these bytes lead to the head's root: recomputed, not remembered."""
        return root_from_path(self.index, self.head.size, leaf_hash(body), self.path) == self.head.root


def entry_by_id(entry_id: UUID) -> EntryView | Problem:
    """One entry of the active site."""
    found = _views(Entry.objects.filter(id=entry_id))
    return found[0] if found else problems.no_entry(entry_id)


def entries_for_subject(subject: str, *, limit: int = PAGE_ROWS) -> list[EntryView]:
    """What happened to one thing, newest first."""
    return _views(Entry.objects.filter(subject=subject).order_by("-id")[:limit])


def entries_of_chain(chain: UUID) -> list[EntryView]:
    """The entries of one case in their order."""
    return _views(Entry.objects.filter(chain_id=chain).order_by("chain_seq"))


def entries_recent(
    *, before: UUID | None = None, action: str = "", limit: int = PAGE_ROWS
) -> list[EntryView]:
    """The site's entries, newest first; ``before`` is the last id of the page above."""
    entries = Entry.objects.filter(action__startswith=action)
    if before is not None:
        entries = entries.filter(id__lt=before)
    return _views(entries.order_by("-id")[:limit])


def inclusion_of(view: EntryView) -> Inclusion | Problem:
    """The entry's place under the newest signed head, and when a head first covered it."""
    heads = Checkpoint.objects.order_by("id")
    first = None if view.index is None else heads.filter(id__gt=view.index).first()
    newest = heads.last()
    if view.index is None or first is None or newest is None:
        return problems.not_published(view.id)
    head = read_checkpoint(newest.note)
    reader = TileReader(_tiles(view.index, head.size))
    return Inclusion(
        index=view.index,
        head=head,
        note=newest.note,
        path=tuple(inclusion_path(view.index, head.size, reader.node)),
        covered_at=first.signed_at,
        signed_at=newest.signed_at,
    )


def policy_text() -> str | Problem:
    """The trust policy of this log, for whoever verifies: to be handed over apart from any bundle."""
    writer = Writer.objects.filter(id=1).first()
    if writer is None:
        return problems.no_log()
    return (
        "# 结清存证日志的信任策略：请从独立渠道核对公钥后使用。\n"
        "# Trust policy of a Jieqing evidence log: compare the key with an independent source before use.\n"
        f"log {writer.vkey}\nquorum none\n"
    )


def newest_checkpoint() -> tuple[str, datetime] | None:
    """The newest signed head as it was signed, and when: what anybody may see of the log."""
    return Checkpoint.objects.order_by("-id").values_list("note", "signed_at").first()


def proof_bundle(
    entry_id: UUID,
    row_index: int | None = None,
    *,
    row: bytes | None = None,
    row_digest: bytes | None = None,
    disclose: Mapping[str, str] | None = None,
    artefacts: Mapping[str, bytes] | None = None,
) -> bytes | Problem:
    """The ``*.evidence.zip`` of one entry, or of one row of a bulk entry.

    ``row`` are the row's bytes, to be shown; ``row_digest`` alone proves the row without showing it. ``disclose`` opens
    committed fields by their texts; ``artefacts`` adds originals that the entry names.
    """
    view = entry_by_id(entry_id)
    if is_problem(view):
        return view
    if view.index is None or view.state is not EntryState.PUBLISHED:
        return problems.not_published(entry_id)
    disclosed = _disclosed(view, disclose or {})
    shown = _originals(view, artefacts or {})
    proved = None
    if row_index is not None:
        proved = _row_proof(view, row_index, row, row_digest)
    for outcome in (disclosed, shown, proved):
        if is_problem(outcome):
            return outcome
    place = inclusion_of(view)
    if is_problem(place):
        return place
    bundle = Bundle(
        entry=view.body,
        proof=proof_text(view.index, place.path, place.note),
        readme=readme_text(
            entry=view.content, origin=place.head.origin, index=view.index, size=place.head.size
        ),
        disclosed=disclosed,  # type: ignore[arg-type]  # Problems returned above
        artefacts=shown,  # type: ignore[arg-type]
        row=proved,  # type: ignore[arg-type]
    )
    return write_archive(members_of(bundle))


def _views(entries: Iterable[Entry]) -> list[EntryView]:
    rows = list(entries)
    places = dict(Leaf.objects.filter(entry_id__in=[row.id for row in rows]).values_list("entry_id", "id"))
    published = Checkpoint.objects.order_by("-id").values_list("id", flat=True).first() or 0
    return [
        EntryView(
            id=row.id,
            site_id=row.site_id,
            action=row.action,
            subject=row.subject,
            recorded_at=row.recorded_at,
            body=bytes(row.body),
            index=places.get(row.id),
            published_size=published,
        )
        for row in rows
    ]


def _tiles(index: int, size: int) -> dict[tuple[int, int], bytes]:
    wanted = [tile_id(level, number) for level, number in coordinates_for(index, size)]
    found = Tile.objects.filter(id__in=wanted).values_list("id", "hashes")
    return {tile_at(identifier): bytes(hashes) for identifier, hashes in found}


def _disclosed(view: EntryView, texts: Mapping[str, str]) -> dict[str, tuple[bytes, str]] | Problem:
    """The salts that open these fields; a text that is not what was committed is refused here, not in court."""
    if not texts:
        return {}
    salts = dict(Salt.objects.filter(entry_id=view.id, field__in=texts).values_list("field", "salt"))
    commitments = view.content.get("commitments", {})
    opened = {}
    for field, text in texts.items():
        if field not in salts:
            return problems.salt_gone(field)
        salt = bytes(salts[field])
        if commitments.get(field) != commit(field, text, salt).as_json():
            return problems.other_text(field)
        opened[field] = (salt, text)
    return opened


def _originals(view: EntryView, artefacts: Mapping[str, bytes]) -> dict[str, bytes] | Problem:
    named = view.content.get("artefacts", {})
    for name, data in artefacts.items():
        if named.get(name) != artefact_of(data).as_json():
            return problems.other_original(name)
    return dict(artefacts)


def _row_proof(view: EntryView, index: int, row: bytes | None, digest: bytes | None) -> RowProof | Problem:
    if not 0 <= index < view.bulk_rows:
        return problems.no_row(index)
    chunks = list(Chunk.objects.filter(entry_id=view.id).order_by("number").values_list("number", "root"))
    place = Chunk.objects.get(entry_id=view.id, number=index // bulk.CHUNK_ROWS)
    salt = _row_salt(view.id, place, index)
    if salt is None:
        return problems.salt_gone(f"row {index}")
    row_digest = sha256(row).digest() if row is not None else digest
    if row_digest is None:
        raise ValueError("a row proof needs the row or its digest")
    leaves = bulk.split_hashes(bytes(place.leaves))
    if leaves[index % bulk.CHUNK_ROWS] != bulk.row_leaf(salt, row_digest):
        return problems.other_row(index)
    path = bulk.row_path(index, bytes(place.leaves), [bytes(root) for _, root in chunks])
    return RowProof(index=index, digest=row_digest, salt=salt, path=path, row=row)


def _row_salt(entry_id: UUID, chunk: Chunk, index: int) -> bytes | None:
    """From the batch's key; from the chunk where single rows were erased; None when destroyed."""
    key = Salt.objects.filter(entry_id=entry_id, field=ROWS_FIELD).values_list("salt", flat=True).first()
    if key is not None:
        return bulk.row_salts(bytes(key), index, 1)
    if chunk.salts is None:
        return None
    start = index % bulk.CHUNK_ROWS * SALT_BYTES
    salt = bytes(chunk.salts)[start : start + SALT_BYTES]
    return salt if any(salt) else None
