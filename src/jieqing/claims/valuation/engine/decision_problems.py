"""What can be wrong with a judgement, in words."""

from jieqing.kernel.outcomes import ProblemKind

REASON_MISSING = ProblemKind(
    "valuation.reason_missing",
    "请写明理由（{least}–{most} 字）。",
    "Say why ({least}–{most} characters).",
    "理由会写入存证，供审计查看。",
    "The reason goes into evidence, for the auditor.",
)
VALUE_OUT_OF_RANGE = ProblemKind(
    "valuation.value_out_of_range",
    "“{value}”不在允许的范围 {low}–{high} 内。",
    "“{value}” is not within {low}–{high}.",
    "请填写这个范围内的数字。",
    "Enter a number within this range.",
)
ALREADY_ENDED = ProblemKind(
    "valuation.already_ended",
    "这项判断已经撤回。",
    "This judgement has already been withdrawn.",
    "请刷新页面。",
    "Refresh the page.",
)
DECISION_UNKNOWN = ProblemKind(
    "valuation.decision_unknown",
    "没有这项判断，或您无权查看。",
    "There is no such judgement, or you may not see it.",
    "请从列表中重新打开。",
    "Open it from the list again.",
)
