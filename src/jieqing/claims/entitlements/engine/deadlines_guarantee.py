"""The guarantee period: until when the creditor must act so that the guarantor stays bound.

It is no limitation period: nothing suspends, interrupts or extends it (民法典 692). Without a term, with an unclear one
("until all is paid"), or with one that ends no later than the debt is due, it is six months from the due day. For a
general guarantee the creditor must sue the *debtor* within it (or apply to enforce a notarised debt), for a joint one
demand of the *guarantor*. Unclear which: a general guarantee (686).

What was done in time starts the limitation of the guarantee itself (694, 担保解释 28); what was not ends the guarantor's
duty for good, even if he signs for a later reminder (担保解释 34). Several guarantors: each needs an act of its own (29).

Refuses: facts without a due day; dates outside 1950 to 2150.
Source: 民法典 686 to 695; 担保制度解释 27 to 34; 时间效力规定 27.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jieqing.claims.entitlements.engine.citations import Citation, cite
from jieqing.claims.entitlements.engine.deadlines import (
    Deadline,
    Reason,
    Roll,
    Unit,
    add_months,
    calendar_reasons,
    check_day,
    count_period,
    settle_day,
)
from jieqing.claims.entitlements.engine.limitation_events import Grade
from jieqing.kernel.outcomes import Problem, ProblemKind

DEFAULT_MONTHS = 6
CIVIL_CODE_IN_FORCE = date(2021, 1, 1)


class GuaranteeKind(StrEnum):
    """Values are part of links: never rename one."""

    GENERAL = "general"
    JOINT = "joint"
    UNCLEAR = "unclear"


class GuaranteeState(StrEnum):
    OPEN = "open"
    ACTED = "acted"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class GuaranteeAct:
    """A demand of the guarantor, a suit against the debtor, or its withdrawal.

    `is_withdrawn` with `was_served`: a withdrawn suit still counts for a joint guarantee when the complaint had been
    served on the guarantor.
    """

    on: date
    is_suit_against_debtor: bool = False
    is_demand_of_guarantor: bool = False
    grade: Grade = Grade.PROVEN
    is_withdrawn: bool = False
    was_served: bool = False


@dataclass(frozen=True, slots=True)
class GuaranteeFacts:
    """`due_on` is the end of the debt's performance period, or of the grace after the first demand when it has none."""

    due_on: date | None
    kind: GuaranteeKind = GuaranteeKind.UNCLEAR
    agreed_until: date | None = None
    agreed_months: int | None = None
    signed_on: date | None = None
    acts: tuple[GuaranteeAct, ...] = ()


@dataclass(frozen=True, slots=True)
class GuaranteeResult:
    state: GuaranteeState
    kind: GuaranteeKind
    deadline: Deadline
    acted_on: date | None
    limitation_starts_on: date | None


def guarantee_period(facts: GuaranteeFacts) -> GuaranteeResult | Problem:
    """Return the guarantee period, whether the creditor acted in it, and from when the guarantee's limitation runs.

    `limitation_starts_on` is known for a joint guarantee (the demand); for a general one it depends on how enforcement
    against the debtor ends, so it is None and the chain says so.

    Example:
        >>> found = guarantee_period(GuaranteeFacts(date(2026, 6, 30), GuaranteeKind.JOINT))
        >>> found.deadline.last_day, found.state.value
        (datetime.date(2026, 12, 30), 'open')
    """
    if facts.due_on is None:
        return Problem.of(DUE_MISSING)
    if facts.agreed_months is not None and not 0 < facts.agreed_months <= 1200:
        return Problem.of(MONTHS_WRONG, months=facts.agreed_months)
    for day, zh, en in _days(facts):
        if day and (problem := check_day(day, zh, en)):
            return problem
    kind, reasons = _kind(facts)
    counted, period_reasons = _period(facts, facts.due_on)
    last_day, is_certain = settle_day(counted, Roll.NEXT)
    moved, warnings = calendar_reasons(counted, last_day, is_certain)
    if facts.signed_on and facts.signed_on < CIVIL_CODE_IN_FORCE:
        warnings.append(
            Reason(
                "保证合同成立于民法典施行前：期间约定不明的可能适用二年，方式约定不明的当时按连带责任，请核对",
                "given before the Civil Code: an unclear term may mean two years, an unclear kind a joint guarantee; check",
                cite("timing_rules", 27),
            )
        )
    is_joint = kind is GuaranteeKind.JOINT
    acted = _acted_on(facts, last_day, is_joint=is_joint)
    missing, state_reasons = _outcome(facts, last_day, acted, is_joint=is_joint)
    deadline = Deadline(
        "guarantee_period",
        "须在此日前请求保证人承担保证责任" if is_joint else "须在此日前对债务人起诉或申请仲裁",
        "last day to demand of the guarantor"
        if is_joint
        else "last day to sue or arbitrate against the debtor",
        facts.due_on,
        counted,
        last_day,
        is_certain,
        (*reasons, *period_reasons, *moved, *state_reasons),
        missing,
        tuple(warnings),
    )
    state = GuaranteeState.ACTED if acted else GuaranteeState.OPEN
    return GuaranteeResult(state, kind, deadline, acted, acted if is_joint else None)


def state_on(result: GuaranteeResult, as_of: date) -> GuaranteeState:
    """Return the state on a day: an open period that is over has ended the guarantor's duty."""
    if result.state is GuaranteeState.OPEN and as_of > result.deadline.last_day:
        return GuaranteeState.ENDED
    return result.state


def _kind(facts: GuaranteeFacts) -> tuple[GuaranteeKind, list[Reason]]:
    if facts.kind is not GuaranteeKind.UNCLEAR:
        is_joint = facts.kind is GuaranteeKind.JOINT
        return facts.kind, [
            Reason(
                "连带责任保证" if is_joint else "一般保证",
                "a joint guarantee" if is_joint else "a general guarantee",
                cite("civil_code", 686 if is_joint else 687),
            )
        ]
    return GuaranteeKind.GENERAL, [
        Reason(
            "保证方式没有约定或约定不明，按一般保证",
            "the kind is not agreed or unclear: a general guarantee",
            cite("civil_code", 686, "第二款", "(2)"),
        )
    ]


def _period(facts: GuaranteeFacts, due: date) -> tuple[date, list[Reason]]:
    rule = cite("civil_code", 692, "第二款", "(2)")
    agreed = facts.agreed_until
    if agreed is None and facts.agreed_months is not None:
        agreed = count_period(due, facts.agreed_months, Unit.MONTHS)
    if agreed is not None and agreed > due:
        return agreed, [
            Reason(f"约定的保证期间至 {agreed}", f"the agreed period ends on {agreed}", rule, agreed)
        ]
    end = add_months(due, DEFAULT_MONTHS)
    reasons = []
    if agreed is not None:
        reasons.append(
            Reason(
                f"约定的 {agreed} 不晚于履行期限届满日 {due}，视为没有约定",
                f"the agreed {agreed} is no later than the due day {due}: as if none were agreed",
                rule,
                agreed,
            )
        )
    reasons.append(
        Reason(
            f"没有约定或约定不明，自 {due} 起六个月，至 {end}",
            f"no clear term: six months from {due}, to {end}",
            rule,
            end,
        )
    )
    return end, reasons


def _acted_on(facts: GuaranteeFacts, last_day: date, *, is_joint: bool) -> date | None:
    counts: Callable[[GuaranteeAct], bool] = _counts_joint if is_joint else _counts_general
    days = [act.on for act in facts.acts if act.grade is Grade.PROVEN and act.on <= last_day and counts(act)]
    return min(days, default=None)


def _counts_joint(act: GuaranteeAct) -> bool:
    return act.is_demand_of_guarantor and (not act.is_withdrawn or act.was_served)


def _counts_general(act: GuaranteeAct) -> bool:
    return act.is_suit_against_debtor and not act.is_withdrawn


def _outcome(
    facts: GuaranteeFacts, last_day: date, acted: date | None, *, is_joint: bool
) -> tuple[tuple[Reason, ...], list[Reason]]:
    """Return what is missing, and what the acts so far have done."""
    reasons = [
        Reason(
            "保证期间不中止、不中断、不延长",
            "it is neither suspended, interrupted nor extended",
            cite("civil_code", 692, "第一款", "(1)"),
        )
    ]
    if acted:
        reasons.append(
            Reason(
                f"{acted} 已在期间内请求保证人，自该日起计算保证债务的诉讼时效（三年）",
                f"demanded of the guarantor in time on {acted}: the guarantee's limitation (three years) runs from it",
                cite("civil_code", 694, "第二款", "(2)"),
                acted,
            )
            if is_joint
            else Reason(
                f"{acted} 已在期间内对债务人起诉或申请仲裁；保证债务的时效自保证人拒绝权消灭之日起算",
                f"sued the debtor in time on {acted}; the guarantee's limitation runs once the guarantor's refusal falls away",
                cite("security_reading", 28),
                acted,
            )
        )
        return (), reasons
    late = [act.on for act in facts.acts if act.on > last_day]
    if late:
        reasons.append(
            Reason(
                f"{min(late)} 的行为在期间届满之后；保证责任已消灭，签收催款通知也不恢复",
                f"the act of {min(late)} came after the period: the duty has ended, and signing a reminder does not revive it",
                cite("security_reading", 34),
                min(late),
            )
        )
    return (_wanted(is_joint),), reasons


def _wanted(is_joint: bool) -> Reason:
    if is_joint:
        return Reason(
            "期间内请求保证人的书面凭证及到达证明；有多个保证人的，逐一请求",
            "a written demand of the guarantor with proof of arrival; of each guarantor if there are several",
            cite("security_reading", 29),
        )
    return Reason(
        "期间内对债务人起诉、仲裁（或就公证债权文书申请执行）的立案凭证；只催保证人不够，撤诉不算",
        "the receipt of a suit or arbitration against the debtor (or enforcement of a notarised debt) within the period; a demand "
        "of the guarantor is not enough and a withdrawn suit does not count",
        _GENERAL_RULE,
    )


_GENERAL_RULE: Citation = cite("civil_code", 693, "第一款", "(1)")


def _days(facts: GuaranteeFacts) -> list[tuple[date | None, str, str]]:
    return [
        (facts.due_on, "主债务履行期限届满日", "due day of the debt"),
        (facts.agreed_until, "约定的保证期间届满日", "agreed end of the guarantee"),
        (facts.signed_on, "保证合同签订日", "day of the guarantee"),
        *((act.on, "行为日", "day of the act") for act in facts.acts),
    ]


DUE_MISSING = ProblemKind(
    "guarantee.due_missing",
    "缺少主债务的到期日，无法计算保证期间。",
    "The due day of the debt is missing, so the guarantee period cannot be counted.",
    "请填写到期日；没有约定到期日的，填写首次催告所给宽限期的最后一日。",
    "Give the due day; where none was agreed, the last day of the grace that the first demand gave.",
)
MONTHS_WRONG = ProblemKind(
    "guarantee.months_wrong",
    "约定的保证期间 {months} 个月不在 1–1200 之间。",
    "The agreed {months} months are not between 1 and 1200.",
    "请填写月数，或改填约定的届满日。",
    "Give the number of months, or the agreed last day.",
)
