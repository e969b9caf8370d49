"""Acceptance bills for other programs: list, enter, take the next step."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Path, Query, Router, Schema
from pydantic import Field

from jieqing.claims.bills import access, selectors, services
from jieqing.claims.bills.engine.bills import BillKind, Step
from jieqing.claims.bills.models import Bill
from jieqing.claims.parties import access as parties
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.http import ProblemRaised, needs

router = Router(tags=["bills"])


class BillIn(Schema):
    """``document_ids`` empty: the oldest due documents of the debtor first; a rest becomes an unapplied payment."""

    debtor_id: UUID
    kind: BillKind
    number: str = Field(min_length=1, max_length=40)
    drawer: str = Field(min_length=1, max_length=120)
    acceptor: str = Field(min_length=1, max_length=120)
    amount_fen: int = Field(gt=0, le=10**15)
    due_on: date
    received_on: date
    document_ids: list[UUID] = Field(default_factory=list, max_length=500)


class BillStepIn(Schema):
    step: Step
    on: date
    note: str = Field("", max_length=services.NOTE_CHARS_MAX)


class BillStepOut(Schema):
    step: str
    on: date
    revision: int | None
    entry: UUID


class BillOut(Schema):
    id: UUID
    kind: str
    number: str
    drawer: str
    acceptor: str
    debtor_id: UUID
    amount_fen: int
    currency: str
    due_on: date
    received_on: date
    state: str
    steps: list[BillStepOut]


class BillsOut(Schema):
    bills: list[BillOut]


@router.get(
    "/ledger/bills",
    auth=needs("ledger.read"),
    response=BillsOut,
    operation_id="bills",
    summary="Acceptance bills, the first due first",
)
def bills(request: HttpRequest, site_slug: Path[str], debtor_id: Query[UUID | None] = None) -> Any:
    return {"bills": [_told(one) for one in selectors.bills(debtor_id=debtor_id)]}


@router.post(
    "/ledger/bills",
    auth=needs("ledger.decide"),
    response=BillOut,
    operation_id="receive_bill",
    summary="Enter an acceptance bill: it covers documents under the condition that it is honoured",
)
def receive_bill(request: HttpRequest, site_slug: Path[str], asked: BillIn) -> Any:
    actor = request.actor  # type: ignore[attr-defined]
    debtor = parties.party_by_id(actor, asked.debtor_id)
    if is_problem(debtor):
        raise ProblemRaised(debtor, 404)
    order = services.BillOrder(
        debtor_id=debtor.id,
        kind=asked.kind,
        number=asked.number,
        drawer=asked.drawer,
        acceptor=asked.acceptor,
        amount_minor=asked.amount_fen,
        currency="CNY",
        due_on=asked.due_on,
        received_on=asked.received_on,
        documents=tuple(asked.document_ids),
    )
    made = services.receive_bill(actor=actor, order=order)
    if is_problem(made):
        raise ProblemRaised(made, 409)
    return _told(made)


@router.post(
    "/ledger/bills/{bill_id}/steps",
    auth=needs("ledger.decide"),
    response=BillOut,
    operation_id="bill_step",
    summary="Endorse, discount, present, honour, dishonour or withdraw a bill",
)
def bill_step(request: HttpRequest, site_slug: Path[str], bill_id: Path[UUID], asked: BillStepIn) -> Any:
    actor = request.actor  # type: ignore[attr-defined]
    bill = access.bill_by_id(actor, bill_id)
    if is_problem(bill):
        raise ProblemRaised(bill, 404)
    done = services.take_step(actor=actor, bill=bill, step=asked.step, on=asked.on, note=asked.note)
    if is_problem(done):
        raise ProblemRaised(done, 409)
    return _told(bill)


def _told(bill: Bill) -> dict[str, Any]:
    return selectors.told_bill(bill, selectors.steps_of(bill))
