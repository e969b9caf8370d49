"""Record a step, or many rows as one step.

``record`` writes the entry in the caller's own transaction: either the step and its evidence are both there or
neither is. It returns at once; the sequencer gives the index after commit. The entry belongs to the active site, and
to the platform where none is active.

Refuses, as exceptions because they are bugs of the caller: no transaction, an actor of another site, an entry out of form
or too large (``EvidenceRefused`` carries the Problem for an edge that wants to answer with it).
"""

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import active_site_id
from jieqing.trust.evidence.engine import bulk
from jieqing.trust.evidence.engine.digests import SALT_BYTES, Artefact, commit_all
from jieqing.trust.evidence.engine.entry import BulkRoot, Draft, encode
from jieqing.trust.evidence.selectors import ROWS_FIELD

_RECORD = "evidence_record(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
_CHUNKS = """
INSERT INTO evidence_chunk (id, site_id, entry_id, number, leaves, root)
SELECT gen_random_uuid(), %s, %s, number, leaves, root
FROM unnest(%s::int[], %s::bytea[], %s::bytea[]) AS t(number, leaves, root)
"""
_CHUNKS_PER_STATEMENT = 64


class NotInTransaction(RuntimeError):
    """A step was recorded outside the transaction that makes it."""


class EvidenceRefused(ValueError):
    """The entry cannot be written; ``problem`` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.en)
        self.problem = problem


class Step(NamedTuple):
    """An entry that its caller writes, in the one statement that does what it tells of: ``SELECT {call}``."""

    id: UUID
    call: str
    parameters: list[Any]


def record(
    *,
    actor: Actor,
    action: str,
    subject: str,
    facts: Mapping[str, object],
    personal: Mapping[str, str] | None = None,
    artefacts: Mapping[str, Artefact] | None = None,
    chain: UUID | None = None,
    event_time: datetime | None = None,
    capture: Mapping[str, object] | None = None,
) -> UUID:
    """Record one step; returns the entry's id.

    ``personal`` fields go in as salted commitments, their texts are not kept here. ``chain`` names the case whose
    numbered chain the entry continues. ``event_time`` is when it happened, when that is not now.
    """
    made = step(
        actor=actor,
        action=action,
        subject=subject,
        facts=facts,
        personal=personal,
        artefacts=artefacts,
        chain=chain,
        event_time=event_time,
        capture=capture,
    )
    _execute(made)
    return made.id


def step(
    *,
    actor: Actor,
    action: str,
    subject: str,
    facts: Mapping[str, object],
    personal: Mapping[str, str] | None = None,
    artefacts: Mapping[str, Artefact] | None = None,
    chain: UUID | None = None,
    event_time: datetime | None = None,
    capture: Mapping[str, object] | None = None,
) -> Step:
    """Return what ``record`` would execute, for a caller that writes the entry in the statement of the deed itself.

    Such a caller executes it in the same transaction, once.
    """
    salts = {name: secrets.token_bytes(SALT_BYTES) for name in personal or ()}
    now = clock.now()
    draft = Draft(
        id=new_id(),
        site_id=_site_of(actor),
        actor_id=actor.id,
        actor_kind=actor.kind.value,
        action=action,
        subject=subject,
        event_time=event_time or now,
        recorded_at=now,
        facts=facts,
        artefacts=artefacts or {},
        commitments=commit_all(personal or {}, salts),
        capture=capture,
        chain=chain,
    )
    return _step(draft, salts)


def record_bulk(
    *,
    actor: Actor,
    action: str,
    subject: str,
    row_digests: Iterable[bytes] | bytes,
    facts: Mapping[str, object],
    artefacts: Mapping[str, Artefact] | None = None,
    chain: UUID | None = None,
    event_time: datetime | None = None,
) -> UUID:
    """Record many rows as one entry with the Merkle root of their digests; returns the entry's id.

    Shapes: ``row_digests`` are the SHA-256 digests of the rows' bytes, in row order, separately or end to end. No rows at
    all is a step too: it is recorded without a tree.
    """
    key = secrets.token_bytes(bulk.KEY_BYTES)
    digests = row_digests if isinstance(row_digests, bytes) else b"".join(row_digests)
    root: BulkRoot | None = None
    chunks: list[bulk.Chunk] = []
    if digests:
        root, chunks = bulk.build(digests, key)
    now = clock.now()
    draft = Draft(
        id=new_id(),
        site_id=_site_of(actor),
        actor_id=actor.id,
        actor_kind=actor.kind.value,
        action=action,
        subject=subject,
        event_time=event_time or now,
        recorded_at=now,
        facts=facts,
        artefacts=artefacts or {},
        bulk=root,
        chain=chain,
    )
    _execute(_step(draft, {ROWS_FIELD: key} if root else {}))
    _write_chunks(draft, chunks)
    return draft.id


def _site_of(actor: Actor) -> UUID | None:
    site_id = active_site_id()
    if actor.site_id is not None and actor.site_id != site_id:
        raise ValueError(f"an actor of site {actor.site_id} acts in the scope of {site_id}")
    return site_id


def _step(draft: Draft, salts: Mapping[str, bytes]) -> Step:
    if not connection.in_atomic_block:
        raise NotInTransaction(f"{draft.action} must be recorded inside the transaction that does it")
    encoded = encode(draft)
    if is_problem(encoded):
        raise EvidenceRefused(encoded)
    fields, values = (list(salts), list(salts.values())) if salts else (None, None)
    parameters: list[Any] = [
        draft.id,
        draft.site_id,
        draft.action,
        draft.subject,
        draft.recorded_at,
        encoded.head,
        encoded.tail,
        draft.chain,
        fields,
        values,
    ]
    return Step(draft.id, _RECORD, parameters)


def _execute(made: Step) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {made.call}", made.parameters)


def _write_chunks(draft: Draft, chunks: list[bulk.Chunk]) -> None:
    for start in range(0, len(chunks), _CHUNKS_PER_STATEMENT):
        part = chunks[start : start + _CHUNKS_PER_STATEMENT]
        numbers, leaves, roots = zip(
            *((chunk.number, chunk.leaves, chunk.root) for chunk in part), strict=True
        )
        with connection.cursor() as cursor:
            cursor.execute(_CHUNKS, [draft.site_id, draft.id, list(numbers), list(leaves), list(roots)])
