"""The tick of the ledger's known axis: one lock, one number, one evidence entry for every write.

``lock_ledger`` is a transaction-scoped advisory lock of the site. Two writers of one site queue behind each other
(readers never wait), so numbers have no gaps, times never run backwards, and "what stood at revision 7" is one answer.
"""

import hashlib
from uuid import UUID

from django.db import connection
from django.db.models import Max

from jieqing.claims.receivables.models import ImportBatch, LedgerRevision, RevisionKind
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.ids import new_id


def lock_ledger(site_id: UUID) -> None:
    """Wait for the site's ledger; released by the end of the transaction, also when the process dies."""
    if not connection.in_atomic_block:
        raise RuntimeError("the ledger is locked inside a transaction")
    digest = hashlib.sha256(f"claims.receivables.ledger/{site_id}".encode()).digest()
    key = int.from_bytes(digest[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])


def next_number(site_id: UUID) -> int:
    """The number that the next revision gets; only under the lock."""
    last = LedgerRevision.objects.filter(site_id=site_id).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def record_revision(
    *, actor: Actor, number: int, kind: RevisionKind, entry_id: UUID, batch: ImportBatch | None
) -> LedgerRevision:
    """Write the revision. Its instant is never before that of the one before it, whatever the clock did."""
    if actor.site_id is None:
        raise ValueError("a ledger belongs to a site")
    now = clock.now()
    last = LedgerRevision.objects.order_by("-number").first()
    return LedgerRevision.objects.create(
        id=new_id(),
        site_id=actor.site_id,
        number=number,
        kind=kind,
        at=max(now, last.at) if last else now,
        actor_id=actor.id,
        entry_id=entry_id,
        batch=batch,
    )
