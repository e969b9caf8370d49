"""Money keeps every unit, keeps currencies apart, and rounds as named: properties over many amounts."""

import decimal
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jieqing.kernel.currencies import EXPONENTS, SYMBOLS
from jieqing.kernel.money import (
    MAX_MINOR,
    Money,
    Rounding,
    allocate,
    exponent,
    format_amount,
    known_currency,
    plain_amount,
    round_ratio,
    to_major,
    to_minor,
)
from jieqing.kernel.outcomes import Problem, is_problem

AMOUNTS = st.integers(-MAX_MINOR, MAX_MINOR)
CURRENCIES = st.sampled_from(sorted(EXPONENTS))
WEIGHTS = st.lists(st.integers(0, 10**9), min_size=1, max_size=30).filter(any)
DECIMAL_MODES = {
    Rounding.HALF_UP: decimal.ROUND_HALF_UP,
    Rounding.HALF_EVEN: decimal.ROUND_HALF_EVEN,
    Rounding.DOWN: decimal.ROUND_DOWN,
    Rounding.UP: decimal.ROUND_UP,
}


@given(AMOUNTS, WEIGHTS)
def test_a_split_sums_to_its_whole_and_each_share_is_the_exact_one_rounded(
    total: int, weights: list[int]
) -> None:
    shares = allocate(total, weights)
    assert sum(shares) == total
    for share, weight in zip(shares, weights, strict=True):
        exact = Fraction(total * weight, sum(weights))
        assert abs(share - exact) < 1
        assert weight or share == 0
    assert allocate(-total, weights) == [-share for share in shares]


@given(AMOUNTS, WEIGHTS, st.integers(1, 1000))
def test_a_split_depends_on_proportions_only(total: int, weights: list[int], factor: int) -> None:
    assert allocate(total, weights) == allocate(total, [weight * factor for weight in weights])


@given(st.integers(0, MAX_MINOR), st.lists(st.integers(1, 99), min_size=2, max_size=12))
def test_a_heavier_weight_never_gets_less(total: int, weights: list[int]) -> None:
    shares = allocate(total, weights)
    by_weight = sorted(zip(weights, shares, strict=True))
    for (light, less), (heavy, more) in pairwise(by_weight):
        assert light == heavy or less <= more


@pytest.mark.parametrize(("total", "weights"), [(1, []), (1, [0, 0]), (5, [1, -1, 3])])
def test_a_split_without_weights_is_a_bug(total: int, weights: list[int]) -> None:
    with pytest.raises(ValueError, match="weights"):
        allocate(total, weights)
    assert allocate(0, [0, 0]) == [0, 0]


@given(st.integers(-(10**12), 10**12), st.integers(-(10**6), 10**6).filter(bool), st.sampled_from(Rounding))
def test_rounding_agrees_with_exact_decimals(numer: int, denom: int, mode: Rounding) -> None:
    # Scaled by the denominator the ratio is a whole number, so the decimal module can round it without error.
    exact = Fraction(numer, denom)
    floor = exact.numerator // exact.denominator
    rest = exact - floor
    half = (rest > Fraction(1, 2)) - (rest < Fraction(1, 2))
    nearby = Decimal(floor) + {-1: Decimal("0.25"), 0: Decimal("0.5"), 1: Decimal("0.75")}[half] * (rest != 0)
    assert round_ratio(numer, denom, mode) == int(nearby.to_integral_value(DECIMAL_MODES[mode]))


@given(st.integers(), st.integers().filter(bool), st.sampled_from(Rounding))
def test_rounding_is_the_same_for_debts_and_credits(numer: int, denom: int, mode: Rounding) -> None:
    assert (
        round_ratio(-numer, denom, mode)
        == round_ratio(numer, -denom, mode)
        == -round_ratio(numer, denom, mode)
    )


def test_nothing_is_divided_by_nothing() -> None:
    with pytest.raises(ZeroDivisionError):
        round_ratio(1, 0)


@given(AMOUNTS, CURRENCIES)
def test_minor_to_major_and_back(amount: int, currency: str) -> None:
    assert to_minor(to_major(amount, currency), currency) == amount
    assert to_minor(Decimal(plain_amount(amount, currency)), currency) == amount


@given(AMOUNTS, CURRENCIES, st.sampled_from(["zh", "zh-hans", "en"]))
def test_a_shown_amount_holds_all_its_digits(amount: int, currency: str, lang: str) -> None:
    shown = format_amount(amount, currency, lang)
    digits = "".join(character for character in shown if character.isdigit())
    assert int(digits) == abs(amount)
    assert shown.startswith("-") == (amount < 0)
    number = (
        shown.lstrip("-")
        .removeprefix(SYMBOLS.get(currency, (currency, currency))[lang == "en"])
        .strip("\u00a0")
    )
    whole, _, decimals = number.partition(".")
    assert len(decimals) == EXPONENTS[currency]
    assert [len(group) for group in whole.split(",")[1:]] == [3] * whole.count(",")


def test_to_minor_rounds_only_when_told_how() -> None:
    half = Decimal("0.005")
    problem = to_minor(half, "CNY")
    assert isinstance(problem, Problem)
    assert problem.code == "money.too_many_decimals"
    assert problem.details == {"amount": "0.005", "currency": "CNY", "decimals": 2}
    assert [to_minor(half, "CNY", mode) for mode in Rounding] == [1, 0, 0, 1]


@pytest.mark.parametrize(
    "text", ["1E+999999999", "-1E+999999999", "1E-999999999", "9" * 5000, "0E+999999999"]
)
def test_monstrous_numbers_are_answered_at_once(text: str) -> None:
    answer = to_minor(Decimal(text), "CNY", Rounding.HALF_UP)
    assert answer == 0 if "E-" in text or text.startswith("0E") else is_problem(answer)


@given(AMOUNTS, AMOUNTS, st.integers(-1000, 1000))
def test_money_is_arithmetic(a: int, b: int, count: int) -> None:
    left, right = Money(a, "CNY"), Money(b, "CNY")
    assert left + right - right == left
    assert (left + right).amount_minor == a + b
    assert (left < right, left <= right, left > right, left >= right) == (a < b, a <= b, a > b, a >= b)
    assert left * count == count * left == Money(a * count, "CNY")
    assert -left + abs(left) == Money(abs(a) - a, "CNY")
    assert bool(left) == bool(a)


def test_currencies_do_not_mix() -> None:
    yuan, dollar = Money(1, "CNY"), Money(1, "USD")
    assert yuan != dollar
    for mix in (
        lambda: yuan + dollar,
        lambda: yuan - dollar,
        lambda: yuan < dollar,
        lambda: yuan <= dollar,
        lambda: yuan > dollar,
        lambda: yuan >= dollar,
    ):
        with pytest.raises(ValueError, match="CNY and USD do not mix"):
            mix()


@pytest.mark.parametrize("amount", [1.0, True, Decimal(1), "1", None])
def test_an_amount_is_an_int(amount: object) -> None:
    with pytest.raises(TypeError):
        Money(amount, "CNY")  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        Money(1, "CNY") * amount  # type: ignore[operator]
    with pytest.raises(TypeError):
        Money(1, "CNY") + amount  # type: ignore[operator]


def test_money_splits_and_speaks() -> None:
    assert Money(100, "CNY").split([1, 1, 1]) == [Money(34, "CNY"), Money(33, "CNY"), Money(33, "CNY")]
    assert Money(4821033620, "CNY").text() == "¥48,210,336.20"


def test_currencies_of_a_users_text() -> None:
    assert known_currency(" cny ") == "CNY"
    problem = known_currency("RMB")
    assert isinstance(problem, Problem)
    assert problem.code == "money.unknown_currency"
    with pytest.raises(ValueError, match="unknown currency 'RMB'"):
        Money(1, "RMB")


def test_the_table_of_currencies() -> None:
    assert len(EXPONENTS) > 150
    assert all(len(code) == 3 and code.isascii() and code.isupper() for code in EXPONENTS)
    assert {code: exponent(code) for code in ("CNY", "USD", "JPY", "KWD", "CLF", "KRW")} == {
        "CNY": 2, "USD": 2, "JPY": 0, "KWD": 3, "CLF": 4, "KRW": 0,
    }  # fmt: skip
    assert set(SYMBOLS) <= set(EXPONENTS)
    for lang in (0, 1):
        assert len({symbols[lang] for symbols in SYMBOLS.values()}) == len(SYMBOLS), (
            "a symbol means one currency"
        )
