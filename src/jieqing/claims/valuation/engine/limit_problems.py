"""What can be wrong with setting or overriding a limit, in words."""

from jieqing.kernel.outcomes import ProblemKind

AMOUNT_OUT_OF_RANGE = ProblemKind(
    "limit.amount_out_of_range",
    "额度应在 0 到 {most} 之间。",
    "A limit is between 0 and {most}.",
    "请检查金额和单位。",
    "Check the amount and its unit.",
)
TERM_BACKWARDS = ProblemKind(
    "limit.term_backwards",
    "有效期止于 {to_on}，早于开始日 {from_on}。",
    "The term ends on {to_on}, before it begins on {from_on}.",
    "请更正日期。",
    "Correct the dates.",
)
NO_LIMIT = ProblemKind(
    "limit.no_limit",
    "这个债务人没有 {currency} 额度，无从特批。",
    "This debtor has no limit in {currency} to override.",
    "请先设额度。",
    "Set a limit first.",
)
OVERRIDE_TOO_SMALL = ProblemKind(
    "limit.override_too_small",
    "特批上限须高于额度 {limit}。",
    "An override must be above the limit of {limit}.",
    "请填写更高的上限，或不作特批。",
    "Enter a higher bound, or no override.",
)
OVERRIDE_TERM = ProblemKind(
    "limit.override_term",
    "特批须有截止日，且不超过 {days} 天。",
    "An override ends on a day, at most {days} days ahead.",
    "请填写截止日；需要更久时请提高额度。",
    "Enter its last day; raise the limit if it should last longer.",
)
UNKNOWN = ProblemKind(
    "limit.unknown",
    "没有这条额度，或您无权查看。",
    "There is no such limit, or you may not see it.",
    "请从债务人页面重新打开。",
    "Open it from the debtor's page again.",
)
ENDED = ProblemKind(
    "limit.ended",
    "这条额度已经终止。",
    "This limit has already ended.",
    "请刷新页面。",
    "Refresh the page.",
)
