"""Erasing a contact point: its value, its holder and every sentence about it go, here and in evidence.

What stays: that there was a point, whose it was, when; and the digest of a number that a third person refused, without
which it could be called again. That digest opens nothing.
"""

from django.db import transaction

from jieqing.claims.parties.models import (
    AgreedHours,
    ContactChoice,
    ContactPoint,
    ContactPointState,
    PointState,
)
from jieqing.claims.parties.services.points import subject_of
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.trust.evidence import services as evidence


def erase_point(*, actor: Actor, point: ContactPoint, reason: str) -> ContactPointState | None:
    """Empty a point of everything personal. None: it was empty."""
    with transaction.atomic():
        held = ContactPoint.objects.select_for_update().filter(pk=point.pk, lookup__isnull=False).first()
        if held is None:
            return None
        entries = [held.entry_id]
        for rows in (
            ContactPointState.objects.filter(point=held),
            ContactChoice.objects.filter(point=held),
            AgreedHours.objects.filter(point=held),
        ):
            entries += rows.values_list("entry_id", flat=True)
            rows.update(reason="")
        held.value_sealed = held.lookup = held.holder_sealed = None
        held.save(update_fields=["value_sealed", "lookup", "holder_sealed"])
        evidence.destroy_salts(actor=actor, entry_ids=entries, reason=reason)
        row = ContactPointState(
            site_id=held.site_id, point=held, state=PointState.ERASED.value, at=clock.now(), by_id=actor.id
        )
        row.entry_id = evidence.record(
            actor=actor,
            action="claims.parties.point_erased",
            subject=subject_of(held),
            facts={"party": held.party_id, "reason": reason},
        )
        row.save(force_insert=True)
    return row
