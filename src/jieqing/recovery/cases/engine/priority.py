"""The order of the queue: expected value, with the reasons that a person can check.

The value of working a case today is what is overdue, times the chance that it still comes in. The chance starts at the
debtor's own record (one less the rating's probability of paying more than thirty days late; one half where nobody was
rated) and falls with the age of the oldest unpaid document, by the share that claims of that age still bring on average.
A promise that was just broken and a clock that ends soon raise a case: waiting costs most there. All of it is integer
arithmetic on parts per million, so that the same facts give the same order everywhere.

The shares by age are the platform's starting values; the learned heads of planning replace them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

MILLION = 1_000_000
UNRATED_MILLIONTHS = 500_000
# Counted overdue days up to which, and the share of an overdue claim that still comes in.
SHARE_BY_AGE: tuple[tuple[int, int], ...] = (
    (0, 980_000),
    (30, 930_000),
    (60, 850_000),
    (90, 740_000),
    (180, 570_000),
    (365, 320_000),
    (730, 180_000),
)
OLDEST_SHARE = 80_000
BROKEN_BONUS, CLOCK_BONUS = 250_000, 200_000
HIGH_VALUE_MINOR = 10_000_000


@dataclass(frozen=True, slots=True)
class QueueFacts:
    """What the order looks at. ``risk_millionths`` None: not rated."""

    overdue_minor: int
    overdue_days: int
    risk_millionths: int | None
    has_broken_promise: bool
    is_clock_near: bool
    promise_on: date | None
    is_owned: bool
    holds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rank:
    """``value_minor`` orders the queue; ``reasons`` are short codes, the most telling first."""

    value_minor: int
    reasons: tuple[str, ...]


REASON_NAMES = {
    "high_value": ("金额高", "High value"),
    "likely_to_pay": ("付款记录好", "Pays as a rule"),
    "unlikely_to_pay": ("付款风险高", "Risky payer"),
    "broken_promise": ("承诺未兑现", "Promise broken"),
    "clock": ("时限临近", "Clock ends soon"),
    "promise": ("有还款承诺", "Promise to pay"),
    "fresh": ("刚逾期", "Just overdue"),
    "old": ("账龄长", "Old claim"),
    "unassigned": ("无人负责", "Nobody in charge"),
    "held": ("暂停中", "On hold"),
    "nothing_overdue": ("未逾期", "Nothing overdue"),
}


def share_left(days: int) -> int:
    """The share of a claim of that age that still comes in, per million.

    Example:
        >>> share_left(10), share_left(400), share_left(4_000)
        (930000, 180000, 80000)
    """
    return next((share for until, share in SHARE_BY_AGE if days <= until), OLDEST_SHARE)


def rank(facts: QueueFacts) -> Rank:
    """The expected value of working the case now, and why."""
    risk = facts.risk_millionths
    chance = MILLION - (UNRATED_MILLIONTHS if risk is None else risk)
    value = facts.overdue_minor * chance // MILLION * share_left(facts.overdue_days) // MILLION
    bonus = BROKEN_BONUS * facts.has_broken_promise + CLOCK_BONUS * facts.is_clock_near
    return Rank(max(value + value * bonus // MILLION, 0), tuple(_reasons(facts)))


def _reasons(facts: QueueFacts) -> list[str]:
    risk = facts.risk_millionths
    told = {
        "held": bool(facts.holds),
        "broken_promise": facts.has_broken_promise,
        "clock": facts.is_clock_near,
        "promise": facts.promise_on is not None,
        "high_value": facts.overdue_minor >= HIGH_VALUE_MINOR,
        "likely_to_pay": risk is not None and risk <= 200_000,
        "unlikely_to_pay": risk is not None and risk >= 600_000,
        "nothing_overdue": facts.overdue_minor <= 0,
        "fresh": facts.overdue_minor > 0 and facts.overdue_days <= 30,
        "old": facts.overdue_days > 365,
        "unassigned": not facts.is_owned,
    }
    return [code for code, holds in told.items() if holds]
