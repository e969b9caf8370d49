"""The facts of a limitation question, what is wrong with them, and the day from which the period runs.

A period runs from the end of the performance period (the due day itself is not counted). One debt paid in instalments
runs from the last of them (189); a debt without a date from the end of the grace that the first demand set, or from
the day on which the debtor plainly refused (时效规定 4); a creditor who could not know runs from the day he could
(188). A judgment runs from the last day it set for performance, its last instalment, or its effect (民诉法 250).

Refuses: dates outside 1950 to 2150; a proceeding or an obstacle that ends before it begins; a new due date on an act
that is not the debtor's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jieqing.claims.entitlements.engine.citations import cite
from jieqing.claims.entitlements.engine.deadlines import DAYS_REVERSED, Reason, check_day
from jieqing.claims.entitlements.engine.limitation_events import ACTS, OBSTACLES, Event, Group, Obstacle
from jieqing.kernel.outcomes import Problem, ProblemKind


class ClaimKind(StrEnum):
    """What runs out: the claim itself or the enforcement of a judgment. Values are part of links."""

    CLAIM = "claim"
    ENFORCEMENT = "enforcement"


@dataclass(frozen=True, slots=True)
class LimitationFacts:
    """What is known. `due_on` is the last day of performance (of a judgment: the last day it set, or its effect).

    `harmed_on` is the day of the harm where it is not the day the period starts; `grace_ends_on` and `refused_on`
    belong to a debt without a due date.
    """

    kind: ClaimKind = ClaimKind.CLAIM
    due_on: date | None = None
    instalments: tuple[date, ...] = ()
    grace_ends_on: date | None = None
    refused_on: date | None = None
    known_on: date | None = None
    harmed_on: date | None = None
    events: tuple[Event, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()


@dataclass(frozen=True, slots=True)
class Start:
    """The day from which the period runs (not counted itself), or None with what is missing."""

    on: date | None
    reasons: tuple[Reason, ...]
    missing: tuple[Reason, ...] = ()


def start_of(facts: LimitationFacts) -> Start:
    """Return from which day the period runs, and why."""
    if facts.kind is ClaimKind.ENFORCEMENT:
        return _judgment_start(facts)
    if facts.instalments:
        last = max(facts.instalments)
        return _known(
            facts,
            last,
            Reason(
                f"同一债务分期履行，自最后一期 {last} 届满起算",
                f"one debt in instalments: from the end of the last one, {last}",
                cite("civil_code", 189),
                last,
            ),
        )
    if facts.due_on:
        return _known(
            facts,
            facts.due_on,
            Reason(
                f"履行期限 {facts.due_on} 届满起算，当日不计入",
                f"from the due day {facts.due_on}, which is not counted",
                cite("civil_code", 188, "第二款", "(2)"),
                facts.due_on,
            ),
        )
    return _undated_start(facts)


def check_facts(facts: LimitationFacts) -> Problem | None:
    """Return the first thing wrong with the facts, or None."""
    for name_zh, name_en, day in _days(facts):
        if day and (problem := check_day(day, name_zh, name_en)):
            return problem
    for event in facts.events:
        words = ACTS[event.act]
        if event.ended_on and event.ended_on < event.on:
            return _reversed(words.zh, words.en, event.on, event.ended_on)
        if event.new_due_on and words.group is not Group.CONSENT:
            return Problem.of(NEW_DUE_NOT_AGREED, act_zh=words.zh, act_en=words.en)
    for obstacle in facts.obstacles:
        zh, en, _ = OBSTACLES[obstacle.kind]
        if obstacle.until and obstacle.until < obstacle.on:
            return _reversed(zh, en, obstacle.on, obstacle.until)
    return None


def _known(facts: LimitationFacts, due: date, reason: Reason) -> Start:
    if facts.known_on is None or facts.known_on <= due:
        return Start(due, (reason,))
    later = Reason(
        f"权利人到 {facts.known_on} 才知道或应当知道权利受损及义务人，自该日起算",
        f"the creditor could only know on {facts.known_on}: from that day",
        cite("civil_code", 188, "第二款", "(2)"),
        facts.known_on,
    )
    return Start(
        facts.known_on,
        (reason, later),
        (
            Reason(
                "证明何时才知道权利受损和义务人的材料",
                "proof of when the harm and the debtor became known",
                cite("civil_code", 188, "第二款", "(2)"),
            ),
        ),
    )


def _undated_start(facts: LimitationFacts) -> Start:
    rule = cite("limitation_rules", 4)
    if facts.refused_on and (facts.grace_ends_on is None or facts.refused_on <= facts.grace_ends_on):
        reason = Reason(
            f"债权人首次主张时债务人于 {facts.refused_on} 明确拒绝，自该日起算",
            f"the debtor plainly refused the first demand on {facts.refused_on}: from that day",
            rule,
            facts.refused_on,
        )
        return Start(facts.refused_on, (reason,))
    if facts.grace_ends_on:
        reason = Reason(
            f"未约定履行期限，自首次催告所给宽限期 {facts.grace_ends_on} 届满起算",
            f"no due date: from the end of the grace that the first demand gave, {facts.grace_ends_on}",
            rule,
            facts.grace_ends_on,
        )
        return Start(facts.grace_ends_on, (reason,))
    return Start(
        None,
        (
            Reason(
                "未约定履行期限且尚未催告，诉讼时效尚未起算；仍须先看能否依合同条款或交易习惯确定履行期限",
                "no due date and no demand yet: nothing runs; first see whether the contract or usage fixes a date",
                rule,
            ),
        ),
        (
            Reason(
                "到期日；或首次催告的日期、宽限期与送达凭证",
                "the due date; or the first demand's day, grace and proof of arrival",
                rule,
            ),
        ),
    )


def _judgment_start(facts: LimitationFacts) -> Start:
    rule = cite("civil_procedure", 250, "第二款", "(2)")
    days = [*facts.instalments] or ([facts.due_on] if facts.due_on else [])
    if not days:
        return Start(
            None,
            (
                Reason(
                    "缺少判决履行期或生效日，无法起算",
                    "the judgment's day of performance or effect is missing",
                    rule,
                ),
            ),
            (
                Reason(
                    "法律文书规定的履行期间最后一日；没有规定的，文书生效日",
                    "the last day the judgment set for performance; without one, the day of its effect",
                    rule,
                ),
            ),
        )
    last = max(days)
    return Start(
        last,
        (
            Reason(
                f"自法律文书规定履行期间的最后一日（分期的为最后一期；未规定的为生效日）{last} 起算",
                f"from the last day set for performance (the last instalment; without one, the effect), {last}",
                rule,
                last,
            ),
        ),
    )


def _days(facts: LimitationFacts) -> list[tuple[str, str, date | None]]:
    found: list[tuple[str, str, date | None]] = [
        ("到期日", "due date", facts.due_on),
        ("宽限期届满日", "end of grace", facts.grace_ends_on),
        ("拒绝日", "day of refusal", facts.refused_on),
        ("知道日", "day of knowledge", facts.known_on),
        ("受损日", "day of harm", facts.harmed_on),
    ]
    found += [("分期到期日", "instalment", day) for day in facts.instalments]
    for event in facts.events:
        words = ACTS[event.act]
        found += [(words.zh, words.en, day) for day in (event.on, event.ended_on, event.new_due_on)]
    for obstacle in facts.obstacles:
        zh, en, _ = OBSTACLES[obstacle.kind]
        found += [(zh, en, obstacle.on), (zh, en, obstacle.until)]
    return found


def _reversed(zh: str, en: str, on: date, until: date) -> Problem:
    return Problem.of(DAYS_REVERSED, name_zh=zh, name_en=en, on=on.isoformat(), until=until.isoformat())


NEW_DUE_NOT_AGREED = ProblemKind(
    "limitation.new_due_not_agreed",
    "“{act_zh}”不是债务人的同意，不能带来新的到期日。",
    "“{act_en}” is not the debtor's agreement, so it sets no new due date.",
    "请把新的到期日填在债务人签署的计划、延期或和解上。",
    "Give the new due date with the plan, extension or settlement that the debtor signed.",
)
