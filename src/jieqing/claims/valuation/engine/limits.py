"""A customer's limit: whether what a debtor owes, and what is to be added, stays within it. Always an answer in words.

Exposure is the sum of the debtor's documents on which something is owed. A credit lessens its own document only: what a debtor
has to his credit is told beside, never set against other debts, so that an unapplied credit cannot hide a limit that is passed.
Exposure is never negative.

The answer names one rule (``RULES``); a rule that blocks says what to do. An override raises the bound for its term, on top of
nothing: its amount is the exposure up to which one may go. A limit whose term is over or has not begun counts as none left.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jieqing.kernel.money import format_amount
from jieqing.kernel.outcomes import JSON, Problem, ProblemKind

NONE = ProblemKind(
    "limit.none",
    "没有设信用额度：敞口 {exposure}，不作限制。",
    "No credit limit is set: exposure {exposure}, nothing is blocked.",
    "需要限制时，请为这个债务人设额度。",
    "Set a limit for this debtor if there should be one.",
)
WITHIN = ProblemKind(
    "limit.within",
    "敞口 {exposure}，额度 {limit}，还可用 {left}。",
    "Exposure {exposure} of a limit of {limit}; {left} left.",
    "无须处理。",
    "Nothing to do.",
)
REACHED = ProblemKind(
    "limit.reached",
    "敞口 {exposure} 超过额度 {limit}，超出 {over}。",
    "Exposure {exposure} passes the limit of {limit} by {over}.",
    "请先收回欠款，或由有权的人写明理由特批。",
    "Collect first, or have someone with the right approve an override with a reason.",
)
NOT_IN_FORCE = ProblemKind(
    "limit.not_in_force",
    "额度 {limit} 的有效期为 {term}，{day} 不在其内：没有可用额度，敞口 {exposure}。",
    "The limit of {limit} is in force {term}, not on {day}: nothing is available, exposure {exposure}.",
    "请更新额度，或由有权的人写明理由特批。",
    "Renew the limit, or have someone with the right approve an override with a reason.",
)
OVERRIDDEN = ProblemKind(
    "limit.overridden",
    "敞口 {exposure} 超过额度 {limit}，已特批至 {ceiling}，{until} 前有效。",
    "Exposure {exposure} passes the limit of {limit}; an override allows {ceiling} until {until}.",
    "特批到期前请收回超出部分。",
    "Collect what is over before the override ends.",
)
OVERRIDE_PASSED = ProblemKind(
    "limit.override_passed",
    "敞口 {exposure} 连特批上限 {ceiling} 也超过了，超出 {over}。",
    "Exposure {exposure} passes even the override of {ceiling} by {over}.",
    "请先收回欠款，或重新特批。",
    "Collect first, or have another override approved.",
)
RULES = (NONE, WITHIN, REACHED, NOT_IN_FORCE, OVERRIDDEN, OVERRIDE_PASSED)
BLOCKS = {REACHED.code, NOT_IN_FORCE.code, OVERRIDE_PASSED.code}


@dataclass(frozen=True, slots=True)
class Term:
    """A limit or an override: up to what exposure, and when. ``to_on`` is the last day; None is open."""

    amount_minor: int
    from_on: date
    to_on: date | None

    def covers(self, day: date) -> bool:
        return self.from_on <= day and (self.to_on is None or day <= self.to_on)

    @property
    def text(self) -> str:
        return f"{self.from_on.isoformat()} – {self.to_on.isoformat() if self.to_on else ''}".strip()


@dataclass(frozen=True, slots=True)
class LimitState:
    """The answer. ``told`` carries the rule's code and its sentences; ``exposure_minor`` includes what was to be added."""

    currency: str
    day: date
    exposure_minor: int
    credit_minor: int
    limit_minor: int | None
    allowed_minor: int | None
    told: Problem

    @property
    def rule(self) -> str:
        return self.told.code

    @property
    def is_blocked(self) -> bool:
        return self.rule in BLOCKS

    @property
    def left_minor(self) -> int | None:
        return None if self.allowed_minor is None else max(0, self.allowed_minor - self.exposure_minor)

    def as_dict(self) -> dict[str, JSON]:
        return {
            "rule": self.rule,
            "is_blocked": self.is_blocked,
            "message": {"zh": self.told.zh, "en": self.told.en},
            "todo": {"zh": self.told.todo_zh, "en": self.told.todo_en},
            "currency": self.currency,
            "as_of": self.day.isoformat(),
            "exposure_minor": self.exposure_minor,
            "credit_minor": self.credit_minor,
            "limit_minor": self.limit_minor,
            "allowed_minor": self.allowed_minor,
            "left_minor": self.left_minor,
        }


def limit_state(
    *,
    currency: str,
    day: date,
    exposure_minor: int,
    credit_minor: int = 0,
    more_minor: int = 0,
    limit: Term | None,
    override: Term | None = None,
) -> LimitState:
    """Judge an exposure, with ``more_minor`` to be added, against the limit and the override in force."""
    exposure = max(0, exposure_minor) + max(0, more_minor)
    in_force = override if override and override.covers(day) else None
    kind, allowed = _judge(exposure, day, limit, in_force)
    told: dict[str, str] = {"exposure": _money(exposure, currency), "day": day.isoformat()}
    if limit:
        told |= {"limit": _money(limit.amount_minor, currency), "term": limit.text}
    if in_force:
        told |= {"ceiling": _money(in_force.amount_minor, currency), "until": _day(in_force.to_on)}
    if allowed is not None:
        told |= {
            "left": _money(max(0, allowed - exposure), currency),
            "over": _money(max(0, exposure - allowed), currency),
        }
    return LimitState(
        currency=currency,
        day=day,
        exposure_minor=exposure,
        credit_minor=credit_minor,
        limit_minor=limit.amount_minor if limit else None,
        allowed_minor=allowed,
        told=Problem.of(kind, **told),
    )


def _judge(
    exposure: int, day: date, limit: Term | None, override: Term | None
) -> tuple[ProblemKind, int | None]:
    if limit is None:
        return NONE, None
    bound = limit.amount_minor if limit.covers(day) else 0
    if exposure <= bound:
        return WITHIN, bound
    if override and override.amount_minor > bound:
        allowed = override.amount_minor
        return (OVERRIDDEN if exposure <= allowed else OVERRIDE_PASSED), allowed
    return (REACHED if limit.covers(day) else NOT_IN_FORCE), bound


def _money(minor: int, currency: str) -> str:
    return format_amount(minor, currency, "en")


def _day(day: date | None) -> str:
    return day.isoformat() if day else "–"
