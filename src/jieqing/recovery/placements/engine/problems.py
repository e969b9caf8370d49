"""What can go wrong with a placement, in words that say what to do."""

from jieqing.kernel.outcomes import ProblemKind

UNKNOWN = ProblemKind(
    "placement.unknown",
    "没有这份委案，或您无权查看。",
    "There is no such placement, or you may not see it.",
    "请从委案列表中重新打开。",
    "Open it from the list of placements again.",
)
MEDIATORS_NEVER_COLLECT = ProblemKind(
    "placement.mediators_never_collect",
    "调解组织不能接受催收委托：催收一方不得同时做调解人。",
    "A mediation organisation cannot take a placement: who collects a debt never mediates it.",
    "请由律师事务所、债权人自有团队或依法登记的机构接受委托；调解请另行申请。",
    "Let a law firm, the creditor's own team or a lawfully registered organisation take it; ask for mediation separately.",
)
SCOPE_MISSING = ProblemKind(
    "placement.scope_missing",
    "没有写明委托范围。",
    "The scope is missing.",
    "请写明委托做什么，例如“协商、函告、代为起草文书”。",
    "Say what is entrusted, for example negotiation, letters, drafting of papers.",
)
SCOPE_LONG = ProblemKind(
    "placement.scope_long",
    "委托范围超过 {max} 字。",
    "The scope is longer than {max} characters.",
    "请概括填写，细节以所附协议为准。",
    "Sum it up; the agreement itself is attached.",
)
ENDS_BEFORE_START = ProblemKind(
    "placement.ends_before_start",
    "到期日 {end} 早于起始日 {start}。",
    "It ends on {end}, before it starts on {start}.",
    "请核对协议上的期限。",
    "Check the term in the agreement.",
)
DISCOUNT_OUT_OF_RANGE = ProblemKind(
    "placement.discount_out_of_range",
    "最大减让比例须在 0 到 100 % 之间。",
    "The largest discount must lie between 0 and 100 %.",
    "请按协议填写；没有授权减让就填 0。",
    "Give what the agreement says; 0 where no discount is allowed.",
)
MONTHS_OUT_OF_RANGE = ProblemKind(
    "placement.months_out_of_range",
    "分期月数须在 0 到 {max} 之间。",
    "Instalments must be between 0 and {max} months.",
    "请按协议填写；没有授权分期就填 0。",
    "Give what the agreement says; 0 where no instalments are allowed.",
)
TWO_FEES = ProblemKind(
    "placement.two_fees",
    "收费只能按比例或按固定金额，不能两者都填。",
    "The fee is a share or a fixed amount, not both.",
    "请保留协议约定的一种。",
    "Keep the one that the agreement names.",
)
FEE_OUT_OF_RANGE = ProblemKind(
    "placement.fee_out_of_range",
    "收费约定不在合理范围内。",
    "The fee is out of range.",
    "比例须在 0 到 100 % 之间，金额不得为负。",
    "A share lies between 0 and 100 %; an amount is not negative.",
)
FEE_ABOVE_CAP = ProblemKind(
    "placement.fee_above_cap",
    "律师风险代理收费超过上限：按本次标的最高 {most}。",
    "The contingency fee is above the cap: at most {most} of what is placed.",
    "请调低比例。依据：《关于进一步规范律师服务收费的意见》（司发通〔2021〕87号）。",
    "Lower the share. Source: opinion on lawyers' fees of 2021 (司发通〔2021〕87号).",
)
NO_ITEMS = ProblemKind(
    "placement.no_items",
    "没有选择任何债权。",
    "No debt is chosen.",
    "请至少选择一笔未结清的应收。",
    "Choose at least one open item.",
)
NOT_THE_CREDITORS = ProblemKind(
    "placement.not_the_creditors",
    "{count} 笔不是这位债权人的未结清应收：{numbers}。",
    "{count} items are not open items of this creditor: {numbers}.",
    "请去掉它们，或核对债权人。",
    "Leave them out, or check the creditor.",
)
WRONG_STEP = ProblemKind(
    "placement.wrong_step",
    "委案 {number} 现在是“{state}”，不能这样操作。",
    'Placement {number} is "{state_en}"; this step cannot follow.',
    "请刷新页面，看看现在可以做什么。",
    "Refresh the page and see what can be done now.",
)
AGREEMENT_MISSING = ProblemKind(
    "placement.agreement_missing",
    "没有收到签署的委托协议。",
    "The signed agreement is missing.",
    "请上传双方签署的协议扫描件（PDF、JPG 或 PNG）。",
    "Upload a scan of the agreement that both signed (PDF, JPG or PNG).",
)
AGREEMENT_FORM = ProblemKind(
    "placement.agreement_form",
    "“{name}”不是 PDF、JPG 或 PNG 文件，或已损坏。",
    '"{name}" is no PDF, JPG or PNG file, or it is damaged.',
    "请重新扫描后上传。",
    "Scan it again and upload that.",
)
AGREEMENT_LARGE = ProblemKind(
    "placement.agreement_large",
    "协议文件超过 {max} MB。",
    "The agreement is larger than {max} MB.",
    "请压缩扫描件后重新上传。",
    "Make the scan smaller and upload it again.",
)
SIGNED_LATER = ProblemKind(
    "placement.signed_later",
    "签署日 {day} 在今天之后。",
    "The day of signing, {day}, lies in the future.",
    "请填写协议上的签署日期。",
    "Give the day on the agreement.",
)
CONFLICTS_UNCHECKED = ProblemKind(
    "placement.conflicts_unchecked",
    "还没有做利益冲突检索，委案不能生效。",
    "Conflicts of interest have not been checked; the placement cannot begin.",
    "请先做利益冲突检索并作出决定。",
    "Search for conflicts and decide first.",
)
CONFLICTS_REFUSED = ProblemKind(
    "placement.conflicts_refused",
    "利益冲突检索的决定是不接受，委案不能生效。",
    "The check of conflicts ended in a refusal; the placement cannot begin.",
    "请作废这份委案；情况有变时重新检索。",
    "Decline this placement, or check again when things have changed.",
)
CONFLICTS_CHANGED = ProblemKind(
    "placement.conflicts_changed",
    "检索结果在您查看之后有变化。",
    "The hits have changed since you looked.",
    "请看过新的结果再决定。",
    "Look at the new hits, then decide.",
)
REASON_MISSING = ProblemKind(
    "placement.reason_missing",
    "没有写明理由。",
    "The reason is missing.",
    "请写明理由；它会写入存证。",
    "Give the reason; it goes into evidence.",
)
ALREADY_PLACED = ProblemKind(
    "placement.already_placed",
    "{count} 笔债权已在另一份有效委案中：{numbers}。",
    "{count} items are in another active placement: {numbers}.",
    "一笔债权同时只能有一份有效委案。请先撤回原委案，或从本委案中去掉它们。",
    "A debt has at most one active placement. Recall the other first, or leave these items out.",
)
ALREADY_OVER = ProblemKind(
    "placement.already_over",
    "委托期限 {end} 已过，委案不能生效。",
    "The term ended on {end}; the placement cannot begin.",
    "请签订新的协议，开一份新的委案。",
    "Sign a new agreement and open a new placement.",
)
OWN_DEBTS_ONLY = ProblemKind(
    "placement.own_debts_only",
    "只有企业自有团队的站点才有自有债权的常设委案。",
    "Only the site of a company's own team holds a standing placement.",
    "请为这位债权人开一份委案。",
    "Open a placement for this creditor.",
)
NOTHING_PLACED = ProblemKind(
    "placement.nothing_placed",
    "{count} 笔债权没有有效委案：{numbers}。",
    "{count} items have no active placement: {numbers}.",
    "没有委案不能立案。请先办理委案。",
    "Without a placement there is no case. Place them first.",
)
