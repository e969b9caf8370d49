"""The clock is aware, can be held, and knows that a day begins earlier in China than in UTC."""

import threading
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from jieqing.kernel import clock

NEW_YEAR = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)


def test_now_is_aware_and_in_utc() -> None:
    assert clock.now().utcoffset() == timedelta(0)


def test_frozen_holds_the_time_and_lets_go() -> None:
    with clock.frozen(NEW_YEAR):
        assert clock.now() == NEW_YEAR
        with clock.frozen(NEW_YEAR + timedelta(days=1)):
            assert clock.now() == NEW_YEAR + timedelta(days=1)
        assert clock.now() == NEW_YEAR
    assert clock.now() != NEW_YEAR


def test_frozen_lets_go_after_an_error() -> None:
    with pytest.raises(RuntimeError), clock.frozen(NEW_YEAR):
        raise RuntimeError
    assert clock.now() != NEW_YEAR


def test_a_day_is_a_day_somewhere() -> None:
    with clock.frozen(NEW_YEAR):
        assert clock.today() == date(2027, 1, 1)
        assert clock.today("UTC") == date(2026, 12, 31)


def test_another_zone_is_turned_into_utc() -> None:
    in_china = datetime(2027, 1, 1, 0, 30, tzinfo=timezone(timedelta(hours=8)))
    with clock.frozen(in_china) as instant:
        assert instant.tzinfo is UTC
        assert clock.now() == NEW_YEAR


@pytest.mark.parametrize("use", [clock.day_of, lambda at: clock.frozen(at).__enter__()])
def test_naive_times_are_refused(use) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match="time zone"):
        use(NEW_YEAR.replace(tzinfo=None))


def test_a_thread_that_is_started_reads_the_real_clock() -> None:
    seen: list[datetime] = []
    with clock.frozen(NEW_YEAR):
        thread = threading.Thread(target=lambda: seen.append(clock.now()))
        thread.start()
        thread.join()
    assert seen[0] != NEW_YEAR
