"""Checks for the list: the newest of each item, a page at a time, newest first."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from jieqing.recovery.intake.engine.legality import Colour
from jieqing.recovery.intake.models import LegalityCheck
from jieqing.recovery.intake.selectors.checks import standing_of

PAGE_ROWS = 50


@dataclass(frozen=True, slots=True)
class CheckFilter:
    """Which checks: by what they mean for a case (empty: all) and by debtor's name or document number."""

    standing: str = "waits"
    search: str = ""


@dataclass(frozen=True, slots=True)
class ChecksPage:
    rows: tuple[LegalityCheck, ...]
    total: int
    next_cursor: str | None


def checks_page(
    wanted: CheckFilter, *, after: str | None = None, is_reversed: bool = True, limit: int = PAGE_ROWS
) -> ChecksPage:
    """The newest check of each item, as filtered."""
    rows = _filtered(wanted)
    total = rows.count()
    place = _uuid(after)
    if place:
        rows = rows.filter(id__lt=place) if is_reversed else rows.filter(id__gt=place)
    rows = rows.select_related("item", "debtor", "decision").order_by("-id" if is_reversed else "id")
    found = list(rows[: limit + 1])
    cursor = str(found[limit - 1].id) if len(found) > limit else None
    return ChecksPage(tuple(found[:limit]), total, cursor)


def told_check(row: LegalityCheck) -> dict[str, Any]:
    """A check as the API tells it."""
    decision = getattr(row, "decision", None)
    return {
        "check": row.id, "item": row.item_id, "debtor": row.debtor_id, "placement": row.placement_id,
        "colour": row.colour, "standing": standing_of(row).value, "facts": row.facts,
        "facts_digest": row.facts_digest, "pack_digest": row.pack_digest, "reasons": row.reasons,
        "decision": None if decision is None else {"is_allowed": decision.is_allowed, "reason": decision.reason, "entry": decision.entry_id},
        "at": row.at, "entry": row.entry_id,
    }  # fmt: skip


def _filtered(wanted: CheckFilter) -> QuerySet[LegalityCheck]:
    newer = LegalityCheck.objects.filter(item=OuterRef("item"), id__gt=OuterRef("id"))
    rows = LegalityCheck.objects.filter(~Exists(newer))
    if wanted.standing == "opens":
        rows = rows.filter(colour=Colour.GREEN) | rows.filter(decision__is_allowed=True)
    elif wanted.standing == "waits":
        rows = rows.filter(colour=Colour.AMBER, decision__isnull=True)
    elif wanted.standing == "refused":
        rows = rows.filter(colour=Colour.RED) | rows.filter(decision__is_allowed=False)
    if wanted.search:
        rows = rows.filter(debtor__name__icontains=wanted.search) | rows.filter(
            item__document_number__icontains=wanted.search
        )
    return rows


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
