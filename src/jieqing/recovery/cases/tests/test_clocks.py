"""The clocks of a case: 72 hours to a first response, the seven-day track, who meets them, what breaks, the share met."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import Cast

from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.cases import selectors, services
from jieqing.recovery.cases.engine.clocks import (
    ClockState,
    Milestone,
    Share,
    clock_state,
    met_by,
    milestones_of,
    share_of,
)
from jieqing.recovery.cases.engine.codes import EventKind, Track
from jieqing.recovery.cases.models import Case, CaseClock
from jieqing.recovery.cases.tests.books import import_books, opened

# A Friday evening before a weekend: the clock runs through it.
OPENED = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


def test_the_first_response_ends_after_72_hours_to_the_second_whatever_the_weekday() -> None:
    due = milestones_of(Track.PLAIN, OPENED)[Milestone.FIRST_RESPONSE]
    assert due == OPENED + 72 * HOUR
    states = [
        clock_state(due, OPENED + after, None)
        for after in (48 * HOUR - SECOND, 48 * HOUR, 72 * HOUR, 72 * HOUR + SECOND)
    ]
    assert states == [ClockState.RUNNING, ClockState.NEAR, ClockState.NEAR, ClockState.LATE]


def test_the_rapid_track_has_five_more_ends_each_with_its_day() -> None:
    ends = milestones_of(Track.RAPID, OPENED)
    assert {one: (due - OPENED) // timedelta(days=1) for one, due in ends.items()} == {
        Milestone.FIRST_RESPONSE: 3,
        Milestone.DAY_0: 1,
        Milestone.DAY_1: 2,
        Milestone.DAY_3: 4,
        Milestone.DAY_5: 6,
        Milestone.DAY_7: 8,
    }
    assert set(milestones_of(Track.PLAIN, OPENED)) == {Milestone.FIRST_RESPONSE}
    assert Milestone.FIRST_RESPONSE not in met_by(EventKind.ASSIGNED), "giving a case away answers nobody"


@given(st.lists(st.tuples(st.sampled_from(ClockState), st.integers(0, 1_000))))
def test_the_share_counts_what_is_decided_and_nothing_else(counts: list[tuple[ClockState, int]]) -> None:
    share = share_of(counts)
    sums = {state: sum(count for one, count in counts if one is state) for state in ClockState}
    assert share.decided == sums[ClockState.MET] + sums[ClockState.MET_LATE] + sums[ClockState.LATE]
    assert share.running == sums[ClockState.RUNNING] + sums[ClockState.NEAR]
    assert share.ratio is None or 0 <= share.ratio <= 1
    assert (share.ratio is None) == (share.decided == 0)


@pytest.fixture
def lead(cast: Cast) -> Actor:
    with clock.frozen(OPENED):
        import_books(cast.actor("owner"))
    return cast.actor("owner")


@pytest.fixture
def colleague(lead: Actor, cast: Cast) -> Actor:
    """A second person of the site; the lead gives cases, this one works on them."""
    return replace(cast.actor("teammate"), roles=frozenset({"case_manager"}))


def clocks_of(case: Case) -> dict[str, ClockState]:
    with site_scope(case.site_id):
        return {one.clock.milestone: one.state for one in selectors.clocks_of(case)}


def test_two_people_and_the_clocks_of_a_rapid_case(lead: Actor, colleague: Actor) -> None:
    with clock.frozen(OPENED):
        case = opened(lead, "INV-001", track=Track.RAPID)
    with clock.frozen(OPENED + HOUR):
        given_ = services.assign(actor=lead, target=[case.id], owner_id=lead.id)
        assert not is_problem(given_), given_
        states = clocks_of(case)
    assert (states["day_0"], states["first_response"]) == (ClockState.MET, ClockState.RUNNING)
    with clock.frozen(OPENED + 72 * HOUR + SECOND):
        assert clocks_of(case)["first_response"] is ClockState.LATE
        noted = services.add_note(actor=colleague, case=case, text="电话无人接听")
        assert not is_problem(noted), noted
        states = clocks_of(case)
        assert (states["first_response"], states["day_1"]) == (ClockState.MET_LATE, ClockState.MET_LATE)
        assert (states["day_3"], states["day_7"]) == (ClockState.NEAR, ClockState.RUNNING)
    with site_scope(case.site_id):
        first, begun = (
            CaseClock.objects.get(case=case, milestone=name) for name in ("first_response", "day_0")
        )
    assert (first.met_by, begun.met_by) == (colleague.id, lead.id)


def test_the_breach_report_and_the_share_met_say_what_happened(lead: Actor, colleague: Actor) -> None:
    with clock.frozen(OPENED):
        cases = {number: opened(lead, number) for number in ("INV-001", "INV-002", "INV-003", "INV-005")}
    for number, after in (("INV-001", 71 * HOUR), ("INV-002", 73 * HOUR)):
        with clock.frozen(OPENED + after):
            assert not is_problem(services.add_note(actor=colleague, case=cases[number], text="已联系"))
    with clock.frozen(OPENED + 70 * HOUR):
        ended = services.close_case(
            actor=lead, case=cases["INV-005"], closing="withdrawn", reason="债权人撤回"
        )
        assert not is_problem(ended), ended
    with clock.frozen(OPENED + 80 * HOUR), site_scope(lead.own_site):
        assert [one.case_id for one in selectors.breaches()] == [cases["INV-003"].id]
        share = selectors.milestone_shares()[Milestone.FIRST_RESPONSE]
        late = selectors.cases_page(lead, selectors.CaseFilter(clock="late")).rows
    # Closed before its end: counts nowhere.
    assert share == Share(met=1, met_late=1, late=1, running=0, stopped=1)
    assert share.ratio == Decimal(1) / Decimal(3)
    assert [case.id for case in late] == [cases["INV-003"].id], "the worklist leads to it"
