"""Why a replay of appropriation cannot stand, in both languages."""

from __future__ import annotations

from jieqing.kernel.outcomes import ProblemKind

NOT_POSITIVE = ProblemKind(
    "appropriation.not_positive",
    "金额必须大于零（{key}）。",
    "The amount must be above zero ({key}).",
    "冲回请用“冲回”，不要填写负数。",
    "To take something back use a reversal, not a negative amount.",
)
DOCUMENT_UNKNOWN = ProblemKind(
    "appropriation.document_unknown",
    "指定的单据 {document} 在那一天还不存在。",
    "The named document {document} does not exist on that day.",
    "请改选当天已经存在的单据，或不指定。",
    "Name a document that exists on that day, or none.",
)
NOTHING_TO_REVERSE = ProblemKind(
    "appropriation.nothing_to_reverse",
    "要冲回的 {credit} 在那一天不存在，或已经冲回。",
    "{credit} is not there on that day, or was taken back already.",
    "请核对日期和编号。",
    "Check the day and the number.",
)
BEYOND_OPEN = ProblemKind(
    "appropriation.beyond_open",
    "核销金额超过当天未清金额。",
    "The write-off is more than is open on that day.",
    "请改为不超过未清金额。",
    "Write off at most what is open.",
)
BEYOND_WRITTEN_OFF = ProblemKind(
    "appropriation.beyond_written_off",
    "收回金额超过已核销而未收回的金额，多出的部分不是这笔债的收回。",
    "The recovery is more than was written off and not yet recovered; the rest is no recovery of this debt.",
    "请按已核销余额登记，多收部分退还或另记。",
    "Enter at most that; return the rest or enter it elsewhere.",
)
REASON_MISSING = ProblemKind(
    "appropriation.reason_missing",
    "没有写明理由。",
    "No reason was given.",
    "请写明依据，例如合同条款或法定顺序；它会随存证保留。",
    "Say what it rests on, such as a clause of the contract or the law; it is kept with the evidence.",
)
PARTS_MISSING = ProblemKind(
    "appropriation.parts_missing",
    "顺序必须把费用、利息、违约金和本金各列一次。",
    "The order names costs, interest, penalty and principal once each.",
    "请补齐或去掉重复的部分。",
    "Add what is missing or take out what stands twice.",
)
CREDITOR_UNKNOWN = ProblemKind(
    "appropriation.creditor_unknown",
    "账本里没有这个债权人的单据。",
    "No document of the ledger belongs to this creditor.",
    "请从列表中选择债权人，或对全站设定。",
    "Choose a creditor from the list, or set the order for the whole site.",
)
