"""Reads of placements: what is in force for an item, a page's parts, and who may act for whom today.

In force means: the state is active, the term covers the day, and the item is one of the placement's, or the placement is
standing and the item never lay in another. An item that its creditor recalled does not fall back under a standing order.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from jieqing.claims.receivables.selectors.claim_facts import claim_facts
from jieqing.kernel import clock
from jieqing.recovery.placements.engine.terms import PlacementStateCode
from jieqing.recovery.placements.models import Placement, PlacementItem

STATE_NAMES: dict[PlacementStateCode, tuple[str, str]] = {
    PlacementStateCode.DRAFT: ("草稿", "Draft"),
    PlacementStateCode.SIGNED: ("已签署", "Signed"),
    PlacementStateCode.ACTIVE: ("有效", "Active"),
    PlacementStateCode.RECALLED: ("已撤回", "Recalled"),
    PlacementStateCode.ENDED: ("已到期", "Ended"),
    PlacementStateCode.DECLINED: ("未接受", "Declined"),
}


@dataclass(frozen=True, slots=True)
class PlacementFacts:
    """What the rooms above need of a placement: the mandate and the term."""

    placement_id: UUID
    number: str
    creditor_id: UUID | None
    covers_all: bool
    max_discount_rate: str
    max_instalment_months: int
    may_sue: bool
    starts_on: date
    ends_on: date | None


def active_placements_of(
    item_ids: Collection[UUID], *, on: date | None = None, known: Collection[UUID] | None = None
) -> dict[UUID, UUID]:
    """Item → the placement in force on a day (today); items without one are missing.

    ``known``: those among the ids that the caller has just read from the site's own ledger, so that nobody reads them again.
    """
    wanted = set(item_ids)
    if not wanted:
        return {}
    named: dict[UUID, UUID] = {}
    spoken_for: set[UUID] = set()
    in_force = dict(in_force_on(on or clock.today()).order_by("id").values_list("id", "covers_all"))
    live = {placement_id for placement_id, covers_all in in_force.items() if not covers_all}
    rows = PlacementItem.objects.filter(item_id__in=wanted, from_at__isnull=False)
    for item_id, placement_id, until_at in rows.values_list("item_id", "placement_id", "until_at"):
        spoken_for.add(item_id)
        if until_at is None and placement_id in live:
            named[item_id] = placement_id
    rest = wanted - spoken_for
    standing = next((placement_id for placement_id, covers_all in in_force.items() if covers_all), None)
    if standing is None or not rest:
        return named
    if known is None:
        known = claim_facts(rest)
    return named | {item_id: standing for item_id in rest if item_id in known}


def in_force_on(day: date) -> QuerySet[Placement]:
    """Active placements whose term covers the day."""
    return Placement.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=day),
        state=PlacementStateCode.ACTIVE.value,
        starts_on__lte=day,
    )


def is_in_force(placement_id: UUID, *, on: date | None = None) -> bool:
    """Whether this placement allows anything on a day."""
    return in_force_on(on or clock.today()).filter(pk=placement_id).exists()


def placement_facts(ids: Collection[UUID]) -> dict[UUID, PlacementFacts]:
    """Mandates and terms by placement."""
    return {row.id: facts_of(row) for row in Placement.objects.filter(pk__in=set(ids))}


def placements_of_enquiry(enquiry_id: UUID) -> list[Placement]:
    """What grew from an enquiry, newest first."""
    return list(Placement.objects.filter(enquiry_id=enquiry_id).select_related("creditor").order_by("-id"))


def enquiries_of(placement_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """The enquiry by placement, where one grew from it."""
    rows = Placement.objects.filter(pk__in=set(placement_ids), enquiry_id__isnull=False)
    return {row.id: row.enquiry_id for row in rows.only("id", "enquiry_id") if row.enquiry_id}


def facts_of(row: Placement) -> PlacementFacts:
    return PlacementFacts(
        placement_id=row.id,
        number=row.number,
        creditor_id=row.creditor_id,
        covers_all=row.covers_all,
        max_discount_rate=format(row.max_discount_rate, "f"),
        max_instalment_months=row.max_instalment_months,
        may_sue=row.may_sue,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
    )


def standing_placement() -> Placement | None:
    """The newest standing placement of the site, whatever became of it."""
    return Placement.objects.filter(covers_all=True).order_by("-id").first()


def item_ids_of(placement: Placement, *, is_live: bool = False) -> list[UUID]:
    """The debts of a placement; of a standing one none, because it covers whatever has no placement of its own."""
    rows = PlacementItem.objects.filter(placement=placement)
    if is_live:
        rows = rows.filter(from_at__isnull=False, until_at__isnull=True)
    return list(rows.order_by("item_id").values_list("item_id", flat=True))
