"""Rent: months without gap or overlap, parts that sum to the whole, days that decide."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from jieqing.estate.sites.engine.rent import (
    DUE_AFTER,
    GRACE,
    Period,
    Stage,
    amount_fen,
    credit_fen,
    next_month,
    periods,
    stage,
    to_bill,
)

DAYS = st.dates(date(2024, 1, 1), date(2032, 12, 31))
FEES = st.integers(0, 10_000_000)


@given(DAYS, st.integers(-5, 900))
def test_periods_tile_the_term(start: date, days: int) -> None:
    end = start + timedelta(days=days)
    found = list(periods(start, end))
    assert sum(period.days for period in found) == max(days, 0)
    assert all(period.from_on.month == (period.until_on - timedelta(days=1)).month for period in found)
    assert [one.until_on for one in found[:-1]] == [one.from_on for one in found[1:]]
    if found:
        assert (found[0].from_on, found[-1].until_on) == (start, end)


@given(FEES, DAYS, st.lists(st.integers(1, 30), max_size=6))
def test_a_month_cut_anyhow_costs_the_month(fee: int, day: date, cuts: list[int]) -> None:
    first, after = day.replace(day=1), next_month(day)
    marks = sorted(
        {first, after, *(first + timedelta(days=cut) for cut in cuts if first + timedelta(days=cut) < after)}
    )
    parts = [amount_fen(fee, Period(a, b)) for a, b in pairwise(marks)]
    assert sum(parts) == fee and all(part >= 0 for part in parts)


@given(FEES, DAYS, DAYS)
def test_what_is_used_and_what_comes_back_sum_to_what_was_billed(fee: int, start: date, left: date) -> None:
    billed = Period(start, next_month(start))
    back = credit_fen(fee, billed, left)
    used = amount_fen(fee, Period(start, left)) if billed.from_on < left < billed.until_on else None
    whole = amount_fen(fee, billed)
    assert 0 <= back <= whole
    if used is not None:
        assert used + back == whole
    elif left <= start:
        assert back == whole
    else:
        assert back == 0


@given(DAYS, st.integers(0, 400), st.none() | st.integers(0, 400), st.lists(st.integers(0, 400), max_size=8))
def test_billing_day_by_day_or_late_bills_the_same(
    start: date, horizon: int, term: int | None, nights: list[int]
) -> None:
    until = start + timedelta(days=term) if term is not None else None
    billed: list[Period] = []
    for night in [*sorted(night for night in nights if night <= horizon), horizon]:
        last = billed[-1].until_on if billed else None
        billed += to_bill(start, until, last, start + timedelta(days=night))
    at_once = to_bill(start, until, None, start + timedelta(days=horizon))
    assert billed == at_once
    assert all(period.from_on <= start + timedelta(days=horizon) for period in billed)


@given(DAYS, st.integers(-40, 60))
def test_stages_follow_one_another(issued: date, days: int) -> None:
    due = issued + DUE_AFTER
    today = due + timedelta(days=days)
    found = stage(due, is_settled=False, today=today)
    assert (found is Stage.SUSPEND) == (today > due + GRACE)
    assert (found in (Stage.OPEN, Stage.DUE_SOON)) == (today <= due)
    assert stage(due, is_settled=True, today=today) is Stage.SETTLED
