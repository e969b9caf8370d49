"""What every code of a case is called, in both languages: what pages, files and commands show.

One table for each kind of code, so that a page cannot invent a second word.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeAlias

from jieqing.recovery.cases.engine.codes import (
    Activity,
    CaseState,
    Closing,
    ContactResult,
    DisputeCode,
    DisputeOutcome,
    EventKind,
    FreezeScope,
    HoldKind,
    NextAction,
    Origin,
    OutlayKind,
    PromiseSource,
    PromiseState,
    Track,
)

Pair: TypeAlias = tuple[str, str]
Names: TypeAlias = Mapping[StrEnum, Pair]

STATE_NAMES: Names = {CaseState.OPEN: ("在办", "Open"), CaseState.CLOSED: ("已结案", "Closed")}
CLOSING_NAMES: Names = {
    Closing.SETTLED: ("已结清", "Settled in full"),
    Closing.WITHDRAWN: ("已撤回", "Withdrawn"),
    Closing.WRITTEN_OFF: ("已核销", "Written off"),
    Closing.TRANSFERRED: ("已转出", "Transferred"),
}
ORIGIN_NAMES: Names = {
    Origin.RULE: ("按规则立案", "Opened by rule"),
    Origin.HAND: ("人工立案", "Opened by hand"),
    Origin.ENQUIRY: ("咨询转案", "From an enquiry"),
    Origin.IMPORT: ("批量导入", "Imported"),
}
TRACK_NAMES: Names = {Track.PLAIN: ("普通", "Plain"), Track.RAPID: ("7 日快办", "7-day rapid track")}
NEXT_ACTION_NAMES: Names = {
    NextAction.FIRST_CONTACT: ("首次联系", "First contact"),
    NextAction.FOLLOW_UP: ("跟进", "Follow up"),
    NextAction.CHECK_PROMISE: ("核对承诺", "Check the promise"),
    NextAction.ANSWER_DISPUTE: ("答复异议", "Answer the dispute"),
    NextAction.REVIEW_HOLD: ("复核暂停", "Review the hold"),
    NextAction.ANSWER_COMPLAINT: ("答复投诉", "Answer the complaint"),
    NextAction.REMIND: ("友好提醒", "Friendly reminder"),
    NextAction.DEMAND: ("正式催告", "Formal demand"),
    NextAction.NEGOTIATE: ("协商方案", "Negotiate a plan"),
    NextAction.LAWYER_LETTER: ("准备律师函", "Prepare a lawyer's letter"),
    NextAction.SUE: ("准备法律程序", "Prepare legal steps"),
    NextAction.COLLECT_PAPERS: ("补齐材料", "Collect papers"),
    NextAction.DECIDE: ("请主管决定", "Decision by the manager"),
    NextAction.OTHER: ("其他", "Other"),
}
HOLD_NAMES: Names = {
    HoldKind.DISPUTE: ("异议", "Dispute"),
    HoldKind.HARDSHIP: ("困难", "Hardship"),
    HoldKind.INSOLVENCY: ("破产或清算", "Insolvency"),
    HoldKind.DECEASED: ("已故", "Deceased"),
    HoldKind.REPRESENTED: ("已委托代理人", "Represented"),
    HoldKind.LEGAL_STAY: ("法律中止", "Legal stay"),
    HoldKind.STALE_DATA: ("数据或依据待更正", "Data or grounds to be put right"),
    HoldKind.COMPLAINT: ("投诉", "Complaint"),
}
DISPUTE_NAMES: Names = {
    DisputeCode.NOT_MINE: ("不是本人（本单位）的债务", "Not my debt"),
    DisputeCode.PAID_ALREADY: ("已经付过", "Paid already"),
    DisputeCode.WRONG_AMOUNT: ("金额不对", "Wrong amount"),
    DisputeCode.QUALITY: ("货物或服务质量", "Quality of goods or service"),
    DisputeCode.NOT_DELIVERED: ("未收到货物或服务", "Not delivered"),
    DisputeCode.CONTRACT_TERMS: ("合同条款", "Contract terms"),
    DisputeCode.INTEREST: ("利息或违约金", "Interest or penalty"),
    DisputeCode.TIME_BARRED: ("已过诉讼时效", "Time-barred"),
    DisputeCode.SET_OFF: ("主张抵销", "Set-off claimed"),
    DisputeCode.FORGED: ("签章或单据不真实", "Forged seal or document"),
    DisputeCode.OTHER: ("其他", "Other"),
}
OUTCOME_NAMES: Names = {
    DisputeOutcome.UPHELD: ("异议成立", "Upheld"),
    DisputeOutcome.PARTLY: ("部分成立", "Partly upheld"),
    DisputeOutcome.REJECTED: ("异议不成立", "Rejected"),
    DisputeOutcome.WITHDRAWN: ("对方撤回", "Withdrawn by the debtor"),
    DisputeOutcome.MOOT: ("已无须处理", "Moot"),
}
FREEZE_NAMES: Names = {
    FreezeScope.CASE: ("整个案件", "The whole case"),
    FreezeScope.ITEMS: ("仅所涉单据", "Only these documents"),
}
PROMISE_NAMES: Names = {
    PromiseState.OPEN: ("未到期", "Open"),
    PromiseState.KEPT: ("已兑现", "Kept"),
    PromiseState.BROKEN: ("未兑现", "Broken"),
    PromiseState.CANCELLED: ("已取消", "Cancelled"),
}
PROMISE_SOURCE_NAMES: Names = {
    PromiseSource.HUMAN: ("人工", "Person"),
    PromiseSource.ROBOT: ("机器人", "Robot"),
    PromiseSource.PORTAL: ("债务人自助", "Debtor's portal"),
}
ACTIVITY_NAMES: Names = {
    Activity.CALL: ("通话", "Call"),
    Activity.WRITING: ("文书", "Writing"),
    Activity.VISIT: ("上门", "Visit"),
    Activity.RESEARCH: ("查询", "Research"),
    Activity.NEGOTIATION: ("协商", "Negotiation"),
    Activity.COURT: ("诉讼", "Court"),
    Activity.ADMIN: ("内务", "Administration"),
}
OUTLAY_NAMES: Names = {
    OutlayKind.COURT_FEE: ("诉讼费", "Court fee"),
    OutlayKind.PRESERVATION: ("保全费", "Preservation fee"),
    OutlayKind.NOTARY: ("公证费", "Notary fee"),
    OutlayKind.APPRAISAL: ("鉴定评估费", "Appraisal"),
    OutlayKind.ANNOUNCEMENT: ("公告费", "Announcement"),
    OutlayKind.POSTAGE: ("邮寄费", "Postage"),
    OutlayKind.TRAVEL: ("差旅费", "Travel"),
    OutlayKind.SEARCH: ("查询费", "Search fee"),
    OutlayKind.OTHER: ("其他", "Other"),
}
EVENT_NAMES: Names = {
    EventKind.OPENED: ("立案", "Case opened"),
    EventKind.ITEMS_ADDED: ("并入单据", "Documents added"),
    EventKind.ITEMS_REMOVED: ("移出单据", "Documents removed"),
    EventKind.ASSIGNED: ("分配", "Assigned"),
    EventKind.STAGE_MOVED: ("阶段变更", "Stage moved"),
    EventKind.NEXT_ACTION: ("安排下一步", "Next action set"),
    EventKind.SNOOZED: ("稍后处理", "Snoozed"),
    EventKind.NOTED: ("备注", "Note"),
    EventKind.PROMISED: ("还款承诺", "Promise to pay"),
    EventKind.PROMISE_KEPT: ("承诺已兑现", "Promise kept"),
    EventKind.PROMISE_BROKEN: ("承诺未兑现", "Promise broken"),
    EventKind.PROMISE_REOPENED: ("承诺重新待兑现", "Promise open again"),
    EventKind.PROMISE_CANCELLED: ("承诺已取消", "Promise cancelled"),
    EventKind.DISPUTED: ("提出异议", "Dispute opened"),
    EventKind.DISPUTE_CLOSED: ("异议办结", "Dispute closed"),
    EventKind.HELD: ("暂停", "Held"),
    EventKind.RELEASED: ("恢复办理", "Released"),
    EventKind.COMPLAINT_FILED: ("收到投诉", "Complaint filed"),
    EventKind.COMPLAINT_EXTENDED: ("投诉延期", "Complaint extended"),
    EventKind.COMPLAINT_ANSWERED: ("投诉已答复", "Complaint answered"),
    EventKind.EFFORT: ("工时", "Effort"),
    EventKind.OUTLAY: ("垫付费用", "Outlay"),
    EventKind.PAYMENT_SEEN: ("收到款项", "Payment seen"),
    EventKind.PAYMENT_BACK: ("款项撤回", "Payment taken back"),
    EventKind.CLOSED: ("结案", "Case closed"),
    EventKind.REOPENED: ("重新办理", "Case reopened"),
    EventKind.PAPER_ADDED: ("异议材料", "Paper of a dispute"),
    EventKind.ESCALATED: ("超时已上报", "Overrun clock escalated"),
    EventKind.CONTACTED: ("已联系上", "Reached"),
    EventKind.CONTACT_FAILED: ("未联系上", "Not reached"),
    EventKind.MESSAGE_SENT: ("邮件已发出", "E-mail sent"),
    EventKind.MESSAGE_NOT_SENT: ("邮件未发出", "E-mail not sent"),
    EventKind.MESSAGE_UNCERTAIN: ("邮件是否发出未明", "Unknown whether the e-mail left"),
    EventKind.MESSAGE_DELIVERED: ("邮件已送达", "E-mail delivered"),
    EventKind.MESSAGE_BOUNCED: ("邮件被退回", "E-mail bounced"),
    EventKind.MESSAGE_REPLIED: ("收到邮件回复", "Reply to an e-mail"),
}
CONTACT_RESULT_NAMES: Names = {
    ContactResult.CONVERSATION: ("有效沟通或已送达", "A conversation, or delivered"),
    ContactResult.CONNECTED: ("已接通，未谈及实质", "Answered, nothing of substance said"),
    ContactResult.NO_ANSWER: ("无人接听", "No answer"),
    ContactResult.NOT_CONNECTED: ("未接通或退回", "Not connected, or bounced"),
    ContactResult.NOT_SENT: ("没有发出", "Never left the house"),
}


# What outside a case ended it or changed its documents.
CAUSE_NAMES: Mapping[str, Pair] = {
    "placement_recalled": ("委案 {number} 已撤回", "Placement {number} was recalled"),
    "placement_ended": ("委案 {number} 已到期", "Placement {number} has run out"),
    "import_undone": ("导入已撤销：{number}", "The import was taken back: {number}"),
}


def cause_of(facts: Mapping[str, object], lang: str) -> str:
    """What ended a case from outside, in words; empty where nothing did.

    Example:
        >>> cause_of({"cause": {"code": "placement_ended", "number": "W-1"}}, "en")
        'Placement W-1 has run out'
    """
    cause = facts.get("cause")
    pair = CAUSE_NAMES.get(str(cause.get("code"))) if isinstance(cause, dict) else None
    return (
        pair[0 if lang == "zh" else 1].format(number=cause["number"])
        if pair and isinstance(cause, dict)
        else ""
    )


def name_of(names: Names, code: str, lang: str) -> str:
    """The word for a code in ``zh`` or ``en``; a code that nobody knows any more is shown as it is.

    Example:
        >>> name_of(HOLD_NAMES, "hardship", "en"), name_of(HOLD_NAMES, "gone", "zh")
        ('Hardship', 'gone')
    """
    found = {str(member): pair for member, pair in names.items()}.get(code)
    return code if found is None else found[0 if lang.startswith("zh") else 1]


def choices_of(names: Names) -> list[tuple[str, str]]:
    """What a model's field lists: code and Chinese name."""
    return [(str(member), pair[0]) for member, pair in names.items()]
