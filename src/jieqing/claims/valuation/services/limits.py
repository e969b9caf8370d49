"""Set a customer's limit, override it for a while, end either: rows with reason and approver, each with its evidence entry.

Setting and overriding are two rights (``limits.set``, ``limits.override``): who keeps the limits is not who may pass them.
A new row ends the live one of the same debtor, currency and kind; nothing is rewritten.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from jieqing.claims.valuation.engine import decision_problems, limit_problems
from jieqing.claims.valuation.models import CustomerLimit, LimitKind
from jieqing.claims.valuation.services.deciding import REASON_CHARS_MAX, REASON_CHARS_MIN
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.ids import new_id
from jieqing.kernel.money import format_amount
from jieqing.kernel.outcomes import Problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence import services as evidence

AMOUNT_MAX_MINOR = 10**15
OVERRIDE_DAYS_MAX = 180


@dataclass(frozen=True, slots=True)
class LimitOrder:
    """What is to hold for a debtor; ``to_on`` is the last day, None for no end."""

    debtor_id: UUID
    currency: str
    amount_minor: int
    from_on: date
    to_on: date | None
    reason: str


def set_limit(*, actor: Actor, order: LimitOrder) -> CustomerLimit | Problem:
    """From ``from_on`` the debtor may owe up to ``amount_minor`` in the currency."""
    return _write(actor, order, LimitKind.LIMIT)


def override_limit(*, actor: Actor, order: LimitOrder) -> CustomerLimit | Problem:
    """Until ``to_on`` the limit may be passed up to an exposure of ``amount_minor``."""
    return _write(actor, order, LimitKind.OVERRIDE)


def end_limit(*, actor: Actor, limit: CustomerLimit, reason: str) -> CustomerLimit | Problem:
    """End a limit or an override; a limit takes its override along."""
    reason = reason.strip()
    if not REASON_CHARS_MIN <= len(reason) <= REASON_CHARS_MAX:
        return Problem.of(decision_problems.REASON_MISSING, least=REASON_CHARS_MIN, most=REASON_CHARS_MAX)
    with site_scope(actor.own_site), transaction.atomic():
        found = CustomerLimit.objects.select_for_update().get(id=limit.id)
        if found.ended_at is not None:
            return Problem.of(limit_problems.ENDED)
        if found.kind == LimitKind.LIMIT:
            override = _live(found.debtor_id, found.currency, LimitKind.OVERRIDE)
            if override:
                _end(actor, override, reason)
        _end(actor, found, reason)
    return found


def _write(actor: Actor, order: LimitOrder, kind: LimitKind) -> CustomerLimit | Problem:
    reason = order.reason.strip()
    problem = _misfit(order, kind, reason)
    if problem:
        return problem
    with site_scope(actor.own_site), transaction.atomic():
        limit = _live(order.debtor_id, order.currency, LimitKind.LIMIT)
        before = limit
        if kind is LimitKind.OVERRIDE:
            if limit is None:
                return Problem.of(limit_problems.NO_LIMIT, currency=order.currency)
            if order.amount_minor <= limit.amount_minor:
                told = format_amount(limit.amount_minor, order.currency, "en")
                return Problem.of(limit_problems.OVERRIDE_TOO_SMALL, limit=told)
            before = _live(order.debtor_id, order.currency, LimitKind.OVERRIDE)
        if before:
            _end(actor, before, reason)
        row = CustomerLimit(
            id=new_id(),
            site_id=actor.own_site,
            debtor_id=order.debtor_id,
            kind=kind.value,
            currency=order.currency,
            amount_minor=order.amount_minor,
            from_on=order.from_on,
            to_on=order.to_on,
            reason=reason,
            at=clock.now(),
            by=actor.id,
        )
        row.entry_id = evidence.record(
            actor=actor,
            action="claims.valuation.limit_set"
            if kind is LimitKind.LIMIT
            else "claims.valuation.limit_overridden",
            subject=f"claims.valuation.limit:{row.id}",
            facts={
                "debtor": str(order.debtor_id),
                "currency": order.currency,
                "amount_minor": order.amount_minor,
                "from_on": order.from_on.isoformat(),
                "to_on": order.to_on.isoformat() if order.to_on else None,
                "limit": str(limit.id) if limit and kind is LimitKind.OVERRIDE else None,
                "replaces": str(before.id) if before else None,
            },
            personal={"reason": reason},
        )
        row.save(force_insert=True)
    return row


def _misfit(order: LimitOrder, kind: LimitKind, reason: str) -> Problem | None:
    if not REASON_CHARS_MIN <= len(reason) <= REASON_CHARS_MAX:
        return Problem.of(decision_problems.REASON_MISSING, least=REASON_CHARS_MIN, most=REASON_CHARS_MAX)
    if not 0 <= order.amount_minor <= AMOUNT_MAX_MINOR:
        most = format_amount(AMOUNT_MAX_MINOR, order.currency, "en")
        return Problem.of(limit_problems.AMOUNT_OUT_OF_RANGE, most=most)
    if order.to_on is not None and order.to_on < order.from_on:
        return Problem.of(
            limit_problems.TERM_BACKWARDS, from_on=order.from_on.isoformat(), to_on=order.to_on.isoformat()
        )
    last = clock.today() + timedelta(days=OVERRIDE_DAYS_MAX)
    if kind is LimitKind.OVERRIDE and (order.to_on is None or order.to_on > last):
        return Problem.of(limit_problems.OVERRIDE_TERM, days=OVERRIDE_DAYS_MAX)
    return None


def _live(debtor_id: UUID, currency: str, kind: LimitKind) -> CustomerLimit | None:
    return (
        CustomerLimit.objects.select_for_update()
        .filter(debtor_id=debtor_id, currency=currency, kind=kind.value, ended_at=None)
        .first()
    )


def _end(actor: Actor, row: CustomerLimit, reason: str) -> None:
    row.ended_at, row.ended_by, row.end_reason = clock.now(), actor.id, reason
    row.end_entry_id = evidence.record(
        actor=actor,
        action="claims.valuation.limit_ended",
        subject=f"claims.valuation.limit:{row.id}",
        facts={"kind": row.kind, "amount_minor": row.amount_minor, "currency": row.currency},
        personal={"reason": reason},
    )
    row.save(update_fields=["ended_at", "ended_by", "end_reason", "end_entry_id"])
