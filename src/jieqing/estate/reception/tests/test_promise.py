"""The 72-hour clock and the measured share: exact at their edges, honest in every part."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jieqing.estate.reception.engine.enquiries import ENDINGS, State
from jieqing.estate.reception.engine.patience import PER_DAY, PER_HOUR, wait_until
from jieqing.estate.reception.engine.promise import ClockState, Tally, due_at, read_clock, share_of

RECEIVED = datetime(2026, 11, 22, 10, 31, 7, tzinfo=UTC)
DUE = due_at(RECEIVED)
TICK = timedelta(microseconds=1)


def clock(now: datetime, ending: State | None = None, ended_at: datetime | None = None) -> ClockState:
    return read_clock(due=DUE, now=now, ending=ending, ended_at=ended_at).state


@pytest.mark.parametrize(
    ("after", "open_state", "reply_state"),
    [
        (timedelta(0), ClockState.RUNNING, ClockState.KEPT),
        (timedelta(hours=48) - TICK, ClockState.RUNNING, ClockState.KEPT),
        (timedelta(hours=48), ClockState.NEAR, ClockState.KEPT),
        (timedelta(hours=71, minutes=59, seconds=59), ClockState.NEAR, ClockState.KEPT),
        (timedelta(hours=72), ClockState.NEAR, ClockState.KEPT),
        (timedelta(hours=72) + TICK, ClockState.LATE, ClockState.MISSED),
        (timedelta(days=30), ClockState.LATE, ClockState.MISSED),
    ],
)
def test_the_clock_at_its_edges(after: timedelta, open_state: ClockState, reply_state: ClockState) -> None:
    assert clock(RECEIVED + after) == open_state
    assert clock(RECEIVED + timedelta(days=60), State.ANSWERED, RECEIVED + after) == reply_state


def test_an_hour_is_an_hour_whatever_the_zone_does() -> None:
    """Where clocks are set back in that night, 72 hours are still 72 hours."""
    from zoneinfo import ZoneInfo

    london = datetime(2026, 10, 24, 12, 0, tzinfo=ZoneInfo("Europe/London"))
    assert due_at(london.astimezone(UTC)) - london.astimezone(UTC) == timedelta(hours=72)


def test_the_alarm_comes_before_the_end_not_after() -> None:
    alarming = read_clock(due=DUE, now=DUE - timedelta(hours=23, minutes=10), ending=None, ended_at=None)
    assert alarming.is_alarming and (alarming.hours, alarming.minutes) == (23, 10)


def test_withdrawn_in_time_stops_the_clock_withdrawn_late_was_missed() -> None:
    assert clock(DUE, State.WITHDRAWN, DUE) is ClockState.STOPPED
    assert clock(DUE, State.WITHDRAWN, DUE + TICK) is ClockState.MISSED


def test_nothing_decided_is_neither_all_nor_nothing() -> None:
    share = share_of([Tally(None, True, 3), Tally(State.WITHDRAWN, True, 2)])
    assert share.ratio is None and (share.running, share.withdrawn) == (3, 2)


def test_the_share_counts_what_it_says() -> None:
    share = share_of(
        [
            Tally(State.ANSWERED, True, 7),
            Tally(State.DECLINED, True, 1),
            Tally(State.ANSWERED, False, 1),
            Tally(State.WITHDRAWN, True, 5),
            Tally(State.WITHDRAWN, False, 1),
            Tally(None, False, 2),
            Tally(None, True, 9),
        ]
    )
    assert (share.in_time, share.late, share.open_late) == (8, 2, 2)
    assert share.ratio == Decimal(8) / Decimal(12)


TALLIES = st.lists(
    st.builds(Tally, st.sampled_from([None, *ENDINGS]), st.booleans(), st.integers(0, 1000)), max_size=12
)


@given(TALLIES)
def test_no_enquiry_is_lost_and_the_share_is_a_share(tallies: list[Tally]) -> None:
    share = share_of(tallies)
    assert share.decided + share.withdrawn + share.running == sum(tally.count for tally in tallies)
    assert share.ratio is None or 0 <= share.ratio <= 1


@given(st.lists(st.integers(0, 200_000), max_size=60))
def test_a_wait_ends_as_soon_as_another_may_come(seconds: list[int]) -> None:
    tries = [RECEIVED - timedelta(seconds=second) for second in seconds]
    until = wait_until(tries, RECEIVED)
    within = [sum(at > RECEIVED - span for at in tries) for span in (timedelta(hours=1), timedelta(days=1))]
    assert (until is None) == (within[0] < PER_HOUR and within[1] < PER_DAY)
    if until is not None:
        assert until > RECEIVED
        assert wait_until(tries, until) is None
