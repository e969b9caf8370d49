"""The order of appropriation for other programs: its versions, a new one, and what went where on an item."""

from datetime import date
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Path, Schema
from pydantic import Field

from jieqing.claims.entitlements.engine.rules import Part
from jieqing.claims.receivables import access
from jieqing.claims.receivables.api.routes import router
from jieqing.claims.receivables.engine.appropriation_facts import Order, Policy
from jieqing.claims.receivables.selectors.appropriation import (
    appropriation_orders,
    appropriations_on,
    told_order,
)
from jieqing.claims.receivables.services.appropriation_orders import REASON_CHARS_MAX, set_order
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.http import ProblemRaised, needs

PartName = Literal["costs", "interest", "penalty", "principal"]


class OrderIn(Schema):
    """``within`` names the four parts once each, the first is covered first."""

    between: Order = Order.CIVIL_CODE_560
    within: list[PartName] = Field(min_length=4, max_length=4)
    effective_from: date
    covers_booked: bool = False
    creditor_id: UUID | None = None
    reason: str = Field(min_length=1, max_length=REASON_CHARS_MAX)


class OrderOut(Schema):
    number: int
    creditor_id: UUID | None
    between: str
    within: list[str]
    covers_booked: bool
    effective_from: date
    entry: UUID


class OrdersOut(Schema):
    orders: list[OrderOut]


class AppropriationOut(Schema):
    """A part of a payment on a part of a document; ``voided_rev`` says since when it stands no more."""

    home_id: UUID
    document_id: UUID
    part: str
    effective_on: date
    amount_fen: int
    recorded_rev: int
    voided_rev: int | None


class AppropriationsOut(Schema):
    parts: list[AppropriationOut]


@router.get(
    "/ledger/appropriation-orders",
    auth=needs("ledger.read"),
    response=OrdersOut,
    operation_id="appropriation_orders",
    summary="Every version of the order of appropriation, newest first",
)
def orders(request: HttpRequest, site_slug: Path[str]) -> Any:
    return {"orders": [told_order(one) for one in appropriation_orders()]}


@router.post(
    "/ledger/appropriation-orders",
    auth=needs("ledger.decide"),
    response=OrderOut,
    operation_id="set_appropriation_order",
    summary="Set a new version of the order; accounts follow it at once",
)
def new_order(request: HttpRequest, site_slug: Path[str], asked: OrderIn) -> Any:
    made = set_order(
        actor=request.actor,  # type: ignore[attr-defined]
        policy=Policy(asked.between, tuple(Part[name.upper()] for name in asked.within), asked.covers_booked),
        effective_from=asked.effective_from,
        reason=asked.reason,
        creditor_id=asked.creditor_id,
    )
    if is_problem(made):
        raise ProblemRaised(made, 409)
    return told_order(made.order)


@router.get(
    "/ledger/items/{item_id}/appropriations",
    auth=needs("ledger.read"),
    response=AppropriationsOut,
    operation_id="item_appropriations",
    summary="Which part of which payment covers what of an item, superseded parts included",
)
def item_appropriations(request: HttpRequest, site_slug: Path[str], item_id: Path[UUID]) -> Any:
    item = access.item_by_id(request.actor, item_id)  # type: ignore[attr-defined]
    if is_problem(item):
        raise ProblemRaised(item, 404)
    return {
        "parts": [
            {
                "home_id": one.home_id,
                "document_id": one.document_id,
                "part": Part(one.part).name.lower(),
                "effective_on": one.effective_on,
                "amount_fen": one.amount_minor,
                "recorded_rev": one.recorded_rev,
                "voided_rev": one.voided_rev,
            }
            for one in appropriations_on(item.id)
        ]
    }
