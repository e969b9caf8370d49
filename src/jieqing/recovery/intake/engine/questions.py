"""What is asked about a debt before a case opens, and what is computed: the facts that the intake pack may read.

Asked once for a whole placement (the creditor declares where its debts come from) and again for one debtor where that
differs. What the ledger, the register of debtor events and the limitation engine know is never asked.

A question may be left out: the fact is then unknown, and a rule that needs it is amber. Refuses a value that is not among
those offered, a rate or a day that cannot be read, and a key that nobody asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from jieqing.kernel.outcomes import JSON, Problem, ProblemKind

Pair = tuple[str, str]
Answers = Mapping[str, str]
"""Answers as they were given: a code, ``yes`` or ``no``, a rate in decimal digits, an ISO day."""

YES_NO: dict[str, Pair] = {"yes": ("是", "Yes"), "no": ("否", "No")}
LOAN = "private_loan"


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``choices`` empty means a rate (``rate``) or a day; ``only_for`` names the kinds of debt it is for."""

    code: str
    zh: str
    en: str
    choices: Mapping[str, Pair]
    only_for: frozenset[str] = frozenset()
    is_rate: bool = False

    def text(self, lang: str) -> str:
        return self.zh if lang == "zh" else self.en


DEBT_KINDS: dict[str, Pair] = {
    "sale": ("货物买卖", "Sale of goods"),
    "service": ("服务、承揽、运输", "Services, works, transport"),
    "construction": ("建设工程", "Construction"),
    "rent": ("租赁、物业", "Rent, property fees"),
    LOAN: ("民间借贷", "Private loan"),
    "licensed_loan": ("持牌机构贷款、信用卡", "Loan or card of a licensed lender"),
    "judgment": ("生效裁判、公证债权文书", "Judgment or notarised debt"),
    "other": ("其他", "Other"),
}
_LOANS = frozenset({LOAN})

QUESTIONS: tuple[Question, ...] = (
    Question("debt_kind", "债务因何形成", "What the debt comes from", DEBT_KINDS),
    Question("basis", "有什么凭证", "What papers there are", {
        "signed": ("双方签署的合同、送货单、对账单或借据", "Contract, delivery note, balance or note signed by both"),
        "judgment": ("生效裁判文书", "A judgment in force"),
        "invoice_only": ("只有发票或单方记账", "Only invoices or the creditor's own books"),
        "oral": ("口头约定", "An oral agreement"),
        "none": ("没有凭证", "None"),
    }),
    Question("basis_forged", "凭证有无伪造、虚构迹象", "Whether papers look forged or invented", YES_NO),
    Question("origin", "债务来源是否正当", "Whether the debt has a lawful origin", {
        "lawful": ("正当经营或合法借款", "Lawful business or lending"),
        "gambling": ("赌博", "Gambling"),
        "crime": ("其他违法犯罪活动", "Other crime"),
        "morals": ("违背公序良俗的约定", "Against public order and good morals"),
    }),
    Question("debtor_checked", "债务人身份是否核实", "Whether the debtor was verified", {
        "verified": ("已核实（工商登记或身份证件）", "Verified (registration or identity card)"),
        "unverified": ("尚未核实", "Not yet"),
        "not_found": ("查无此人、此单位", "There is no such person or company"),
    }),
    Question("court_state", "是否已经诉讼、仲裁", "Whether it has been in court or arbitration", {
        "none": ("没有", "No"),
        "pending": ("正在进行", "Pending"),
        "won": ("已有胜诉裁判", "Won"),
        "dismissed": ("请求已被驳回", "Dismissed"),
    }),
    Question("criminal_case", "是否已作为刑事案件立案", "Whether it is a criminal case", YES_NO),
    Question("assignment", "债权是否受让而来", "Whether the claim was assigned", {
        "own": ("不是，本来就是债权人的", "No, it was always the creditor's"),
        "notified": ("是，已通知债务人", "Yes, and the debtor was told"),
        "not_notified": ("是，尚未通知债务人", "Yes, and the debtor was not told"),
    }),
    Question("creditor_kind", "出借人是什么机构", "What the lender is", {
        "licensed_lender": ("持牌金融机构或七类地方金融组织", "Licensed lender or one of the seven local types"),
        "company": ("普通企业", "A company"),
        "individual": ("个人", "A person"),
    }, _LOANS),
    Question("annual_rate", "约定年利率（小数，例如 0.24）", "Agreed yearly rate (decimal, e.g. 0.24)", {}, _LOANS, is_rate=True),
    Question("lent_on", "借款合同成立日", "Day the loan was made", {}, _LOANS),
    Question("claim_within_cap", "主张的利息和费用是否已减到上限以内", "Whether what is claimed was cut to the cap", YES_NO, _LOANS),
    Question("prepaid_interest", "出借时有无预先扣息", "Whether interest was deducted in advance", YES_NO, _LOANS),
    Question("prepaid_excluded", "本金是否已按实际借出金额计", "Whether principal is what was really lent", YES_NO, _LOANS),
    Question("lends_habitually", "出借人是否经常向不特定对象放贷", "Whether the lender lends habitually to the public", YES_NO, _LOANS),
    Question("relent_money", "是否用银行贷款或集资款转贷", "Whether bank loans or raised money were lent on", YES_NO, _LOANS),
)  # fmt: skip
BY_CODE: dict[str, Question] = {one.code: one for one in QUESTIONS}

# Facts that a rule may read: what is asked (yes and no as true and false), and what is computed.
ASKED_TEXTS = frozenset(one.code for one in QUESTIONS if one.choices and one.choices is not YES_NO)
ASKED_BOOLS = frozenset(one.code for one in QUESTIONS if one.choices is YES_NO)
COMPUTED_BOOLS = frozenset({
    "interest_above_cap", "rate_above_36", "time_barred", "minor", "incapacitated", "deceased", "bankrupt", "insolvent",
    "settled", "disputed", "legal_stay",
})  # fmt: skip
COMPUTED_NAMES: dict[str, Pair] = {
    "interest_above_cap": ("约定利率是否超过四倍LPR", "Whether the rate is above four times the LPR"),
    "rate_above_36": ("年利率是否超过36%", "Whether the rate is above 36 %"),
    "time_barred": ("时效是否届满", "Whether it is time-barred"),
    "minor": ("债务人是否未成年", "Whether the debtor is a minor"),
    "incapacitated": ("债务人是否无或限制行为能力", "Whether the debtor lacks full capacity"),
    "deceased": ("债务人是否去世", "Whether the debtor has died"),
    "bankrupt": ("是否宣告破产", "Whether declared bankrupt"),
    "insolvent": ("是否进入破产程序", "Whether in insolvency"),
    "settled": ("是否已结清", "Whether settled"),
    "disputed": ("有无异议", "Whether disputed"),
    "legal_stay": ("有无依法中止", "Whether stayed by law"),
}


def fact_name(code: str, lang: str) -> str:
    """What a missing fact is called.

    Example:
        >>> fact_name("origin", "en"), fact_name("time_barred", "zh")
        ('Whether the debt has a lawful origin', '时效是否届满')
    """
    pair = (BY_CODE[code].zh, BY_CODE[code].en) if code in BY_CODE else COMPUTED_NAMES.get(code, (code, code))
    return pair[0 if lang == "zh" else 1]


def read_answers(given: Mapping[str, str]) -> dict[str, str] | Problem:
    """Check answers; what was left empty is left out."""
    kept: dict[str, str] = {}
    for code, told in given.items():
        question = BY_CODE.get(code)
        if question is None:
            return Problem.of(UNKNOWN_QUESTION, code=code[:40])
        value = told.strip()
        if not value:
            continue
        if question.choices:
            if value not in question.choices:
                return Problem.of(UNKNOWN_ANSWER, question=question.zh, question_en=question.en)
        elif question.is_rate:
            rate = _rate(value)
            if rate is None:
                return Problem.of(NO_RATE, question=question.zh, question_en=question.en)
            value = format(rate, "f")
        elif _day(value) is None:
            return Problem.of(NO_DAY, question=question.zh, question_en=question.en)
        kept[code] = value
    return kept


def asked_facts(answers: Answers) -> dict[str, JSON]:
    """The facts that the answers say by themselves."""
    return {
        code: (value == "yes") if code in ASKED_BOOLS else value
        for code, value in answers.items()
        if code in ASKED_BOOLS or code in ASKED_TEXTS
    }


def rate_of(answers: Answers) -> Decimal | None:
    return _rate(answers.get("annual_rate", ""))


def day_lent(answers: Answers) -> date | None:
    return _day(answers.get("lent_on", ""))


def _rate(text: str) -> Decimal | None:
    try:
        rate = Decimal(text)
    except InvalidOperation:
        return None
    exponent = rate.as_tuple().exponent if rate.is_finite() else None
    return rate if isinstance(exponent, int) and exponent >= -7 and 0 <= rate <= 100 else None


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1950 <= day.year <= 2150 else None


UNKNOWN_QUESTION = ProblemKind(
    "intake.unknown_question",
    "没有“{code}”这个问题。",
    'There is no question "{code}".',
    "请按页面或接口说明填写。",
    "Use the questions of the page or of the API.",
)
UNKNOWN_ANSWER = ProblemKind(
    "intake.unknown_answer",
    "“{question}”的回答不在选项内。",
    'The answer to "{question_en}" is none of those offered.',
    "请从列出的选项中选择。",
    "Choose one of those listed.",
)
NO_RATE = ProblemKind(
    "intake.no_rate",
    "“{question}”不是可以读懂的利率。",
    '"{question_en}" cannot be read as a rate.',
    "请填写小数，例如 0.24 表示 24 %。",
    "Give a decimal fraction; 0.24 means 24 %.",
)
NO_DAY = ProblemKind(
    "intake.no_day",
    "“{question}”不是可以读懂的日期。",
    '"{question_en}" cannot be read as a day.',
    "请按 2026-11-22 的格式填写。",
    "Give it as 2026-11-22.",
)
