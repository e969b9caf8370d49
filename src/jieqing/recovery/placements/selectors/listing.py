"""Placements for lists and for one page: a page at a time by the newest first, counts in one statement."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from jieqing.claims.parties.engine.names import name_key
from jieqing.claims.parties.selectors import party_names
from jieqing.claims.receivables.selectors.claim_facts import ClaimFacts, claim_facts
from jieqing.recovery.placements.engine.terms import rate_text
from jieqing.recovery.placements.models import ConflictCheck, Placement, PlacementItem, PlacementState

PAGE_ROWS = 50
ITEMS_SHOWN_MAX = 300


@dataclass(frozen=True, slots=True)
class PlacementFilter:
    """Which placements: by state (empty: all), and by number or creditor's name."""

    state: str = ""
    search: str = ""


@dataclass(frozen=True, slots=True)
class PlacementsPage:
    rows: tuple[Placement, ...]
    total: int
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class PlacedItem:
    row: PlacementItem
    claim: ClaimFacts | None
    debtor: str


@dataclass(frozen=True, slots=True)
class PlacementPage:
    """What one page shows; ``items`` are the first few hundred, ``sums`` are of all, open today by currency."""

    items: tuple[PlacedItem, ...]
    items_total: int
    sums: dict[str, int]
    states: tuple[PlacementState, ...]
    checks: tuple[ConflictCheck, ...]


def placements_page(
    wanted: PlacementFilter, *, after: str | None = None, is_reversed: bool = True, limit: int = PAGE_ROWS
) -> PlacementsPage:
    """By engagement, newest first; each row knows how many debts it names."""
    rows = _filtered(wanted)
    total = rows.count()
    place = _uuid(after)
    if place:
        rows = rows.filter(id__lt=place) if is_reversed else rows.filter(id__gt=place)
    named = rows.select_related("creditor").annotate(named=Count("items"))
    found = list(named.order_by("-id" if is_reversed else "id")[: limit + 1])
    cursor = str(found[limit - 1].id) if len(found) > limit else None
    return PlacementsPage(tuple(found[:limit]), total, cursor)


def placement_page(placement: Placement) -> PlacementPage:
    """Debts, history and checks of one placement."""
    rows = list(PlacementItem.objects.filter(placement=placement).order_by("item_id"))
    claims = claim_facts([row.item_id for row in rows])
    sums: dict[str, int] = {}
    for claim in claims.values():
        sums[claim.currency] = sums.get(claim.currency, 0) + claim.open_minor
    names = party_names({claim.debtor_id for claim in claims.values()})
    shown = sorted(rows, key=lambda row: _order(claims.get(row.item_id), names))[:ITEMS_SHOWN_MAX]
    return PlacementPage(
        items=tuple(
            PlacedItem(row, claims.get(row.item_id), _debtor(claims.get(row.item_id), names)) for row in shown
        ),
        items_total=len(rows),
        sums=sums,
        states=tuple(PlacementState.objects.filter(placement=placement).order_by("-number")),
        checks=tuple(ConflictCheck.objects.filter(placement=placement).order_by("-id")),
    )


def counts_by_state() -> dict[str, int]:
    """How many placements are in each state, in one statement."""
    rows = Placement.objects.values("state").annotate(count=Count("id"))
    return {row["state"]: row["count"] for row in rows}


def told_placement(row: Placement, item_ids: Collection[UUID] | None = None) -> dict[str, Any]:
    """A placement as the API tells it."""
    return {
        "placement": row.id, "number": row.number, "kind": row.kind, "state": row.state,
        "creditor": row.creditor_id, "enquiry": row.enquiry_id, "covers_all": row.covers_all, "scope": row.scope,
        "max_discount_rate": rate_text(row.max_discount_rate),
        "max_instalment_months": row.max_instalment_months, "may_sue": row.may_sue,
        "fee_rate": None if row.fee_rate is None else rate_text(row.fee_rate),
        "fee_fixed_fen": row.fee_fixed_fen, "starts_on": row.starts_on, "ends_on": row.ends_on,
        "signed_on": row.signed_on,
        "agreement_sha256": bytes(row.agreement_digest).hex() if row.agreement_digest else None,
        "items": None if item_ids is None else list(item_ids), "entry": row.entry_id,
    }  # fmt: skip


def _filtered(wanted: PlacementFilter) -> QuerySet[Placement]:
    rows = Placement.objects.all()
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.search:
        key = name_key(wanted.search)
        named = Q(creditor__name_key__contains=key) if key else Q()
        rows = rows.filter(Q(number__icontains=wanted.search) | named)
    return rows


def _order(claim: ClaimFacts | None, names: dict[UUID, str]) -> tuple[str, str]:
    return (_debtor(claim, names), claim.document_number if claim else "")


def _debtor(claim: ClaimFacts | None, names: dict[UUID, str]) -> str:
    return names.get(claim.debtor_id, "") if claim else ""


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
