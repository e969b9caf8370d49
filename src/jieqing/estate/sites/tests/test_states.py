"""The life of a site as a table: nothing that is not listed, nobody skips what live needs."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jieqing.estate.sites.engine.doors import EXPORT_DAYS_AFTER_CLOSING, check_door
from jieqing.estate.sites.engine.states import STEPS, Cause, Mover, Readiness, check_step
from jieqing.estate.sites.engine.tenancy import SiteState

READY = Readiness(filing_valid=True, agreement=True, licence=True, self_test=True)
STATES, MOVERS, CAUSES = (st.sampled_from(kind) for kind in (SiteState, Mover, Cause))


@given(STATES, STATES, MOVERS, CAUSES)
def test_only_listed_steps_exist(before: SiteState, after: SiteState, mover: Mover, cause: Cause) -> None:
    problem = check_step(
        before,
        after,
        mover=mover,
        cause=cause,
        reason="why",
        readiness=READY,
        suspended_for=Cause.RENT_UNPAID,
    )
    if (mover, cause) not in STEPS.get((before, after), frozenset()):
        assert problem is not None and problem.code == "site.no_such_step"
    elif cause is not Cause.FILING_RENEWED:
        assert problem is None


@given(
    st.builds(Readiness, st.booleans(), st.booleans(), st.booleans(), st.booleans()), MOVERS, CAUSES, STATES
)
def test_nobody_goes_live_without_all_four(
    ready: Readiness, mover: Mover, cause: Cause, before: SiteState
) -> None:
    problem = check_step(
        before,
        SiteState.LIVE,
        mover=mover,
        cause=cause,
        reason="why",
        readiness=ready,
        suspended_for=Cause.RENT_UNPAID,
    )
    assert problem is not None or ready == READY


def test_closed_is_the_end() -> None:
    assert not [step for step in STEPS if step[0] is SiteState.CLOSED]


def test_every_state_but_the_first_can_be_reached_from_a_draft() -> None:
    reached = {SiteState.DRAFT}
    for _ in SiteState:
        reached |= {after for before, after in STEPS if before in reached}
    assert reached == set(SiteState)


def test_people_say_why() -> None:
    for (before, after), ways in STEPS.items():
        for mover, cause in ways:
            if mover is Mover.OPERATOR:
                problem = check_step(before, after, mover=mover, cause=cause, reason=" ", readiness=READY)
                assert problem is not None and problem.code == "site.reason_missing"


@pytest.mark.parametrize("suspended_for", [Cause.DECISION, Cause.FILING_EXPIRED, None])
def test_rent_lifts_only_a_suspension_for_rent(suspended_for: Cause | None) -> None:
    problem = check_step(
        SiteState.SUSPENDED,
        SiteState.LIVE,
        mover=Mover.PLATFORM,
        cause=Cause.RENT_PAID,
        readiness=READY,
        suspended_for=suspended_for,
    )
    assert problem is not None


def test_doors() -> None:
    today = date(2026, 11, 22)
    for state, is_reading, open_while in itertools.product(
        SiteState, (True, False), (frozenset(), frozenset(SiteState))
    ):
        problem = check_door(
            state, is_reading=is_reading, open_while=open_while, closed_on=today, today=today
        )
        is_open = (
            state is SiteState.LIVE or bool(open_while) or (is_reading and state is not SiteState.CLOSED)
        )
        assert (problem is None) == is_open, (state, is_reading, open_while)
    for days, is_open in ((EXPORT_DAYS_AFTER_CLOSING, True), (EXPORT_DAYS_AFTER_CLOSING + 1, False)):
        found = check_door(
            "closed",
            is_reading=True,
            open_while={"closed"},
            closed_on=today - timedelta(days=days),
            today=today,
        )
        assert (found is None) == is_open
