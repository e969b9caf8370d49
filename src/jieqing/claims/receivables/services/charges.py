"""Charges on the ledger: terms, accrual up to a day, and the decisions that two people make about them.

``accrue_charges`` notes the day and lets ``recount_charges`` bring the postings of charges to what the pure engine says
must stand: what differs is ended (kept as superseded history), what is missing is written, under the ledger's lock and as
one revision. The same day twice, or two workers on one day, write nothing twice. A late-known payment is a recount.

A fee, a waiver or a cancellation is asked for by one person and approved by another; taking one back is a decision too.
With terms ``threat_only`` nothing is ever posted: the answer says what would run. Choosing that is a row and an entry.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q

from jieqing.claims.receivables.engine import charge_problems as problems
from jieqing.claims.receivables.engine.accounts import Account
from jieqing.claims.receivables.engine.charge_plan import ChargeMode, DecisionKind, Terms, plan_charges
from jieqing.claims.receivables.events import LedgerImported, LedgerUndone
from jieqing.claims.receivables.models import (
    ChargeDecision,
    ChargeRun,
    ChargeTerms,
    DecisionState,
    Item,
    Posting,
)
from jieqing.claims.receivables.selectors.charges import (
    accrual_days,
    charge_terms,
    charged_items,
    open_parts,
    terms_of,
)
from jieqing.claims.receivables.services.charge_postings import note_differences, post_differences
from jieqing.claims.receivables.services.revisions import lock_ledger
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor, system_actor
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence import services as evidence

REASON_CHARS_MAX = 200


@dataclass(frozen=True, slots=True)
class Accrued:
    """What a run did. ``would_minor`` is what would run, by currency, where the terms only threaten."""

    written: int
    ended: int
    revision: int | None
    would_minor: dict[str, int]


def set_charge_terms(*, actor: Actor, terms: Terms, reason: str) -> ChargeTerms | Problem:
    """Say from now on what runs on late items; the older rows stay."""
    if not reason.strip():
        return Problem.of(problems.REASON_MISSING)
    site_id = actor.own_site
    with site_scope(site_id), transaction.atomic():
        lock_ledger(site_id)
        number = (ChargeTerms.objects.aggregate(last=Max("number"))["last"] or 0) + 1
        told: dict[str, Any] = {
            "mode": terms.mode.value,
            "claim_kind": terms.claim_kind.value,
            "rate": None if terms.rate is None else str(terms.rate),
            "penalty_rate": None if terms.penalty_rate is None else str(terms.penalty_rate),
            "rate_basis": terms.rate_basis.value if terms.rate_basis else "",
            "late_multiple": None if terms.late_multiple is None else str(terms.late_multiple),
        }
        entry_id = evidence.record(
            actor=actor,
            action="claims.receivables.charge_terms_set",
            subject=f"claims.receivables.ledger:{site_id}",
            facts={"number": number, **told},
            personal={"reason": reason.strip()},
        )
        return ChargeTerms.objects.create(
            site_id=site_id,
            number=number,
            mode=terms.mode.value,
            claim_kind=terms.claim_kind.value,
            rate=terms.rate,
            penalty_rate=terms.penalty_rate,
            rate_basis=told["rate_basis"],
            late_multiple=terms.late_multiple,
            reason=reason.strip()[:REASON_CHARS_MAX],
            set_at=clock.now(),
            set_by=actor.id,
            entry_id=entry_id,
        )


def accrue_charges(*, actor: Actor, until: date) -> Accrued | Problem:
    """Charge what ran up to the end of a day; the same day again changes nothing."""
    site_id = actor.own_site
    if until > clock.today():
        return Problem.of(problems.DAY_TO_COME, until=until.isoformat())
    with site_scope(site_id), transaction.atomic():
        lock_ledger(site_id)
        mode = terms_of(charge_terms()).mode
        if mode is ChargeMode.NONE:
            return Problem.of(problems.NO_TERMS)
        if mode is ChargeMode.THREAT_ONLY:
            return _threaten(actor, until)
        _run, is_new = ChargeRun.objects.get_or_create(
            site_id=site_id, until_on=until, defaults={"made_at": clock.now(), "made_by": actor.id}
        )
        if is_new:
            evidence.record(
                actor=actor,
                action="claims.receivables.charges_accrued",
                subject=f"claims.receivables.ledger:{site_id}",
                facts={"until": until.isoformat()},
            )
        return recount_charges(actor=actor)


def recount_charges(*, actor: Actor, items: Iterable[UUID] | None = None) -> Accrued | Problem:
    """Bring the postings of charges to what must stand after everything known now; in the caller's transaction or its own."""
    site_id = actor.own_site
    with site_scope(site_id), transaction.atomic():
        lock_ledger(site_id)
        terms, days = terms_of(charge_terms()), accrual_days()
        ended: list[int] = []
        written: list[Posting] = []
        for one in charged_items(until=max([*days, clock.today()]), items=items):
            plan = plan_charges(terms, one.course, days, one.decided)
            if is_problem(plan):
                return plan
            note_differences(one, plan, ended, written)
        if not ended and not written:
            return Accrued(0, 0, None, {})
        return Accrued(len(written), len(ended), post_differences(actor, ended, written), {})


def recount_after(news: LedgerImported | LedgerUndone) -> None:
    """In the transaction of an import or undo: what it changed about charged items is counted again at once."""
    if charge_terms() is None:
        return
    touched = Posting.objects.filter(Q(recorded_rev=news.revision) | Q(voided_rev=news.revision))
    charged = Posting.objects.filter(
        voided_rev=None, account=Account.CHARGES, item_id__in=touched.values("item_id")
    )
    items = list(charged.values_list("item_id", flat=True).distinct())
    if items:
        found = recount_charges(actor=system_actor(news.site_id, "charges"), items=items)
        if is_problem(found):
            raise ValueError(found.code)  # terms that were accepted cannot contradict an item


def ask_for_decision(
    *, actor: Actor, item: Item, kind: DecisionKind, amount_minor: int | None, on: date, reason: str
) -> ChargeDecision | Problem:
    """Ask for a fee, a waiver or a cancellation (of all that is open, ``amount_minor`` None)."""
    if not reason.strip():
        return Problem.of(problems.REASON_MISSING)
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


def _threaten(actor: Actor, until: date) -> Accrued | Problem:
    """What would be charged, by currency; nothing is written."""
    terms, would = replace(terms_of(charge_terms()), mode=ChargeMode.ACCRUE), dict[str, int]()
    for one in charged_items(until=until):
        plan = plan_charges(terms, one.course, [until], one.decided)
        if is_problem(plan):
            return plan
        would[one.course.currency] = would.get(one.course.currency, 0) + sum(plan.values())
    return Accrued(0, 0, None, {code: minor for code, minor in would.items() if minor})
