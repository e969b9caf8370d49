"""Cases worked from the words of the law alone: facts, the working, and what it comes to.

Nothing here knows the engine. `line` is one product (base × rate × days ÷ day count, half up), its two days both
counted; which days, which rate and which base are the reading of the law that a case asserts. The table of
docs/law/entitlements.md lists every case; a test holds both together.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any


@dataclass(frozen=True)
class HandCase:
    """`owed` is (principal, interest, penalty, costs, left over); `warns` are codes that must be among the warnings."""

    id: str
    rule: str
    working: str
    facts: dict[str, Any]
    as_of: str
    owed: tuple[int, int, int, int, int]
    warns: tuple[str, ...] = ()
    silent: tuple[str, ...] = field(default=())


def line(base: int, percent: str, first: str, last: str, day_count: int = 365) -> int:
    """A product with a yearly rate in percent; both days count."""
    days = (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
    return half_up(Fraction(base) * Fraction(Decimal(percent)) / 100 * days / day_count)


def daily(base: int, rate: str, first: str, last: str) -> int:
    days = (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
    return half_up(Fraction(base) * Fraction(Decimal(rate)) * days)


def half_up(exact: Fraction) -> int:
    return floor(exact + Fraction(1, 2))


def item(principal: int, due: str | None = None, **more: Any) -> dict[str, Any]:
    return {"id": "A", "principal_fen": principal, **({"due": due} if due else {}), **more}


def facts(kind: str, *items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"kind": kind, "items": list(items), **more}


def paid(day: str, amount: int, for_item: str | None = None) -> dict[str, Any]:
    return {"date": day, "amount_fen": amount, **({"for_item": for_item} if for_item else {})}


def loan(
    rate: str, formed: str, *, due: str | None = None, suit: str | None = None, **more: Any
) -> dict[str, Any]:
    """1,000,000.00 yuan between companies, handed over on the day of formation, on a year of 365 days."""
    creditor = more.pop("creditor", "company")
    basis = more.pop("basis", "year_365")
    found = facts(
        "private_loan",
        item(more.pop("principal", M), due, rate=rate, rate_basis=basis, **more),
        contract_date=formed,
        creditor_kind=creditor,
    )
    return {**found, "suit_date": suit} if suit else found


M = 100_000_000
"""1,000,000.00 yuan."""
