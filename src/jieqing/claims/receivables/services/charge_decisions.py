"""Decisions about charges: a fee, a waiver or a cancellation, asked for by one person and approved by another.

Asking changes nothing; approving counts the item again at once; taking one back is a decision too. The money is only what
the plan of charges says after the decision (``services.charges``).
"""

from datetime import date
from typing import Any

from django.db import transaction

from jieqing.claims.receivables.engine import charge_problems as problems
from jieqing.claims.receivables.engine.accounts import ItemKind
from jieqing.claims.receivables.engine.charge_plan import DecisionKind
from jieqing.claims.receivables.models import ChargeDecision, DecisionState, Item
from jieqing.claims.receivables.selectors.charges import open_parts
from jieqing.claims.receivables.services.charges import REASON_CHARS_MAX, Accrued, recount_charges
from jieqing.claims.receivables.services.revisions import lock_ledger
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence import services as evidence


def ask_for_decision(
    *, actor: Actor, item: Item, kind: DecisionKind, amount_minor: int | None, on: date, reason: str
) -> ChargeDecision | Problem:
    """Ask for a fee, a waiver or a cancellation (of all that is open, ``amount_minor`` None)."""
    if not reason.strip():
        return Problem.of(problems.REASON_MISSING)
    if item.withdrawn_rev or item.kind != ItemKind.INVOICE:
        return Problem.of(problems.NOT_A_DEBT)
    site_id = actor.own_site
    with site_scope(site_id), transaction.atomic():
        lock_ledger(site_id)
        _principal, charges = open_parts(item.id, as_of=on)
        if kind is DecisionKind.CANCELLATION:
            amount_minor = charges
        if amount_minor is None or amount_minor <= 0:
            return Problem.of(problems.NOT_POSITIVE)
        if kind is not DecisionKind.FEE and amount_minor > charges:
            return Problem.of(problems.BEYOND_OPEN, asked=amount_minor, open=charges)
        decision = ChargeDecision.objects.create(
            site_id=site_id,
            item=item,
            kind=kind.value,
            amount_minor=amount_minor,
            effective_on=on,
            reason=reason.strip()[:REASON_CHARS_MAX],
            asked_at=clock.now(),
            asked_by=actor.id,
        )
        _record(actor, decision, "asked", {"amount_minor": amount_minor, "on": on.isoformat()}, reason)
    return decision


def approve_decision(*, actor: Actor, decision: ChargeDecision) -> Accrued | Problem:
    """Approve as a second person: from this moment the decision counts."""
    with site_scope(actor.own_site), transaction.atomic():
        found = _waiting(actor, decision)
        if is_problem(found):
            return found
        _principal, charges = open_parts(found.item_id, as_of=found.effective_on)
        if found.kind != DecisionKind.FEE.value and found.amount_minor > charges:
            return Problem.of(problems.BEYOND_OPEN, asked=found.amount_minor, open=charges)
        return _decide(actor, found, DecisionState.APPROVED)


def refuse_decision(*, actor: Actor, decision: ChargeDecision) -> Accrued | Problem:
    with site_scope(actor.own_site), transaction.atomic():
        found = _waiting(actor, decision)
        return found if is_problem(found) else _decide(actor, found, DecisionState.REFUSED)


def take_back_decision(*, actor: Actor, decision: ChargeDecision, reason: str) -> Accrued | Problem:
    """Undo an approved decision; what it took stands again, and after a cancellation charges run on."""
    if not reason.strip():
        return Problem.of(problems.REASON_MISSING)
    with site_scope(actor.own_site), transaction.atomic():
        lock_ledger(actor.own_site)
        found = ChargeDecision.objects.select_for_update().get(id=decision.id)
        if found.state != DecisionState.APPROVED:
            return Problem.of(problems.NOT_WAITING)
        if found.asked_by == actor.id:
            return Problem.of(problems.FOUR_EYES)
        return _decide(actor, found, DecisionState.TAKEN_BACK, reason)


def take_step(*, actor: Actor, decision: ChargeDecision, step: str, reason: str) -> Accrued | Problem:
    """The step by its name, as pages and programs say it."""
    match step:
        case "approve":
            return approve_decision(actor=actor, decision=decision)
        case "refuse":
            return refuse_decision(actor=actor, decision=decision)
        case "take_back":
            return take_back_decision(actor=actor, decision=decision, reason=reason)
    return Problem.of(problems.NOT_WAITING)


def _waiting(actor: Actor, decision: ChargeDecision) -> ChargeDecision | Problem:
    lock_ledger(actor.own_site)
    found = ChargeDecision.objects.select_for_update().get(id=decision.id)
    if found.state != DecisionState.ASKED:
        return Problem.of(problems.NOT_WAITING)
    return Problem.of(problems.FOUR_EYES) if found.asked_by == actor.id else found


def _decide(actor: Actor, found: ChargeDecision, state: DecisionState, reason: str = "") -> Accrued | Problem:
    found.state, found.decided_at, found.decided_by = state, clock.now(), actor.id
    found.save(update_fields=["state", "decided_at", "decided_by"])
    _record(actor, found, state.value, {"amount_minor": found.amount_minor}, reason)
    if state is DecisionState.REFUSED:
        return Accrued(0, 0, None, {})
    return recount_charges(actor=actor, items=[found.item_id])


def _record(actor: Actor, decision: ChargeDecision, step: str, facts: dict[str, Any], reason: str) -> None:
    evidence.record(
        actor=actor,
        action=f"claims.receivables.charge_decision_{step}",
        subject=f"claims.receivables.charge_decision:{decision.id}",
        facts={"item": str(decision.item_id), "kind": decision.kind, **facts},
        personal={"reason": reason.strip()} if reason.strip() else {},
    )
