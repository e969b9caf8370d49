"""Reads of permits: what was really tried at some points, newest first, and what came of it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Subquery

from jieqing.trust.compliance.engine.slots import Outcome
from jieqing.trust.compliance.models import PermitState, PermitStep

TOUCHES_MAX = 500


@dataclass(frozen=True, slots=True)
class Touch:
    """A permit that was used. ``outcome`` is None while nobody said what came of it."""

    contact: str
    channel: str
    at: datetime
    outcome: Outcome | None


def touches_of(contacts: Collection[str], *, before: datetime, limit: int = TOUCHES_MAX) -> list[Touch]:
    """The uses of permits for these contacts on the active site before a moment, newest first.

    ``limit``: for all of them together; who asks for the contacts of many people at once asks for more.
    """
    last = PermitState.objects.filter(permit=OuterRef("permit"), step=PermitStep.SETTLED, at__lte=before)
    rows = (
        PermitState.objects.filter(
            step=PermitStep.REDEEMED, at__lt=before, permit__decision__contact__in=list(contacts)
        )
        .annotate(came=Subquery(last.order_by("-at", "-id").values("outcome")[:1]))
        .order_by("-at", "-id")
        .values_list("permit__decision__contact", "permit__decision__channel", "at", "came")[:limit]
    )
    return [
        Touch(contact, channel, at, Outcome(came) if came else None) for contact, channel, at, came in rows
    ]
