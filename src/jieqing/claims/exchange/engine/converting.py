"""From amounts in several currencies to one total at pinned rates; exact, and never without naming the rate.

A rate says how many units of the reporting currency one unit of another is worth, with its day and source. It is used as it was
entered: the inverse of a rate or a way through a third currency is somebody's decision, not arithmetic. Each currency's sum is
converted once, rounded half up to the reporting currency's own smallest unit; the total is the sum of what is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from jieqing.kernel.money import exponent, round_ratio
from jieqing.kernel.outcomes import Problem, ProblemKind

RATE_MAX = Decimal(10**8)
RATE_DECIMALS_MAX = 10


@dataclass(frozen=True, slots=True)
class PinnedRate:
    """One unit of ``base`` is ``rate`` units of ``quote`` on a day, as ``source`` says."""

    base: str
    quote: str
    on: date
    rate: Decimal
    source: str
    entry: str = ""


@dataclass(frozen=True, slots=True)
class Converted:
    """One currency's sum and what it is in the reporting currency; without a rate when it is the same."""

    currency: str
    amount_minor: int
    converted_minor: int | None
    rate: PinnedRate | None


@dataclass(frozen=True, slots=True)
class Total:
    """``total_minor`` is None while a rate is missing; ``missing`` says which."""

    currency: str
    as_of: date
    parts: tuple[Converted, ...]
    total_minor: int | None
    missing: tuple[str, ...]

    @property
    def problem(self) -> Problem | None:
        if not self.missing:
            return None
        pairs = "、".join(f"{code}/{self.currency}" for code in self.missing)
        return Problem.of(RATE_MISSING, pairs=pairs, on=self.as_of.isoformat())


def convert(amount_minor: int, rate: PinnedRate) -> int:
    """An amount in smallest units of the base, in smallest units of the quote.

    Example:
        >>> convert(100_00, PinnedRate("USD", "CNY", date(2026, 6, 30), Decimal("7.1586"), "人民银行中间价"))
        71586
        >>> convert(1000, PinnedRate("JPY", "CNY", date(2026, 6, 30), Decimal("0.049735"), "人民银行中间价"))
        4974
    """
    numer, denom = rate.rate.as_integer_ratio()
    return round_ratio(amount_minor * numer * 10 ** exponent(rate.quote), denom * 10 ** exponent(rate.base))


def total_in(currency: str, as_of: date, sums: Mapping[str, int], rates: Mapping[str, PinnedRate]) -> Total:
    """The sums by currency, each beside its own figure, and their total when every rate is there."""
    parts = []
    for code in sorted(sums):
        rate = rates.get(code)
        if code == currency:
            parts.append(Converted(code, sums[code], sums[code], None))
        else:
            parts.append(Converted(code, sums[code], convert(sums[code], rate) if rate else None, rate))
    missing = tuple(one.currency for one in parts if one.converted_minor is None)
    total = None if missing else sum(one.converted_minor or 0 for one in parts)
    return Total(currency, as_of, tuple(parts), total, missing)


def check_rate(base: str, quote: str, rate: Decimal, on: date, source: str, today: date) -> Problem | None:
    """Why a rate cannot be entered, or None."""
    if base == quote:
        return Problem.of(SAME_CURRENCY)
    scale = rate.as_tuple().exponent
    if (
        not rate.is_finite()
        or not 0 < rate < RATE_MAX
        or (isinstance(scale, int) and -scale > RATE_DECIMALS_MAX)
    ):
        return Problem.of(RATE_UNSOUND)
    if not source.strip():
        return Problem.of(SOURCE_MISSING)
    return Problem.of(DAY_TO_COME, on=on.isoformat()) if on > today else None


RATE_MISSING = ProblemKind(
    "exchange.rate_missing",
    "没有 {on} 或更早的汇率：{pairs}。各币种分别列示，不给出合计。",
    "There is no rate on or before {on} for {pairs}. Each currency stands for itself, without a total.",
    "请登记这些汇率及其来源。",
    "Enter these rates with their source.",
)
NO_CURRENCY = ProblemKind(
    "exchange.no_currency",
    "尚未设定本站的报告币种。",
    "This site has no reporting currency yet.",
    "请先设定报告币种。",
    "Set the reporting currency first.",
)
SAME_CURRENCY = ProblemKind(
    "exchange.same_currency",
    "两种货币相同，不需要汇率。",
    "Both currencies are the same: no rate is needed.",
    "请改选其中一种。",
    "Choose another one.",
)
RATE_UNSOUND = ProblemKind(
    "exchange.rate_unsound",
    "汇率要大于零、小于一亿，最多十位小数。",
    "A rate is above zero, below a hundred million and has at most ten decimals.",
    "请核对汇率和方向：1 单位外币等于多少报告币种。",
    "Check the rate and its direction: how much of the reporting currency one unit is.",
)
SOURCE_MISSING = ProblemKind(
    "exchange.source_missing",
    "请写明汇率的来源。",
    "Say where the rate comes from.",
    "例如“人民银行中间价”。",
    "Such as “PBoC central parity”.",
)
DAY_TO_COME = ProblemKind(
    "exchange.day_to_come",
    "{on} 还没有到，没有这一天的汇率。",
    "{on} is still to come: it has no rate.",
    "请选择今天或更早的一天。",
    "Choose today or an earlier day.",
)
