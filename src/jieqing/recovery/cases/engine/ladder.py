"""The ladder of stages: which step a case stands on, as a function of days alone.

A *ladder* is data of a site: steps in order, each with the counted overdue days from which it may be taken and the least
number of days that a case stays on it. A case climbs one step at a time: however late somebody looks, no step is left out,
because the walk takes every day in its turn. A payment that settles the earliest unpaid document *re-anchors* the case: the
count starts at the next unpaid document, and where its age belongs to a lower step, the case goes down to that step at
once. A hold stops the count, so that a held case neither climbs nor falls.

Invariant: same inputs, same states. The position after walking to a day in one go equals the position after walking there
by any days in between. Refuses: a ladder whose steps do not rise.

Source: peers.md ask 22 (a ladder must not skip a state).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from jieqing.kernel.outcomes import Problem, ProblemKind
from jieqing.recovery.cases.engine.counted_days import ONE_DAY, Span, counted_days, day_of_count

STEPS_MAX = 12
_CODE_CHARS = 20


@dataclass(frozen=True, slots=True)
class Step:
    """``from_days`` counted overdue days; ``stay_days`` counted days on the step before the next may be taken."""

    code: str
    zh: str
    en: str
    from_days: int
    stay_days: int
    action: str
    within_days: int = 3


@dataclass(frozen=True, slots=True)
class Ladder:
    """``may_skip``: the policy says that a case goes straight to the step of its age."""

    version: int
    steps: tuple[Step, ...]
    may_skip: bool = False

    def place(self, code: str) -> int:
        """Where a step stands; the first when the ladder no longer knows it."""
        return next((at for at, step in enumerate(self.steps) if step.code == code), 0)

    def due_place(self, days: int) -> int:
        """The highest step that so many counted days allow."""
        return max((at for at, step in enumerate(self.steps) if step.from_days <= days), default=0)


@dataclass(frozen=True, slots=True)
class Position:
    """The step a case stands on, since which day, and the due day of its earliest unpaid document (none: nothing is due)."""

    code: str
    since: date
    anchor_on: date | None


@dataclass(frozen=True, slots=True)
class Move:
    """One change of step: ``reason`` is ``days`` (the count went on) or ``anchor`` (an older document was paid)."""

    on: date
    from_code: str
    to_code: str
    reason: str


DEFAULT_LADDER = Ladder(
    version=0,
    steps=(
        Step("remind", "友好提醒", "Friendly reminder", 0, 7, "remind", 3),
        Step("demand", "正式催告", "Formal demand", 16, 7, "demand", 3),
        Step("negotiate", "协商方案", "Negotiation", 31, 14, "negotiate", 5),
        Step("letter", "律师函", "Lawyer's letter", 61, 14, "lawyer_letter", 5),
        Step("legal", "法律程序", "Legal steps", 91, 30, "sue", 7),
    ),
)


def start(ladder: Ladder, opened_on: date, anchor_on: date | None) -> Position:
    """Where a new case stands: on the first step, whatever its age, unless the policy lets it skip."""
    place = ladder.due_place(_age(anchor_on, opened_on, ())) if ladder.may_skip else 0
    return Position(ladder.steps[place].code, opened_on, anchor_on)


def re_anchor(
    ladder: Ladder, position: Position, anchor_on: date | None, on: date, held: Sequence[Span] = ()
) -> tuple[Position, tuple[Move, ...]]:
    """The position after the earliest unpaid document changed on a day: down at once where it is younger, never up."""
    if anchor_on == position.anchor_on:
        return position, ()
    here, due = ladder.place(position.code), ladder.due_place(_age(anchor_on, on, held))
    is_younger = anchor_on is None or (position.anchor_on is not None and anchor_on > position.anchor_on)
    if is_younger and due < here:
        down = Position(ladder.steps[due].code, on, anchor_on)
        return down, (Move(on, position.code, down.code, "anchor"),)
    return Position(position.code, position.since, anchor_on), ()


def walk(
    ladder: Ladder, position: Position, until: date, held: Sequence[Span] = ()
) -> tuple[Position, tuple[Move, ...]]:
    """Climb day by day up to and including ``until``; the moves made on the way, one step each."""
    moves: list[Move] = []
    while (day := next_climb_on(ladder, position, held)) is not None and day <= until:
        here = ladder.place(position.code)
        above = ladder.due_place(_age(position.anchor_on, day, held)) if ladder.may_skip else here + 1
        moves.append(Move(day, position.code, ladder.steps[above].code, "days"))
        position = Position(ladder.steps[above].code, day, position.anchor_on)
    return position, tuple(moves)


def next_climb_on(ladder: Ladder, position: Position, held: Sequence[Span] = ()) -> date | None:
    """The day on which the case takes the next step if nothing happens; None on the last step or while held for ever."""
    here = ladder.place(position.code)
    if position.anchor_on is None or here + 1 >= len(ladder.steps):
        return None
    old_enough = day_of_count(position.anchor_on, max(ladder.steps[here + 1].from_days, 1), held)
    stayed = day_of_count(position.since, max(ladder.steps[here].stay_days, 1), held)
    if old_enough is None or stayed is None:
        return None
    day = max(old_enough, stayed)
    # Both counts are reached on counted days; a later of the two that lies in a hold waits for the hold's end.
    for span in sorted(held):
        if span.covers(day):
            if span.to_on is None:
                return None
            day = span.to_on + ONE_DAY
    return day


def ladder_problem(ladder: Ladder, actions: Iterable[str]) -> Problem | None:
    """Why this cannot be a site's ladder, or None."""
    steps, known = ladder.steps, set(actions)
    rising = all(low.from_days < high.from_days for low, high in pairwise(steps))
    sound = all(
        0 < len(step.code) <= _CODE_CHARS
        and step.code.isidentifier()
        and step.zh.strip()
        and step.en.strip()
        and 0 <= step.from_days <= 3_660
        and 0 <= step.stay_days <= 366
        and 0 <= step.within_days <= 90
        and step.action in known
        for step in steps
    )
    if not 1 <= len(steps) <= STEPS_MAX or not rising or not sound:
        return Problem.of(LADDER_WRONG, most=STEPS_MAX)
    return Problem.of(LADDER_TWICE) if len({step.code for step in steps}) < len(steps) else None


def _age(anchor_on: date | None, on: date, held: Sequence[Span]) -> int:
    return 0 if anchor_on is None else counted_days(anchor_on, on, held)


def days_later(day: date, days: int) -> date:
    return day + timedelta(days=days)


LADDER_WRONG = ProblemKind(
    "cases.ladder_wrong",
    "阶梯应有 1 至 {most} 级；起始天数逐级增大，每级写明名称、停留天数和下一步。",
    "A ladder has 1 to {most} steps; their days rise, and each has its names, its stay and its action.",
    "请按顺序补全各级后再保存。",
    "Complete the steps in order and save again.",
)
LADDER_TWICE = ProblemKind(
    "cases.ladder_twice",
    "阶梯中有两级使用了同一个代码。",
    "Two steps of the ladder have one code.",
    "请为每一级使用不同的代码。",
    "Give each step a code of its own.",
)
