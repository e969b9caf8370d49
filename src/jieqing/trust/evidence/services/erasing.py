"""Erase what evidence says of persons, and keep it erased.

A person is in the log only as commitments; destroying their salts erases the person and leaves every proof whole. Each
destruction is an entry itself and a line in a journal outside the database (``erasures``), which ``replay_erasures`` runs
over a restored backup.
"""

import json
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from jieqing.kernel.actor import Actor
from jieqing.plumbing.db.scopes import active_site_id, site_scope
from jieqing.trust.evidence import erasures
from jieqing.trust.evidence.engine import bulk
from jieqing.trust.evidence.engine.digests import SALT_BYTES
from jieqing.trust.evidence.erasures import Erasure
from jieqing.trust.evidence.models import Chunk, Entry, Salt
from jieqing.trust.evidence.selectors import ROWS_FIELD
from jieqing.trust.evidence.services.recording import record

# Ids of one erasure entry: well below the 65,535 bytes of an entry.
_ERASED_PER_ENTRY = 1_000


def destroy_salts(*, actor: Actor, entry_ids: Iterable[UUID], reason: str) -> int:
    """Erase what these entries say of persons: destroy their salts, and record that it was done.

    The entries and every proof over them stay whole; their commitments can never be opened again.
    """
    ids = sorted(set(entry_ids))
    destroyed = 0
    for start in range(0, len(ids), _ERASED_PER_ENTRY):
        part = ids[start : start + _ERASED_PER_ENTRY]
        count = _delete_salts(part)
        subject = f"trust.evidence.entry:{part[0]}" if len(part) == 1 else "trust.evidence.entry:several"
        _record_erasure(actor, subject, tuple(part), (), reason, {"salts": count})
        destroyed += count
    return destroyed


def destroy_row_salts(*, actor: Actor, entry_id: UUID, rows: Iterable[int], reason: str) -> int:
    """Erase single rows of a bulk entry: their salts are destroyed, the other rows stay provable.

    The batch's key gives every salt, so it must go: the salts of the other rows are written out beside their leaves.
    Returns how many rows can no longer be opened.
    """
    erased = sorted(set(rows))
    for start in range(0, len(erased), _ERASED_PER_ENTRY):
        part = erased[start : start + _ERASED_PER_ENTRY]
        _blank_rows(entry_id, part)
        subject = f"trust.evidence.entry:{entry_id}"
        _record_erasure(actor, subject, (entry_id,), tuple(part), reason, {})
    return len(erased)


def entries_without_salts(entry_ids: Iterable[UUID]) -> set[UUID]:
    """Which of these say nothing of a person any more: a room that kept what they said empties its own rows."""
    ids = set(entry_ids)
    return ids - set(Salt.objects.filter(entry_id__in=ids).values_list("entry_id", flat=True))


def replay_erasures() -> int:
    """After a restore: destroy again what the journal says was destroyed; returns how many lines were replayed."""
    replayed = 0
    for erasure in erasures.read():
        with _scope_of(erasure.site_id):
            if erasure.rows:
                _blank_rows(erasure.entries[0], list(erasure.rows))
            else:
                _delete_salts(list(erasure.entries))
        replayed += 1
    return replayed


def catch_up_erasures(site_id: UUID) -> int:
    """Write the journal lines that a killed process left out for this site; returns how many."""
    known = {erasure.id for erasure in erasures.read()}
    with site_scope(site_id):
        recorded = Entry.objects.filter(action=erasures.ACTION).exclude(id__in=known)
        missing = [_erasure_of(entry.id, site_id, json.loads(bytes(entry.body))) for entry in recorded]
    if missing:
        erasures.append(missing)
    return len(missing)


def open_journal() -> None:
    """Make the journal when there is none: from the first backup on, an empty one says that nobody was erased."""
    erasures.append([])


def _record_erasure(
    actor: Actor,
    subject: str,
    entries: tuple[UUID, ...],
    rows: tuple[int, ...],
    reason: str,
    counts: Mapping[str, object],
) -> None:
    facts = {"entries": entries, "rows": rows, "reason": reason, **counts}
    entry_id = record(actor=actor, action=erasures.ACTION, subject=subject, facts=facts)
    line = Erasure(entry_id, active_site_id(), entries, rows)
    transaction.on_commit(lambda: erasures.append([line]))


def _erasure_of(entry_id: UUID, site_id: UUID, content: dict[str, Any]) -> Erasure:
    facts = content["facts"]
    return Erasure(entry_id, site_id, tuple(map(UUID, facts["entries"])), tuple(facts["rows"]))


def _scope_of(site_id: UUID | None) -> AbstractContextManager[None]:
    return transaction.atomic() if site_id is None else site_scope(site_id)


def _delete_salts(entry_ids: list[UUID]) -> int:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM evidence_salt WHERE entry_id = ANY(%s)", [entry_ids])
        return int(cursor.rowcount)


def _blank_rows(entry_id: UUID, rows: list[int]) -> None:
    key = Salt.objects.filter(entry_id=entry_id, field=ROWS_FIELD).values_list("salt", flat=True).first()
    for chunk in Chunk.objects.filter(entry_id=entry_id).order_by("number"):
        first = chunk.number * bulk.CHUNK_ROWS
        count = len(chunk.leaves) // len(chunk.root)
        inside = [row - first for row in rows if first <= row < first + count]
        if key is not None:
            salts = bytearray(bulk.row_salts(bytes(key), first, count))
        elif chunk.salts is not None and inside:
            salts = bytearray(chunk.salts)
        else:
            continue
        for row in inside:
            salts[row * SALT_BYTES : (row + 1) * SALT_BYTES] = bytes(SALT_BYTES)
        Chunk.objects.filter(id=chunk.id).update(salts=bytes(salts))
    Salt.objects.filter(entry_id=entry_id, field=ROWS_FIELD).delete()
