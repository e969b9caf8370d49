"""Permits that may still be used: leave that was given, is not over and was neither used nor given back."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jieqing.kernel.outcomes import JSON
from jieqing.trust.compliance.models import Permit

PERMITS_MAX = 500


@dataclass(frozen=True, slots=True)
class OpenPermit:
    """One open permit, with the facts of its verdict and who asked for it."""

    id: UUID
    contact: str
    channel: str
    facts: dict[str, JSON]
    actor_id: UUID
    entry_id: UUID


def open_permits(at: datetime, limit: int = PERMITS_MAX) -> tuple[list[OpenPermit], int]:
    """The permits of the active site that are open at a moment, the newest first, and how many there are."""
    rows = Permit.objects.filter(issued_at__lte=at, expires_at__gt=at, states__isnull=True)
    found = rows.select_related("decision").order_by("-issued_at", "-id")[:limit]
    open_ones = [
        OpenPermit(
            row.id, row.decision.contact, row.decision.channel, row.decision.facts, row.decision.actor_id,
            row.decision.entry_id,
        )
        for row in found
    ]  # fmt: skip
    return open_ones, rows.count() if len(open_ones) == limit else len(open_ones)


def judged_facts(permit_id: UUID) -> dict[str, JSON] | None:
    """The facts on which a permit was given; None when the active site has no such permit."""
    row = Permit.objects.select_related("decision").filter(pk=permit_id).first()
    return None if row is None else dict(row.decision.facts)
