"""What must not be kept any longer goes: by itself once a night, and again after a restore.

A backup may hold what somebody had erased since. Evidence replays its journal of destroyed salts; whatever enquiry has no
salt left was erased, so it is emptied here again.
"""

from datetime import timedelta

from django.db.models import Q

from jieqing.estate.reception.engine.consent import KEPT_DAYS, KEPT_DAYS_OPEN
from jieqing.estate.reception.engine.patience import SOURCE_KEPT
from jieqing.estate.reception.models import Enquiry, with_ending
from jieqing.estate.reception.services.asking import erase_enquiry
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.trust.evidence import services as evidence

_AT_ONCE = 500


def empty_erased(*, actor: Actor) -> int:
    """In the active site's scope: empty what was erased before the database was put back; returns how many."""
    kept = list(Enquiry.objects.filter(story_sealed__isnull=False))
    gone = evidence.entries_without_salts(enquiry.entry_id for enquiry in kept)
    erased = [enquiry for enquiry in kept if enquiry.entry_id in gone]
    for enquiry in erased:
        erase_enquiry(actor=actor, enquiry=enquiry, reason="erased before a restore")
    return len(erased)


def forget_old(*, actor: Actor) -> int:
    """In the active site's scope: empty old enquiries, destroy old digests of addresses; returns how many were emptied."""
    now = clock.now()
    sources = Enquiry.objects.filter(source_key__isnull=False, received_at__lt=now - SOURCE_KEPT)
    destroyed = sources.update(source_key=None)
    if destroyed:
        evidence.record(
            actor=actor,
            action="estate.reception.sources_forgotten",
            subject="estate.reception.enquiry:several",
            facts={"enquiries": destroyed, "kept_days": SOURCE_KEPT.days},
        )
    old = with_ending(Enquiry.objects.filter(story_sealed__isnull=False)).filter(
        Q(ended_at__lt=now - timedelta(days=KEPT_DAYS))
        | Q(received_at__lt=now - timedelta(days=KEPT_DAYS_OPEN))
    )
    emptied = 0
    for enquiry in old.order_by("received_at")[:_AT_ONCE]:
        emptied += erase_enquiry(actor=actor, enquiry=enquiry, reason="kept long enough") is not None
    return emptied
