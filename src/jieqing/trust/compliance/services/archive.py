"""Keeping every set of packs by which a verdict was given: without it no verdict could be computed again once packs change.

Called when a decision's slots are locked and before its entry, so always between the same two locks. A worker that knows a set to
be kept asks no more; what it kept itself it knows only when the transaction has ended well.
"""

from uuid import UUID

from django.db import transaction

from jieqing.kernel import clock
from jieqing.kernel.ids import new_id
from jieqing.trust.compliance.engine.packs import PackSet
from jieqing.trust.compliance.models import KeptPack, KeptSet

_REMEMBERED_MAX = 4096
_kept: set[tuple[UUID, str]] = set()


def keep_packs(site_id: UUID, packs: PackSet) -> None:
    """See to it that this set can be found by its digest for ever."""
    known = (site_id, packs.digest)
    if known in _kept:
        return
    if not KeptSet.objects.filter(site_id=site_id, digest=packs.digest).exists():
        now = clock.now()
        shipped = {pack.digest: pack for pack in packs.packs if not pack.overlay}
        there = set(KeptPack.objects.filter(digest__in=shipped).values_list("digest", flat=True))
        KeptPack.objects.bulk_create(
            (
                KeptPack(id=new_id(), digest=digest, pack_id=pack.id, document=pack.document, kept_at=now)
                for digest, pack in sorted(shipped.items())
                if digest not in there
            ),
            ignore_conflicts=True,
        )
        kept = KeptSet(
            id=new_id(),
            site_id=site_id,
            digest=packs.digest,
            packs={pack.id: pack.digest for pack in packs.packs},
            kept_at=now,
        )
        KeptSet.objects.bulk_create([kept], ignore_conflicts=True)
    transaction.on_commit(lambda: _remember(known))


def _remember(known: tuple[UUID, str]) -> None:
    if len(_kept) >= _REMEMBERED_MAX:
        _kept.clear()
    _kept.add(known)
