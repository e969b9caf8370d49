"""What interrupts a limitation period, and what suspends it: the acts, their groups, words and articles.

Three groups. A *demand* is the creditor's: it counts from the day it reaches the debtor. *Consent* is the debtor's
own: paying a part, promising, agreeing a plan, giving security, signing a balance; only consent can undo an expiry.
A *proceeding* is a suit or what equals one: the period begins again when it ends, and does not run while it lasts.

Source: 民法典 194, 195; 诉讼时效规定 8 to 17; 执行程序解释 20.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

from jieqing.claims.entitlements.engine.citations import Citation, cite


class Group(StrEnum):
    DEMAND = "demand"
    CONSENT = "consent"
    PROCEEDING = "proceeding"


class Act(StrEnum):
    """What happened. Values are part of links and of stored facts: never rename one."""

    DEMAND = "demand"
    ASSIGNMENT_NOTICE = "assignment_notice"
    DEDUCTION = "deduction"
    PART_PAYMENT = "part_payment"
    PROMISE = "promise"
    PLAN = "plan"
    DEFERRAL = "deferral"
    SECURITY = "security"
    RECONCILIATION = "reconciliation"
    SUIT = "suit"
    ARBITRATION = "arbitration"
    PAYMENT_ORDER = "payment_order"
    BANKRUPTCY = "bankruptcy"
    PRE_SUIT_PRESERVATION = "pre_suit_preservation"
    ENFORCEMENT = "enforcement"
    JOINDER = "joinder"
    SET_OFF = "set_off"
    SUBROGATION = "subrogation"
    MEDIATION = "mediation"
    REPORT = "report"
    SETTLEMENT = "settlement"


class Grade(IntEnum):
    """How well an event is proved. Only PROVEN moves the safe date; LIKELY moves the arguable one."""

    NONE = 0
    WEAK = 1
    LIKELY = 2
    PROVEN = 3


@dataclass(frozen=True, slots=True)
class ActWords:
    group: Group
    zh: str
    en: str
    citation: Citation


_EQUAL_TO_SUIT = "limitation_rules", 11

ACTS: Mapping[Act, ActWords] = {
    Act.DEMAND: ActWords(
        Group.DEMAND, "催告到达债务人", "demand reached the debtor", cite("limitation_rules", 8)
    ),
    Act.ASSIGNMENT_NOTICE: ActWords(
        Group.DEMAND,
        "债权转让通知到达债务人",
        "notice of assignment reached the debtor",
        cite("limitation_rules", 17),
    ),
    Act.DEDUCTION: ActWords(
        Group.DEMAND,
        "金融机构依法或依约扣收欠款",
        "bank deducted the debt from an account",
        cite("limitation_rules", 8, "第一款第（三）项", "(1)(3)"),
    ),
    Act.PART_PAYMENT: ActWords(Group.CONSENT, "部分付款", "part payment", cite("limitation_rules", 14)),
    Act.PROMISE: ActWords(Group.CONSENT, "承诺还款", "promise to pay", cite("limitation_rules", 14)),
    Act.PLAN: ActWords(
        Group.CONSENT, "分期或还款计划", "plan or instalments agreed", cite("limitation_rules", 14)
    ),
    Act.DEFERRAL: ActWords(Group.CONSENT, "请求延期", "asked for more time", cite("limitation_rules", 14)),
    Act.SECURITY: ActWords(Group.CONSENT, "提供担保", "gave security", cite("limitation_rules", 14)),
    Act.RECONCILIATION: ActWords(
        Group.CONSENT, "签章对账确认欠款", "signed a balance", cite("civil_code", 195, "第（二）项", "(2)")
    ),
    Act.SUIT: ActWords(Group.PROCEEDING, "起诉", "suit filed", cite("limitation_rules", 10)),
    Act.ARBITRATION: ActWords(
        Group.PROCEEDING, "申请仲裁", "arbitration filed", cite("civil_code", 195, "第（三）项", "(3)")
    ),
    Act.PAYMENT_ORDER: ActWords(
        Group.PROCEEDING,
        "申请支付令",
        "payment order applied for",
        cite("limitation_rules", 11, "第（一）项", "(1)"),
    ),
    Act.BANKRUPTCY: ActWords(
        Group.PROCEEDING,
        "申请破产或申报破产债权",
        "bankruptcy applied for or claim filed in it",
        cite("limitation_rules", 11, "第（二）项", "(2)"),
    ),
    Act.PRE_SUIT_PRESERVATION: ActWords(
        Group.PROCEEDING,
        "申请诉前保全",
        "preservation before suit applied for",
        cite("limitation_rules", 11, "第（四）项", "(4)"),
    ),
    Act.ENFORCEMENT: ActWords(
        Group.PROCEEDING,
        "申请强制执行",
        "enforcement applied for",
        cite("limitation_rules", 11, "第（五）项", "(5)"),
    ),
    Act.JOINDER: ActWords(
        Group.PROCEEDING,
        "申请追加当事人或被通知参加诉讼",
        "joined to a suit",
        cite("limitation_rules", 11, "第（六）项", "(6)"),
    ),
    Act.SET_OFF: ActWords(
        Group.PROCEEDING,
        "诉讼中主张抵销",
        "set-off claimed in a suit",
        cite("limitation_rules", 11, "第（七）项", "(7)"),
    ),
    Act.SUBROGATION: ActWords(
        Group.PROCEEDING, "提起代位权诉讼", "subrogation suit filed", cite("limitation_rules", 16)
    ),
    Act.MEDIATION: ActWords(
        Group.PROCEEDING,
        "向人民调解委员会等依法有权组织提出请求",
        "request to a mediation committee or another body with power",
        cite("limitation_rules", 12),
    ),
    Act.REPORT: ActWords(
        Group.PROCEEDING,
        "向公安、检察院、法院报案或控告",
        "report to the police, procuratorate or court",
        cite("limitation_rules", 13),
    ),
    Act.SETTLEMENT: ActWords(
        Group.CONSENT, "达成（执行）和解协议", "settlement agreed", cite("enforcement_reading", 20)
    ),
}


@dataclass(frozen=True, slots=True)
class Event:
    """Something that may interrupt.

    `on` is the day it took effect: for a demand the day it arrived, for a proceeding the day it was filed. A
    proceeding has `ended_on`, or is still pending (`is_pending`); with neither, the period begins again at `on`.
    `new_due_on` is a new (last) due date that the debtor agreed to.
    """

    on: date
    act: Act
    grade: Grade
    ended_on: date | None = None
    is_pending: bool = False
    new_due_on: date | None = None

    @property
    def restart_on(self) -> date:
        """The day from which the period runs again."""
        return max(day for day in (self.on, self.ended_on, self.new_due_on) if day is not None)


class ObstacleKind(StrEnum):
    """The obstacles of 民法典 194. Values are part of links: never rename one."""

    FORCE_MAJEURE = "force_majeure"
    NO_REPRESENTATIVE = "no_representative"
    NO_HEIR = "no_heir"
    CONTROLLED = "controlled"
    OTHER = "other"


OBSTACLES: Mapping[ObstacleKind, tuple[str, str, Citation]] = {
    ObstacleKind.FORCE_MAJEURE: (
        "不可抗力",
        "force majeure",
        cite("civil_code", 194, "第一款第（一）项", "(1)(1)"),
    ),
    ObstacleKind.NO_REPRESENTATIVE: (
        "无、限制民事行为能力人没有法定代理人",
        "a person without capacity has no representative",
        cite("civil_code", 194, "第一款第（二）项", "(1)(2)"),
    ),
    ObstacleKind.NO_HEIR: (
        "继承开始后未确定继承人或遗产管理人",
        "no heir or administrator known yet",
        cite("civil_code", 194, "第一款第（三）项", "(1)(3)"),
    ),
    ObstacleKind.CONTROLLED: (
        "权利人被义务人或他人控制",
        "the creditor is controlled by the debtor or another",
        cite("civil_code", 194, "第一款第（四）项", "(1)(4)"),
    ),
    ObstacleKind.OTHER: (
        "其他导致不能行使请求权的障碍",
        "another obstacle that made a claim impossible",
        cite("civil_code", 194, "第一款第（五）项", "(1)(5)"),
    ),
}


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Something that made a claim impossible, from `on` until the day it was removed (None: it still lasts)."""

    on: date
    until: date | None
    kind: ObstacleKind
