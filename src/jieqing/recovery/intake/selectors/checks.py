"""Checks as they stand: the newest of each item, and whether a case may open on it."""

from collections.abc import Collection
from enum import StrEnum
from uuid import UUID

from jieqing.recovery.intake.engine.legality import Colour
from jieqing.recovery.intake.models import Consultation, Declaration, LegalityCheck


class Standing(StrEnum):
    """What a check means for opening a case."""

    OPENS = "opens"
    WAITS = "waits"
    REFUSED = "refused"


def newest_checks(item_ids: Collection[UUID]) -> dict[UUID, LegalityCheck]:
    """The newest check of each item, with its decision; items never checked are missing."""
    rows = LegalityCheck.objects.filter(item_id__in=set(item_ids)).select_related("decision")
    return {row.item_id: row for row in rows.order_by("item_id", "-id").distinct("item_id")}


check_for = newest_checks


def standing_of(check: LegalityCheck) -> Standing:
    """Green opens; amber opens once a lawyer let it; red never does."""
    if check.colour == Colour.GREEN:
        return Standing.OPENS
    if check.colour == Colour.RED:
        return Standing.REFUSED
    decision = getattr(check, "decision", None)
    if decision is None:
        return Standing.WAITS
    return Standing.OPENS if decision.is_allowed else Standing.REFUSED


def answers_of(placement_id: UUID, debtor_id: UUID | None = None) -> dict[str, str]:
    """The newest answers about a placement, or those about one of its debtors alone."""
    rows = Declaration.objects.filter(placement_id=placement_id, debtor_id=debtor_id).order_by("-id")
    newest = rows.first()
    return dict(newest.answers) if newest else {}


def consultation_of(enquiry_id: UUID) -> Consultation | None:
    """The triage by which an enquiry was answered."""
    return Consultation.objects.filter(enquiry_id=enquiry_id).first()
