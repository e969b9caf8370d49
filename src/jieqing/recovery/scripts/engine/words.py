"""What a script is for, in closed lists: stage, purpose, channel, whom it speaks to, in which mood.

Channels and the gate's purposes are spelled as the gate spells them. A script's own purpose is finer (voicemail, wrong party,
disclosure …); `GATE_PURPOSES` says under which of the gate's purposes it may be used. Values stand in rows: never rename one.
"""

from __future__ import annotations

from enum import StrEnum

Pair = tuple[str, str]


class Stage(StrEnum):
    PRE_DUE = "pre_due"
    FIRST_CONTACT = "first_contact"
    EARLY = "early"
    MIDDLE = "middle"
    LATE = "late"
    LEGAL = "legal"
    PLAN = "plan"
    HARDSHIP = "hardship"
    DISPUTE = "dispute"
    SETTLED = "settled"
    ANY = "any"


class Purpose(StrEnum):
    IDENTITY_CHECK = "identity_check"
    DISCLOSURE = "disclosure"
    REMINDER = "reminder"
    PLAN_OFFER = "plan_offer"
    HARDSHIP = "hardship"
    CRISIS = "crisis"
    DISPUTE = "dispute"
    COMPLAINT = "complaint"
    WRONG_PARTY = "wrong_party"
    FAMILY = "family"
    CONTACT_PERSON = "contact_person"
    VOICEMAIL = "voicemail"
    AI_DISCLOSURE = "ai_disclosure"
    HANDOFF = "handoff"
    CLOSING = "closing"
    RIGHTS = "rights"
    LIMITATION = "limitation"
    GUARANTOR = "guarantor"
    COMPANY = "company"
    DE_ESCALATION = "de_escalation"
    LEGAL_NOTICE = "legal_notice"
    CONTACT_VISIT = "contact_visit"


class Channel(StrEnum):
    VOICE_HUMAN = "voice_human"
    VOICE_AI = "voice_ai"
    VOICE_NOTICE = "voice_notice"
    SMS = "sms"
    EMAIL = "email"
    LETTER = "letter"
    IM = "im"
    VISIT = "visit"
    PORTAL = "portal"


class Addressee(StrEnum):
    ANY = "any"
    PERSON = "person"
    SOLE_TRADER = "sole_trader"
    COMPANY = "company"
    GUARANTOR = "guarantor"
    CONTACT = "contact"


class Emotion(StrEnum):
    NEUTRAL = "neutral"
    COOPERATIVE = "cooperative"
    ANXIOUS = "anxious"
    ANGRY = "angry"
    EVASIVE = "evasive"
    SAD = "sad"
    CONFUSED = "confused"


class Disclosure(StrEnum):
    AGENCY = "agency"
    PRINCIPAL = "principal"
    RECORDING = "recording"
    AI_LABEL = "ai_label"
    HUMAN_KEY = "human_key"
    OPT_OUT = "opt_out"
    RIGHTS = "rights"
    DISPUTE_WAY = "dispute_way"
    QUERY_WAY = "query_way"
    OFFICIAL_ACCOUNT = "official_account"
    LIMITATION_DEFENCE = "limitation_defence"
    DOCUMENT = "document"


STAGES: dict[Stage, Pair] = {
    Stage.PRE_DUE: ("到期前", "Before due"),
    Stage.FIRST_CONTACT: ("首次联系", "First contact"),
    Stage.EARLY: ("逾期1–30天", "1–30 days past due"),
    Stage.MIDDLE: ("逾期31–90天", "31–90 days past due"),
    Stage.LATE: ("逾期90天以上", "Over 90 days past due"),
    Stage.LEGAL: ("法律程序", "Legal steps"),
    Stage.PLAN: ("分期中", "On a plan"),
    Stage.HARDSHIP: ("困难支持", "Hardship"),
    Stage.DISPUTE: ("异议处理", "Dispute"),
    Stage.SETTLED: ("已结清", "Settled"),
    Stage.ANY: ("各阶段通用", "Any stage"),
}
PURPOSES: dict[Purpose, Pair] = {
    Purpose.IDENTITY_CHECK: ("核实身份", "Checking who answers"),
    Purpose.DISCLOSURE: ("说明来由", "Saying what it is about"),
    Purpose.REMINDER: ("提醒付款", "Reminder"),
    Purpose.PLAN_OFFER: ("商谈方案", "Offering a plan"),
    Purpose.HARDSHIP: ("困难支持", "Hardship"),
    Purpose.CRISIS: ("危机处理", "Crisis"),
    Purpose.DISPUTE: ("异议", "Dispute"),
    Purpose.COMPLAINT: ("投诉", "Complaint"),
    Purpose.WRONG_PARTY: ("打错", "Wrong party"),
    Purpose.FAMILY: ("家人接听", "A relative answers"),
    Purpose.CONTACT_PERSON: ("请联系人转告", "Contact person"),
    Purpose.VOICEMAIL: ("留言", "Voicemail"),
    Purpose.AI_DISCLOSURE: ("智能语音与生成内容声明", "AI disclosure"),
    Purpose.HANDOFF: ("转接与移交", "Handoff"),
    Purpose.CLOSING: ("收尾与结清", "Closing"),
    Purpose.RIGHTS: ("个人信息权利", "Rights"),
    Purpose.LIMITATION: ("时效", "Limitation"),
    Purpose.GUARANTOR: ("保证人", "Guarantor"),
    Purpose.COMPANY: ("企业债务人", "Company debtor"),
    Purpose.DE_ESCALATION: ("平复情绪", "De-escalation"),
    Purpose.LEGAL_NOTICE: ("法律通知", "Legal notice"),
    Purpose.CONTACT_VISIT: ("约见", "Visit by consent"),
}
CHANNELS: dict[Channel, Pair] = {
    Channel.VOICE_HUMAN: ("人工电话", "Call by a person"),
    Channel.VOICE_AI: ("智能语音", "AI voice"),
    Channel.VOICE_NOTICE: ("语音通知", "Voice notice"),
    Channel.SMS: ("短信", "SMS"),
    Channel.EMAIL: ("邮件", "E-mail"),
    Channel.LETTER: ("信函", "Letter"),
    Channel.IM: ("企业聊天", "Messaging"),
    Channel.VISIT: ("面谈", "Visit"),
    Channel.PORTAL: ("债务人门户", "Portal"),
}
ADDRESSEES: dict[Addressee, Pair] = {
    Addressee.ANY: ("不限", "Anybody owing"),
    Addressee.PERSON: ("个人", "Person"),
    Addressee.SOLE_TRADER: ("个体工商户", "Sole trader"),
    Addressee.COMPANY: ("企业", "Company"),
    Addressee.GUARANTOR: ("保证人", "Guarantor"),
    Addressee.CONTACT: ("第三人", "Third person"),
}
EMOTIONS: dict[Emotion, Pair] = {
    Emotion.NEUTRAL: ("平静", "Neutral"),
    Emotion.COOPERATIVE: ("配合", "Cooperative"),
    Emotion.ANXIOUS: ("焦虑", "Anxious"),
    Emotion.ANGRY: ("生气", "Angry"),
    Emotion.EVASIVE: ("回避", "Evasive"),
    Emotion.SAD: ("低落", "Sad"),
    Emotion.CONFUSED: ("困惑", "Confused"),
}
DISCLOSURES: dict[Disclosure, Pair] = {
    Disclosure.AGENCY: ("我们是谁", "Who we are"),
    Disclosure.PRINCIPAL: ("受谁委托", "On whose behalf"),
    Disclosure.RECORDING: ("录音告知", "Recording"),
    Disclosure.AI_LABEL: ("人工智能标识", "AI label"),
    Disclosure.HUMAN_KEY: ("转人工方式", "How to reach a person"),
    Disclosure.OPT_OUT: ("退订方式", "How to opt out"),
    Disclosure.RIGHTS: ("投诉与权利", "Complaints and rights"),
    Disclosure.DISPUTE_WAY: ("异议方式", "How to dispute"),
    Disclosure.QUERY_WAY: ("查询方式", "How to see details"),
    Disclosure.OFFICIAL_ACCOUNT: ("收款账户说明", "Where to pay"),
    Disclosure.LIMITATION_DEFENCE: ("时效抗辩", "Defence of limitation"),
    Disclosure.DOCUMENT: ("所附文书", "The paper it rests on"),
}

_TO_THE_DEBTOR = frozenset({"collect", "plan_offer"})
GATE_PURPOSES: dict[Purpose, frozenset[str]] = {
    Purpose.IDENTITY_CHECK: frozenset({"identity_check", "collect", "plan_offer", "legal_notice"}),
    Purpose.DISCLOSURE: frozenset({"collect"}),
    Purpose.REMINDER: frozenset({"collect"}),
    Purpose.PLAN_OFFER: frozenset({"plan_offer"}),
    Purpose.HARDSHIP: _TO_THE_DEBTOR,
    Purpose.CRISIS: frozenset({"identity_check", "collect", "plan_offer"}),
    Purpose.DISPUTE: _TO_THE_DEBTOR,
    Purpose.COMPLAINT: _TO_THE_DEBTOR,
    Purpose.WRONG_PARTY: frozenset({"identity_check", "collect", "locate", "pass_message"}),
    Purpose.FAMILY: frozenset({"identity_check", "pass_message", "locate"}),
    Purpose.CONTACT_PERSON: frozenset({"pass_message", "locate"}),
    Purpose.VOICEMAIL: frozenset({"identity_check"}),
    Purpose.AI_DISCLOSURE: frozenset({"identity_check", "collect", "plan_offer"}),
    Purpose.HANDOFF: frozenset({"identity_check", "collect", "plan_offer"}),
    Purpose.CLOSING: _TO_THE_DEBTOR,
    Purpose.RIGHTS: _TO_THE_DEBTOR,
    Purpose.LIMITATION: frozenset({"collect"}),
    Purpose.GUARANTOR: _TO_THE_DEBTOR,
    Purpose.COMPANY: _TO_THE_DEBTOR,
    Purpose.DE_ESCALATION: frozenset({"identity_check", "collect", "plan_offer"}),
    Purpose.LEGAL_NOTICE: frozenset({"legal_notice"}),
    Purpose.CONTACT_VISIT: _TO_THE_DEBTOR,
}
# Said before anybody knows who listens, or to somebody who owes nothing: nothing of the debt may stand in them.
SILENT_ABOUT_DEBT = frozenset(
    {
        Purpose.IDENTITY_CHECK,
        Purpose.WRONG_PARTY,
        Purpose.FAMILY,
        Purpose.CONTACT_PERSON,
        Purpose.VOICEMAIL,
        Purpose.AI_DISCLOSURE,
        Purpose.CONTACT_VISIT,
    }
)
