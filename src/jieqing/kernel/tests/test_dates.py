"""Days are counted as the Civil Code counts them, and no holiday is guessed."""

from datetime import date, timedelta

import chinese_calendar  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jieqing.kernel import dates
from jieqing.kernel.dates import HOLIDAY_YEARS, DayKind, RolledDay
from jieqing.kernel.outcomes import Problem, is_problem, unwrap

FIRST, LAST = date(HOLIDAY_YEARS.start, 1, 1), date(HOLIDAY_YEARS.stop - 1, 12, 31)
KNOWN = st.dates(FIRST, LAST)
INSIDE = st.dates(FIRST + timedelta(days=30), LAST - timedelta(days=30))
ANY = st.dates(date(1990, 1, 1), date(2090, 1, 1))


def test_the_table_reaches_the_present() -> None:
    assert HOLIDAY_YEARS.start <= 2004
    assert HOLIDAY_YEARS.stop > 2026


@given(KNOWN)
def test_known_days_agree_with_the_package(day: date) -> None:
    assert dates.is_workday(day) is chinese_calendar.is_workday(day)
    kind = unwrap(dates.day_kind(day))
    assert (kind in (DayKind.WEEKEND, DayKind.MAKE_UP_WORKDAY)) <= (day.weekday() >= 5)
    assert (kind is DayKind.WORKDAY) <= (day.weekday() < 5)


@given(ANY)
def test_an_unknown_year_is_said_and_never_guessed(day: date) -> None:
    answers = (dates.day_kind(day), dates.is_workday(day))
    assert all(is_problem(answer) == (day.year not in HOLIDAY_YEARS) for answer in answers)


def test_the_problem_names_the_day_and_the_years() -> None:
    problem = dates.is_workday(date(2199, 6, 1))
    assert isinstance(problem, Problem)
    assert "2199" in problem.zh
    assert problem.details["day"] == "2199-06-01"
    assert problem.details["last_year"] == HOLIDAY_YEARS.stop - 1


@given(INSIDE)
def test_rolling_finds_the_nearest_workday(day: date) -> None:
    after, before = unwrap(dates.next_workday(day)), unwrap(dates.previous_workday(day))
    assert before <= day <= after
    assert dates.is_workday(after) is True
    assert dates.is_workday(before) is True
    between = [before + timedelta(days=n) for n in range(1, (after - before).days)]
    assert not any(dates.is_workday(other) for other in between)
    assert unwrap(dates.workday_after(day)) > day
    assert unwrap(dates.workday_after(before)) >= after
    assert dates.roll_forward(day) == RolledDay(after, True)


def test_rolling_out_of_the_known_years_is_a_problem_or_flagged() -> None:
    beyond = date(HOLIDAY_YEARS.stop, 1, 1)
    assert is_problem(dates.workday_after(LAST))
    assert is_problem(dates.previous_workday(FIRST - timedelta(days=1)))
    rolled = dates.roll_forward(beyond)
    assert not rolled.is_certain
    assert rolled.day.weekday() < 5
    assert rolled.day >= beyond


@given(ANY, ANY)
def test_days_past_due(due: date, as_of: date) -> None:
    days = dates.overdue_days(due, as_of)
    assert days >= 0
    assert (days == 0) == (as_of <= due)
    if days:
        assert dates.first_day_overdue(due) + timedelta(days=days - 1) == as_of
        assert dates.overdue_days(due, as_of + timedelta(days=1)) == days + 1
    assert dates.days_between(due, as_of) == -dates.days_between(as_of, due)


def test_a_period_does_not_count_its_first_day() -> None:
    assert dates.last_day_of_period(date(2026, 11, 1), 15) == date(2026, 11, 16)
    with pytest.raises(ValueError, match="negative"):
        dates.last_day_of_period(date(2026, 11, 1), -1)
