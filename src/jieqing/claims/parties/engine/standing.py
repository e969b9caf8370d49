"""What stands about a party whoever looks: who answers for the debt, and events that change how it may be pursued.

A guarantee is *general* (the debtor is pursued first) or *joint*; its period ends on a day. A debtor event holds from a
day until a day or until further notice; recovery writes it (a hold, a lawyer's letter, a court's notice), the gate reads
it as a fact. Which events close which door is the packs' business, not ours.

Invariant: what was recorded stays; an end is a date on the row with its own evidence.
Source: 《民法典》681–702 (guarantee); law.md GBT-02, SOL-14, SOL-15.
"""

from __future__ import annotations

from enum import StrEnum

from jieqing.claims.parties.engine.contact_points import Pair
from jieqing.kernel.outcomes import ProblemKind


class GuaranteeKind(StrEnum):
    GENERAL = "general"
    JOINT = "joint"


class EventKind(StrEnum):
    """Values stand in rows: never rename one."""

    DECEASED = "deceased"
    MINOR = "minor"
    INCAPACITATED = "incapacitated"
    REPRESENTED = "represented"
    INSOLVENCY = "insolvency"
    BANKRUPT = "bankrupt"
    DISPUTES = "disputes"
    HARDSHIP = "hardship"
    LEGAL_STAY = "legal_stay"


GUARANTEE_NAMES: dict[GuaranteeKind, Pair] = {
    GuaranteeKind.GENERAL: ("一般保证", "General guarantee"),
    GuaranteeKind.JOINT: ("连带责任保证", "Joint guarantee"),
}
EVENT_NAMES: dict[EventKind, Pair] = {
    EventKind.DECEASED: ("已去世", "Deceased"),
    EventKind.MINOR: ("未成年", "A minor"),
    EventKind.INCAPACITATED: ("无或限制民事行为能力", "Without full legal capacity"),
    EventKind.REPRESENTED: ("已委托律师", "Represented by a lawyer"),
    EventKind.INSOLVENCY: ("进入破产程序", "In insolvency proceedings"),
    EventKind.BANKRUPT: ("已宣告破产", "Declared bankrupt"),
    EventKind.DISPUTES: ("已提出异议", "Disputes the debt"),
    EventKind.HARDSHIP: ("经济困难", "In hardship"),
    EventKind.LEGAL_STAY: ("依法中止", "Stayed by law"),
}

TERM_BACKWARDS = ProblemKind(
    "parties.term_backwards",
    "结束日期早于开始日期。",
    "It ends before it begins.",
    "请核对两个日期。",
    "Check the two dates.",
)
ENDED_BEFORE = ProblemKind(
    "parties.ended_before",
    "这条记录已经结束，没有再次保存。",
    "This has ended already; nothing was saved.",
    "请刷新页面查看。",
    "Reload the page.",
)
REASON_MISSING = ProblemKind(
    "parties.reason_missing",
    "请写明理由。",
    "A reason is needed.",
    "用一句话写明依据，例如“来电录音 2026-11-22”。",
    "Say on what ground in a sentence.",
)
OWN_GUARANTOR = ProblemKind(
    "parties.own_guarantor",
    "债务人不能为自己的债务作保证人。",
    "A debtor cannot guarantee its own debt.",
    "请选择另一个当事人。",
    "Choose another party.",
)
