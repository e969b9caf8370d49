"""What an act may take, and that its pairs make no money."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from jieqing.claims.receivables.engine.accounts import PostingKind
from jieqing.claims.receivables.engine.acts import ActKind, least_left, pairs_of

START = date(2026, 1, 1)
days = st.integers(0, 20).map(lambda n: START + timedelta(days=n))


@given(st.lists(st.tuples(days, st.integers(-50, 50)), max_size=12), days)
def test_least_left_is_the_smallest_balance_from_the_day_on(moves: list[tuple[date, int]], on: date) -> None:
    last = START + timedelta(days=21)
    asked = [on + timedelta(days=n) for n in range((last - on).days + 1)]
    expected = min(sum(minor for day, minor in moves if day <= one) for one in asked)
    assert least_left(moves, on) == max(0, expected)


@given(st.integers(1, 10**15))
def test_applying_and_recovering_make_no_money(minor: int) -> None:
    assert sum(pair.amount_minor for pair in pairs_of(ActKind.APPLICATION, minor)) == 0
    recovered = pairs_of(ActKind.RECOVERY, minor)
    assert sum(pair.amount_minor for pair in recovered if not pair.is_on_credit) == 0
    assert sum(pair.amount_minor for pair in recovered if pair.kind is PostingKind.APPLICATION) == 0
