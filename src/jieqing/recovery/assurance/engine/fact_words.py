"""The gate's facts in people's words: names, groups, values. Codes are the contract; these are only what a page shows.

Every fact of the gate's vocabulary has a name and a place in a group, and every value that rules know has a name
(held by a test), so that a form of all facts can be built from here and a rule's condition read aloud.
"""

from __future__ import annotations

from jieqing.claims.parties.engine.choices import CHANNEL_NAMES
from jieqing.claims.parties.engine.contact_points import BELONGS_TO_NAMES
from jieqing.estate.sites.engine.tenancy import KIND_NAMES
from jieqing.kernel.outcomes import JSON
from jieqing.recovery.cases.engine.words import HOLD_NAMES
from jieqing.recovery.outreach.engine.purposes import PURPOSE_NAMES
from jieqing.trust.compliance.engine.vocabulary import GRANTS

Pair = tuple[str, str]

GROUPS: tuple[tuple[str, Pair, tuple[str, ...]], ...] = (
    ("what", ("怎样联系", "How"), ("jurisdiction", "channel", "purpose", "script_filed", "scan_verdict", "ai_label",
        "recording_notice", "identity_verified", "discloses_debt", "threatens_suit")),
    ("who", ("联系谁", "Whom"), ("role", "number_valid", "refused", "opted_out", "agreed_hours", "consent", "represented",
        "minor", "deceased", "incapacitated")),
    ("debt", ("债务和案件", "The debt and its case"), ("debt_kind", "creditor_kind", "placement_active", "holds", "dispute_open",
        "complaint_open", "plan_active", "time_barred")),
    ("counts", ("此前的联系", "What went before"), ("counts.effective_calls_today", "counts.notice_connected_today",
        "counts.dials_same_number_today", "counts.robot_calls_7d", "counts.calls_7d_debt", "counts.contacts_7d",
        "counts.failed_contacts_in_a_row", "last_contact_at", "last_conversation_at", "delivery_uncertain")),
    ("by", ("由谁联系", "By whom"), ("staff.clearances", "staff.count", "staff.is_lawyer", "site.live", "site.filing_valid",
        "site.kind")),
)  # fmt: skip
# The two facts that a form says otherwise: as a day, a time and a zone.
WHEN = ("at", "timezone")

FACT_WORDS: dict[str, Pair] = {
    "at": ("联系时间", "Moment of contact"),
    "timezone": ("对方时区", "The person's time zone"),
    "jurisdiction": ("法域", "Jurisdiction"),
    "channel": ("渠道", "Channel"),
    "purpose": ("目的", "Purpose"),
    "role": ("对方身份", "Who the person is"),
    "debt_kind": ("债务种类", "Kind of debt"),
    "creditor_kind": ("债权人种类", "Kind of creditor"),
    "counts.effective_calls_today": ("今日有效通话次数", "Effective calls today"),
    "counts.notice_connected_today": ("今日语音通知接通次数", "Voice notices connected today"),
    "counts.dials_same_number_today": ("今日拨打同一号码次数", "Dials of this number today"),
    "counts.robot_calls_7d": ("七日内机器人呼叫次数", "Robot calls in seven days"),
    "counts.calls_7d_debt": ("七日内就此债务呼叫次数", "Calls about this debt in seven days"),
    "counts.contacts_7d": ("七日内联系次数", "Contacts in seven days"),
    "counts.failed_contacts_in_a_row": ("连续未接通次数", "Failed contacts in a row"),
    "last_contact_at": ("上次联系时间", "Last contact"),
    "last_conversation_at": ("上次通话时间", "Last conversation"),
    "delivery_uncertain": ("上次联系结果未明", "Outcome of the last contact uncertain"),
    "plan_active": ("正在按分期方案履行", "A plan is being kept"),
    "number_valid": ("联系方式有效", "The contact point is valid"),
    "identity_verified": ("已核实接听人身份", "Identity verified"),
    "discloses_debt": ("内容透露欠款", "The content discloses the debt"),
    "refused": ("对方已明确拒绝", "The person refused"),
    "opted_out": ("已退订的渠道", "Channels opted out of"),
    "agreed_hours": ("约定的联系时段", "Agreed hours"),
    "consent": ("已取得同意", "Consent on record"),
    "dispute_open": ("异议未结", "A dispute is open"),
    "complaint_open": ("投诉未结", "A complaint is open"),
    "holds": ("暂停事由", "Holds"),
    "represented": ("已委托代理人", "Represented"),
    "minor": ("未成年", "A minor"),
    "deceased": ("已故", "Deceased"),
    "incapacitated": ("无完全民事行为能力", "Without full capacity"),
    "time_barred": ("已过诉讼时效", "Time-barred"),
    "threatens_suit": ("内容提及起诉", "The content speaks of suit"),
    "ai_label": ("已标明是智能语音", "Labelled as a machine's voice"),
    "recording_notice": ("已告知录音", "Recording was announced"),
    "script_filed": ("话术已备案", "The script is filed"),
    "scan_verdict": ("内容扫描", "Scan of the content"),
    "staff.clearances": ("经办人员的许可", "Clearances of the staff"),
    "staff.count": ("到场人数", "People who go"),
    "staff.is_lawyer": ("由执业律师进行", "A lawyer does it"),
    "site.live": ("站点已开通", "The site is live"),
    "site.filing_valid": ("站点备案有效", "The site's filing is valid"),
    "site.kind": ("机构类型", "Kind of site"),
    "placement_active": ("委托有效", "The placement is in force"),
}

_CLEARANCES: dict[str, Pair] = {
    "pledge": ("合规承诺书", "Compliance pledge"),
    "background": ("背景审查", "Background check"),
    "exam": ("从业考试", "Practice exam"),
    "level_basic": ("证书：初级", "Certificate: basic"),
    "level_intermediate": ("证书：中级", "Certificate: intermediate"),
    "level_senior": ("证书：高级", "Certificate: senior"),
    "annual_training": ("年度培训", "Yearly training"),
    "field_visit": ("外访许可", "Field visits"),
    "lawyer": ("律师执业证", "Lawyer's licence"),
}
_DEBTS: dict[str, Pair] = {
    "consumer": ("个人消费债务", "Consumer debt"),
    "card": ("信用卡", "Credit card"),
    "small_loan": ("小额贷款", "Small loan"),
    "internet_loan": ("互联网贷款", "Internet loan"),
    "b2b": ("企业间应收账款", "Receivable between businesses"),
    "construction": ("建设工程价款", "Construction price"),
    "judgment": ("生效裁判确定的债务", "Judgment debt"),
}
_CREDITORS: dict[str, Pair] = {
    "bank": ("银行", "Bank"),
    "consumer_finance": ("消费金融公司", "Consumer finance company"),
    "small_loan": ("小额贷款公司", "Small-loan company"),
    "company": ("企业", "Company"),
    "individual": ("个人", "Individual"),
    "amc": ("金融资产管理公司", "Asset management company"),
    "local_amc": ("地方资产管理公司", "Local asset management company"),
    "factoring": ("商业保理公司", "Factoring company"),
    "trust": ("信托公司", "Trust company"),
    "insurance": ("保险公司", "Insurance company"),
    "auto_finance": ("汽车金融公司", "Car finance company"),
    "financial_leasing": ("融资租赁公司", "Leasing company"),
    "financing_guarantee": ("融资担保公司", "Guarantee company"),
    "pawnshop": ("典当行", "Pawnshop"),
    "platform": ("网络平台", "Platform"),
    "government": ("机关单位", "Public body"),
    "other": ("其他", "Other"),
}

VALUE_WORDS: dict[str, dict[str, Pair]] = {
    "jurisdiction": {"CN": ("中国大陆", "Mainland China"), "US": ("美国", "United States"), "UK": ("英国", "United Kingdom")},
    "channel": {str(code): pair for code, pair in CHANNEL_NAMES.items()},
    "opted_out": {str(code): pair for code, pair in CHANNEL_NAMES.items()},
    "purpose": {str(code): pair for code, pair in PURPOSE_NAMES.items()},
    "role": {str(code): pair for code, pair in BELONGS_TO_NAMES.items()},
    "holds": {str(code): pair for code, pair in HOLD_NAMES.items()},
    "site.kind": {str(code): pair for code, pair in KIND_NAMES.items()},
    "debt_kind": _DEBTS,
    "creditor_kind": _CREDITORS,
    "staff.clearances": _CLEARANCES,
    "scan_verdict": {
        "clean": ("通过", "Clean"),
        "needs_approval": ("须人工复核", "Needs a person's review"),
        "block": ("拦截", "Blocked"),
    },
}  # fmt: skip


def fact_name(fact: str, lang: str) -> str:
    """A fact's name; the code itself for one that nobody named.

    Example:
        >>> fact_name("refused", "zh"), fact_name("refused", "en")
        ('对方已明确拒绝', 'The person refused')
    """
    return FACT_WORDS.get(fact, (fact, fact))[_place(lang)]


def value_name(fact: str, value: JSON, lang: str) -> str:
    """A fact's value as a person reads it.

    Example:
        >>> value_name("channel", "visit", "en"), value_name("refused", False, "zh"), value_name("holds", [], "en")
        ('Visit', '否', 'none')
    """
    place = _place(lang)
    if value is None:
        return (("没有", "none") if fact in GRANTS else ("未知", "unknown"))[place]
    if isinstance(value, bool):
        return (("是", "yes") if value else ("否", "no"))[place]
    if isinstance(value, list | tuple):
        names = [value_name(fact, one, lang) for one in value]
        return ("、", ", ")[place].join(names) if names else ("无", "none")[place]
    found = VALUE_WORDS.get(fact, {}).get(str(value))
    return found[place] if found else str(value)


def _place(lang: str) -> int:
    return 0 if lang.lower().startswith("zh") else 1
