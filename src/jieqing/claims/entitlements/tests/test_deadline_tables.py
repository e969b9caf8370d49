"""The worked tables of docs/algorithms/deadlines.md, replayed, and what holds for every deadline."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jieqing.claims.entitlements.engine.deadlines import (
    Countdown,
    CountdownState,
    Deadline,
    add_months,
    count_down,
)
from jieqing.claims.entitlements.engine.deadlines_guarantee import (
    GuaranteeAct,
    GuaranteeFacts,
    GuaranteeKind,
    guarantee_period,
    state_on,
)
from jieqing.claims.entitlements.engine.deadlines_terms import (
    TERMS,
    construction_due_day,
    renewal_deadline,
    term_deadline,
)
from jieqing.kernel.dates import HOLIDAY_YEARS, is_workday
from jieqing.kernel.outcomes import is_problem
from jieqing.kernel.tests.worked_tables import Row, tables

PAGE = tables("algorithms/deadlines.md")
TODAY = date(2026, 11, 22)


def day(text: str) -> date | None:
    return None if text == "-" else date.fromisoformat(text)


def term(code: str, start: str) -> Deadline:
    found = term_deadline(code, date.fromisoformat(start))
    assert not is_problem(found)
    return found


@pytest.mark.parametrize("row", PAGE["Periods of months and years"], ids=lambda row: row["counted"])
def test_months(row: Row) -> None:
    assert str(add_months(date.fromisoformat(row["start"]), int(row["months"]))) == row["counted"]


@pytest.mark.parametrize("row", PAGE["Fixed terms"], ids=lambda row: f"{row['term']} {row['start']}")
def test_fixed_terms(row: Row) -> None:
    found = term(row["term"], row["start"])
    assert [str(found.counted_day), str(found.last_day)] == [row["counted"], row["last day"]]
    assert found.is_certain == (row["certain"] == "yes")
    assert bool(found.warnings) == (row["certain"] == "no")


def test_the_page_shows_every_term() -> None:
    assert {row["term"] for row in PAGE["Fixed terms"]} == set(TERMS)


@pytest.mark.parametrize("row", PAGE["Renewal of a freeze"], ids=lambda row: row["renew by"])
def test_renewals(row: Row) -> None:
    freeze = term(row["freeze"], row["start"])
    renewal = renewal_deadline(freeze)
    assert [str(freeze.last_day), str(renewal.last_day)] == [row["ends"], row["renew by"]]
    assert renewal.is_certain == (row["certain"] == "yes")


@pytest.mark.parametrize("row", PAGE["When a construction price was due"], ids=lambda row: row["due"])
def test_when_a_construction_price_was_due(row: Row) -> None:
    found = construction_due_day(*(day(row[name]) for name in ("agreed", "delivered", "settlement", "suit")))
    assert (found.code if is_problem(found) else str(found[0])) == row["due"]


def act(text: str) -> GuaranteeAct:
    on, what, *rest = text.split()
    return GuaranteeAct(
        date.fromisoformat(on),
        is_suit_against_debtor=what == "suit",
        is_demand_of_guarantor=what == "demand",
        is_withdrawn="withdrawn" in rest,
        was_served="served" in rest,
    )


@pytest.mark.parametrize(
    "row", PAGE["Guarantee period"], ids=lambda row: f"{row['kind']} {row['agreed']} {row['acts']}"
)
def test_guarantee_periods(row: Row) -> None:
    agreed = row["agreed"]
    found = guarantee_period(
        GuaranteeFacts(
            day(row["due"]),
            GuaranteeKind(row["kind"]),
            agreed_until=None if agreed.endswith("m") else day(agreed),
            agreed_months=int(agreed[:-1]) if agreed.endswith("m") else None,
            acts=() if row["acts"] == "-" else (act(row["acts"]),),
        )
    )
    if is_problem(found):
        assert found.code == row["last day"]
        return
    state = state_on(found, date(2027, 6, 1))
    assert [found.kind.value, str(found.deadline.last_day), state.value, str(found.acted_on or "-")] == [
        row[name] for name in ("kind found", "last day", "state on 2027-06-01", "acted")
    ]
    assert bool(found.deadline.missing) == (found.acted_on is None)


@pytest.mark.parametrize("row", PAGE["Alarms"], ids=lambda row: f"{row['term']} {row['start']}")
def test_alarms(row: Row) -> None:
    found = count_down(term(row["term"], row["start"]), TODAY)
    assert [" ".join(str(alarm.on) for alarm in found.alarms), found.state.value, str(found.days_left)] == [
        row[name] for name in ("alarms", "state", "left")
    ]


@pytest.mark.parametrize("row", PAGE["What is refused"], ids=lambda row: row["result"])
def test_what_is_refused(row: Row) -> None:
    found = term_deadline(row["term"], date.fromisoformat(row["start"]))
    assert is_problem(found)
    assert found.code == row["result"]


CODES = st.sampled_from(sorted(TERMS))
STARTS = st.dates(date(2004, 1, 1), date(2040, 12, 31))


@given(code=CODES, start=STARTS, as_of=st.dates(date(2004, 1, 1), date(2044, 12, 31)))
def test_alarms_stand_before_the_day_and_in_order(code: str, start: date, as_of: date) -> None:
    deadline = term_deadline(code, start)
    assert not is_problem(deadline)
    found: Countdown = count_down(deadline, as_of)
    days = [alarm.on for alarm in found.alarms]
    assert days == sorted(set(days))
    assert all(start < on < deadline.counted_day for on in days)
    assert all(alarm.has_rung == (alarm.on <= as_of) for alarm in found.alarms)
    assert (found.state is CountdownState.PASSED) == (as_of > deadline.last_day)
    assert found.next_alarm is None or found.next_alarm.on > as_of


@given(code=CODES, start=STARTS)
def test_a_last_day_is_a_working_day_or_says_that_nobody_knows(code: str, start: date) -> None:
    found = term_deadline(code, start)
    assert not is_problem(found)
    if code.startswith("freeze_"):
        assert found.last_day == found.counted_day
        assert renewal_deadline(found).last_day <= found.last_day - timedelta(days=7)
        return
    assert found.last_day >= found.counted_day
    assert found.is_certain == all(
        year in HOLIDAY_YEARS for year in (found.counted_day.year, found.last_day.year)
    )
    if found.is_certain:
        assert is_workday(found.last_day) is True


@given(day=STARTS, months=st.integers(-60, 60))
def test_months_there_and_back_never_lose_more_than_a_month_end(day: date, months: int) -> None:
    back = add_months(add_months(day, months), -months)
    assert back <= day
    assert (day - back).days <= 3


@given(due=STARTS, extra=st.integers(0, 2000))
def test_no_act_moves_a_guarantee_period(due: date, extra: int) -> None:
    plain = guarantee_period(GuaranteeFacts(due, GuaranteeKind.JOINT))
    acted = guarantee_period(
        GuaranteeFacts(
            due,
            GuaranteeKind.JOINT,
            acts=(GuaranteeAct(due + timedelta(days=extra), is_demand_of_guarantor=True),),
        )
    )
    assert not is_problem(plain)
    assert not is_problem(acted)
    assert plain.deadline.last_day == acted.deadline.last_day
