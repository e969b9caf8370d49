"""From rows to what other programs read, and from an outcome to an answer."""

from dataclasses import asdict
from typing import Any, TypeVar

from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.http import ProblemRaised
from jieqing.recovery.cases.models import (
    Case,
    CaseEvent,
    Complaint,
    Dispute,
    Effort,
    Hold,
    Outlay,
    Promise,
)
from jieqing.recovery.cases.selectors import CaseParts, ladder_in_force, opening_terms

Found = TypeVar("Found")


def known(found: Found | Problem) -> Found:
    """What a door gave, or 404."""
    if is_problem(found):
        raise ProblemRaised(found, 404)
    return found


def done(found: Found | Problem) -> Found:
    """What a verb gave, or 409 with its reason."""
    if is_problem(found):
        raise ProblemRaised(found, 409)
    return found


def told_case(case: Case) -> dict[str, Any]:
    same = (
        "id number state closing debtor_id creditor_id currency placement_id origin track owner_id stage stage_since"
        " next_action next_action_on snoozed_until oldest_due_on items_open priority reasons promise_on"
        " first_response_due_at opened_at closed_at"
    )
    return {name: getattr(case, name) for name in same.split()} | {
        "debtor": case.debtor_name,
        "open_fen": case.open_minor,
        "overdue_fen": case.overdue_minor,
        "paid_fen": case.paid_minor,
        "promise_fen": case.promise_minor,
        "holds": case.hold_kinds,
    }


def told_event(event: CaseEvent) -> dict[str, Any]:
    names = ("id", "kind", "at", "actor_id", "facts", "text", "entry_id", "row_index")
    return {name: getattr(event, name) for name in names}


def told_row(row: Promise | Dispute | Hold | Complaint | Effort | Outlay) -> dict[str, Any]:
    match row:
        case Promise():
            return _row(row, "promise", row.state, row.due_on, row.amount_minor)
        case Dispute():
            return _row(row, row.code, row.outcome or "open", row.due_on, row.amount_minor)
        case Hold():
            return _row(row, row.kind, "released" if row.released_at else "held", row.to_on, None)
        case Complaint():
            return _row(row, row.kind, row.outcome or "open", row.due_on, None)
        case Effort():
            return _row(row, row.activity, "corrects" if row.corrects_id else "entered", row.on, None)
        case Outlay():
            return _row(row, row.kind, "corrects" if row.corrects_id else "entered", row.on, row.amount_minor)


def told_parts(parts: CaseParts) -> dict[str, Any]:
    return {
        "case": told_case(parts.case),
        "items": [
            {
                "item_id": one.item_id,
                "document_number": one.document_number,
                "due_on": one.due_on,
                "open_fen": one.open_minor,
            }
            for one in parts.items
        ],
        **{
            name: [told_row(row) for row in getattr(parts, name)]
            for name in ("promises", "disputes", "holds", "complaints")
        },
        "clocks": [
            {
                "milestone": view.clock.milestone,
                "due_at": view.clock.due_at,
                "met_at": view.clock.met_at,
                "state": view.state.value,
            }
            for view in parts.clocks
        ],
        "minutes": parts.minutes,
        "outlay_fen": parts.outlay_minor,
    }


def told_rules() -> dict[str, Any]:
    """The rules in force."""
    ladder, (terms, is_on) = ladder_in_force(), opening_terms()
    told = terms.as_dict()
    return {
        "ladder_version": ladder.version,
        "may_skip": ladder.may_skip,
        "steps": [asdict(step) for step in ladder.steps],
        "terms": {**told, "min_open_fen": told.pop("min_open_minor")},
        "is_on": is_on,
    }


def _row(row: Any, kind: str, state: str, due_on: Any, minor: int | None) -> dict[str, Any]:
    return {
        "id": row.id,
        "kind": kind,
        "state": state,
        "due_on": due_on,
        "amount_fen": minor,
        "entry_id": row.entry_id,
    }
