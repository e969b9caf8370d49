"""Keep a paper and take it out of the lists again: row and evidence in one transaction, the file by its digest."""

import hashlib
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from jieqing.claims.papers.engine import files
from jieqing.claims.papers.engine.files import PaperKind
from jieqing.claims.papers.models import Paper
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.plumbing.storage import store_bytes
from jieqing.trust.evidence import services as evidence

NOTE_CHARS_MAX = 200


@dataclass(frozen=True, slots=True)
class PaperOrder:
    """What somebody hands in, about a debtor or one item of theirs."""

    debtor_id: UUID
    item_id: UUID | None
    kind: PaperKind
    file_name: str
    data: bytes
    signed_on: date | None = None
    note: str = ""


def add_paper(*, actor: Actor, order: PaperOrder) -> Paper | Problem:
    """Keep a file beside its subject, which the caller has taken from an access door."""
    sound = files.check_file(order.file_name, order.data)
    if is_problem(sound):
        return sound
    if order.signed_on and order.signed_on > clock.today():
        return Problem.of(files.SIGNED_LATER)
    digest, site_id, paper_id = hashlib.sha256(order.data).digest(), actor.own_site, new_id()
    with site_scope(site_id), transaction.atomic():
        told = {
            "debtor": str(order.debtor_id),
            "item": str(order.item_id) if order.item_id else None,
            "kind": order.kind.value,
            "sha256": digest.hex(),
            "bytes": len(order.data),
            "media_type": sound.media_type,
            "signed_on": order.signed_on.isoformat() if order.signed_on else None,
        }
        live = Paper.objects.filter(debtor_id=order.debtor_id, withdrawn_at=None, file_digest=digest)
        same = live.filter(item_id=order.item_id) if order.item_id else live.filter(item=None)
        if same.exists():
            return Problem.of(files.ALREADY_THERE)
        entry_id = evidence.record(
            actor=actor,
            action="claims.papers.added",
            subject=f"claims.papers.paper:{paper_id}",
            facts=told,
            personal={
                "file_name": sound.name,
                **({"note": order.note.strip()} if order.note.strip() else {}),
            },
        )
        return Paper.objects.create(
            id=paper_id,
            site_id=site_id,
            debtor_id=order.debtor_id,
            item_id=order.item_id,
            kind=order.kind.value,
            signed_on=order.signed_on,
            note=order.note.strip()[:NOTE_CHARS_MAX],
            file_name=sound.name,
            file_key=store_bytes(site_id, order.data),
            file_digest=digest,
            file_bytes=len(order.data),
            media_type=sound.media_type,
            added_at=clock.now(),
            added_by=actor.id,
            entry_id=entry_id,
        )


def withdraw_paper(*, actor: Actor, paper: Paper, reason: str) -> Paper | Problem:
    """Take a paper out of the lists; row, file and evidence stay."""
    if not reason.strip():
        return Problem.of(files.REASON_MISSING)
    with site_scope(actor.own_site), transaction.atomic():
        found = Paper.objects.select_for_update().get(id=paper.id)
        if found.withdrawn_at:
            return Problem.of(files.WITHDRAWN)
        found.withdrawn_at, found.withdrawn_by = clock.now(), actor.id
        found.withdrawn_reason = reason.strip()[:NOTE_CHARS_MAX]
        found.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
        evidence.record(
            actor=actor,
            action="claims.papers.withdrawn",
            subject=f"claims.papers.paper:{found.id}",
            facts={"sha256": bytes(found.file_digest).hex()},
            personal={"reason": reason.strip()},
        )
    return found
