"""Acts on the ledger: write-off, application of a credit, recovery, set-off; each with its reason and its way back.

``act_on_item`` checks under the ledger's lock. What one person may decide is posted at once as a revision; a write-off
waits for ``approve_act`` by another. ``take_back_act`` ends the postings as a new revision: nothing is rewritten, and any
earlier report comes back as it was. The arithmetic is the engine's (``engine.acts``); a second worker with the same credit
waits at the lock and is then refused what is no longer there.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from jieqing.claims.receivables.engine import acts as engine
from jieqing.claims.receivables.engine.accounts import CONTRA, Account, ItemKind, PostingKind, PostingSource
from jieqing.claims.receivables.engine.acts import ActKind
from jieqing.claims.receivables.events import LedgerActStood, LedgerActTakenBack
from jieqing.claims.receivables.models import ActState, Item, LedgerAct, Posting, RevisionKind
from jieqing.claims.receivables.selectors.acts import credit_left, open_left, written_off_left
from jieqing.claims.receivables.services.revisions import lock_ledger, next_number, record_revision
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.money import plain_amount
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.plumbing.events import publish
from jieqing.trust.evidence import services as evidence

REASON_CHARS_MAX = 200
REFERENCE_CHARS_MAX = 120


@dataclass(frozen=True, slots=True)
class ActOrder:
    """What somebody wants done with an item. ``credit`` for an application or recovery, the notice for a set-off."""

    kind: ActKind
    amount_minor: int
    effective_on: date
    reason: str
    credit: Item | None = None
    reference: str = ""
    notice_on: date | None = None


def preview_act(*, actor: Actor, item: Item, order: ActOrder) -> int | Problem:
    """How much of the item could be treated so on that day, when the order would pass; writes nothing."""
    with site_scope(actor.own_site):
        return _room(item, order)


def act_on_item(*, actor: Actor, item: Item, order: ActOrder) -> LedgerAct | Problem:
    """Post an act, or put it before a second person when its kind asks for one."""
    site_id = actor.own_site
    with site_scope(site_id), transaction.atomic():
        lock_ledger(site_id)
        item.refresh_from_db()
        room = _room(item, order)
        if is_problem(room):
            return room
        is_asked = order.kind in engine.NEEDS_APPROVAL
        number = None if is_asked else next_number(site_id)
        act = LedgerAct.objects.create(
            site_id=site_id,
            kind=order.kind.value,
            item=item,
            credit=order.credit,
            amount_minor=order.amount_minor,
            effective_on=order.effective_on,
            reason=order.reason.strip()[:REASON_CHARS_MAX],
            reference=order.reference.strip()[:REFERENCE_CHARS_MAX],
            notice_on=order.notice_on,
            asked_at=clock.now(),
            asked_by=actor.id,
            state=ActState.ASKED if is_asked else ActState.STANDING,
            revision=number,
        )
        entry_id = _record(actor, act, "asked" if is_asked else "stood", number, order.reason)
        if number is not None:
            _post(actor, act, number, entry_id)
    return act


def approve_act(*, actor: Actor, act: LedgerAct) -> LedgerAct | Problem:
    """Approve as a second person; what is open may have changed since, so it is asked again."""
    site_id = actor.own_site
    with site_scope(site_id), transaction.atomic():
        found = _waiting(actor, act)
        if is_problem(found):
            return found
        order = ActOrder(ActKind(found.kind), found.amount_minor, found.effective_on, found.reason)
        room = _room(found.item, order)
        if is_problem(room):
            return room
        number = next_number(site_id)
        _decide(actor, found, ActState.STANDING, number)
        _post(actor, found, number, _record(actor, found, "stood", number))
    return found


def refuse_act(*, actor: Actor, act: LedgerAct, reason: str) -> LedgerAct | Problem:
    if not reason.strip():
        return Problem.of(engine.REASON_MISSING)
    with site_scope(actor.own_site), transaction.atomic():
        found = _waiting(actor, act)
        if is_problem(found):
            return found
        _decide(actor, found, ActState.REFUSED, None)
        _record(actor, found, "refused", None, reason)
    return found


def take_back_act(*, actor: Actor, act: LedgerAct, reason: str) -> LedgerAct | Problem:
    """End what an act posted, as a new revision. A write-off that was recovered since stands until the recovery goes."""
    if not reason.strip():
        return Problem.of(engine.REASON_MISSING)
    site_id = actor.own_site
    with site_scope(site_id), transaction.atomic():
        lock_ledger(site_id)
        found = LedgerAct.objects.select_related("item").get(id=act.id)
        if found.state != ActState.STANDING or found.revision is None:
            return Problem.of(engine.NOT_WAITING)
        is_write_off = found.kind == ActKind.WRITE_OFF
        if is_write_off and written_off_left(found.item_id, found.effective_on) < found.amount_minor:
            return Problem.of(engine.RECOVERED_SINCE)
        number = next_number(site_id)
        found.state, found.back_revision = ActState.TAKEN_BACK, number
        found.save(update_fields=["state", "back_revision"])
        entry_id = _record(actor, found, "taken_back", number, reason)
        record_revision(actor=actor, number=number, kind=RevisionKind.ACT_BACK, entry_id=entry_id, batch=None)
        Posting.objects.filter(
            recorded_rev=found.revision, source=PostingSource.DECISION.value, voided_rev=None
        ).update(voided_rev=number)
        publish(
            LedgerActTakenBack(site_id=site_id, act_id=found.id, revision=number, item_ids=_touched(found))
        )
    return found


def take_step(*, actor: Actor, act: LedgerAct, step: str, reason: str) -> LedgerAct | Problem:
    """The step by its name, as pages and programs say it."""
    match step:
        case "approve":
            return approve_act(actor=actor, act=act)
        case "refuse":
            return refuse_act(actor=actor, act=act, reason=reason)
        case "take_back":
            return take_back_act(actor=actor, act=act, reason=reason)
    return Problem.of(engine.NOT_WAITING)


def _room(item: Item, order: ActOrder) -> int | Problem:
    """What could be taken at most, or why this order cannot stand."""
    problem = _misfit(item, order)
    if problem:
        return problem
    on = order.effective_on
    if order.kind is ActKind.RECOVERY:
        left, kind = written_off_left(item.id, on), engine.BEYOND_WRITTEN_OFF
    else:
        left, kind = open_left(item.id, on), engine.BEYOND_OPEN
    if order.amount_minor > left:
        return _beyond(kind, item, order, left)
    if order.credit is not None:
        usable = credit_left(order.credit.id, on)
        if order.amount_minor > usable:
            return _beyond(engine.BEYOND_CREDIT, order.credit, order, usable)
        left = min(left, usable)
    return left


def _misfit(item: Item, order: ActOrder) -> Problem | None:
    if not order.reason.strip():
        return Problem.of(engine.REASON_MISSING)
    if order.amount_minor <= 0:
        return Problem.of(engine.NOT_POSITIVE)
    if order.effective_on > clock.today():
        return Problem.of(engine.DAY_TO_COME, on=order.effective_on.isoformat())
    if item.withdrawn_rev or item.kind != ItemKind.INVOICE:
        return Problem.of(engine.NOT_A_DEBT, document=item.document_number)
    if order.kind in engine.USES_CREDIT and not _fits(item, order):
        return Problem.of(engine.NOT_A_CREDIT)
    told = bool(order.reference.strip()) and order.notice_on is not None
    if order.kind is ActKind.SET_OFF and not (told and order.notice_on <= order.effective_on):  # type: ignore[operator]
        return Problem.of(engine.NOTICE_MISSING)
    return None


def _fits(item: Item, order: ActOrder) -> bool:
    credit = order.credit
    if credit is None or credit.withdrawn_rev:
        return False
    kinds = {ItemKind.UNAPPLIED_PAYMENT.value}
    if order.kind is ActKind.APPLICATION:
        kinds.add(ItemKind.CREDIT_NOTE.value)
    same = (credit.debtor_id, credit.creditor_id, credit.currency) == (
        item.debtor_id,
        item.creditor_id,
        item.currency,
    )
    return same and credit.kind in kinds


def _beyond(kind: Any, document: Item, order: ActOrder, left: int) -> Problem:
    return Problem.of(
        kind,
        document=document.document_number,
        on=order.effective_on.isoformat(),
        open=plain_amount(left, document.currency),
        asked=plain_amount(order.amount_minor, document.currency),
    )


def _waiting(actor: Actor, act: LedgerAct) -> LedgerAct | Problem:
    lock_ledger(actor.own_site)
    found = LedgerAct.objects.select_related("item").get(id=act.id)
    if found.state != ActState.ASKED:
        return Problem.of(engine.NOT_WAITING)
    return Problem.of(engine.FOUR_EYES) if found.asked_by == actor.id else found


def _decide(actor: Actor, act: LedgerAct, state: ActState, number: int | None) -> None:
    act.state, act.decided_at, act.decided_by, act.revision = state, clock.now(), actor.id, number
    act.save(update_fields=["state", "decided_at", "decided_by", "revision"])


def _post(actor: Actor, act: LedgerAct, number: int, entry_id: UUID) -> None:
    record_revision(actor=actor, number=number, kind=RevisionKind.ACT, entry_id=entry_id, batch=None)
    Posting.objects.bulk_create(
        [
            Posting(
                site_id=act.site_id,
                item_id=(act.credit_id or act.item_id) if pair.is_on_credit else act.item_id,
                amount_minor=pair.amount_minor,
                effective_on=act.effective_on,
                recorded_rev=number,
                origin_rev=number,
                kind=pair.kind.value,
                account=Account.RECEIVABLE.value,
                contra=CONTRA[PostingKind(pair.kind)].value,
                source=PostingSource.DECISION.value,
                currency=act.item.currency,
            )
            for pair in engine.pairs_of(ActKind(act.kind), act.amount_minor)
        ]
    )
    publish(LedgerActStood(site_id=act.site_id, act_id=act.id, revision=number, item_ids=_touched(act)))


def _touched(act: LedgerAct) -> tuple[UUID, ...]:
    return (act.item_id, act.credit_id) if act.credit_id else (act.item_id,)


def _record(actor: Actor, act: LedgerAct, step: str, number: int | None, reason: str = "") -> UUID:
    return evidence.record(
        actor=actor,
        action=f"claims.receivables.act_{step}",
        subject=f"claims.receivables.act:{act.id}",
        facts={
            "kind": act.kind,
            "item": str(act.item_id),
            "credit": str(act.credit_id) if act.credit_id else None,
            "minor": act.amount_minor,
            "currency": act.item.currency,
            "on": act.effective_on.isoformat(),
            "notice_on": act.notice_on.isoformat() if act.notice_on else None,
            "revision": number,
        },
        personal={
            name: text for name, text in (("reason", reason.strip()), ("reference", act.reference)) if text
        },
    )
