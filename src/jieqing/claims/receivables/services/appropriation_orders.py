"""Set the order of appropriation: a new version with its reason; accounts follow it in the same transaction.

The first version switches the order on. Until then every payment stays where a person or the books put it. A version may
begin in the past: payments since that day go by it, as if it had always been known; what they covered before is kept.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from jieqing.claims.entitlements.engine.rules import Part
from jieqing.claims.receivables.engine import appropriation_problems as problems
from jieqing.claims.receivables.engine.appropriation_facts import BY_LAW, Policy
from jieqing.claims.receivables.models import AppropriationOrder, Item
from jieqing.claims.receivables.selectors.appropriation import accounts_to_keep
from jieqing.claims.receivables.services.charges import Accrued, recount_accounts
from jieqing.claims.receivables.services.revisions import lock_ledger
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence import services as evidence

REASON_CHARS_MAX = 200


@dataclass(frozen=True, slots=True)
class OrderSet:
    """The new version, and what it moved at once."""

    order: AppropriationOrder
    moved: Accrued


def set_order(
    *, actor: Actor, policy: Policy, effective_from: date, reason: str, creditor_id: UUID | None = None
) -> OrderSet | Problem:
    """Say how payments of a day on are appropriated: on the whole site, or for one creditor."""
    site_id = actor.own_site
    if not reason.strip():
        return Problem.of(problems.REASON_MISSING)
    if sorted(policy.within) != sorted(BY_LAW):
        return Problem.of(problems.PARTS_MISSING)
    with site_scope(site_id), transaction.atomic():
        lock_ledger(site_id)
        if creditor_id and not Item.objects.filter(creditor_id=creditor_id).exists():
            return Problem.of(problems.CREDITOR_UNKNOWN)
        order = _write(actor, policy, effective_from, reason.strip(), creditor_id)
        moved = recount_accounts(actor=actor, accounts=accounts_to_keep(creditor_id=creditor_id))
        if is_problem(moved):
            transaction.set_rollback(True)
            return moved
        return OrderSet(order, moved)


def _write(
    actor: Actor, policy: Policy, effective_from: date, reason: str, creditor_id: UUID | None
) -> AppropriationOrder:
    site_id = actor.own_site
    number = (AppropriationOrder.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    within = [Part(part).name.lower() for part in policy.within]
    entry_id = evidence.record(
        actor=actor,
        action="claims.receivables.appropriation_order_set",
        subject=f"claims.receivables.ledger:{site_id}",
        facts={
            "number": number,
            "creditor": str(creditor_id) if creditor_id else None,
            "between": policy.between.value,
            "within": within,
            "covers_booked": policy.covers_booked,
            "effective_from": effective_from.isoformat(),
        },
        personal={"reason": reason},
    )
    return AppropriationOrder.objects.create(
        site_id=site_id,
        number=number,
        creditor_id=creditor_id,
        between=policy.between.value,
        within=within,
        covers_booked=policy.covers_booked,
        effective_from=effective_from,
        reason=reason[:REASON_CHARS_MAX],
        set_at=clock.now(),
        set_by=actor.id,
        entry_id=entry_id,
    )
