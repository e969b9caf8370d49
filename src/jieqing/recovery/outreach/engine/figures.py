"""The amounts that a filed script says against those of the ledger at the moment of the permit.

A letter, a message or a call says what is *left*; what a document was made out for stands beside it and never in its place.
So ``balance`` must be what is open now, ``paid`` what was received on it, ``amount`` the face of the documents where the
script says the balance too, and what is open where it says nothing else. A figure that a payment has overtaken since the
words were prepared is refused by name, with the figures of now.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from jieqing.kernel.money import to_minor
from jieqing.kernel.outcomes import is_problem

FIGURES = frozenset({"amount", "balance", "paid"})
_NUMBER = re.compile(r"\d[\d,，]*(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Figures:
    """What stands open on a case's documents, and what they were made out for; minor units."""

    currency: str
    open_minor: int
    face_minor: int

    @property
    def paid_minor(self) -> int:
        return self.face_minor - self.open_minor


def figures_moved(variables: Collection[str], values: Mapping[str, str], now: Figures) -> list[str]:
    """The variables whose value is not what the ledger says now.

    Example:
        >>> now = Figures("CNY", 60_000, 100_000)
        >>> figures_moved({"amount", "balance"}, {"amount": "1,000.00元", "balance": "600元"}, now)
        []
        >>> figures_moved({"amount"}, {"amount": "1,000.00元"}, now)
        ['amount']
    """
    wanted = {
        "balance": now.open_minor,
        "paid": now.paid_minor,
        "amount": now.face_minor if "balance" in variables else now.open_minor,
    }
    said = {name: _minor(values.get(name, ""), now.currency) for name in FIGURES & set(variables)}
    return sorted(name for name, minor in said.items() if minor != wanted[name])


def _minor(text: str, currency: str) -> int | None:
    """The one number in a value; None where there is none or more than one."""
    numbers = _NUMBER.findall(text)
    if len(numbers) != 1:
        return None
    minor = to_minor(Decimal(numbers[0].replace(",", "").replace("，", "")), currency)
    return None if is_problem(minor) else minor
