"""Rates: an exact decimal beside the days of its year, and simple interest from both.

"3.45 % a year" says nothing until one knows whether a year has 360 or 365 days, so the two numbers travel together;
a rate by the day has a day count of 1. Interest is one exact fraction, rounded once per segment (a run of days with
one base and one rate), half up unless the facts say otherwise.

Source: 民间借贷 and LPR practice of 360 or 365 days, stated on every statement; docs/algorithms/money.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal, Inexact, InvalidOperation

from jieqing.kernel.money import Rounding, round_ratio
from jieqing.kernel.outcomes import JSON, Problem, ProblemKind

_DECIMALS_SHOWN = 7


@dataclass(frozen=True, slots=True)
class Rate:
    """`rate` for each `day_count` days: Rate(Decimal("0.0345"), 365) is 3.45 % a year of 365 days.

    Errors: TypeError for a float, ValueError for a rate that is not finite or a day count outside 1 to 366.
    """

    rate: Decimal
    day_count: int

    def __post_init__(self) -> None:
        if not isinstance(self.rate, Decimal):
            raise TypeError(f"a rate is a Decimal, not {type(self.rate).__name__}")
        # A bound on the size, because an exponent of a billion would be written out as a billion digits.
        if not self.rate.is_finite() or abs(self.rate.adjusted()) > 40:
            raise ValueError("a rate is a finite number of ordinary size")
        if type(self.day_count) is not int or not 1 <= self.day_count <= 366:
            raise ValueError("a day count is a whole number of days from 1 to 366")

    def interest(self, principal_minor: int, days: int, rounding: Rounding = Rounding.HALF_UP) -> int:
        """Return simple interest on a principal over whole days, rounded once.

        Errors: ValueError for a negative number of days.

        Example:
            >>> Rate(Decimal("0.0345"), 365).interest(10_000_000, 30)
            28356
        """
        if days < 0:
            raise ValueError("interest runs forward: days are not negative")
        numer, denom = self.rate.as_integer_ratio()
        return round_ratio(principal_minor * numer * days, denom * self.day_count, rounding)

    def times(self, factor: Decimal) -> Rate:
        """Return the rate multiplied exactly (an LPR times 1.5), whatever the decimal context."""
        return Rate(_exact_product(self.rate, factor), self.day_count)

    def text(self) -> str:
        """Return the rate as facts carry it: at least seven decimals, so that equal rates are equal text."""
        plain = format(self.rate, "f") if self.rate else "0"
        whole, _, decimals = plain.partition(".")
        return f"{whole}.{decimals.rstrip('0').ljust(_DECIMALS_SHOWN, '0')}"

    def as_json(self) -> dict[str, JSON]:
        """Return the two facts, ``rate`` as text."""
        return {"rate": self.text(), "day_count": self.day_count}

    @classmethod
    def parse(cls, text: str, day_count: int) -> Rate | Problem:
        """Return the rate that a user's text and day count say (``0.0345``; a percent sign divides by 100)."""
        plain = text.strip().replace("％", "%")
        percent = plain.endswith("%")
        try:
            value = Decimal(plain.removesuffix("%").strip())
        except InvalidOperation:
            return Problem.of(NOT_A_RATE, text=text)
        if not value.is_finite() or abs(value.adjusted()) > 20 or len(value.as_tuple().digits) > 40:
            return Problem.of(NOT_A_RATE, text=text)
        if not 1 <= day_count <= 366:
            return Problem.of(NOT_A_DAY_COUNT, day_count=day_count)
        return cls(value.scaleb(-2) if percent else value, day_count)


def _exact_product(left: Decimal, right: Decimal) -> Decimal:
    digits = len(left.as_tuple().digits) + len(right.as_tuple().digits)
    return Context(prec=digits, traps=[Inexact, InvalidOperation]).multiply(left, right)


NOT_A_RATE = ProblemKind(
    "rates.not_a_rate",
    "“{text}”不是利率。",
    "“{text}” is not a rate.",
    "请填写小数或百分数，例如 0.0345 或 3.45%。",
    "Give a decimal or a percentage, such as 0.0345 or 3.45%.",
)
NOT_A_DAY_COUNT = ProblemKind(
    "rates.not_a_day_count",
    "计息天数基准 {day_count} 无效。",
    "The day count {day_count} is not valid.",
    "年利率请填 360 或 365，日利率请填 1。",
    "Use 360 or 365 for a yearly rate, 1 for a daily one.",
)
