"""Triage by hand, and laws that hold for whatever is told."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jieqing.kernel.outcomes import is_problem
from jieqing.recovery.intake.engine.triage import Route, Told, Triage, triage

TODAY = date(2026, 11, 22)
CLEAR = {"has_signed_papers": True, "is_disputed": False, "is_debtor_found": True, "owes_in_return": False}


def advice(told: Told) -> Triage:
    found = triage(told, TODAY)
    assert not is_problem(found), found
    return found


# Fees by hand (law 5A): 100,000 yuan → case 2,300; payment order a third, 766.67; mediation half, 1,150; enforcement 1,400.
TABLE = [
    ("clear and due", {"due_on": date(2026, 1, 31), **CLEAR}, Route.PAYMENT_ORDER, 76_667, date(2029, 1, 31)),
    ("papers missing", {"due_on": date(2026, 1, 31)}, Route.SUIT, 230_000, date(2029, 1, 31)),
    ("disputed", {"due_on": date(2026, 1, 31), "is_disputed": True}, Route.MEDIATION, 115_000, date(2029, 1, 31)),
    ("disputed, near the end", {"due_on": date(2023, 12, 29), "is_disputed": True}, Route.SUIT, 230_000, date(2026, 12, 29)),
    ("time-barred", {"due_on": date(2020, 1, 31), **CLEAR}, Route.DEMAND, None, date(2023, 1, 31)),
    ("barred, but paid since", {"due_on": date(2020, 1, 31), "last_payment_on": date(2022, 6, 1)}, Route.DEMAND, None, date(2025, 6, 3)),
    ("not due yet", {"due_on": date(2027, 1, 31), **CLEAR}, Route.DEMAND, None, date(2030, 1, 31)),
    ("judgment", {"due_on": date(2025, 12, 31), "has_judgment": True}, Route.ENFORCEMENT, 140_000, date(2027, 12, 31)),
    ("no due day", {}, Route.SUIT, 230_000, None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("told", "route", "fee", "last_day"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE]
)
def test_by_hand(told: dict, route: Route, fee: int | None, last_day: date | None) -> None:
    found = advice(Told(amount_fen=100_000_00, **told))
    assert (found.route, found.fee_fen, found.last_day) == (route, fee, last_day)


MAYBE = st.sampled_from([None, True, False])
DAYS = st.none() | st.dates(date(2015, 1, 1), date(2028, 12, 31))
TOLD = st.builds(
    Told, amount_fen=st.integers(0, 10**12), due_on=DAYS, last_payment_on=DAYS, last_demand_on=DAYS,
    has_judgment=st.booleans(), has_signed_papers=MAYBE, is_disputed=MAYBE, is_debtor_found=MAYBE, owes_in_return=MAYBE,
)  # fmt: skip


@given(TOLD)
def test_a_barred_debt_never_goes_to_court(told: Told) -> None:
    found = advice(told)
    if found.is_barred:
        assert found.route is Route.DEMAND
        assert "192" in found.text("zh") and "192" in found.text("en")
    assert (found.fee_fen is None) == (found.route is Route.DEMAND)


@given(TOLD, st.integers(1, 400))
def test_time_only_takes_away(told: Told, days: int) -> None:
    later = triage(told, TODAY + timedelta(days=days))
    assert not is_problem(later)
    assert later.last_day == advice(told).last_day
    assert later.is_barred or not advice(told).is_barred


@given(TOLD)
def test_a_payment_order_has_all_it_needs(told: Told) -> None:
    if advice(told).route is Route.PAYMENT_ORDER:
        assert told.has_signed_papers and told.is_debtor_found
        assert told.is_disputed is False and told.owes_in_return is False
