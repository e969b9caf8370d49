"""When a delivery is tried again, when it is given up, and when an endpoint is paused.

The wait grows fourfold from five seconds to six hours, with up to a fifth on top so that many deliveries do not come back
in one moment; the twelfth failure ends it after about a day and a half. An endpoint that failed many times without one
success in between is paused and its owner told: what waits then is kept until it is resumed. A single outage of a
few minutes never pauses.
"""

from datetime import timedelta

ATTEMPTS_MAX = 12
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(hours=6)
JITTER_PERMILLE_MAX = 200
FAILURES_TO_PAUSE, FAILING_TO_PAUSE = 15, timedelta(hours=1)


def wait_after(failures: int, *, jitter_permille: int) -> timedelta | None:
    """How long to wait after the n-th failed attempt of a delivery; None to give it up.

    Example:
        >>> [str(wait_after(n, jitter_permille=0)) for n in (1, 2, 5, 11)], wait_after(12, jitter_permille=0)
        (['0:00:05', '0:00:20', '0:21:20', '6:00:00'], None)
        >>> wait_after(1, jitter_permille=200)
        datetime.timedelta(seconds=6)
    """
    assert failures >= 1
    assert 0 <= jitter_permille <= JITTER_PERMILLE_MAX
    if failures >= ATTEMPTS_MAX:
        return None
    wait = min(FIRST_WAIT * (1 << (2 * min(failures - 1, 12))), LONGEST_WAIT)
    return wait + wait * jitter_permille / 1000


def is_broken(*, failures: int, failing_for: timedelta) -> bool:
    """Whether an endpoint's failures in a row are enough to pause it.

    Example:
        >>> hour = timedelta(hours=1)
        >>> is_broken(failures=15, failing_for=hour), is_broken(failures=99, failing_for=hour / 2)
        (True, False)
    """
    return failures >= FAILURES_TO_PAUSE and failing_for >= FAILING_TO_PAUSE
