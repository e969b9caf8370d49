"""Charges on the ledger: the terms, accrual up to a day, and counting again what changed (decisions: ``charge_decisions``).

``accrue_charges`` notes the day and lets ``recount_charges`` bring the postings of charges to what the pure engine says
must stand: what differs is ended (kept as superseded history), what is missing is written, under the ledger's lock and as
one revision. The same day twice, or two workers on one day, write nothing twice. A late-known payment is a recount.

With terms ``threat_only`` nothing is ever posted: the answer says what would run. Choosing that is a row and an entry.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q

from jieqing.claims.receivables.engine import charge_problems as problems
from jieqing.claims.receivables.engine.accounts import Account
from jieqing.claims.receivables.engine.accruing import ChargeMode, Terms
from jieqing.claims.receivables.engine.charge_plan import plan_charges
from jieqing.claims.receivables.events import (
    LedgerActStood,
    LedgerActTakenBack,
    LedgerImported,
    LedgerUndone,
    ReceiptPosted,
    ReceiptTakenBack,
)
from jieqing.claims.receivables.models import AppropriationOrder, ChargeRun, ChargeTerms, Posting
from jieqing.claims.receivables.selectors.appropriation import (
    AccountKey,
    accounts_of_items,
    accounts_to_keep,
    appropriation_orders,
    policies_for,
)
from jieqing.claims.receivables.selectors.charges import (
    accrual_days,
    charge_terms,
    charged_items,
    late_accounts,
    terms_of,
)
from jieqing.claims.receivables.services.appropriation import note_accounts
from jieqing.claims.receivables.services.charge_postings import Changes, note_differences, post_changes
from jieqing.claims.receivables.services.revisions import lock_ledger
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor, system_actor
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence import services as evidence

REASON_CHARS_MAX = 200
ItemsMoved = ReceiptPosted | ReceiptTakenBack | LedgerActStood | LedgerActTakenBack


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
    """Bring the postings of charges to what must stand after everything known now; in the caller's transaction or its own.

    Where an order keeps the account, what payments covered is brought to its plan in the same revision.
    """
    site_id = actor.own_site
    with site_scope(site_id), transaction.atomic():
        lock_ledger(site_id)
        touched = None if items is None else list(items)
        accounts = accounts_to_keep() if touched is None else accounts_of_items(touched)
        return _recount(actor, touched, accounts)


def recount_accounts(*, actor: Actor, accounts: Collection[AccountKey]) -> Accrued | Problem:
    """Bring whole accounts to what the order in force says; in the caller's transaction, under the ledger's lock."""
    return _recount(actor, (), accounts)


def recount_after(news: LedgerImported | LedgerUndone) -> None:
    """In the transaction of an import or undo: what it changed about charged items is counted again at once."""
    orders = AppropriationOrder.objects.exists()
    if charge_terms() is None and not orders:
        return
    touched = Posting.objects.filter(Q(recorded_rev=news.revision) | Q(voided_rev=news.revision))
    charged = Posting.objects.filter(
        voided_rev=None, account=Account.CHARGES, item_id__in=touched.values("item_id")
    )
    items = list(charged.values_list("item_id", flat=True).distinct())
    accounts = accounts_to_keep(revision=news.revision) if orders else set()
    if items or accounts:
        _must(_recount(system_actor(news.site_id, "charges"), items, accounts))


def recount_items(news: ItemsMoved) -> None:
    """In the transaction of a receipt or an act: it changed what charges run on, or what payments may cover."""
    if charge_terms() is not None or AppropriationOrder.objects.exists():
        _must(recount_charges(actor=system_actor(news.site_id, "charges"), items=news.item_ids))


def _recount(
    actor: Actor, items: Sequence[UUID] | None, accounts: Collection[AccountKey]
) -> Accrued | Problem:
    terms, days, orders = terms_of(charge_terms()), accrual_days(), appropriation_orders()
    until, changes = max([*days, clock.today()]), Changes()
    touched = None if items is None else list(items)
    by_order = {
        key for key in late_accounts(until=until, items=touched) if policies_for(orders, key[0]) is not None
    }
    kept_creditors = {creditor for creditor, _debtor, _currency in by_order}
    for one in charged_items(until=until, items=touched, but_of=kept_creditors):
        plan = plan_charges(terms, one.course, days, one.decided)
        if is_problem(plan):
            return plan
        note_differences(one, plan, changes)
    kept = by_order | set(accounts)
    problem = note_accounts(changes, kept, terms=terms, days=days, orders=orders)
    if problem:
        return problem
    if changes.is_empty:
        return Accrued(0, 0, None, {})
    return Accrued(len(changes.written), len(changes.ended), post_changes(actor, changes), {})


def _must(found: Accrued | Problem) -> None:
    if is_problem(found):
        raise ValueError(found.code)  # terms that were accepted cannot contradict an item


def _threaten(actor: Actor, until: date) -> Accrued | Problem:
    """What would be charged, by currency; nothing is written."""
    terms, would = replace(terms_of(charge_terms()), mode=ChargeMode.ACCRUE), dict[str, int]()
    for one in charged_items(until=until):
        plan = plan_charges(terms, one.course, [until], one.decided)
        if is_problem(plan):
            return plan
        would[one.course.currency] = would.get(one.course.currency, 0) + sum(plan.values())
    return Accrued(0, 0, None, {code: minor for code, minor in would.items() if minor})
