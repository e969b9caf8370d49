"""Verdicts as lines that `jieqing gate replay` takes, each set of packs before its first verdict.

The packs come from the archive, never from this installation's files: they may have changed since.
"""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from jieqing.kernel.canonical import instant_text
from jieqing.kernel.outcomes import JSON, Problem
from jieqing.trust.compliance.engine.archiving import set_line, set_of
from jieqing.trust.compliance.engine.facts import zone
from jieqing.trust.compliance.engine.packs import PackSet
from jieqing.trust.compliance.models import Decision, KeptPack, KeptSet, Overlay

CHUNK = 1_000


def kept_set(site_id: UUID, digest: str) -> PackSet | Problem | None:
    """The set of packs by which a site once decided; None when it never did by this one."""
    row = KeptSet.objects.filter(site_id=site_id, digest=digest).first()
    if row is None:
        return None
    wanted = list(row.packs.values())
    documents = dict(KeptPack.objects.filter(digest__in=wanted).values_list("digest", "document"))
    documents |= dict(
        Overlay.objects.filter(site_id=site_id, digest__in=wanted).values_list("digest", "document")
    )
    return set_of(list(documents.values()), digest)


def exported_decisions(
    site_id: UUID, *, since: datetime | None = None, before: datetime | None = None
) -> Iterator[dict[str, JSON]]:
    """Lines of a site's verdicts, the oldest first; a set that is gone or was changed is left out, and replay tells of it."""
    rows = Decision.objects.filter(site_id=site_id).order_by("at", "id")
    rows = rows.filter(at__gte=since) if since else rows
    rows = rows.filter(at__lt=before) if before else rows
    sets: dict[str, PackSet | None] = {}
    for row in rows.iterator(chunk_size=CHUNK):
        if row.pack_digest not in sets:
            found = kept_set(site_id, row.pack_digest)
            sets[row.pack_digest] = found if isinstance(found, PackSet) else None
            if isinstance(found, PackSet):
                yield set_line(found)
        yield _line(row, sets[row.pack_digest])


def _line(row: Decision, packs: PackSet | None) -> dict[str, JSON]:
    rules = {rule.id: rule for rule in packs.rules} if packs else {}
    reasons: list[JSON] = [
        {
            "rule": name,
            "article": rules[name].article.zh if name in rules else None,
            "pack": rules[name].pack if name in rules else None,
        }
        for name in row.rules
    ]
    place = zone(row.facts.get("timezone")) or ZoneInfo("UTC")
    return {
        "decision": str(row.pk),
        "at": instant_text(row.at),
        "contact": row.contact,
        "entry": str(row.entry_id),
        "approved_by": str(row.approved_by) if row.approved_by else None,
        "facts": row.facts,
        "verdict": row.verdict,
        "not_before": row.not_before.astimezone(place).isoformat() if row.not_before else None,
        "reasons": reasons,
        "facts_digest": row.facts_digest,
        "pack_digest": row.pack_digest,
    }
