"""Terms of a placement: who may hold one, what the mandate allows, what is charged, and which step may follow which.

A placement (委案) is a creditor's signed order to the organisation that runs this site. An in-house team needs none for its
own company's debts: it holds one standing placement. A mediation organisation can hold none, because who collects a debt
never mediates it.

Refuses: a discount of more than the whole, a term that ends before it begins, a fee of a rate and an amount at once, a law
firm's contingency fee above the tiers of 18/15/12/9/6 % (2021 司法部等《关于进一步规范律师服务收费的意见》六), instalments
beyond ten years.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from jieqing.kernel.outcomes import JSON, Problem
from jieqing.recovery.placements.engine import problems

SCOPE_CHARS_MAX = 2_000
INSTALMENT_MONTHS_MAX = 120
RATE_PLACES = 7


class PlacementKind(StrEnum):
    """Values stand in rows and evidence: never rename one."""

    STANDING = "standing"
    ENTRUSTED = "entrusted"


class PlacementStateCode(StrEnum):
    """Values stand in rows and evidence: never rename one."""

    DRAFT = "draft"
    SIGNED = "signed"
    ACTIVE = "active"
    RECALLED = "recalled"
    ENDED = "ended"
    DECLINED = "declined"


_FOLLOWS: dict[PlacementStateCode, frozenset[PlacementStateCode]] = {
    PlacementStateCode.DRAFT: frozenset({PlacementStateCode.SIGNED, PlacementStateCode.DECLINED}),
    PlacementStateCode.SIGNED: frozenset({PlacementStateCode.ACTIVE, PlacementStateCode.DECLINED}),
    PlacementStateCode.ACTIVE: frozenset({PlacementStateCode.RECALLED, PlacementStateCode.ENDED}),
    PlacementStateCode.RECALLED: frozenset(),
    PlacementStateCode.ENDED: frozenset(),
    PlacementStateCode.DECLINED: frozenset(),
}


def may_follow(before: PlacementStateCode, after: PlacementStateCode) -> bool:
    """Say whether a placement may go from one state to the other; what has ended never begins again.

    Example:
        >>> may_follow(PlacementStateCode.DRAFT, PlacementStateCode.ACTIVE)
        False
    """
    return after in _FOLLOWS[before]


@dataclass(frozen=True, slots=True)
class Mandate:
    """What the agency may settle without asking again. No discount and no instalments unless the creditor said so."""

    max_discount_rate: Decimal = Decimal(0)
    max_instalment_months: int = 0
    may_sue: bool = False

    def as_json(self) -> dict[str, JSON]:
        return {
            "max_discount_rate": rate_text(self.max_discount_rate),
            "max_instalment_months": self.max_instalment_months,
            "may_sue": self.may_sue,
        }


@dataclass(frozen=True, slots=True)
class FeeTerms:
    """A share of what is recovered, or a fixed amount in fen; neither means that nothing is charged."""

    rate: Decimal | None = None
    fixed_fen: int | None = None

    def as_json(self) -> dict[str, JSON]:
        return {"rate": None if self.rate is None else rate_text(self.rate), "fixed_fen": self.fixed_fen}


@dataclass(frozen=True, slots=True)
class Terms:
    """Everything that the agreement says in numbers and days, and its scope in words."""

    scope: str
    starts_on: date
    ends_on: date | None = None
    mandate: Mandate = Mandate()
    fee: FeeTerms = FeeTerms()

    def as_json(self) -> dict[str, JSON]:
        return {
            "starts_on": self.starts_on.isoformat(),
            "ends_on": None if self.ends_on is None else self.ends_on.isoformat(),
            "mandate": self.mandate.as_json(),
            "fee": self.fee.as_json(),
        }


# Site kinds that can hold an entrusted placement; the words are those of ``estate.sites``.
_MAY_HOLD = frozenset({"law_firm", "in_house", "outsourcing", "amc"})


def check_holder(site_kind: str) -> Problem | None:
    """Why an organisation of this kind cannot take a placement, or None.

    Example:
        >>> check_holder("mediation").code, check_holder("law_firm")
        ('placement.mediators_never_collect', None)
    """
    return None if site_kind in _MAY_HOLD else Problem.of(problems.MEDIATORS_NEVER_COLLECT)


def check_terms(
    terms: Terms, *, site_kind: str, placed_fen: int, fee_cap_fen: Callable[[int], int]
) -> Problem | None:
    """The first thing in the terms that cannot stand, or None.

    Units: ``placed_fen`` is what is placed, in fen; ``fee_cap_fen`` answers the most a law firm may charge on an amount.
    """
    if not terms.scope.strip():
        return Problem.of(problems.SCOPE_MISSING)
    if len(terms.scope) > SCOPE_CHARS_MAX:
        return Problem.of(problems.SCOPE_LONG, max=SCOPE_CHARS_MAX)
    if terms.ends_on is not None and terms.ends_on < terms.starts_on:
        return Problem.of(
            problems.ENDS_BEFORE_START, start=terms.starts_on.isoformat(), end=terms.ends_on.isoformat()
        )
    return _check_mandate(terms.mandate) or _check_fee(terms.fee, site_kind, placed_fen, fee_cap_fen)


def holds_on(starts_on: date, ends_on: date | None, day: date) -> bool:
    """Whether the term covers a day, both ends included.

    Example:
        >>> holds_on(date(2026, 1, 1), date(2026, 1, 31), date(2026, 1, 31))
        True
    """
    return starts_on <= day and (ends_on is None or day <= ends_on)


def engagement_number(year: int, sequence: int) -> str:
    """Return the number printed on agreement and letters: the year, then the count of that year on this site.

    Example:
        >>> engagement_number(2026, 7)
        'WT-2026-0007'
    """
    return f"WT-{year}-{sequence:04d}"


def rate_text(rate: Decimal) -> str:
    """Return a rate as it stands in evidence: plain digits, seven places.

    Example:
        >>> rate_text(Decimal("0.1"))
        '0.1000000'
    """
    return format(rate.quantize(Decimal(1).scaleb(-RATE_PLACES)), "f")


def _check_mandate(mandate: Mandate) -> Problem | None:
    if not _is_rate(mandate.max_discount_rate):
        return Problem.of(problems.DISCOUNT_OUT_OF_RANGE)
    if not 0 <= mandate.max_instalment_months <= INSTALMENT_MONTHS_MAX:
        return Problem.of(problems.MONTHS_OUT_OF_RANGE, max=INSTALMENT_MONTHS_MAX)
    return None


def _check_fee(
    fee: FeeTerms, site_kind: str, placed_fen: int, fee_cap_fen: Callable[[int], int]
) -> Problem | None:
    if fee.rate is not None and fee.fixed_fen is not None:
        return Problem.of(problems.TWO_FEES)
    if fee.fixed_fen is not None and fee.fixed_fen < 0:
        return Problem.of(problems.FEE_OUT_OF_RANGE)
    if fee.rate is None:
        return None
    if not _is_rate(fee.rate):
        return Problem.of(problems.FEE_OUT_OF_RANGE)
    if site_kind == "law_firm" and placed_fen > 0:
        cap = fee_cap_fen(placed_fen)
        if fee.rate * placed_fen > cap:
            most = (Decimal(cap) / placed_fen * 100).quantize(Decimal("0.01"), rounding="ROUND_DOWN")
            return Problem.of(problems.FEE_ABOVE_CAP, most=f"{most} %")
    return None


def _is_rate(rate: Decimal) -> bool:
    exponent = rate.as_tuple().exponent if rate.is_finite() else None
    return isinstance(exponent, int) and exponent >= -RATE_PLACES and 0 <= rate <= 1
