"""Reads of permits: what was really tried at some points, newest first, and what came of it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

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


@dataclass(frozen=True, slots=True)
class PermitUse:
    """Whom a used permit was for, by which channel; ``outcome`` is the last that was told."""

    contact: str
    channel: str
    outcome: Outcome | None


def use_of(permit_id: UUID) -> PermitUse | None:
    """What a permit of the active site was used for; None where it was not used, or is not the site's."""
    steps = list(
        PermitState.objects.filter(permit_id=permit_id)
        .order_by("at", "id")
        .values_list("step", "outcome", "permit__decision__contact", "permit__decision__channel")
    )
    used = next((row for row in steps if row[0] == PermitStep.REDEEMED), None)
    if used is None:
        return None
    told = [Outcome(row[1]) for row in steps if row[0] == PermitStep.SETTLED]
    return PermitUse(used[2], used[3], told[-1] if told else None)


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
