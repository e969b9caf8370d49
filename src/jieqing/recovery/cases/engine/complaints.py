"""Complaints: their kinds, and until when each must be answered.

| kind | days | by |
|---|---|---|
| consumer complaint, clear and simple | 15, once to 30 when complex, once more to 60 when special and approved | 银行业保险业消费投诉处理管理办法 |
| credit-report objection | 20 | 征信业管理条例 25 |
| complaint at the credit regulator | 30 | 征信业管理条例 26 |
| personal-information request | 30 | 个人信息保护法 50; GB/T 35273 8.7 |
| conduct of a collector; other | 15 | the platform's own rule, no longer than the shortest legal one |

Calendar days; the day of filing does not count. A complaint about the debt or about conduct stops outbound work on the case
until it is answered (a hold). Whoever is in charge of the case, or is complained about, does not answer it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from jieqing.recovery.cases.engine.words import Pair


class ComplaintKind(StrEnum):
    """Values stand in rows and evidence: never rename one."""

    CONSUMER = "consumer"
    CREDIT_OBJECTION = "credit_objection"
    REGULATOR = "regulator"
    PERSONAL_INFORMATION = "personal_information"
    CONDUCT = "conduct"
    OTHER = "other"


class ComplaintOutcome(StrEnum):
    UPHELD = "upheld"
    PARTLY = "partly"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class ComplaintRule:
    """``extended_days`` are the longer terms, in order; counted from the day of filing too."""

    name: Pair
    days: int
    extended_days: tuple[int, ...]
    article: str
    is_law: bool = True


RULES: Mapping[ComplaintKind, ComplaintRule] = {
    ComplaintKind.CONSUMER: ComplaintRule(
        ("金融消费投诉", "Consumer complaint"), 15, (30, 60), "《银行业保险业消费投诉处理管理办法》"
    ),
    ComplaintKind.CREDIT_OBJECTION: ComplaintRule(
        ("征信异议", "Credit-report objection"), 20, (), "《征信业管理条例》第二十五条"
    ),
    ComplaintKind.REGULATOR: ComplaintRule(
        ("监管转办投诉", "Complaint passed on by the regulator"), 30, (), "《征信业管理条例》第二十六条"
    ),
    ComplaintKind.PERSONAL_INFORMATION: ComplaintRule(
        ("个人信息请求", "Personal-information request"),
        30,
        (),
        "《个人信息保护法》第五十条；GB/T 35273—2020 8.7",
    ),
    ComplaintKind.CONDUCT: ComplaintRule(
        ("催收行为投诉", "Complaint about conduct"), 15, (30,), "平台规则", is_law=False
    ),
    ComplaintKind.OTHER: ComplaintRule(("其他投诉", "Other complaint"), 15, (30,), "平台规则", is_law=False),
}
COMPLAINT_NAMES: Mapping[StrEnum, Pair] = {kind: rule.name for kind, rule in RULES.items()}
COMPLAINT_OUTCOME_NAMES: Mapping[StrEnum, Pair] = {
    ComplaintOutcome.UPHELD: ("投诉成立", "Upheld"),
    ComplaintOutcome.PARTLY: ("部分成立", "Partly upheld"),
    ComplaintOutcome.REJECTED: ("投诉不成立", "Not upheld"),
}


def due_on(kind: ComplaintKind, filed_on: date, extensions: int = 0) -> date:
    """The last day for the answer.

    Example:
        >>> due_on(ComplaintKind.CONSUMER, date(2026, 3, 1)), due_on(ComplaintKind.CONSUMER, date(2026, 3, 1), 2)
        (datetime.date(2026, 3, 16), datetime.date(2026, 4, 30))
    """
    rule = RULES[kind]
    days = rule.extended_days[extensions - 1] if extensions else rule.days
    return filed_on + timedelta(days=days)


def may_extend(kind: ComplaintKind, extensions: int) -> bool:
    return extensions < len(RULES[kind].extended_days)
