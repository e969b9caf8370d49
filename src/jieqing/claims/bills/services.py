"""Enter a bill and follow its life: rows, evidence and the ledger's postings in one transaction, under the ledger's lock."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction

from jieqing.claims.bills.engine import bills as engine
from jieqing.claims.bills.engine.bills import BillKind, Step
from jieqing.claims.bills.models import Bill, BillStep
from jieqing.claims.bills.selectors import last_step, parts_by_due
from jieqing.claims.receivables.services import receipts as ledger
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.canonical import canonical_bytes
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence import services as evidence

NOTE_CHARS_MAX = 200
NOTED = (Step.ENDORSED, Step.DISHONOURED, Step.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class BillOrder:
    """What the face of a bill says, and which documents it is for; without any, the oldest due ones."""

    debtor_id: UUID
    kind: BillKind
    number: str
    drawer: str
    acceptor: str
    amount_minor: int
    currency: str
    due_on: date
    received_on: date
    documents: tuple[UUID, ...] = ()


def preview_bill(*, actor: Actor, order: BillOrder) -> list[tuple[UUID, int]] | Problem:
    """Which documents the bill would cover, and how much of each; writes nothing."""
    with site_scope(actor.own_site):
        return _misfit(order) or parts_by_due(
            order.debtor_id, order.currency, order.amount_minor, order.documents
        )


def receive_bill(*, actor: Actor, order: BillOrder) -> Bill | Problem:
    """Enter a bill: what it covers is reduced under the condition that it is honoured."""
    site_id, bill_id = actor.own_site, new_id()
    with site_scope(site_id), transaction.atomic():
        ledger.next_revision(actor=actor)
        problem = _misfit(order)
        if problem:
            return problem
        parts = parts_by_due(order.debtor_id, order.currency, order.amount_minor, order.documents)
        prepared = ledger.prepare_receipt(
            actor=actor,
            order=ledger.ReceiptOrder(
                line_id=bill_id,
                amount_minor=order.amount_minor,
                currency=order.currency,
                effective_on=order.received_on,
                parts=tuple(parts),
                debtor_id=order.debtor_id,
                name=order.number.strip(),
                means=ledger.Means.BILL,
            ),
        )
        if is_problem(prepared):
            return prepared
        entry_id = evidence.record_bulk(
            actor=actor,
            action="claims.bills.received",
            subject=f"claims.bills.bill:{bill_id}",
            row_digests=[*prepared.row_digests, _face_digest(order)],
            facts={
                "kind": order.kind.value,
                "minor": order.amount_minor,
                "currency": order.currency,
                "due_on": order.due_on.isoformat(),
                "received_on": order.received_on.isoformat(),
                "revision": prepared.revision,
            },
        )
        bill = Bill.objects.create(
            id=bill_id,
            site_id=site_id,
            debtor_id=order.debtor_id,
            kind=order.kind.value,
            number=order.number.strip(),
            drawer=order.drawer.strip(),
            acceptor=order.acceptor.strip(),
            amount_minor=order.amount_minor,
            currency=order.currency,
            due_on=order.due_on,
            received_on=order.received_on,
            revision=prepared.revision,
        )
        ledger.post_receipt(actor=actor, prepared=prepared, entry_id=entry_id)
        _write_step(actor, bill, 1, Step.RECEIVED, order.received_on, "", prepared.revision, entry_id)
    return bill


def take_step(*, actor: Actor, bill: Bill, step: Step, on: date, note: str = "") -> BillStep | Problem:
    """The next step of a bill's life. A refusal revives what it covered; a withdrawal ends it as if it had never been."""
    with site_scope(actor.own_site), transaction.atomic():
        number = ledger.next_revision(actor=actor)
        last = last_step(bill)
        problem = engine.follow(Step(last.step), last.on, step, on, clock.today())
        if problem:
            return problem
        if step in NOTED and not note.strip():
            return Problem.of(engine.NOTE_MISSING)
        if step is Step.WITHDRAWN and ledger.take_back_refusal(revision=bill.revision):
            return Problem.of(engine.REST_USED)
        moves = step in (Step.DISHONOURED, Step.WITHDRAWN)
        facts: dict[str, Any] = {
            "step": step.value,
            "on": on.isoformat(),
            "revision": number if moves else None,
        }
        revived_on = None
        if step is Step.DISHONOURED:
            revived_on = recourse(bill, on).revived_on
            facts["revived_on"] = revived_on.isoformat()
        entry_id = evidence.record(
            actor=actor,
            action=f"claims.bills.{step.value}",
            subject=f"claims.bills.bill:{bill.id}",
            facts=facts,
            personal={"note": note.strip()} if note.strip() else {},
        )
        if revived_on:
            ledger.revive_debts(
                actor=actor,
                revision=bill.revision,
                on=revived_on,
                number=number,
                entry_id=entry_id,
                cause_id=bill.id,
            )
        elif moves:
            ledger.take_back_receipt(
                actor=actor, revision=bill.revision, number=number, entry_id=entry_id, means=ledger.Means.BILL
            )
        return _write_step(actor, bill, last.number + 1, step, on, note, number if moves else None, entry_id)


def recourse(bill: Bill, refused_on: date) -> engine.Recourse:
    """The days of a refusal of this bill."""
    presented = bill.steps.filter(step=Step.PRESENTED.value).values_list("on", flat=True).first()
    return engine.recourse_of(due_on=bill.due_on, presented_on=presented, refused_on=refused_on)


def _misfit(order: BillOrder) -> Problem | None:
    if not (order.number.strip() and order.drawer.strip() and order.acceptor.strip()):
        return Problem.of(engine.NUMBER_MISSING)
    if order.due_on < order.received_on:
        return Problem.of(engine.DUE_BEFORE)
    if order.received_on > clock.today():
        return Problem.of(engine.DAY_OUT, since="–", until=clock.today().isoformat())
    for bill in Bill.objects.filter(number=order.number.strip()):
        if last_step(bill).step != Step.WITHDRAWN:
            return Problem.of(engine.TWICE, number=order.number.strip())
    return None


def _face_digest(order: BillOrder) -> bytes:
    """The last row of the entry: what the bill's face says."""
    face = {
        "number": order.number.strip(),
        "drawer": order.drawer.strip(),
        "acceptor": order.acceptor.strip(),
        "minor": order.amount_minor,
        "currency": order.currency,
        "due_on": order.due_on.isoformat(),
    }
    return sha256(b"\x00" + canonical_bytes(face)).digest()


def _write_step(
    actor: Actor,
    bill: Bill,
    number: int,
    step: Step,
    on: date,
    note: str,
    revision: int | None,
    entry_id: UUID,
) -> BillStep:
    return BillStep.objects.create(
        site_id=bill.site_id,
        bill=bill,
        number=number,
        step=step.value,
        on=on,
        note=note.strip()[:NOTE_CHARS_MAX],
        at=clock.now(),
        by=actor.id,
        revision=revision,
        entry_id=entry_id,
    )
