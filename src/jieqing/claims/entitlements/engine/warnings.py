"""Warnings: what a reader of a statement must know before relying on it, each a sentence with its remedy.

A statement never refuses what it can say honestly: a payment before the contract, a month of the LPR nobody confirmed,
a cap whose day of formation is missing. It says what it did and what would change it.
"""

from __future__ import annotations

from jieqing.kernel.outcomes import ProblemKind

LPR_UNCONFIRMED = ProblemKind(
    "owed.lpr_unconfirmed",
    "{months} 的一年期LPR尚未核实，暂按 {day} 起的 {rate} 计算。",
    "The one-year LPR of {months} is not confirmed; the value of {day}, {rate}, was used.",
    "请向全国银行间同业拆借中心核对当月报价，并在 lpr 中填写。",
    "Check the month's publication and give it under lpr.",
)
BASE_RATE_USED = ProblemKind(
    "owed.base_rate_used",
    "2019年8月20日以前没有LPR，{day} 起按人民银行一年期贷款基准利率 {rate} 计算；该表凭记忆整理，尚未核对原文。",
    "There was no LPR before 2019-08-20; from {day} the central bank's base rate {rate} was used, from a table not yet checked.",
    "请核对当时的基准利率。",
    "Check the base rate of the time.",
)
RATE_UNKNOWN = ProblemKind(
    "owed.rate_unknown",
    "债务“{item}”在 {day} 以前的利率不在表中，这段时间没有计息。",
    "The rate before {day} is not in the table; debt “{item}” bears nothing for that time.",
    "请填写约定利率，或另行计算这段时间。",
    "Give an agreed rate, or compute that time apart.",
)
FORMATION_MISSING = ProblemKind(
    "owed.formation_missing",
    "没有合同成立日期，四倍LPR上限暂按已公布的最低值 {rate}（{day}）确定。",
    "The contract has no date of formation; the cap of four times the LPR was taken from the lowest value published, {rate} ({day}).",
    "请填写 contract_date；上限以合同成立时的LPR为准。",
    "Give contract_date; the cap is fixed by the LPR of that day.",
)
TRANSITION = ProblemKind(
    "owed.transition",
    "合同成立于2020年8月20日以前：{day} 以前适用当时的司法解释（年利率24%，此数值凭记忆，待核），之后按起诉时LPR四倍 {rate} 封顶。",
    "Formed before 2020-08-20: the earlier rule (24 % a year, from memory) until {day}, then four times the LPR of the suit, {rate}.",
    "请核对起诉日期；当事人未请求适用旧规定的，将 asks_old_rule 设为 false。",
    "Check suit_date; where nobody asks for the old rule, set asks_old_rule to false.",
)
OLD_RULE = ProblemKind(
    "owed.old_rule",
    "起诉于2020年8月20日以前，按当时的司法解释以年利率24%封顶（此数值凭记忆，待核）。",
    "Sued before 2020-08-20: capped by the earlier rule at 24 % a year (from memory).",
    "请核对当时的司法解释。",
    "Check the rule then in force.",
)
SUIT_DATE_ASSUMED = ProblemKind(
    "owed.suit_date_assumed",
    "没有起诉日期，按 {day} 起诉计算。",
    "There is no date of suit; {day} was assumed.",
    "起诉后请填写 suit_date。",
    "Give suit_date once the suit is filed.",
)
CAP_EXEMPT = ProblemKind(
    "owed.cap_exempt",
    "债权人为{creditor_kind}，不适用民间借贷的四倍LPR上限；监管部门可能另有上限（例如24%，待核）。",
    "The creditor is a licensed lender ({creditor_kind}): the cap on private loans does not apply; a regulator's cap may (24 %, to be checked).",
    "请核对监管规定和合同。",
    "Check the regulator's rules and the contract.",
)
CAPPED = ProblemKind(
    "owed.capped",
    "债务“{item}”约定利率合计 {agreed} 超过上限 {cap}（同一计息基准的年利率），超过部分没有计算。",
    "Debt “{item}”: the agreed rates come to {agreed} a year, above the cap of {cap}; the excess is left out.",
    "超过部分不受保护，请勿主张。",
    "The excess is not protected; do not claim it.",
)
MULTIPLE_ASSUMED = ProblemKind(
    "owed.multiple_assumed",
    "没有写明逾期付款损失的加计比例，按法定下限加计30%计算（法院可在30%至50%之间认定）。",
    "The late multiple is not given; the lower bound of 1.3 was used (the court may go to 1.5).",
    "请填写 late_multiple（1.3 至 1.5）。",
    "Give late_multiple, 1.3 to 1.5.",
)
BY_ANALOGY = ProblemKind(
    "owed.by_analogy",
    "服务合同没有约定逾期责任，参照买卖合同的规定计算，法院可能另有认定。",
    "The service contract says nothing of late payment; the rule of sale contracts was applied by analogy, which a court may see otherwise.",
    "有约定的请填写 rate 或 penalty_rate。",
    "Give rate or penalty_rate where they were agreed.",
)
PENALTY_HIGH = ProblemKind(
    "owed.penalty_over_130_percent",
    "债务“{item}”约定的违约金年利率 {agreed} 超过损失（按一年期LPR {loss}）的130%，债务人可以请求适当减少。",
    "Debt “{item}”: the agreed penalty of {agreed} a year exceeds 130 % of the loss (at the LPR, {loss}); the debtor may ask to have it reduced.",
    "请准备实际损失的证据；恶意违约的一般不予减少。",
    "Prepare evidence of the real loss; a debtor in bad faith is normally not relieved.",
)
DUE_DERIVED = ProblemKind(
    "owed.due_derived",
    "债务“{item}”没有约定付款日，依{article_zh}以 {day} 为应付款日。",
    "Debt “{item}” has no agreed day of payment; {day} is taken under {article_en}.",
    "有约定的请填写 due。",
    "Give due where it was agreed.",
)
DUE_MISSING = ProblemKind(
    "owed.due_missing",
    "债务“{item}”没有付款日，也没有可以推定的日期，逾期部分没有计算。",
    "Debt “{item}” has no day of payment and none can be derived; nothing late was computed.",
    "请填写 due，或交付、结算、起诉日期。",
    "Give due, or the day of delivery, settlement or suit.",
)
DUE_SHORTENED = ProblemKind(
    "owed.due_shortened",
    "债务“{item}”约定的付款期限超过交付后 60 日，依条例第九条（2020年条例第八条）以 {day} 为应付款日。",
    "Debt “{item}”: more than 60 days after delivery cannot be agreed (art. 9; in 2020 art. 8); {day} is taken.",
    "请核对交付日期。",
    "Check the day of delivery.",
)
NOT_DUE = ProblemKind(
    "owed.not_due",
    "债务“{item}”于 {day} 到期，在计算日尚未逾期，没有计算逾期部分。",
    "Debt “{item}” falls due on {day} and is not late on the day of the statement.",
    "到期后再计算逾期部分。",
    "Compute late charges after that day.",
)
START_MISSING = ProblemKind(
    "owed.interest_start_missing",
    "债务“{item}”有约定利率，但没有放款或合同日期，借期内利息没有计算。",
    "Debt “{item}” has a rate but no day from which it runs; interest of the term was not computed.",
    "请填写 interest_from、delivered_on 或 contract_date。",
    "Give interest_from, delivered_on or contract_date.",
)
DUE_BEFORE_START = ProblemKind(
    "owed.due_before_start",
    "债务“{item}”的付款日 {day} 早于起息日 {start}，借期内天数按零计算。",
    "Debt “{item}” is due on {day}, before its interest starts on {start}; the term counts zero days.",
    "请核对日期。",
    "Check the dates.",
)
PAYMENT_EARLY = ProblemKind(
    "owed.payment_before_contract",
    "{day} 的付款早于合同成立（{start}），按合同成立当日抵充。",
    "The payment of {day} is older than the contract ({start}); it was applied on the contract's first day.",
    "请确认这笔付款属于本合同。",
    "Make sure that the payment belongs to this contract.",
)
AS_OF_EARLY = ProblemKind(
    "owed.as_of_before_contract",
    "计算日 {as_of} 早于合同成立（{start}），天数为负，没有计息。",
    "The statement's day {as_of} is before the contract ({start}); the days are negative and nothing accrues.",
    "请核对计算日和合同日期。",
    "Check the day of the statement and contract_date.",
)
CREDITOR_KIND_UNKNOWN = ProblemKind(
    "owed.creditor_kind_unknown",
    "债权人类型“{creditor_kind}”不在名单中，按适用四倍LPR上限处理。",
    "The creditor kind “{creditor_kind}” is not a known one; the cap on private loans was applied.",
    "请使用 contracts/owed-facts.schema.json 中的类型。",
    "Use a kind named in contracts/owed-facts.schema.json.",
)
PAYMENT_LATER = ProblemKind(
    "owed.payment_after_as_of",
    "{count} 笔付款或费用晚于计算日，没有计入。",
    "{count} payments or costs are later than the day of the statement and were left out.",
    "如需计入，请推后计算日。",
    "Choose a later day to include them.",
)
SURPLUS = ProblemKind(
    "owed.surplus",
    "付款超过全部债务，多付 {amount} 未抵充。",
    "The payments exceed the debt by {amount}, which is left over.",
    "多付部分应退还或另行约定用途。",
    "Return the surplus or agree on its use.",
)
PENALTY_BEFORE_PRINCIPAL = ProblemKind(
    "owed.penalty_before_principal",
    "付款抵充了约定的违约金；民法典第五百六十一条只列举费用、利息、主债务，逾期违约金按利息对待，实践有不同意见。",
    "A payment went to agreed penalty before principal; art. 561 names costs, interest and principal only, and courts differ on penalties.",
    "另有约定的请填写 order。",
    "Where another order was agreed, give order.",
)
BASIS_ASSUMED = ProblemKind(
    "owed.rate_basis_assumed",
    "债务“{item}”的利率没有写明基准，按年利率、一年365天计算。",
    "Debt “{item}”: the basis of the rate is not given; a year of 365 days was assumed.",
    "请填写 rate_basis（year_365、year_360 或 day）。",
    "Give rate_basis: year_365, year_360 or day.",
)
SME_DEBTOR = ProblemKind(
    "owed.sme_debtor",
    "条例只约束机关、事业单位和大型企业；债务人类型为“{debtor_kind}”，请确认适用。",
    "The regulation binds public bodies and large enterprises; the debtor is “{debtor_kind}”.",
    "请核对债务人类型；不适用的请改用 sale。",
    "Check the debtor's kind; use sale where the regulation does not apply.",
)
SME_BEFORE = ProblemKind(
    "owed.sme_before_regulation",
    "债务“{item}”逾期早于2020年9月1日，条例施行前的期间没有计算。",
    "Debt “{item}” was late before 2020-09-01; the time before the regulation is left out.",
    "该期间请按买卖合同规则另行计算。",
    "Compute that time under the rule of sale contracts.",
)
SME_FLOOR_UNKNOWN = ProblemKind(
    "owed.sme_floor_unknown",
    "没有合同成立日期（或早于2019年8月20日），无法核对约定利率是否低于当时的一年期LPR。",
    "Without a day of the contract since 2019-08-20 the agreed rate cannot be held against the LPR of that day.",
    "请填写 contract_date。",
    "Give contract_date.",
)
JUDGMENT_BEFORE_2014 = ProblemKind(
    "owed.judgment_before_2014",
    "2014年8月1日以前的迟延履行利息适用之前的规定，没有计算。",
    "Interest for late performance before 2014-08-01 follows the earlier rule and is left out.",
    "请另行计算。",
    "Compute it apart.",
)
PERFORM_BY_ASSUMED = ProblemKind(
    "owed.perform_by_assumed",
    "生效法律文书没有履行期间，自 {day}（文书日期）起算加倍部分。",
    "The judgment gives no time for performance; the doubled part runs from its date, {day}.",
    "请填写 perform_by，或把 date 填为生效日。",
    "Give perform_by, or the day it took effect as date.",
)
GENERAL_INTEREST_ASSUMED = ProblemKind(
    "owed.general_interest_assumed",
    "按约定的利率继续计算判决后的一般债务利息；以生效法律文书确定的方法为准。",
    "Interest goes on at the contract's rate after the judgment; what the judgment fixed decides.",
    "请与判决主文核对。",
    "Check it against the judgment.",
)
UNKNOWN_KEY = ProblemKind(
    "owed.unknown_key",
    "{place}：没有这个字段，未使用。",
    "{place}: there is no such key; it was not used.",
    "请检查拼写，见 contracts/owed-facts.schema.json。",
    "Check the spelling; see contracts/owed-facts.schema.json.",
)
