"""What other programs hear of cases and placements, under public names: ids, codes, counts and amounts.

Bulk news names up to ``IDS_MAX`` cases and the count; who needs the rest asks the API.
"""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from jieqing.kernel.outcomes import JSON
from jieqing.plumbing.events import Event
from jieqing.recovery.cases import events
from jieqing.recovery.placements import events as placements

IDS_MAX = 200
Told = Callable[[Any], Mapping[str, JSON]]


def _ids(case_ids: tuple[UUID, ...]) -> dict[str, JSON]:
    return {"case_ids": [str(case_id) for case_id in case_ids[:IDS_MAX]], "count": len(case_ids)}


def _placed(event: Any) -> dict[str, JSON]:
    """``items`` is 0 for a standing placement, which covers whatever has none of its own."""
    return {
        "placement_id": str(event.placement_id),
        "items": len(event.item_ids),
        "covers_all": event.covers_all,
    }


def _judged(event: Any) -> Mapping[str, JSON]:
    return {
        "case_id": str(event.case_id),
        "promise_id": str(event.promise_id),
        "amount_fen": event.amount_minor,
        "paid_fen": event.paid_minor,
        "currency": event.currency,
    }


# Event, its public name, its words, and what is told.
PUBLIC: tuple[tuple[type[Event], str, str, str, Told], ...] = (
    (
        events.CaseOpened,
        "case.opened",
        "已立案",
        "Cases were opened",
        lambda event: {**_ids(event.case_ids), "origin": event.origin},
    ),
    (
        events.CaseClosed,
        "case.closed",
        "已结案",
        "Cases were closed",
        lambda event: {**_ids(event.case_ids), "closing": event.closing},
    ),
    (
        events.PromiseRecorded,
        "promise.recorded",
        "登记还款承诺",
        "A promise to pay was recorded",
        lambda event: {
            "case_id": str(event.case_id),
            "promise_id": str(event.promise_id),
            "amount_fen": event.amount_minor,
            "currency": event.currency,
            "due_on": event.due_on.isoformat(),
        },
    ),
    (events.PromiseKept, "promise.kept", "承诺已兑现", "A promise was kept", _judged),
    (events.PromiseBroken, "promise.broken", "承诺未兑现", "A promise was broken", _judged),
    (
        events.DisputeOpened,
        "dispute.opened",
        "提出异议",
        "A dispute was opened",
        lambda event: {
            "case_id": str(event.case_id),
            "dispute_id": str(event.dispute_id),
            "code": event.code,
            "items": len(event.item_ids),
        },
    ),
    (
        events.DisputeClosed,
        "dispute.closed",
        "异议办结",
        "A dispute was closed",
        lambda event: {
            "case_id": str(event.case_id),
            "dispute_id": str(event.dispute_id),
            "outcome": event.outcome,
        },
    ),
    (
        events.ComplaintFiled,
        "complaint.filed",
        "收到投诉",
        "A complaint was filed",
        lambda event: {
            "case_id": str(event.case_id),
            "complaint_id": str(event.complaint_id),
            "kind": event.kind,
            "due_on": event.due_on.isoformat(),
        },
    ),
    (
        events.HoldPlaced,
        "hold.placed",
        "案件暂停",
        "A case was held",
        lambda event: {
            "case_id": str(event.case_id),
            "hold_id": str(event.hold_id),
            "kind": event.kind,
            "from_on": event.from_on.isoformat(),
        },
    ),
    (
        placements.PlacementActivated,
        "placement.activated",
        "委案已生效",
        "A placement began",
        lambda event: _placed(event),
    ),
    (
        placements.PlacementRecalled,
        "placement.recalled",
        "委案已撤回",
        "Debts were taken back from a placement",
        lambda event: {**_placed(event), "is_whole": event.is_whole},
    ),
    (
        placements.PlacementEnded,
        "placement.ended",
        "委案已到期",
        "A placement has run out",
        lambda event: _placed(event),
    ),
    (
        events.HoldReleased,
        "hold.released",
        "案件恢复办理",
        "A hold was released",
        lambda event: {
            "case_id": str(event.case_id),
            "hold_id": str(event.hold_id),
            "kind": event.kind,
        },
    ),
)
