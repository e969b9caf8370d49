"""What can go wrong at intake, in words that say what to do."""

from jieqing.kernel.outcomes import ProblemKind

CHECK_UNKNOWN = ProblemKind(
    "intake.check_unknown",
    "没有这次合法性审查，或您无权查看。",
    "There is no such check, or you may not see it.",
    "请从列表中重新打开。",
    "Open it from the list again.",
)
RED = ProblemKind(
    "intake.red",
    "{count} 笔债权不能立案：{text}（{article}）。",
    "{count} debts cannot become a case: {text_en} ({article_en}).",
    "请不要催收。事实有误的，改正债权说明后重新审查。",
    "Do not collect. If the facts are wrong, correct the declaration and check again.",
)
AMBER = ProblemKind(
    "intake.amber",
    "{count} 笔债权须先由律师决定：{text}（{article}）。",
    "{count} debts wait for a lawyer's decision: {text_en} ({article_en}).",
    "请补充债权说明，或由有“合法性决定”权限的律师写明理由后决定。",
    "Complete the declaration, or let a lawyer who may decide give a decision with its reason.",
)
NOT_AMBER = ProblemKind(
    "intake.not_amber",
    "这次审查不是黄色，不需要也不能由人决定。",
    "This check is not amber; there is nothing for a person to decide.",
    "红色的请改正事实后重新审查。",
    "For a red one, correct the facts and check again.",
)
DECIDED_ALREADY = ProblemKind(
    "intake.decided_already",
    "这次审查已经有决定。",
    "This check has been decided already.",
    "事实变化后会重新审查，届时再决定。",
    "When facts change it is checked again, and then decided again.",
)
OUTDATED = ProblemKind(
    "intake.outdated",
    "事实或规则在这次审查之后有变化。",
    "Facts or rules have changed since this check.",
    "已重新审查，请看新的结果。",
    "It was checked again; look at the new result.",
)
REASON_MISSING = ProblemKind(
    "intake.reason_missing",
    "没有写明理由。",
    "The reason is missing.",
    "请写明理由；它会写入存证。",
    "Give the reason; it goes into evidence.",
)
NO_ITEMS = ProblemKind(
    "intake.no_items",
    "没有选择任何债权。",
    "No debt is chosen.",
    "请至少选择一笔应收。",
    "Choose at least one item.",
)
