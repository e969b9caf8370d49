"""Limitation: until when a claim, or the enforcement of a judgment, can be brought without meeting the defence.

The period (3 years for a claim, 2 for enforcement) runs from the end of the performance period; of the last
instalment when one debt is paid in parts; of the grace after the first demand when no date was agreed. Each
interruption that comes in time starts it again; a proceeding holds it until it ends. An obstacle inside its last six
months suspends it: it then ends six months after the obstacle is removed. Twenty years after the harm the court no
longer protects the claim, whatever happened in between.

Two answers, because proof decides: the *safe* day counts only what is proved, the *arguable* day also what is likely.
Plan by the safe one. What is weak or unproved moves neither and is listed with what would prove it.

Invariants: the order in which events are given changes nothing; an interruption never shortens; after an expiry only
the debtor's own agreement starts a period again (192, 时效规定 19), and what was paid cannot be asked back, but a bare
payment does not revive the rest. Courts never raise limitation themselves (193); parties cannot change it (197).

Periods that ended before 2017-10-01 ended after two years (法释〔2018〕12号, to be checked by counsel).
Refuses: dates outside 1950 to 2150, an end before its beginning. Reads no clock.
Source: 民法典 188 to 199; 诉讼时效规定; 总则编解释 35; 民事诉讼法 250; docs/algorithms/limitation.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from jieqing.claims.entitlements.engine import limitation_words as words
from jieqing.claims.entitlements.engine.deadlines import (
    Deadline,
    Reason,
    Roll,
    add_months,
    calendar_reasons,
    settle_day,
)
from jieqing.claims.entitlements.engine.limitation_events import Event, Grade, Group, Obstacle
from jieqing.claims.entitlements.engine.limitation_facts import (
    ClaimKind,
    LimitationFacts,
    check_facts,
    start_of,
)
from jieqing.claims.entitlements.engine.limitation_words import LimitationState
from jieqing.kernel.outcomes import JSON, Problem

LAST_MONTHS = 6
CAP_YEARS = 20
THREE_YEARS_SINCE = date(2017, 10, 1)


@dataclass(frozen=True, slots=True)
class LimitationResult:
    """The state, the safe deadline, the arguable one where it is later, and what each event did.

    `deadline` is None while nothing runs (not started, or held by a proceeding or an obstacle). `first_expired_on` is
    the day of an expiry that the debtor's later agreement undid.
    """

    state: LimitationState
    deadline: Deadline | None
    arguable: Deadline | None
    chain: tuple[Reason, ...]
    missing: tuple[Reason, ...]
    warnings: tuple[Reason, ...]
    first_expired_on: date | None
    cap_day: date | None

    def as_dict(self) -> dict[str, JSON]:
        return {
            "state": self.state.value,
            "deadline": self.deadline.as_dict() if self.deadline else None,
            "arguable": self.arguable.as_dict() if self.arguable else None,
            "chain": [reason.as_dict() for reason in self.chain],
            "missing": [reason.as_dict() for reason in self.missing],
            "warnings": [reason.as_dict() for reason in self.warnings],
            "first_expired_on": self.first_expired_on.isoformat() if self.first_expired_on else None,
            "cap_day": self.cap_day.isoformat() if self.cap_day else None,
        }


@dataclass(slots=True)
class _Run:
    """A replay in progress: where the period runs from, and what was said on the way."""

    kind: ClaimKind
    anchor: date
    obstacles: tuple[Obstacle, ...]
    cap_counted: date | None
    is_held: bool
    expired_on: date | None
    chain: list[Reason]


def limitation(facts: LimitationFacts) -> LimitationResult | Problem:
    """Return until when the claim can be brought, the chain of reasons and what proof is missing.

    Example:
        >>> found = limitation(LimitationFacts(due_on=date(2023, 3, 14)))
        >>> found.deadline.last_day, found.state.value
        (datetime.date(2026, 3, 16), 'runs')
    """
    problem = check_facts(facts)
    if problem:
        return problem
    start = start_of(facts)
    if start.on is None:
        return LimitationResult(
            LimitationState.NOT_STARTED, None, None, start.reasons, start.missing, (), None, None
        )
    safe = _replay(facts, start.on, Grade.PROVEN)
    likely = _replay(facts, start.on, Grade.LIKELY)
    deadline, warnings = _deadline(facts, safe, start.on)
    arguable, _ = _deadline(facts, likely, start.on)
    if deadline and arguable and arguable.last_day <= deadline.last_day:
        arguable = None
    chain = (*start.reasons, *safe.chain)
    missing = (*start.missing, *words.proof_wanted(facts.events))
    if deadline:
        deadline = replace(deadline, reasons=(*chain, *deadline.reasons), missing=missing, warnings=warnings)
    return LimitationResult(
        words.state_of(safe.is_held, deadline, safe.expired_on),
        deadline,
        arguable,
        chain,
        missing,
        (*warnings, *words.standing_warnings(facts, is_arguably_held=likely.is_held and not safe.is_held)),
        safe.expired_on,
        safe.cap_counted and settle_day(safe.cap_counted, Roll.NEXT)[0],
    )


def period_end(anchor: date, kind: ClaimKind) -> date:
    """Return the counted last day of a period that runs undisturbed from an anchor."""
    if kind is ClaimKind.ENFORCEMENT:
        return add_months(anchor, 24)
    two_years = add_months(anchor, 24)
    return two_years if two_years < THREE_YEARS_SINCE else add_months(anchor, 36)


def _replay(facts: LimitationFacts, start: date, least: Grade) -> _Run:
    counted = sorted((event for event in facts.events if event.grade >= least), key=_in_order)
    cap = None
    if facts.kind is ClaimKind.CLAIM:
        cap = add_months(facts.harmed_on or start, CAP_YEARS * 12)
    obstacles = tuple(sorted(facts.obstacles, key=lambda o: (o.on, o.until or date.max, o.kind)))
    run = _Run(facts.kind, start, obstacles, cap, False, None, [])
    for event in counted:
        _take(run, event)
    return run


def _in_order(event: Event) -> tuple[date, date, str, bool]:
    return (event.on, event.restart_on, event.act.value, event.is_pending)


def _take(run: _Run, event: Event) -> None:
    """Let one event, the next in time, do what it does."""
    end = None if run.is_held else _end(run)
    if end is not None and event.on > settle_day(end, Roll.NEXT)[0]:
        _take_late(run, event, end)
        return
    if event.is_pending:
        run.is_held = True
        run.chain.append(words.held(event))
    elif event.restart_on > run.anchor:
        run.anchor = event.restart_on
        run.chain.append(words.restarted(event))
    else:
        run.chain.append(words.before_start(event, run.anchor))


def _take_late(run: _Run, event: Event, end: date) -> None:
    """After the last day only the debtor's agreement starts a new period, and nothing does after twenty years."""
    is_capped = run.cap_counted is not None and event.on > settle_day(run.cap_counted, Roll.NEXT)[0]
    if words.gives_up_defence(event) and not is_capped:
        run.expired_on = run.expired_on or settle_day(end, Roll.NEXT)[0]
        run.anchor = event.restart_on
        run.chain.append(words.defence_given_up(event))
    else:
        run.chain.append(words.too_late(event, settle_day(end, Roll.NEXT)[0], is_capped=is_capped))


def _end(run: _Run) -> date | None:
    """Return the counted last day as things stand; an obstacle that lasts holds everything but the twenty years."""
    end, _ = _suspended_end(period_end(run.anchor, run.kind), run.obstacles)
    if end is None or run.cap_counted is None:
        return end or run.cap_counted
    return min(end, run.cap_counted)


def _suspended_end(end: date, obstacles: Iterable[Obstacle]) -> tuple[date | None, list[Reason]]:
    """Return when a period ends that obstacles in its last six months hold up; obstacles come in order of their day."""
    reasons: list[Reason] = []
    for obstacle in obstacles:
        if obstacle.on > settle_day(end, Roll.NEXT)[0]:
            continue
        if obstacle.until is None:
            return None, [*reasons, words.suspended(obstacle, None)]
        if obstacle.until > add_months(end, -LAST_MONTHS):
            end = max(end, add_months(obstacle.until, LAST_MONTHS))
            reasons.append(words.suspended(obstacle, end))
        else:
            reasons.append(words.not_in_last_months(obstacle))
    return end, reasons


def _deadline(facts: LimitationFacts, run: _Run, start: date) -> tuple[Deadline | None, tuple[Reason, ...]]:
    if run.is_held:
        return None, ()
    counted, reasons = _suspended_end(period_end(run.anchor, run.kind), run.obstacles)
    if counted is None:
        run.chain.extend(reasons)
        return None, ()
    reasons.insert(0, words.period(run.kind, run.anchor, period_end(run.anchor, run.kind)))
    if run.cap_counted is not None and run.cap_counted < counted:
        counted = run.cap_counted
        reasons.append(words.capped(counted))
    last_day, is_certain = settle_day(counted, Roll.NEXT)
    moved, warnings = calendar_reasons(counted, last_day, is_certain)
    zh, en = words.what_to_do(facts.kind)
    code = f"limitation_{facts.kind.value}"
    return (
        Deadline(code, zh, en, run.anchor, counted, last_day, is_certain, (*reasons, *moved)),
        tuple(warnings),
    )


def events_of_group(events: Sequence[Event], group: Group) -> tuple[Event, ...]:
    """Return the events of one group, in the order of time."""
    return tuple(event for event in sorted(events, key=_in_order) if words.group_of(event) is group)
