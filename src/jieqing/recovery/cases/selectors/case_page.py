"""The parts of a case's page: documents, clocks, holds, promises, disputes, complaints, effort and outlays."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Sum

from jieqing.claims.receivables.selectors.standing import ItemStanding, standing_of
from jieqing.recovery.cases.engine.clocks import MILESTONE_NAMES, ClockState, Milestone, clock_state
from jieqing.recovery.cases.models import (
    Case,
    CaseClock,
    CaseItem,
    Complaint,
    Dispute,
    Effort,
    Hold,
    Outlay,
    Promise,
)
from jieqing.recovery.cases.selectors.days import working_day, working_moment


@dataclass(frozen=True, slots=True)
class ClockView:
    clock: CaseClock
    state: ClockState
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class CaseParts:
    """Everything on a case's page but its timeline; each list the newest first, documents the oldest."""

    case: Case
    items: tuple[ItemStanding, ...]
    clocks: tuple[ClockView, ...]
    holds: tuple[Hold, ...]
    live_holds: tuple[Hold, ...]
    promises: tuple[Promise, ...]
    disputes: tuple[Dispute, ...]
    complaints: tuple[Complaint, ...]
    efforts: tuple[Effort, ...]
    outlays: tuple[Outlay, ...]
    minutes: int
    outlay_minor: int


def case_parts(case: Case) -> CaseParts:
    """Read the parts of one case: a fixed number of statements."""
    today = working_day()
    holds = tuple(Hold.objects.filter(case=case).order_by("-placed_at", "-id"))
    efforts = tuple(Effort.objects.filter(case=case).order_by("-at", "-id"))
    outlays = tuple(Outlay.objects.filter(case=case).order_by("-at", "-id"))
    return CaseParts(
        case=case,
        items=tuple(items_of(case)),
        clocks=tuple(clocks_of(case)),
        holds=holds,
        live_holds=tuple(hold for hold in holds if is_live(hold, today)),
        promises=tuple(Promise.objects.filter(case=case).order_by("-recorded_at", "-id")),
        disputes=tuple(Dispute.objects.filter(case=case).order_by("-opened_at", "-id")),
        complaints=tuple(Complaint.objects.filter(case=case).order_by("-filed_at", "-id")),
        efforts=efforts,
        outlays=outlays,
        minutes=sum(one.minutes for one in efforts),
        outlay_minor=sum(one.amount_minor for one in outlays if one.currency == case.currency),
    )


def item_ids_of(case: Case) -> list[UUID]:
    """The documents of an open case; of a closed one, those it ended with."""
    return list(CaseItem.objects.filter(case=case, until_at=case.closed_at).values_list("item_id", flat=True))


def items_of(case: Case) -> list[ItemStanding]:
    """The documents of a case as they stand today, the oldest due first."""
    found = standing_of(item_ids_of(case), as_of=working_day())
    return sorted(found.values(), key=lambda one: (one.due_on, one.item_id))


def clocks_of(case: Case) -> list[ClockView]:
    now = working_moment()
    rows = CaseClock.objects.filter(case=case).order_by("due_at", "id")
    return [
        ClockView(
            row,
            clock_state(row.due_at, now, row.met_at, row.stopped_at),
            *MILESTONE_NAMES[Milestone(row.milestone)],
        )
        for row in rows
    ]


def is_live(hold: Hold, today: date) -> bool:
    """Whether a hold covers the day."""
    return hold.from_on <= today and (hold.to_on is None or today <= hold.to_on)


def cost_of(case_id: UUID) -> tuple[int, int]:
    """Minutes and outlays of a case, corrections counted."""
    minutes = Effort.objects.filter(case_id=case_id).aggregate(sum=Sum("minutes"))["sum"]
    outlay = Outlay.objects.filter(case_id=case_id).aggregate(sum=Sum("amount_minor"))["sum"]
    return minutes or 0, int(outlay or 0)
