"""Warnings where the law is disputed or a fact may carry more than it says: what the statement did, what the other view is.

They change no amount. Each names the article and the fact that would settle it.
"""

from __future__ import annotations

from jieqing.kernel.outcomes import ProblemKind

DAY_ITSELF = ProblemKind(
    "owed.day_itself",
    "自次日起算；{article_zh}写“自……之日起”，有法院把当日也算入，相差一天。",
    "Counted from the next day; {article_en} says “from the day”, and some courts count that day too: one day more.",
    "如当地法院算入当日，请另加一天。",
    "Add one day where the court counts the day itself.",
)
DUE_ON_HOLIDAY = ProblemKind(
    "owed.due_on_holiday",
    "{count} 笔债务的到期日是休息日（如“{item}”{day}）；按固定日期处理。如果它是一段期间的最后一日，依民法典第二百零三条顺延至 "
    "{next_day}。",
    "{count} debts fall due on a day off (“{item}”, {day}) and were taken as fixed dates; where one ends "
    "a period, art. 203 of the Civil Code moves it to {next_day}.",
    "是期间的，请把 due 改为顺延后的日期。",
    "Where it ends a period, give the later day as due.",
)
CAP_ON_360 = ProblemKind(
    "owed.cap_on_360_days",
    "债务“{item}”约定按一年360天计息；上限也按360天比较。折成365天为 {agreed}，高于上限 {cap}，法院可能按365天比较。",
    "Debt “{item}” counts a year of 360 days and was held against the cap on 360 days; on 365 days it "
    "is {agreed}, above {cap}, and a court may compare on 365.",
    "稳妥起见可把 rate_basis 改为 year_365 再算一次。",
    "To be safe compute once more with year_365.",
)
OLD_RULE_36 = ProblemKind(
    "owed.old_rule_36",
    "债务“{item}”约定 {agreed}，且2020年8月20日以前有付款：按当时的规定，已自愿支付的24%至36%部分不能要求返还（数值凭记忆，"
    "待核）；本表一律按24%抵充，可能少算债权人已得的利息。",
    "Debt “{item}” was agreed at {agreed} and paid on before 2020-08-20: under the earlier rule interest "
    "between 24 and 36 % that was paid freely is not returned (from memory); every payment was applied "
    "at 24 %.",
    "争议大的请按已付利息另行核算。",
    "Where it matters, work out apart what was paid as interest.",
)
SME_CONTRACT_OLDER = ProblemKind(
    "owed.sme_contract_older",
    "合同成立于 {day} 条例施行以前，逾期在施行以后；法院是否适用该条例可能有不同认定。",
    "The contract is older than the regulation of {day}, the delay is younger; courts may differ on whether it applies.",
    "有约定利率的按约定主张更稳妥。",
    "An agreed rate is the safer claim.",
)
RECONCILED = ProblemKind(
    "owed.reconciled",
    "{day} 有对账或还款协议：其中没有提到逾期责任的，不影响违约金；明确写了本金和利息数额或变更了约定的，"
    "以它为准（买卖合同解释第十八条第三款），本表没有改变金额。",
    "There was a reconciliation or repayment deal on {day}: silent on late payment it waives nothing; "
    "where it fixed principal and interest or changed them, it decides (sale contracts, art. 18(3)). "
    "No amount was changed.",
    "请核对对账单、还款协议的原文。",
    "Read the document.",
)
ROLLED_UP = ProblemKind(
    "owed.rolled_up",
    "债务“{item}”由前期借款结算而来：最初本金 {first}，前期利息中 {interest} 可计入本金，本金认定为 {principal}；"
    "本息合计不超过最初本金加按 {cap} 计算的整个借款期间利息（民间借贷规定第二十七条）。",
    "Debt “{item}” was settled from an earlier loan: first principal {first}, of the earlier interest "
    "{interest} may become principal, so {principal} is the principal; in all no more than the first "
    "principal and {cap} on it for the whole time (private lending, art. 27).",
    "请核对前期合同成立日、利率和付息情况。",
    "Check the earlier contract's day, rate and payments.",
)
ROLLED_CEILING = ProblemKind(
    "owed.rolled_ceiling",
    "债务“{item}”的借期利息自 {day} 起停止：再计算将超过民间借贷规定第二十七条第二款的总额 {ceiling}。",
    "Interest of the term of debt “{item}” stops on {day}: more would pass the total of {ceiling} of art. 27(2), private lending.",
    "超过部分不受保护，请勿主张。",
    "The excess is not protected; do not claim it.",
)
LPR_CORRECTED = ProblemKind(
    "owed.lpr_corrected",
    "{month} 的一年期LPR按 {who} 核实的 {rate} 计算，与随软件提供的 {shipped} 不同。",
    "The one-year LPR of {month} is {rate} as confirmed by {who}; {shipped} was shipped.",
    "请核对当月公告。",
    "Check the month's publication.",
)
