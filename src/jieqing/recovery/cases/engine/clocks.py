"""The clocks of a case: the first response within 72 hours, and the milestones of the seven-day rapid track.

Both run in exact hours through nights, weekends and holidays, like the promise that the public page makes. The clock of the
first response is stopped by work on the debt (a note, effort, a promise, a dispute, a hold, a complaint): assigning a case
answers nobody. A milestone is met by what it asks for, at the moment it happened; what comes later than its end was a
breach and stays one, also when it is met in the end.

The share met counts clocks that are decided: met in time, met late, or past their end. A clock whose case was closed before
its end counts nowhere: nobody broke it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from jieqing.recovery.cases.engine.codes import WORK_KINDS, EventKind, Track
from jieqing.recovery.cases.engine.words import Pair

FIRST_RESPONSE = timedelta(hours=72)
ALARM_BEFORE = timedelta(hours=24)
DAY = timedelta(hours=24)


class Milestone(StrEnum):
    """Values stand in rows and evidence: never rename one."""

    FIRST_RESPONSE = "first_response"
    DAY_0 = "day_0"
    DAY_1 = "day_1"
    DAY_3 = "day_3"
    DAY_5 = "day_5"
    DAY_7 = "day_7"


MILESTONE_NAMES: Mapping[Milestone, Pair] = {
    Milestone.FIRST_RESPONSE: ("72 小时首次响应", "First response within 72 hours"),
    Milestone.DAY_0: ("当日：有人负责", "Day 0: somebody is in charge"),
    Milestone.DAY_1: ("第 1 日：开始处理", "Day 1: work has begun"),
    Milestone.DAY_3: ("第 3 日：有承诺、异议或回款", "Day 3: a promise, a dispute or money"),
    Milestone.DAY_5: ("第 5 日：阶段推进或有结果", "Day 5: the stage moved, or there is a result"),
    Milestone.DAY_7: ("第 7 日：有结果", "Day 7: a result"),
}

_RESULTS = frozenset(
    {
        EventKind.PROMISED,
        EventKind.DISPUTED,
        EventKind.HELD,
        EventKind.PAYMENT_SEEN,
        EventKind.CLOSED,
    }
)
_MET_BY: Mapping[Milestone, frozenset[EventKind]] = {
    Milestone.FIRST_RESPONSE: WORK_KINDS,
    Milestone.DAY_0: frozenset({EventKind.ASSIGNED}),
    Milestone.DAY_1: WORK_KINDS,
    Milestone.DAY_3: _RESULTS,
    Milestone.DAY_5: _RESULTS | {EventKind.STAGE_MOVED},
    Milestone.DAY_7: _RESULTS,
}
_RAPID: Mapping[Milestone, timedelta] = {
    # Each milestone ends with its day: day 0 is the first 24 hours.
    Milestone.DAY_0: DAY,
    Milestone.DAY_1: 2 * DAY,
    Milestone.DAY_3: 4 * DAY,
    Milestone.DAY_5: 6 * DAY,
    Milestone.DAY_7: 8 * DAY,
}


class ClockState(StrEnum):
    RUNNING = "running"
    NEAR = "near"
    LATE = "late"
    MET = "met"
    MET_LATE = "met_late"
    STOPPED = "stopped"


def milestones_of(track: Track, opened_at: datetime) -> dict[Milestone, datetime]:
    """The clocks of a new case and the moment at which each ends."""
    found = {Milestone.FIRST_RESPONSE: opened_at + FIRST_RESPONSE}
    if track is Track.RAPID:
        found |= {one: opened_at + after for one, after in _RAPID.items()}
    return found


def met_by(kind: EventKind) -> frozenset[Milestone]:
    """Which milestones an event of this kind meets.

    Example:
        >>> sorted(met_by(EventKind.ASSIGNED))
        [<Milestone.DAY_0: 'day_0'>]
    """
    return frozenset(one for one, kinds in _MET_BY.items() if kind in kinds)


def clock_state(
    due_at: datetime, now: datetime, met_at: datetime | None, stopped_at: datetime | None = None
) -> ClockState:
    """How a clock stands; ``stopped_at`` is when its case was closed."""
    if met_at is not None:
        return ClockState.MET if met_at <= due_at else ClockState.MET_LATE
    if stopped_at is not None and stopped_at <= due_at:
        return ClockState.STOPPED
    if now > due_at:
        return ClockState.LATE
    return ClockState.NEAR if due_at - now <= ALARM_BEFORE else ClockState.RUNNING


@dataclass(frozen=True, slots=True)
class Share:
    """How often a milestone was met; every part can be shown."""

    met: int = 0
    met_late: int = 0
    late: int = 0
    running: int = 0
    stopped: int = 0

    @property
    def decided(self) -> int:
        return self.met + self.met_late + self.late

    @property
    def ratio(self) -> Decimal | None:
        """None while nothing is decided: not measured yet is neither 0 nor 100 %."""
        return Decimal(self.met) / Decimal(self.decided) if self.decided else None


def share_of(counts: Iterable[tuple[ClockState, int]]) -> Share:
    """The share of a set of counted clocks."""
    parts = dict.fromkeys(("met", "met_late", "late", "running", "stopped"), 0)
    for state, count in counts:
        parts["running" if state is ClockState.NEAR else state.value] += count
    return Share(**parts)
