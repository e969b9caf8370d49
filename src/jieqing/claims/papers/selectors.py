"""The papers of an item or a debtor, the newest first; withdrawn ones only when asked for."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from jieqing.claims.papers.models import Paper
from jieqing.plumbing.storage import open_stored


def papers_of_item(item_id: UUID, *, with_withdrawn: bool = False) -> list[Paper]:
    return _papers(with_withdrawn, item_id=item_id)


def papers_of_debtor(debtor_id: UUID, *, with_withdrawn: bool = False) -> list[Paper]:
    """What lies on the debtor and on any of their items."""
    return _papers(with_withdrawn, debtor_id=debtor_id)


def papers_by_ids(ids: Collection[UUID]) -> list[Paper]:
    """Papers by id, for whoever keeps their names; one statement, none for none."""
    return list(Paper.objects.filter(id__in=set(ids))) if ids else []


def content_of(paper: Paper) -> bytes:
    """The file as it came, checked against its digest."""
    return open_stored(paper.site_id, paper.file_key)


def told_paper(paper: Paper) -> dict[str, Any]:
    """A paper as programs hear it."""
    return {
        "id": paper.id,
        "debtor_id": paper.debtor_id,
        "item_id": paper.item_id,
        "kind": paper.kind,
        "signed_on": paper.signed_on,
        "note": paper.note,
        "file_name": paper.file_name,
        "media_type": paper.media_type,
        "bytes": paper.file_bytes,
        "sha256": bytes(paper.file_digest).hex(),
        "added_at": paper.added_at,
        "entry": paper.entry_id,
        "withdrawn_at": paper.withdrawn_at,
    }


def _papers(with_withdrawn: bool, **subject: UUID) -> list[Paper]:
    rows = Paper.objects.filter(**subject).select_related("item").order_by("-added_at", "-id")
    return list(rows if with_withdrawn else rows.filter(withdrawn_at=None))
