"""Money: integers in the currency's minor unit, exact everywhere, rounded only where a name says how.

An amount is a whole number of fen, cents, yen or fils; the number of decimals comes from ISO 4217. Amounts of two
currencies never meet in one sum: that is a bug and raises. What a user wrote (too fine, too large, not a number)
comes back as a Problem. A split always sums to its whole.

Half up means half away from zero, for debts and credits alike, so that a reversed posting cancels the first one.
The largest amount is 2^53 - 1 minor units (about 90 万亿元), because evidence is JSON.

Source: ISO 4217; docs/algorithms/money.md has the worked tables that the tests replay.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import assert_never

from jieqing.kernel.currencies import EXPONENTS, SYMBOLS
from jieqing.kernel.outcomes import Problem, ProblemKind

MAX_MINOR = 2**53 - 1


class Rounding(StrEnum):
    """How a fraction of a minor unit becomes whole. Values stand in facts and evidence: never rename one."""

    HALF_UP = "half_up"
    HALF_EVEN = "half_even"
    DOWN = "down"
    UP = "up"


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in one currency.

    Errors: ValueError for an unknown currency, TypeError for an amount that is not an int, ValueError when amounts
    of two currencies are added, subtracted or compared by size.

    Example:
        >>> Money(1_050, "CNY") + Money(-50, "CNY")
        Money(amount_minor=1000, currency='CNY')
    """

    amount_minor: int
    currency: str

    def __post_init__(self) -> None:
        if type(self.amount_minor) is not int:
            raise TypeError(f"an amount is an int, not {type(self.amount_minor).__name__}")
        exponent(self.currency)

    def __add__(self, other: Money) -> Money:
        return Money(self.amount_minor + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.amount_minor - self._same(other), self.currency)

    def __mul__(self, count: int) -> Money:
        if type(count) is not int:
            raise TypeError("money is multiplied by whole numbers; use round_ratio for a share")
        return Money(self.amount_minor * count, self.currency)

    __rmul__ = __mul__

    def __neg__(self) -> Money:
        return Money(-self.amount_minor, self.currency)

    def __abs__(self) -> Money:
        return Money(abs(self.amount_minor), self.currency)

    def __bool__(self) -> bool:
        return self.amount_minor != 0

    def __lt__(self, other: Money) -> bool:
        return self.amount_minor < self._same(other)

    def __le__(self, other: Money) -> bool:
        return self.amount_minor <= self._same(other)

    def __gt__(self, other: Money) -> bool:
        return self.amount_minor > self._same(other)

    def __ge__(self, other: Money) -> bool:
        return self.amount_minor >= self._same(other)

    def split(self, weights: Sequence[int]) -> list[Money]:
        """Return the shares of `allocate` as Money."""
        return [Money(share, self.currency) for share in allocate(self.amount_minor, weights)]

    def text(self, lang: str = "zh") -> str:
        """Return the amount as people read it."""
        return format_amount(self.amount_minor, self.currency, lang)

    def _same(self, other: Money) -> int:
        if not isinstance(other, Money):
            raise TypeError(f"money and {type(other).__name__} do not mix")
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} do not mix")
        return other.amount_minor


def exponent(currency: str) -> int:
    """Return the number of decimals of a currency.

    Errors: ValueError for a code that ISO 4217 does not have (ask `known_currency` about a user's text).
    """
    try:
        return EXPONENTS[currency]
    except KeyError:
        raise ValueError(f"unknown currency {currency!r}") from None


def known_currency(text: str) -> str | Problem:
    """Return the ISO 4217 code that a user's text is, in capitals and without spaces around it."""
    code = text.strip().upper()
    return code if code in EXPONENTS else Problem.of(UNKNOWN_CURRENCY, text=text)


def round_ratio(numer: int, denom: int, rounding: Rounding = Rounding.HALF_UP) -> int:
    """Return numer / denom as a whole number, rounded by name and never through a float.

    Errors: ZeroDivisionError when denom is 0.

    Example:
        >>> [round_ratio(n, 2, Rounding.HALF_UP) for n in (-3, -1, 1, 3)]
        [-2, -1, 1, 2]
    """
    whole, rest = divmod(abs(numer), abs(denom))
    match rounding:
        case Rounding.HALF_UP:
            grows = 2 * rest >= abs(denom)
        case Rounding.HALF_EVEN:
            grows = 2 * rest > abs(denom) or (2 * rest == abs(denom) and whole % 2 == 1)
        case Rounding.DOWN:
            grows = False
        case Rounding.UP:
            grows = rest > 0
        case _:
            assert_never(rounding)
    size = whole + 1 if grows else whole
    return -size if (numer < 0) != (denom < 0) else size


def allocate(total_minor: int, weights: Sequence[int]) -> list[int]:
    """Split a total by weights so that the shares sum to it exactly (largest remainder).

    Every share is the exact one rounded down or up; units left over go to the largest remainders, and of equal
    remainders to the earliest. A weight of 0 gets 0. A negative total is the mirror of the positive one.

    Errors: ValueError for a negative weight, and for weights that sum to 0 while there is something to split.

    Example:
        >>> allocate(100, [1, 1, 1]), allocate(-100, [1, 1, 1])
        ([34, 33, 33], [-34, -33, -33])
    """
    if any(weight < 0 for weight in weights):
        raise ValueError("weights are not negative")
    whole = sum(weights)
    if whole == 0:
        if total_minor:
            raise ValueError("nothing to split by: the weights sum to 0")
        return [0] * len(weights)
    size = abs(total_minor)
    shares = [size * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda index: (-(size * weights[index] % whole), index))
    for index in by_remainder[: size - sum(shares)]:
        shares[index] += 1
    return [-share for share in shares] if total_minor < 0 else shares


def to_minor(value: Decimal, currency: str, rounding: Rounding | None = None) -> int | Problem:
    """Return an amount in major units as minor units.

    Without a rounding an amount with more decimals than the currency has is a Problem: nobody owes half a fen.

    Example:
        >>> to_minor(Decimal("48210336.20"), "CNY"), to_minor(Decimal("100"), "JPY")
        (4821033620, 100)
    """
    if not value.is_finite():
        return Problem.of(NOT_A_NUMBER, amount=str(value))
    decimals = exponent(currency)
    if not value:
        return 0
    # Looking at the size first keeps 1E+999999999 from being written out as a billion digits.
    if value.adjusted() > 16:
        return Problem.of(TOO_LARGE, amount=str(value), currency=currency)
    if value.adjusted() < -64:
        numer, denom = (1 if value > 0 else -1), 10**64
    else:
        numer, denom = value.as_integer_ratio()
    numer *= 10**decimals
    if rounding is None and numer % denom:
        return Problem.of(TOO_FINE, amount=str(value), currency=currency, decimals=decimals)
    minor = round_ratio(numer, denom, rounding or Rounding.HALF_UP)
    if abs(minor) > MAX_MINOR:
        return Problem.of(TOO_LARGE, amount=str(value), currency=currency)
    return minor


def to_major(amount_minor: int, currency: str) -> Decimal:
    """Return minor units as an exact decimal with the currency's decimals.

    Example:
        >>> to_major(-105, "CNY"), to_major(1234, "KWD")
        (Decimal('-1.05'), Decimal('1.234'))
    """
    return Decimal((int(amount_minor < 0), tuple(map(int, str(abs(amount_minor)))), -exponent(currency)))


def plain_amount(amount_minor: int, currency: str) -> str:
    """Return an amount as digits only, as files carry it: ``-1234.50``."""
    return format(to_major(amount_minor, currency), "f")


def format_amount(amount_minor: int, currency: str, lang: str = "zh") -> str:
    """Return an amount as people read it: symbol, thousands separators, the currency's decimals, sign in front.

    ¥ alone is the yuan; the yen is JP¥, so that no page is ambiguous. A currency without a symbol shows its code.

    Example:
        >>> format_amount(4821033620, "CNY"), format_amount(-5, "USD", "en"), format_amount(1234567, "KWD")
        ('¥48,210,336.20', '-$0.05', 'KWD\\xa01,234.567')
    """
    symbol = SYMBOLS.get(currency, (f"{currency}\u00a0",) * 2)[0 if lang.lower().startswith("zh") else 1]
    sign = "-" if amount_minor < 0 else ""
    return f"{sign}{symbol}{abs(to_major(amount_minor, currency)):,f}"


UNKNOWN_CURRENCY = ProblemKind(
    "money.unknown_currency",
    "“{text}”不是 ISO 4217 货币代码。",
    "“{text}” is not an ISO 4217 currency code.",
    "请使用三位字母代码，例如人民币用 CNY，美元用 USD。",
    "Use the three-letter code, such as CNY or USD.",
)
NOT_A_NUMBER = ProblemKind(
    "money.not_a_number",
    "金额“{amount}”不是一个数。",
    "The amount “{amount}” is not a number.",
    "请填写数字，例如 1234.50。",
    "Give a number, such as 1234.50.",
)
TOO_FINE = ProblemKind(
    "money.too_many_decimals",
    "金额 {amount} 的小数位过多，{currency} 最多 {decimals} 位。",
    "The amount {amount} has too many decimals; {currency} has {decimals}.",
    "请改为最小单位的整数倍，或注明舍入方式。",
    "Give a whole number of minor units, or say how to round.",
)
TOO_LARGE = ProblemKind(
    "money.too_large",
    "金额 {amount} {currency} 超出可记录的范围。",
    "The amount {amount} {currency} is larger than can be recorded.",
    "请检查单位（元、万元）和小数点。",
    "Check the unit and the decimal point.",
)
