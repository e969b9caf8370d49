"""The 72-hour promise: when the clock of an enquiry ends, how it stands, and how often the promise was kept.

The clock runs in exact hours from the moment of receipt, through nights, weekends and holidays, and is therefore the
same in every zone. A reply at 72:00:00 is in time, one a microsecond later is not. The alarm stands 24 hours *before*
the end, because an alarm afterwards helps nobody.

The measured share counts enquiries received within the last 90 days whose clock is decided: numerator, replied in time
(an answer, or a refusal that gives its reason); denominator, those plus replied late plus still open past their time.
What the visitor withdrew in time counts nowhere; withdrawn after the end it counts as missed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from jieqing.estate.reception.engine.enquiries import State

PROMISE = timedelta(hours=72)
ALARM_BEFORE = timedelta(hours=24)
MEASURED_OVER = timedelta(days=90)


class ClockState(StrEnum):
    RUNNING = "running"
    NEAR = "near"
    LATE = "late"
    KEPT = "kept"
    MISSED = "missed"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Clock:
    """How a clock stands. ``left`` is negative once the end has passed; on a decided clock it is what was left then."""

    state: ClockState
    left: timedelta

    @property
    def is_alarming(self) -> bool:
        return self.state in (ClockState.NEAR, ClockState.LATE)

    @property
    def hours(self) -> int:
        """Whole hours of what is left, or of what has passed since the end."""
        return abs(self.left) // timedelta(hours=1)

    @property
    def minutes(self) -> int:
        """The minutes beyond the whole hours."""
        return abs(self.left) % timedelta(hours=1) // timedelta(minutes=1)


def due_at(received_at: datetime) -> datetime:
    """The last moment at which a reply keeps the promise."""
    return received_at + PROMISE


def read_clock(*, due: datetime, now: datetime, ending: State | None, ended_at: datetime | None) -> Clock:
    """How the clock stands now, or stood when the enquiry ended."""
    if ending is None or ended_at is None:
        left = due - now
        if left < timedelta(0):
            return Clock(ClockState.LATE, left)
        return Clock(ClockState.NEAR if left <= ALARM_BEFORE else ClockState.RUNNING, left)
    left = due - ended_at
    if left < timedelta(0):
        return Clock(ClockState.MISSED, left)
    return Clock(ClockState.STOPPED if ending is State.WITHDRAWN else ClockState.KEPT, left)


@dataclass(frozen=True, slots=True)
class Share:
    """The promise as measured; every part of it can be shown."""

    in_time: int = 0
    late: int = 0
    open_late: int = 0
    withdrawn: int = 0
    running: int = 0

    @property
    def decided(self) -> int:
        return self.in_time + self.late + self.open_late

    @property
    def ratio(self) -> Decimal | None:
        """None while nothing is decided: not measured yet is neither 0 nor 100 %."""
        return Decimal(self.in_time) / Decimal(self.decided) if self.decided else None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many enquiries ended so; ``is_within`` says whether that was (or, while open, still is) within the time."""

    ending: State | None
    is_within: bool
    count: int


def share_of(tallies: Iterable[Tally]) -> Share:
    """The share of a set of tallies."""
    parts = dict.fromkeys(("in_time", "late", "open_late", "withdrawn", "running"), 0)
    for tally in tallies:
        parts[_part(tally)] += tally.count
    return Share(**parts)


def _part(tally: Tally) -> str:
    if tally.ending is None:
        return "running" if tally.is_within else "open_late"
    if not tally.is_within:
        return "late"
    return "withdrawn" if tally.ending is State.WITHDRAWN else "in_time"
