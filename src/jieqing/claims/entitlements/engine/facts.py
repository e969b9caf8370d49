"""Facts: what a statement is drawn from, as frozen values.

Names and meanings are those of ``contracts/owed-facts.schema.json``; amounts are whole minor units, rates exact
decimals. A fact that is absent is None and never a default in disguise: what the law then does (an LPR, a day of
delivery, nothing at all) is decided by the rules, and a decision that a reader should know leaves a warning.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from jieqing.claims.entitlements.engine.lpr import Published
from jieqing.claims.entitlements.engine.rules import Part
from jieqing.kernel.money import Rounding


class ClaimKind(StrEnum):
    SALE = "sale"
    PRIVATE_LOAN = "private_loan"
    CONSTRUCTION = "construction"
    SME_SUPPLY = "sme_supply"
    SERVICE = "service"
    JUDGMENT = "judgment"


class RateBasis(StrEnum):
    """How an agreed rate is meant: for a year of 365 or 360 days, or by the day."""

    YEAR_365 = "year_365"
    YEAR_360 = "year_360"
    DAY = "day"

    @property
    def day_count(self) -> int:
        return _DAY_COUNTS[self]


_DAY_COUNTS = {RateBasis.YEAR_365: 365, RateBasis.YEAR_360: 360, RateBasis.DAY: 1}


class PenaltyMode(StrEnum):
    """Whether a late penalty comes on top of the interest that goes on, or takes its place."""

    ADDED = "added"
    INSTEAD = "instead"


DEFAULT_ORDER = (Part.COSTS, Part.INTEREST, Part.PENALTY, Part.PRINCIPAL, Part.DOUBLED)
"""民法典 561 (costs, interest, principal) and 法释〔2014〕8号 article 4 (the doubled part last)."""


@dataclass(frozen=True, slots=True)
class Item:
    """One debt: an invoice, a loan, an instalment. `secured_minor` is how much of it is secured (-1: all of it).

    The `first_…` fields are the earlier loan that was settled into this one (民间借贷规定 27).
    """

    id: str
    principal_minor: int
    due: date | None = None
    secured_minor: int = 0
    rate: Decimal | None = None
    penalty_rate: Decimal | None = None
    rate_basis: RateBasis | None = None
    prepaid_interest_minor: int = 0
    interest_from: date | None = None
    penalty_mode: PenaltyMode | None = None
    is_advance: bool = False
    first_principal_minor: int | None = None
    first_from: date | None = None
    first_rate: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Payment:
    """Errors: ValueError for an amount of zero or less.

    `move` is the payment as the replay walks it (its day as an ordinal, the item named or nothing, amount); moves sort into the
    order of appropriation. Made once: statements are drawn from the same facts again and again.
    """

    day: date
    amount_minor: int
    for_item: str | None = None
    move: tuple[int, str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.amount_minor <= 0:
            raise ValueError("an amount paid or spent is above zero")
        object.__setattr__(self, "move", (self.day.toordinal(), self.for_item or "", self.amount_minor))


@dataclass(frozen=True, slots=True)
class Cost:
    """Errors: ValueError for an amount of zero or less."""

    day: date
    amount_minor: int

    def __post_init__(self) -> None:
        if self.amount_minor <= 0:
            raise ValueError("an amount paid or spent is above zero")


@dataclass(frozen=True, slots=True)
class Instalment:
    due: date
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `first` to `last`, both inside."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Judgment:
    """A judgment, award or confirmed settlement; `suspended` are days that 法释〔2014〕8号 article 3(3) leaves out."""

    day: date | None
    perform_by: date | None = None
    instalments: tuple[Instalment, ...] = ()
    suspended: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    day: date
    has_arrived: bool
    kind: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything one statement needs. Lists may stand in any order; the statement is the same."""

    kind: ClaimKind
    items: tuple[Item, ...]
    payments: tuple[Payment, ...] = ()
    costs: tuple[Cost, ...] = ()
    contract_date: date | None = None
    currency: str = "CNY"
    creditor_kind: str | None = None
    debtor_kind: str | None = None
    judgment: Judgment | None = None
    suit_date: date | None = None
    late_multiple: Decimal | None = None
    delivered_on: date | None = None
    settlement_submitted_on: date | None = None
    is_floating: bool | None = None
    rounding: Rounding = Rounding.HALF_UP
    notices: tuple[Notice, ...] = ()
    order: tuple[Part, ...] = DEFAULT_ORDER
    asks_old_rule: bool = True
    lpr_confirmed: tuple[Published, ...] = ()

    @property
    def floats(self) -> bool:
        """Whether published rates follow later publications: as the facts say, else construction only ("同期")."""
        return self.kind is ClaimKind.CONSTRUCTION if self.is_floating is None else self.is_floating
