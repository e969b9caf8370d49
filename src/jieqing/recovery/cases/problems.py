"""Why a verb on a case is refused: each with what happened and what to do."""

from jieqing.kernel.outcomes import Problem, ProblemKind

UNKNOWN = Problem(
    code="cases.unknown",
    zh="没有这个案件，或您无权查看。",
    en="There is no such case, or you may not see it.",
    todo_zh="请从工作清单中重新打开。",
    todo_en="Open it from the worklist again.",
)
RECORD_UNKNOWN = Problem(
    code="cases.record_unknown",
    zh="案件中没有这条记录。",
    en="The case has no such record.",
    todo_zh="请刷新案件页后再试。",
    todo_en="Refresh the page of the case and try again.",
)
FILE_MISSING = Problem(
    code="cases.file_missing",
    zh="请求里没有文件。",
    en="The request holds no file.",
    todo_zh="请以 multipart/form-data 的 file 字段发送文件。",
    todo_en="Send the file as the field “file” of multipart/form-data.",
)
CLOSED = ProblemKind(
    "cases.closed",
    "案件 {number} 已结案，不能再这样办理。",
    "Case {number} is closed: this cannot be done on it any more.",
    "如需继续办理，请先重新打开案件。",
    "Reopen the case first if the work goes on.",
)
NOT_CLOSED = ProblemKind(
    "cases.not_closed",
    "案件 {number} 还在办理中。",
    "Case {number} is open.",
    "无需重新打开。",
    "There is nothing to reopen.",
)
REASON_MISSING = ProblemKind(
    "cases.reason_missing",
    "请写明原因；它会随存证保留。",
    "Say why; the reason is kept with the evidence.",
    "补上一句话即可。",
    "One sentence is enough.",
)
TEXT_MISSING = ProblemKind(
    "cases.text_missing",
    "还没有写内容。",
    "There is no text yet.",
    "请写上内容后再保存。",
    "Write something and save again.",
)
TOO_LONG = ProblemKind(
    "cases.too_long",
    "内容超过 {most} 个字。",
    "The text is longer than {most} characters.",
    "请缩短，或分两次记录。",
    "Shorten it, or record it in two parts.",
)
NO_ITEMS = ProblemKind(
    "cases.no_items",
    "没有选到可以立案的单据。",
    "No document was chosen that a case can open on.",
    "请选择该债务人名下未结清的发票。",
    "Choose unsettled invoices of the debtor.",
)
MIXED_ITEMS = ProblemKind(
    "cases.mixed_items",
    "一个案件只含同一债权人、同一债务人、同一币种的单据。",
    "A case holds documents of one creditor, one debtor and one currency.",
    "请按债权人、债务人、币种分别立案。",
    "Open one case for each.",
)
ITEM_IN_CASE = ProblemKind(
    "cases.item_in_case",
    "单据 {document} 已在案件 {number} 中办理。",
    "Document {document} is under work in case {number}.",
    "请打开该案件，或不选这张单据。",
    "Open that case, or leave the document out.",
)
MIXED_PLACEMENTS = ProblemKind(
    "cases.mixed_placements",
    "这些单据属于不同的委案。",
    "These documents belong to different placements.",
    "请按委案分别立案。",
    "Open one case for each placement.",
)
UNKNOWN_OWNER = ProblemKind(
    "cases.unknown_owner",
    "选定的人员不能承办案件。",
    "The chosen person cannot work on cases.",
    "请选择本站点有“办理案件”权限的成员。",
    "Choose a member of this site who may work on cases.",
)
UNKNOWN_STAGE = ProblemKind(
    "cases.unknown_stage",
    "阶梯中没有这一阶段。",
    "The ladder has no such stage.",
    "请从列出的阶段中选择。",
    "Choose one of the stages listed.",
)
STAGE_SKIPPED = ProblemKind(
    "cases.stage_skipped",
    "不能越级：下一阶段是“{next}”。",
    "No stage is skipped: the next one is “{next}”.",
    "请逐级推进，或写明原因退回较低阶段。",
    "Move one stage at a time, or back to a lower one with a reason.",
)
SAME_STAGE = ProblemKind(
    "cases.same_stage",
    "案件已经在这一阶段。",
    "The case is at this stage already.",
    "无需操作。",
    "There is nothing to do.",
)
DAY_PAST = ProblemKind(
    "cases.day_past",
    "日期 {on} 已经过去。",
    "The day {on} has passed.",
    "请选择今天或以后的日期。",
    "Choose today or a later day.",
)
DAY_TO_COME = ProblemKind(
    "cases.day_to_come",
    "日期 {on} 还没有到。",
    "The day {on} is still to come.",
    "请选择今天或更早的日期。",
    "Choose today or an earlier day.",
)
UNKNOWN_CODE = ProblemKind(
    "cases.unknown_code",
    "没有“{code}”这个选项。",
    "There is no choice “{code}”.",
    "可选：{known}。",
    "Choose from: {known}.",
)
PROMISE_OPEN = ProblemKind(
    "cases.promise_open",
    "案件已有一项未到期的承诺（{on}）。",
    "The case has an open promise already ({on}).",
    "请等它到期，或先取消它。",
    "Wait for it, or cancel it first.",
)
PROMISE_TOO_MUCH = ProblemKind(
    "cases.promise_too_much",
    "承诺金额 {asked} 超过未清余额 {open}。",
    "The promise of {asked} is more than what is open ({open}).",
    "请改小金额。",
    "Lower the amount.",
)
PROMISE_ENDED = ProblemKind(
    "cases.promise_ended",
    "这项承诺已有结果，不能取消。",
    "This promise has its outcome: it cannot be cancelled.",
    "兑现与否只由账本决定。",
    "Only the ledger says whether it was kept.",
)
ALREADY_ENDED = ProblemKind(
    "cases.already_ended",
    "这一项已经办结。",
    "This is done already.",
    "请刷新查看。",
    "Refresh to see it.",
)
OTHER_ITEMS = ProblemKind(
    "cases.other_items",
    "所选单据不在本案件中。",
    "The chosen documents are not in this case.",
    "请从本案件的单据中选择。",
    "Choose among the documents of this case.",
)
HOLD_DAYS = ProblemKind(
    "cases.hold_days",
    "暂停的结束日不能早于开始日。",
    "A hold cannot end before it begins.",
    "请改正日期。",
    "Correct the days.",
)
HOLD_BOUND = ProblemKind(
    "cases.hold_bound",
    "这项暂停随异议或投诉而生，须在其办结时解除。",
    "This hold belongs to a dispute or a complaint and ends with it.",
    "请先办结该异议或答复该投诉。",
    "Close the dispute or answer the complaint first.",
)
OWN_COMPLAINT = ProblemKind(
    "cases.own_complaint",
    "承办人和被投诉人不能答复这项投诉。",
    "Whoever is in charge of the case, or is complained about, does not answer the complaint.",
    "请由其他有权限的同事答复。",
    "A colleague with the permission must answer.",
)
NO_EXTENSION = ProblemKind(
    "cases.no_extension",
    "这类投诉不能（再）延期。",
    "A complaint of this kind cannot be extended (again).",
    "请在 {due} 前答复。",
    "Answer by {due}.",
)
MINUTES = ProblemKind(
    "cases.minutes",
    "工时应为 1 至 {most} 分钟。",
    "Effort is 1 to {most} minutes.",
    "请改正分钟数。",
    "Correct the minutes.",
)
AMOUNT = ProblemKind(
    "cases.amount",
    "金额必须大于零。",
    "The amount must be above zero.",
    "记错的可以更正。",
    "A wrong entry can be corrected.",
)
CORRECTED_ALREADY = ProblemKind(
    "cases.corrected_already",
    "这一条已经更正过。",
    "This entry was corrected already.",
    "请刷新查看。",
    "Refresh to see it.",
)
LEDGER_SAYS = ProblemKind(
    "cases.ledger_says",
    "“已结清”和“已核销”只由账本决定；本案尚有 {open} 未清。",
    "Only the ledger says settled or written off; {open} is open in this case.",
    "请先导入或核销到账款项。",
    "Import the payment or match it first.",
)
ITEMS_ELSEWHERE = ProblemKind(
    "cases.items_elsewhere",
    "本案的单据已在案件 {number} 中办理，不能重新打开。",
    "A document of this case is under work in case {number}: it cannot be reopened.",
    "请在那个案件中继续办理。",
    "Go on in that case.",
)
COUNT_CHANGED = ProblemKind(
    "cases.count_changed",
    "符合条件的案件从 {expected} 件变为 {found} 件，未作更改。",
    "The cases that match went from {expected} to {found}; nothing was changed.",
    "请核对后重新确认。",
    "Look again and confirm.",
)
NOTHING_MATCHES = ProblemKind(
    "cases.nothing_matches",
    "没有符合条件的在办案件。",
    "No open case matches.",
    "请放宽条件。",
    "Widen the filter.",
)
RULE_WRONG = ProblemKind(
    "cases.rule_wrong",
    "立案规则不完整或超出范围。",
    "The rule of opening is incomplete or out of range.",
    "逾期天数 1 至 3650，金额不小于零，币种为三个字母。",
    "Days 1 to 3650, amounts not below zero, a currency of three letters.",
)
FILE_WRONG = ProblemKind(
    "cases.file_wrong",
    "无法读取案件文件：{why}。",
    "The file of cases cannot be read: {why}.",
    "请使用模板的列名，保存为 CSV 或 XLSX。",
    "Use the template's column names, as CSV or XLSX.",
)
