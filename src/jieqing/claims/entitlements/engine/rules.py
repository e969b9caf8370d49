"""Rules: what each line of a statement rests on, as a closed catalogue of codes, articles and parts.

A segment of interest carries one of these rules; nothing accrues without one. The part says which column of the
statement the line belongs to, by the name that the article itself gives the money: what the law calls 利息 is
interest, what it calls 违约金 or 逾期付款损失 is penalty, and the doubled part of article 264 is interest kept apart,
because 法释〔2014〕8号 article 4 appropriates it last.

Codes stand in stored statements: never rename one.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Part(IntEnum):
    """The columns of a statement; the numbers index the open amounts of a debt while it is replayed."""

    INTEREST = 0
    PENALTY = 1
    DOUBLED = 2
    PRINCIPAL = 3
    COSTS = 4


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """Why a rate runs: a code that never changes, the article in the words of the law, the same in English.

    Rules are the constants of this module and are compared by identity.
    """

    code: str
    part: Part
    article: str
    en: str


_LOAN = "最高人民法院关于审理民间借贷案件适用法律若干问题的规定"
_LOAN_EN = "Supreme People's Court, Provisions on Private Lending"
_SALE = "最高人民法院关于审理买卖合同纠纷案件适用法律问题的解释"
_SALE_EN = "Supreme People's Court, Interpretation on Sale Contracts"
_WORKS = "最高人民法院关于审理建设工程施工合同纠纷案件适用法律问题的解释（一）"
_WORKS_EN = "Supreme People's Court, Interpretation (I) on Construction Contracts"
_SME = "保障中小企业款项支付条例（2025）第十七条"
_SME_2020 = "保障中小企业款项支付条例（2020）第十五条"
_SME_EN = "Regulation on Payments to Small and Medium-sized Enterprises"
_DOUBLED = "最高人民法院关于执行程序中计算迟延履行期间的债务利息适用法律若干问题的解释（法释〔2014〕8号）"

LOAN_AGREED = Rule("loan.agreed", Part.INTEREST, f"{_LOAN}第二十五条", f"{_LOAN_EN}, art. 25")
LOAN_CAPPED = Rule(
    "loan.capped", Part.INTEREST, f"{_LOAN}第二十五条", f"{_LOAN_EN}, art. 25: four times the LPR"
)
LOAN_LATE_TERM_RATE = Rule(
    "loan.late_at_term_rate",
    Part.INTEREST,
    f"{_LOAN}第二十八条第二款第二项",
    f"{_LOAN_EN}, art. 28(2)(2): the agreed rate of the term goes on",
)
LOAN_LATE_LPR = Rule(
    "loan.late_lpr",
    Part.INTEREST,
    f"{_LOAN}第二十八条第二款第一项",
    f"{_LOAN_EN}, art. 28(2)(1): the one-year LPR",
)
LOAN_LATE_AGREED = Rule(
    "loan.late_agreed", Part.PENALTY, f"{_LOAN}第二十八条第一款、第二十九条", f"{_LOAN_EN}, arts. 28(1), 29"
)
LOAN_LATE_CAPPED = Rule(
    "loan.late_capped",
    Part.PENALTY,
    f"{_LOAN}第二十八条第一款、第二十九条",
    f"{_LOAN_EN}, arts. 28(1), 29: interest and penalty together, four times the LPR",
)
LOAN_OLD_RULE = Rule(
    "loan.old_rule",
    Part.INTEREST,
    f"{_LOAN}第三十一条第二款（2020年8月19日以前适用当时的司法解释）",
    f"{_LOAN_EN}, art. 31(2): the earlier rule until 2020-08-19",
)
LOAN_LATE_OLD_RULE = Rule("loan.late_old_rule", Part.PENALTY, LOAN_OLD_RULE.article, LOAN_OLD_RULE.en)
LOAN_TRANSITION = Rule(
    "loan.transition",
    Part.INTEREST,
    f"{_LOAN}第三十一条第二款",
    f"{_LOAN_EN}, art. 31(2): four times the LPR of the day of suit",
)
LOAN_LATE_TRANSITION = Rule("loan.late_transition", Part.PENALTY, LOAN_TRANSITION.article, LOAN_TRANSITION.en)
CREDIT_AGREED = Rule(
    "credit.agreed",
    Part.INTEREST,
    "民法典第六百七十四条、第六百七十六条",
    "Civil Code, arts. 674, 676: as agreed with a licensed lender",
)
CREDIT_LATE_AGREED = Rule(
    "credit.late_agreed",
    Part.PENALTY,
    "民法典第六百七十六条",
    "Civil Code, art. 676: late interest as agreed",
)
SALE_LATE_LPR = Rule(
    "sale.late_lpr", Part.PENALTY, f"{_SALE}第十八条第四款", f"{_SALE_EN}, art. 18(4): LPR plus 30 to 50 %"
)
SALE_LATE_BASE_RATE = Rule(
    "sale.late_base_rate",
    Part.PENALTY,
    f"{_SALE}第十八条第四款（2019年8月19日以前违约）",
    f"{_SALE_EN}, art. 18(4): the central bank's base rate with the late surcharge",
)
SERVICE_LATE_LPR = Rule(
    "service.late_lpr",
    Part.PENALTY,
    f"民法典第六百四十六条；{_SALE}第十八条第四款（参照）",
    f"Civil Code, art. 646; {_SALE_EN}, art. 18(4) by analogy",
)
AGREED_PENALTY = Rule(
    "agreed.penalty", Part.PENALTY, "民法典第五百八十五条", "Civil Code, art. 585: penalty as agreed"
)
AGREED_LATE_INTEREST = Rule(
    "agreed.late_interest",
    Part.INTEREST,
    "民法典第五百七十九条、第五百八十五条",
    "Civil Code, arts. 579, 585: late interest as agreed",
)
SME_STATUTORY = Rule("sme.statutory", Part.INTEREST, _SME, f"{_SME_EN} (2025), art. 17: 0.05 % a day")
SME_AGREED = Rule("sme.agreed", Part.INTEREST, _SME, f"{_SME_EN} (2025), art. 17: as agreed")
SME_FLOOR = Rule(
    "sme.floor",
    Part.INTEREST,
    _SME,
    f"{_SME_EN} (2025), art. 17: no less than the one-year LPR of the contract's day",
)
SME_STATUTORY_2020 = Rule(
    "sme.statutory_2020", Part.INTEREST, _SME_2020, f"{_SME_EN} (2020), art. 15: 0.05 % a day"
)
SME_AGREED_2020 = Rule("sme.agreed_2020", Part.INTEREST, _SME_2020, f"{_SME_EN} (2020), art. 15: as agreed")
SME_FLOOR_2020 = Rule(
    "sme.floor_2020",
    Part.INTEREST,
    _SME_2020,
    f"{_SME_EN} (2020), art. 15: no less than the one-year LPR of the contract's day",
)
WORKS_AGREED = Rule(
    "construction.agreed", Part.INTEREST, f"{_WORKS}第二十六条", f"{_WORKS_EN}, art. 26: as agreed"
)
WORKS_LPR = Rule("construction.lpr", Part.INTEREST, f"{_WORKS}第二十六条", f"{_WORKS_EN}, art. 26: LPR")
WORKS_BASE_RATE = Rule(
    "construction.base_rate",
    Part.INTEREST,
    f"{_WORKS}第二十六条（2019年8月19日以前按同期同类贷款利率）",
    f"{_WORKS_EN}, art. 26: the central bank's base rate before the LPR",
)
WORKS_ADVANCE = Rule(
    "construction.advance", Part.INTEREST, f"{_WORKS}第二十五条", f"{_WORKS_EN}, art. 25: advance funding"
)
JUDGMENT_GENERAL = Rule(
    "judgment.general",
    Part.INTEREST,
    f"{_DOUBLED}第一条第二款",
    "SPC 2014 No. 8, art. 1(2): general interest as the judgment fixes it",
)
JUDGMENT_DOUBLED = Rule(
    "judgment.doubled",
    Part.DOUBLED,
    f"民事诉讼法第二百六十四条；{_DOUBLED}第一条第三款、第二条",
    "Civil Procedure Law, art. 264; SPC 2014 No. 8, arts. 1(3), 2: 0.000175 a day",
)

RULES: dict[str, Rule] = {rule.code: rule for rule in list(globals().values()) if isinstance(rule, Rule)}
