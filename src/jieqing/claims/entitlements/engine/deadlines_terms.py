"""The fixed terms of procedure: one row each, from the day that starts it to the last day for the act.

A row says who must do what, within how long of what, by which article, and where the day goes that is no working day.
Four kinds need care and have it here: a freeze ends on its day and its renewal must be applied for 7 days *before*
(保全规定 18); a suit must follow preservation before suit within 30 days or the freeze is lifted; the priority of a
construction price ends 18 months after the price was due, for good; a judgment served abroad gives 30 days to appeal.

The term in which a court itself must act is listed too (`is_courts`): it is a day to ask, not one to miss.

Refuses: dates outside 1950 to 2150; a code that is not in the table.
Source: 民事诉讼法 2023; 民事诉讼法解释 2022; 保全规定; 建工解释（一）; 诉讼费用交纳办法.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from jieqing.claims.entitlements.engine.citations import Citation, cite
from jieqing.claims.entitlements.engine.deadlines import (
    CORRESPONDING_DAY,
    FIRST_DAY,
    Deadline,
    Reason,
    Roll,
    Unit,
    calendar_reasons,
    check_day,
    count_period,
    settle_day,
)
from jieqing.kernel.outcomes import Problem, ProblemKind

RENEW_DAYS_BEFORE = 7


@dataclass(frozen=True, slots=True)
class Term:
    """One row: what must be done, counted from what, how long, by which article."""

    zh: str
    en: str
    from_zh: str
    from_en: str
    length: int
    unit: Unit
    citation: Citation
    roll: Roll = Roll.NEXT
    is_courts: bool = False
    consequence_zh: str = ""
    consequence_en: str = ""


_PRE = cite("civil_procedure", 104, "第三款", "(3)")
_FREEZE = cite("procedure_reading", 485, "第一款", "(1)")
_ORDER = cite("civil_procedure", 227)

TERMS: Mapping[str, Term] = {
    "appeal_judgment": Term(
        "对一审判决提起上诉", "appeal against a judgment", "判决书送达", "service of the judgment",
        15, Unit.DAYS, cite("civil_procedure", 171, "第一款", "(1)"),
        consequence_zh="逾期判决生效", consequence_en="after it the judgment takes effect",
    ),
    "appeal_ruling": Term(
        "对一审裁定提起上诉", "appeal against a ruling", "裁定书送达", "service of the ruling",
        10, Unit.DAYS, cite("civil_procedure", 171, "第二款", "(2)"),
        consequence_zh="逾期裁定生效", consequence_en="after it the ruling takes effect",
    ),
    "appeal_abroad": Term(
        "在境内没有住所的当事人上诉", "appeal by a party without domicile in the country", "裁判文书送达", "service",
        30, Unit.DAYS, cite("civil_procedure", 286),
    ),
    "defence": Term(
        "被告提出答辩状、管辖异议", "defence and objection to jurisdiction", "收到起诉状副本", "receipt of the complaint",
        15, Unit.DAYS, cite("civil_procedure", 128),
        consequence_zh="逾期提出的管辖异议不予审查；不答辩不影响审理",
        consequence_en="a later objection to jurisdiction is not heard; without a defence the case goes on",
    ),
    "retrial": Term(
        "申请再审", "apply for retrial", "判决、裁定生效", "effect of the judgment or ruling",
        6, Unit.MONTHS, cite("civil_procedure", 216),
    ),
    "fee_prepayment": Term(
        "预交案件受理费", "prepay the case fee", "接到交费通知", "the court's notice to pay",
        7, Unit.DAYS, cite("fee_measures", 22),
        consequence_zh="逾期可能按撤诉处理", consequence_en="after it the suit may count as withdrawn",
    ),
    "payment_order_accepted": Term(
        "法院通知是否受理支付令申请", "court says whether it accepts the application", "收到申请书", "receipt of the application",
        5, Unit.DAYS, cite("civil_procedure", 226), is_courts=True,
    ),
    "payment_order_issued": Term(
        "法院发出支付令", "court issues the payment order", "受理", "acceptance",
        15, Unit.DAYS, cite("civil_procedure", 227, "第一款", "(1)"), is_courts=True,
    ),
    "payment_order_served": Term(
        "支付令送达债务人", "payment order served on the debtor", "发出支付令", "issue of the order",
        30, Unit.DAYS, cite("procedure_reading", 430, "第（二）项", "(2)"), is_courts=True,
        consequence_zh="无法送达的，督促程序终结，支付令失效", consequence_en="when it cannot be served the order lapses",
    ),
    "payment_order_objection": Term(
        "债务人清偿或提出书面异议", "debtor pays or objects in writing", "债务人收到支付令", "receipt by the debtor",
        15, Unit.DAYS, cite("civil_procedure", 227, "第二款", "(2)"),
        consequence_zh="期满不异议又不履行的，可以申请执行", consequence_en="after it, without either, enforcement can be applied for",
    ),
    "payment_order_decline": Term(
        "不同意转入诉讼的，向法院表明", "creditor tells the court not to go to suit", "收到终结督促程序裁定", "receipt of the ruling",
        7, Unit.DAYS, cite("procedure_reading", 438),
        consequence_zh="未表明的，视为起诉", consequence_en="without it the application counts as a suit",
    ),
    "pre_suit_suit": Term(
        "诉前保全后起诉或申请仲裁", "sue or arbitrate after preservation before suit", "法院采取保全措施", "the measure",
        30, Unit.DAYS, _PRE,
        consequence_zh="逾期解除保全", consequence_en="after it the measure is lifted",
    ),
    "freeze_deposit": Term(
        "银行存款冻结届满", "freeze of a bank deposit ends", "冻结", "the freeze",
        1, Unit.YEARS, _FREEZE, Roll.NONE,
        consequence_zh="届满自动失效", consequence_en="it ends by itself",
    ),
    "freeze_movable": Term(
        "动产查封、扣押届满", "seizure of movables ends", "查封、扣押", "the seizure",
        2, Unit.YEARS, _FREEZE, Roll.NONE,
        consequence_zh="届满自动失效", consequence_en="it ends by itself",
    ),
    "freeze_real_estate": Term(
        "不动产查封、其他财产权冻结届满", "seizure of real estate or other rights ends", "查封、冻结", "the seizure",
        3, Unit.YEARS, _FREEZE, Roll.NONE,
        consequence_zh="届满自动失效", consequence_en="it ends by itself",
    ),
    "judicial_confirmation": Term(
        "双方共同申请司法确认", "both parties apply for judicial confirmation", "调解协议生效", "effect of the agreement",
        30, Unit.DAYS, cite("civil_procedure", 205),
    ),
    "construction_priority": Term(
        "行使建设工程价款优先受偿权", "claim priority for a construction price", "应付工程价款之日", "day the price was due",
        18, Unit.MONTHS, cite("construction_reading", 41),
        consequence_zh="逾期优先权消灭，不中止、不中断", consequence_en="after it the priority is gone; nothing extends it",
    ),
    "enforcement_notice": Term(
        "法院发出执行通知", "court sends the notice of enforcement", "收到申请执行书", "receipt of the application",
        10, Unit.DAYS, cite("procedure_reading", 480), is_courts=True,
    ),
}  # fmt: skip


def term_deadline(code: str, start: date) -> Deadline | Problem:
    """Return the last day of one fixed term that starts with an event on a day.

    Example:
        >>> term_deadline("appeal_judgment", date(2026, 9, 18)).last_day  # the 15th day falls on National Day
        datetime.date(2026, 10, 8)
    """
    term = TERMS.get(code)
    if term is None:
        return Problem.of(TERM_UNKNOWN, text=code[:40])
    if problem := check_day(start, term.from_zh, term.from_en):
        return problem
    counted = count_period(start, term.length, term.unit)
    last_day, is_certain = settle_day(counted, term.roll)
    moved, warnings = calendar_reasons(counted, last_day, is_certain)
    reasons = [_count_reason(term, start, counted), *moved]
    if term.consequence_zh:
        reasons.append(Reason(term.consequence_zh, term.consequence_en, term.citation))
    missing = Reason(f"证明{term.from_zh}日期的材料", f"proof of the day of {term.from_en}", term.citation)
    return Deadline(
        code, term.zh, term.en, start, counted, last_day, is_certain,
        (*reasons,), (missing,), tuple(warnings),
    )  # fmt: skip


def renewal_deadline(freeze: Deadline) -> Deadline:
    """Return the last day to apply for the renewal of a freeze: 7 days before it ends, a working day or earlier.

    Example:
        >>> freeze = term_deadline("freeze_deposit", date(2026, 3, 2))
        >>> freeze.last_day, renewal_deadline(freeze).last_day
        (datetime.date(2027, 3, 2), datetime.date(2027, 2, 23))
    """
    rule = cite("preservation_rules", 18)
    counted = freeze.last_day - timedelta(days=RENEW_DAYS_BEFORE)
    last_day, is_certain = settle_day(counted, Roll.BEFORE)
    moved, warnings = calendar_reasons(counted, last_day, is_certain)
    before = Reason(
        f"须在 {freeze.last_day} 届满七日前申请续行，即 {counted} 之前（含当日）",
        f"renewal must be applied for 7 days before {freeze.last_day}: by {counted}",
        rule,
        counted,
    )
    return replace(
        freeze,
        code=f"{freeze.code}_renewal",
        zh="申请续行保全",
        en="apply for renewal",
        counted_day=counted,
        last_day=last_day,
        is_certain=is_certain,
        reasons=(*freeze.reasons, before, *moved),
        warnings=tuple(warnings),
    )


def construction_due_day(
    agreed: date | None, delivered: date | None, settlement_submitted: date | None, suit: date | None
) -> tuple[date, Reason] | Problem:
    """Return the day on which a construction price was due: agreed, else delivery, else settlement papers, else suit."""
    rule = cite("construction_reading", 27)
    rows = (
        (agreed, "约定的付款日", "the agreed day", ""),
        (delivered, "没有约定，以工程交付之日为应付款日", "no day agreed: the day of delivery", "第（一）项"),
        (
            settlement_submitted,
            "没有交付，以提交竣工结算文件之日为应付款日",
            "not delivered: the day the settlement was filed",
            "第（二）项",
        ),
        (suit, "未交付也未结算，以起诉之日为应付款日", "neither: the day of the suit", "第（三）项"),
    )
    for day, zh, en, part in rows:
        if day:
            return day, Reason(f"{zh}：{day}", f"{en}: {day}", replace(rule, part_zh=part), day)
    return Problem.of(CONSTRUCTION_DAY_MISSING)


def _count_reason(term: Term, start: date, counted: date) -> Reason:
    if term.unit is Unit.DAYS:
        span_zh, span_en, _ = f"{term.length} 日", f"{term.length} days", FIRST_DAY
    elif term.unit is Unit.MONTHS:
        span_zh, span_en, _ = f"{term.length} 个月", f"{term.length} months", CORRESPONDING_DAY
    else:
        span_zh, span_en, _ = f"{term.length} 年", f"{term.length} years", CORRESPONDING_DAY
    return Reason(
        f"{term.from_zh} {start}，当日不计入，{span_zh}，至 {counted}",
        f"{term.from_en} on {start}, not counted; {span_en}, to {counted}",
        term.citation,
        counted,
    )


TERM_UNKNOWN = ProblemKind(
    "deadlines.term_unknown",
    "没有“{text}”这一项期限。",
    "There is no term “{text}”.",
    "请从列表中选择。",
    "Choose one from the list.",
)
CONSTRUCTION_DAY_MISSING = ProblemKind(
    "deadlines.construction_day_missing",
    "缺少应付工程价款的日期。",
    "The day the construction price was due is missing.",
    "请填写约定付款日、交付日、提交结算文件日或起诉日之一。",
    "Give the agreed day, or the day of delivery, of filing the settlement, or of the suit.",
)
