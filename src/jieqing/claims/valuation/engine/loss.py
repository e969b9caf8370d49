"""Expected credit loss of a day: each bucket's amount x its rate, single items judged apart, an overlay on top.

Invariants: amounts of the buckets sum to the ageing total; losses of the buckets sum to the total loss, to the fen; a rate
is rounded once, to seven places, and the loss is what that printed rate gives. A bucket that credits make negative has no
loss. An overlay multiplies rates and never passes 100 %.

Where the ledger has no month of history at all, the rates that listed companies commonly disclose by age stand in
(5 / 10 / 30 / 50 / 80 / 100 % for up to 1, 2, 3, 4, 5 and more years), labelled as an example: they are practice, not law.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np

from jieqing.claims.receivables.engine.ledger_arrays import LedgerArrays
from jieqing.claims.valuation.engine.rolls import BUCKETS, RATE_STEP, LossRates, bucket_of
from jieqing.kernel.money import round_ratio

ONE = Decimal(1)
YEAR_DAYS = 365
EXAMPLE_RATES = tuple(Decimal(text) for text in ("0.05", "0.10", "0.30", "0.50", "0.80", "1"))


@dataclass(frozen=True, slots=True)
class JudgedItem:
    """An item that a person judged by itself: its bucket, what is open, and the rate with its reason elsewhere."""

    key: str
    bucket: int
    open_minor: int
    rate: Decimal

    @property
    def loss_minor(self) -> int:
        return loss_of(max(0, self.open_minor), self.rate)


@dataclass(frozen=True, slots=True)
class LossLine:
    """A bucket: ``amount = pool + judged``, ``loss = loss of the pool at the rate + losses of judged items``."""

    from_days: int | None
    to_days: int | None
    amount_minor: int
    items: int
    base_rate: Decimal
    rate: Decimal
    judged_minor: int
    judged_loss_minor: int

    @property
    def pool_minor(self) -> int:
        return self.amount_minor - self.judged_minor

    @property
    def pool_loss_minor(self) -> int:
        return loss_of(max(0, self.pool_minor), self.rate)

    @property
    def loss_minor(self) -> int:
        return self.pool_loss_minor + self.judged_loss_minor

    def as_dict(self) -> dict[str, Any]:
        return {
            "from_days": self.from_days,
            "to_days": self.to_days,
            "amount_fen": self.amount_minor,
            "loss_rate": str(self.rate),
            "loss_fen": self.loss_minor,
            "base_rate": str(self.base_rate),
            "judged_fen": self.judged_minor,
            "judged_loss_fen": self.judged_loss_minor,
            "items": self.items,
        }


@dataclass(frozen=True, slots=True)
class LossStatement:
    lines: tuple[LossLine, ...]
    overlay: Decimal
    is_example: bool

    @property
    def amount_minor(self) -> int:
        return sum(line.amount_minor for line in self.lines)

    @property
    def loss_minor(self) -> int:
        return sum(line.loss_minor for line in self.lines)

    @property
    def share(self) -> float | None:
        return self.loss_minor / self.amount_minor if self.amount_minor > 0 else None


def loss_of(minor: int, rate: Decimal) -> int:
    """The loss in minor units, half up.

    Example:
        >>> loss_of(1000, Decimal("0.0125"))
        13
    """
    numerator, denominator = rate.as_integer_ratio()
    return round_ratio(minor * numerator, denominator)


def with_overlay(rate: Decimal, factor: Decimal) -> Decimal:
    return min(ONE, rate * factor).quantize(RATE_STEP, rounding=ROUND_HALF_UP)


def statement(
    buckets: Sequence[tuple[int | None, int | None, int, int]],
    rates: Sequence[Decimal],
    *,
    overlay: Decimal = ONE,
    judged: Sequence[JudgedItem] = (),
    is_example: bool = False,
) -> LossStatement:
    """``buckets`` are (from_days, to_days, amount, items) of the ageing report, in order."""
    lines = []
    for bucket, (from_days, to_days, amount, items) in enumerate(buckets):
        own = [item for item in judged if item.bucket == bucket]
        lines.append(
            LossLine(
                from_days,
                to_days,
                amount,
                items,
                rates[bucket],
                with_overlay(rates[bucket], overlay),
                sum(item.open_minor for item in own),
                sum(item.loss_minor for item in own),
            )
        )
    return LossStatement(tuple(lines), overlay, is_example)


def example_rates(ledger: LedgerArrays, day: int, currency: int) -> tuple[Decimal, ...]:
    """The example rates by age since invoice, weighted by what is open in each bucket."""
    opening = np.where(ledger.currency == currency, np.maximum(ledger.open_minor(day), 0), 0)
    years = np.clip((day - ledger.invoice_on - 1) // YEAR_DAYS, 0, len(EXAMPLE_RATES) - 1)
    bucket = bucket_of(day - ledger.due_on)
    found = []
    for place in range(BUCKETS):
        amounts = [
            int(opening[(bucket == place) & (years == year)].sum()) for year in range(len(EXAMPLE_RATES))
        ]
        weighed = sum(
            (amount * rate for amount, rate in zip(amounts, EXAMPLE_RATES, strict=True)), Decimal(0)
        )
        whole = sum(amounts)
        rate = weighed / whole if whole else EXAMPLE_RATES[0]
        found.append(rate.quantize(RATE_STEP, rounding=ROUND_HALF_UP))
    return tuple(found)


def rates_or_example(
    rates: LossRates, ledger: LedgerArrays, day: int, currency: int
) -> tuple[tuple[Decimal, ...], bool]:
    """The ledger's own rates; the example only where there is no history at all."""
    if rates.has_history:
        return rates.rates, False
    return example_rates(ledger, day, currency), True


def totals_by_currency(found: Mapping[str, LossStatement]) -> dict[str, dict[str, int]]:
    return {currency: {"amount": one.amount_minor, "loss": one.loss_minor} for currency, one in found.items()}
