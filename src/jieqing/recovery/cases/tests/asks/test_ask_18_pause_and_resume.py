"""Ask 18: pause collection, resume, also back-dated; the days counter leaves held days out; a new hold after an old one."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import Cast

from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.cases import services
from jieqing.recovery.cases.engine.counted_days import Span, counted_days, day_of_count
from jieqing.recovery.cases.models import Hold
from jieqing.recovery.cases.selectors import CaseFilter, cases_page, working_day
from jieqing.recovery.cases.tests.books import fresh, import_books, opened

DAY = date(2026, 1, 1)
SPANS = st.lists(
    st.tuples(st.integers(0, 80), st.one_of(st.none(), st.integers(0, 20))).map(
        lambda pair: Span(
            DAY + timedelta(days=pair[0]),
            None if pair[1] is None else DAY + timedelta(days=pair[0] + pair[1]),
        )
    ),
    max_size=5,
)


@given(SPANS, st.integers(0, 120))
def test_the_count_is_the_days_outside_every_hold(held: list[Span], until: int) -> None:
    end = DAY + timedelta(days=until)
    days = [DAY + timedelta(days=number) for number in range(1, until + 1)]
    assert counted_days(DAY, end, held) == sum(not any(span.covers(day) for span in held) for day in days)


@given(SPANS, st.integers(1, 60))
def test_the_day_of_a_count_is_the_first_with_that_count(held: list[Span], count: int) -> None:
    found = day_of_count(DAY, count, held)
    if found is None:
        assert any(span.to_on is None for span in held)
        return
    assert counted_days(DAY, found, held) == count
    assert counted_days(DAY, found - timedelta(days=1), held) == count - 1


@pytest.fixture
def actor(cast: Cast) -> Actor:
    import_books(cast.actor("owner"))
    return cast.actor("owner")


def test_a_back_dated_hold_a_release_and_a_new_hold(actor: Actor) -> None:
    case = opened(actor, "INV-001")
    with site_scope(actor.own_site):
        today = working_day()
    hold = services.place_hold(
        actor=actor, case=case, kind="hardship", reason="停产", from_on=today - timedelta(days=20)
    )
    assert not is_problem(hold), hold
    assert fresh(case).hold_kinds == ["hardship"]
    assert fresh(case).next_action == "review_hold"
    with site_scope(actor.own_site):
        assert cases_page(actor, CaseFilter(state="queue")).rows == ()
        assert len(cases_page(actor, CaseFilter(state="waiting")).rows) == 1
    released = services.release_hold(actor=actor, hold=hold, reason="已复工")
    assert not is_problem(released), released
    assert (fresh(case).hold_kinds, released.to_on) == ([], today - timedelta(days=1))
    with site_scope(actor.own_site):
        spans = [Span(one.from_on, one.to_on) for one in Hold.objects.filter(case=case)]
    assert counted_days(today - timedelta(days=30), today, spans) == 10
    again = services.place_hold(actor=actor, case=case, kind="legal_stay", reason="法院通知")
    assert not is_problem(again), again
    assert fresh(case).hold_kinds == ["legal_stay"]


def test_a_hold_needs_a_reason_a_kind_and_days_in_order(actor: Actor) -> None:
    case = opened(actor, "INV-001")
    with site_scope(actor.own_site):
        today = working_day()
    asked = [
        services.place_hold(actor=actor, case=case, kind="hardship", reason=" "),
        services.place_hold(actor=actor, case=case, kind="holiday", reason="x"),
        services.place_hold(
            actor=actor,
            case=case,
            kind="hardship",
            reason="x",
            from_on=today,
            to_on=today - timedelta(days=1),
        ),
        services.place_hold(actor=actor, case=case, kind="dispute", reason="x"),
    ]
    codes = [one.code for one in asked if is_problem(one)]
    assert codes == ["cases.reason_missing", "cases.unknown_code", "cases.hold_days", "cases.hold_bound"]
