"""Charges for other programs: their terms, accruing up to a day, and decisions that two persons make on an item."""

from datetime import date
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Path, Query, Schema
from pydantic import Field

from jieqing.claims.entitlements.engine.facts import ClaimKind, RateBasis
from jieqing.claims.receivables import access
from jieqing.claims.receivables.api.routes import router
from jieqing.claims.receivables.engine.accruing import ChargeMode, Terms
from jieqing.claims.receivables.engine.charge_plan import DecisionKind
from jieqing.claims.receivables.models import ChargeDecision, ChargeTerms, DecisionState
from jieqing.claims.receivables.selectors.charges import all_charge_terms, decisions
from jieqing.claims.receivables.services import charge_decisions, charges
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.http import ProblemRaised, needs

Rate = Decimal | None
LedgerClaim = Literal["sale", "service", "sme_supply", "construction"]


class ChargeTermsIn(Schema):
    """Rates are decimal strings, such as "0.05"; without one the law's rate runs."""

    mode: ChargeMode
    claim_kind: LedgerClaim = "sale"
    rate: Rate = Field(None, ge=0, le=10, max_digits=12, decimal_places=8)
    penalty_rate: Rate = Field(None, ge=0, le=10, max_digits=12, decimal_places=8)
    rate_basis: RateBasis | None = None
    late_multiple: Rate = Field(None, ge=1, le=Decimal("1.5"), max_digits=4, decimal_places=2)
    reason: str = Field(min_length=1, max_length=charges.REASON_CHARS_MAX)


class ChargeTermsOut(Schema):
    number: int
    mode: str
    claim_kind: str
    rate: str | None
    penalty_rate: str | None
    rate_basis: str
    late_multiple: str | None
    entry: UUID


class ChargeTermsVersionsOut(Schema):
    terms: list[ChargeTermsOut]


class AccrualIn(Schema):
    until: date


class AccruedOut(Schema):
    """``would_fen`` is what would run, by currency, where the terms only threaten."""

    written: int
    ended: int
    revision: int | None
    would_fen: dict[str, int]


class ChargeDecisionIn(Schema):
    """A cancellation takes all that is open: it has no amount."""

    kind: DecisionKind
    amount_fen: int | None = Field(
        None, gt=0, le=10**15, description="Smallest units of the item's currency."
    )
    effective_on: date
    reason: str = Field(min_length=1, max_length=charges.REASON_CHARS_MAX)


class ChargeStepIn(Schema):
    step: Literal["approve", "refuse", "take_back"]
    reason: str = Field("", max_length=charges.REASON_CHARS_MAX)


class ChargeDecisionOut(Schema):
    id: UUID
    item_id: UUID
    kind: str
    state: str
    amount_fen: int
    effective_on: date


class ChargeDecisionsOut(Schema):
    decisions: list[ChargeDecisionOut]


class ChargeDecisionsQuery(Schema):
    state: DecisionState | None = None


@router.get(
    "/ledger/charge-terms",
    auth=needs("ledger.read"),
    response=ChargeTermsVersionsOut,
    operation_id="charge_terms",
    summary="Every version of the terms of charges, newest first",
)
def terms(request: HttpRequest, site_slug: Path[str]) -> Any:
    return {"terms": [_told_terms(one) for one in all_charge_terms()]}


@router.post(
    "/ledger/charge-terms",
    auth=needs("ledger.decide"),
    response=ChargeTermsOut,
    operation_id="set_charge_terms",
    summary="Say what runs on late items from now on",
)
def new_terms(request: HttpRequest, site_slug: Path[str], asked: ChargeTermsIn) -> Any:
    wanted = Terms(
        mode=asked.mode,
        claim_kind=ClaimKind(asked.claim_kind),
        rate=asked.rate,
        penalty_rate=asked.penalty_rate,
        rate_basis=asked.rate_basis,
        late_multiple=asked.late_multiple,
    )
    actor = request.actor  # type: ignore[attr-defined]
    return _told_terms(_sound(charges.set_charge_terms(actor=actor, terms=wanted, reason=asked.reason)))


@router.post(
    "/ledger/charges/accruals",
    auth=needs("ledger.decide"),
    response=AccruedOut,
    operation_id="accrue_charges",
    summary="Charge what ran up to the end of a day; the same day again changes nothing",
)
def accrue(request: HttpRequest, site_slug: Path[str], asked: AccrualIn) -> Any:
    done = _sound(charges.accrue_charges(actor=request.actor, until=asked.until))  # type: ignore[attr-defined]
    return {
        "written": done.written,
        "ended": done.ended,
        "revision": done.revision,
        "would_fen": done.would_minor,
    }


@router.get(
    "/ledger/charge-decisions",
    auth=needs("ledger.read"),
    response=ChargeDecisionsOut,
    operation_id="charge_decisions",
    summary="Fees, waivers and cancellations, newest first; of one state when asked",
)
def all_decisions(request: HttpRequest, site_slug: Path[str], asked: Query[ChargeDecisionsQuery]) -> Any:
    return {"decisions": [_told(one) for one in decisions(state=asked.state)]}


@router.get(
    "/ledger/items/{item_id}/charge-decisions",
    auth=needs("ledger.read"),
    response=ChargeDecisionsOut,
    operation_id="item_charge_decisions",
    summary="What was asked and decided about an item's charges, newest first",
)
def item_decisions(request: HttpRequest, site_slug: Path[str], item_id: Path[UUID]) -> Any:
    item = _known(access.item_by_id(request.actor, item_id))  # type: ignore[attr-defined]
    return {"decisions": [_told(one) for one in decisions(item_id=item.id)]}


@router.post(
    "/ledger/items/{item_id}/charge-decisions",
    auth=needs("ledger.decide"),
    response=ChargeDecisionOut,
    operation_id="ask_charge_decision",
    summary="Ask for a fee, a waiver or a cancellation; another person decides",
)
def ask(request: HttpRequest, site_slug: Path[str], item_id: Path[UUID], asked: ChargeDecisionIn) -> Any:
    actor = request.actor  # type: ignore[attr-defined]
    item = _known(access.item_by_id(actor, item_id))
    done = charge_decisions.ask_for_decision(
        actor=actor,
        item=item,
        kind=asked.kind,
        amount_minor=asked.amount_fen,
        on=asked.effective_on,
        reason=asked.reason,
    )
    return _told(_sound(done))


@router.post(
    "/ledger/charge-decisions/{charge_decision_id}/steps",
    auth=needs("ledger.decide"),
    response=ChargeDecisionOut,
    operation_id="decide_charge_decision",
    summary="Approve or refuse as a second person, or take an approved decision back",
)
def decide(
    request: HttpRequest, site_slug: Path[str], charge_decision_id: Path[UUID], asked: ChargeStepIn
) -> Any:
    actor = request.actor  # type: ignore[attr-defined]
    found = _known(access.charge_decision_by_id(actor, charge_decision_id))
    _sound(charge_decisions.take_step(actor=actor, decision=found, step=asked.step, reason=asked.reason))
    found.refresh_from_db()
    return _told(found)


def _known(found: Any) -> Any:
    if is_problem(found):
        raise ProblemRaised(found, 404)
    return found


def _sound(found: Any) -> Any:
    if is_problem(found):
        raise ProblemRaised(found, 409)
    return found


def _told(one: ChargeDecision) -> dict[str, Any]:
    return {
        "id": one.id,
        "item_id": one.item_id,
        "kind": one.kind,
        "state": one.state,
        "amount_fen": one.amount_minor,
        "effective_on": one.effective_on,
    }


def _told_terms(one: ChargeTerms) -> dict[str, Any]:
    return {
        "number": one.number,
        "mode": one.mode,
        "claim_kind": one.claim_kind,
        "rate": _text(one.rate),
        "penalty_rate": _text(one.penalty_rate),
        "rate_basis": one.rate_basis,
        "late_multiple": _text(one.late_multiple),
        "entry": one.entry_id,
    }


def _text(rate: Decimal | None) -> str | None:
    return None if rate is None else f"{rate.normalize():f}"
