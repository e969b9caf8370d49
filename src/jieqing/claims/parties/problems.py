"""Sentences about points that several verbs say."""

from jieqing.kernel.outcomes import ProblemKind

POINT_KNOWN = ProblemKind(
    "parties.point_known",
    "这个当事人已有同一个联系方式，没有重复保存。",
    "This party has the same contact point already; it was not saved twice.",
    "请在联系方式列表中找到它；曾标为失效的可以重新确认。",
    "Find it in the list; one that was marked invalid can be confirmed again.",
)
POINT_ERASED = ProblemKind(
    "parties.point_erased",
    "这个联系方式的内容已删除。",
    "What this contact point said was erased.",
    "请刷新页面；确有依据时重新登记。",
    "Reload the page; enter it anew where there is ground to.",
)
POINT_UNKNOWN = ProblemKind(
    "parties.point_unknown",
    "没有这个联系方式，或您无权查看。",
    "There is no such contact point, or you may not see it.",
    "请从当事人页面重新打开。",
    "Open it from the party's page again.",
)
ROW_UNKNOWN = ProblemKind(
    "parties.row_unknown",
    "没有这条记录，或您无权查看。",
    "There is no such row, or you may not see it.",
    "请从当事人页面重新打开。",
    "Open it from the party's page again.",
)
GUARANTEE_KNOWN = ProblemKind(
    "parties.guarantee_known",
    "这位保证人已登记为此债务的保证人。",
    "This guarantor is linked to this debt already.",
    "如保证方式或期间有变，请先结束原记录。",
    "Where kind or period changed, end the earlier row first.",
)
GUARANTOR_UNKNOWN = ProblemKind(
    "parties.guarantor_unknown",
    "“{said}”在本站对应 {found} 个当事人，无法确定是谁。",
    "“{said}” fits {found} parties of this site; it is not clear who is meant.",
    "请写完整名称或客户编码；还没有的当事人先随台账导入。",
    "Give the full name or the customer code; a party that is not known yet comes with a ledger.",
)
