"""The words of appropriation: facts of an account, the order as data, what a replay answers.

An order has two halves. *Between* debts (民法典 560, or the oldest due first by agreement) it ranks documents; *within* a
debt (561, or what the parties agreed) it ranks costs, interest, penalty and principal. Which order holds is decided by
the day of the payment. Values stand in rows and evidence: never rename one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from fractions import Fraction

from jieqing.claims.entitlements.engine.rules import Part

BY_LAW = (Part.COSTS, Part.INTEREST, Part.PENALTY, Part.PRINCIPAL)
"""Article 561; late penalty is taken with interest (decision 0081)."""


class FactKind(IntEnum):
    """The order of facts of one day: documents stand before what covers them, taking back comes last."""

    DOCUMENT = 1
    CHARGE = 2
    WAIVER = 3
    CREDIT = 4
    WRITE_OFF = 5
    RECOVERY = 6
    REVERSAL = 7


class Order(StrEnum):
    """How a credit without a named document chooses. Values stand in rows and evidence: never rename one."""

    CIVIL_CODE_560 = "civil_code_560"
    OLDEST_DUE_FIRST = "oldest_due_first"


@dataclass(frozen=True, slots=True)
class Policy:
    """An order as data: between the debts of an account, and inside each. Without anything agreed it is the law's."""

    between: Order = Order.CIVIL_CODE_560
    within: tuple[Part, ...] = BY_LAW
    covers_booked: bool = False
    """Whether payments in the creditor's own books go by it too; else they cover the principal they were booked on."""

    @property
    def takes_charges_first(self) -> bool:
        """Whether some part of the charges comes before the principal: then what ran up must be known on the day paid."""
        return self.within[0] is not Part.PRINCIPAL


@dataclass(frozen=True, slots=True)
class Policies:
    """Which order holds for a payment of a day: the last one that began by then, the law's before the first."""

    since: tuple[tuple[date, Policy], ...] = ()

    def on(self, day: date) -> Policy:
        found = Policy()
        for begins, policy in self.since:
            if begins <= day:
                found = policy
        return found


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement about an account. `key` is unique and orders the facts of one kind and day.

    `names` is the document of a charge, credit, write-off or recovery, or the credit that a reversal takes back; `part` is
    what a charge opens (an increase of the principal is one). A booked credit covers the principal of its document only.
    `secured_minor` and `burden` rank a document by article 560.
    """

    key: str
    kind: FactKind
    on: date
    amount_minor: int = 0
    names: str = ""
    due_on: date | None = None
    secured_minor: int = 0
    burden: Fraction = Fraction(0)
    part: Part = Part.PRINCIPAL
    is_booked: bool = False


@dataclass(frozen=True, slots=True)
class Application:
    """What of a credit went to one part of a document, from a day on; negative when a reversal took it back."""

    credit: str
    document: str
    on: date
    amount_minor: int
    part: Part = Part.PRINCIPAL


@dataclass(frozen=True, slots=True)
class Account:
    """What a replay ends with; amounts by key."""

    applications: tuple[Application, ...]
    open_minor: dict[str, int]
    unapplied_minor: dict[str, int]
    written_off_minor: dict[str, int]
    recovered_minor: dict[str, int]
