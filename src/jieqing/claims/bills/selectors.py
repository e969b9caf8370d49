"""Bills with their state, what one covers, and the documents a new one would cover."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Prefetch

from jieqing.claims.bills.engine.bills import Step
from jieqing.claims.bills.models import Bill, BillStep
from jieqing.claims.receivables.selectors.open_documents import OpenDocument, open_documents
from jieqing.claims.receivables.selectors.receipts import covered_by_revision

BILLS_MAX = 500


def bills(*, debtor_id: UUID | None = None) -> list[Bill]:
    """Bills, the first due first; each with its steps."""
    rows = Bill.objects.select_related("debtor").prefetch_related(
        Prefetch("steps", queryset=BillStep.objects.order_by("number"))
    )
    if debtor_id:
        rows = rows.filter(debtor_id=debtor_id)
    return list(rows.order_by("due_on", "id")[:BILLS_MAX])


def steps_of(bill: Bill) -> list[BillStep]:
    return sorted(bill.steps.all(), key=lambda step: step.number)


def last_step(bill: Bill) -> BillStep:
    return max(bill.steps.all(), key=lambda step: step.number)


def covered_by(bill: Bill) -> list[tuple[UUID, str, int]]:
    """The items that the bill was for: id, document number, amount."""
    return covered_by_revision(bill.revision)


def documents_of(debtor_id: UUID, currency: str) -> list[OpenDocument]:
    return open_documents(currency=currency, debtor_ids=[debtor_id])


def parts_by_due(
    debtor_id: UUID, currency: str, amount_minor: int, documents: Collection[UUID] = ()
) -> list[tuple[UUID, int]]:
    """What of which document a bill covers: the chosen ones, else all, the first due first; a rest stays unapplied."""
    left, parts = amount_minor, []
    for one in documents_of(debtor_id, currency):
        if left and (not documents or one.item_id in documents):
            part = min(left, one.open_minor)
            parts.append((one.item_id, part))
            left -= part
    return parts


def told_bill(bill: Bill, steps: Sequence[BillStep]) -> dict[str, Any]:
    """A bill as commands and programs hear it."""
    return {
        "id": str(bill.id),
        "kind": bill.kind,
        "number": bill.number,
        "drawer": bill.drawer,
        "acceptor": bill.acceptor,
        "debtor_id": str(bill.debtor_id),
        "amount_fen": bill.amount_minor,
        "currency": bill.currency,
        "due_on": bill.due_on.isoformat(),
        "received_on": bill.received_on.isoformat(),
        "state": Step(steps[-1].step).value,
        "steps": [
            {"step": one.step, "on": one.on.isoformat(), "revision": one.revision, "entry": str(one.entry_id)}
            for one in steps
        ],
    }
