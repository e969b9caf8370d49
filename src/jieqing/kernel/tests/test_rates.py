"""A rate is exact, carries its day count, and interest is one fraction rounded once."""

import decimal
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jieqing.kernel.canonical import canonical_bytes
from jieqing.kernel.money import Rounding
from jieqing.kernel.outcomes import Problem, unwrap
from jieqing.kernel.rates import Rate

RATES = st.builds(
    Rate,
    st.decimals("-1", "10", allow_nan=False, allow_infinity=False, places=9),
    st.sampled_from([1, 360, 365, 366]),
)
PRINCIPALS = st.integers(-(10**14), 10**14)
DAYS = st.integers(0, 20_000)


@given(RATES, PRINCIPALS, DAYS, st.sampled_from(Rounding))
def test_interest_is_the_exact_fraction_rounded_once(
    rate: Rate, principal: int, days: int, mode: Rounding
) -> None:
    exact = Fraction(rate.rate) * principal * days / rate.day_count
    got = rate.interest(principal, days, mode)
    assert abs(got - exact) < 1
    if mode in (Rounding.HALF_UP, Rounding.HALF_EVEN):
        assert abs(got - exact) <= Fraction(1, 2)
    assert (got == exact) == (exact.denominator == 1)


@given(RATES, PRINCIPALS, DAYS)
def test_a_credit_earns_what_a_debt_costs(rate: Rate, principal: int, days: int) -> None:
    assert rate.interest(-principal, days) == -rate.interest(principal, days)


@given(RATES, PRINCIPALS, DAYS)
def test_the_decimal_context_changes_nothing(rate: Rate, principal: int, days: int) -> None:
    wanted = rate.interest(principal, days), rate.times(Decimal("1.375")), rate.text()
    with decimal.localcontext(decimal.Context(prec=2, rounding=decimal.ROUND_UP)):
        assert (rate.interest(principal, days), rate.times(Decimal("1.375")), rate.text()) == wanted


@given(RATES, st.decimals("0", "5", places=4))
def test_a_multiple_is_exact(rate: Rate, factor: Decimal) -> None:
    assert Fraction(rate.times(factor).rate) == Fraction(rate.rate) * Fraction(factor)


@given(RATES)
def test_text_reads_back_and_equal_rates_give_equal_bytes(rate: Rate) -> None:
    assert Rate.parse(rate.text(), rate.day_count) == rate
    longer = Rate(rate.rate * Decimal("1.000"), rate.day_count)
    assert canonical_bytes(longer.as_json()) == canonical_bytes(rate.as_json())


def test_the_form_of_the_faces() -> None:
    assert Rate(Decimal("0.06375"), 365).as_json() == {"rate": "0.0637500", "day_count": 365}
    assert Rate(Decimal("-0"), 365).text() == "0.0000000"
    assert Rate(Decimal("1E+1"), 365).text() == "10.0000000"


@pytest.mark.parametrize(
    ("text", "rate"), [("3.45%", "0.0345"), (" 3.45 ％ ", "0.0345"), ("0.000175", "0.000175")]
)
def test_what_people_write(text: str, rate: str) -> None:
    assert unwrap(Rate.parse(text, 365)).rate == Decimal(rate)


@pytest.mark.parametrize(
    "text", ["", "%", "x", "NaN", "1e999999999", "1,5", "9" * 50, "sNaN", "-Infinity", "1e-99999"]
)
def test_what_is_no_rate(text: str) -> None:
    problem = Rate.parse(text, 365)
    assert isinstance(problem, Problem)
    assert problem.code == "rates.not_a_rate"


@pytest.mark.parametrize("day_count", [0, -1, 367])
def test_what_is_no_day_count(day_count: int) -> None:
    problem = Rate.parse("0.1", day_count)
    assert isinstance(problem, Problem)
    assert problem.code == "rates.not_a_day_count"
    with pytest.raises(ValueError, match="day count"):
        Rate(Decimal("0.1"), day_count)


def test_bugs_raise() -> None:
    with pytest.raises(TypeError, match="Decimal"):
        Rate(0.1, 365)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="finite"):
        Rate(Decimal("NaN"), 365)
    with pytest.raises(ValueError, match="ordinary size"):
        Rate(Decimal("1E+999999999"), 365)
    with pytest.raises(ValueError, match="forward"):
        Rate(Decimal("0.1"), 365).interest(100, -1)
