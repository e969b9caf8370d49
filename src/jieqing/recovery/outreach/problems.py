"""Sentences of outreach. What a verdict says is the gate's; these are about asking wrongly."""

from jieqing.kernel.outcomes import ProblemKind

POINT_ELSEWHERE = ProblemKind(
    "outreach.point_elsewhere",
    "这个联系方式不属于本案的债务人或在保的保证人。",
    "This contact point is neither the debtor's of this case nor a guarantor's.",
    "请从案件的联系方式列表中选择。",
    "Choose one from the case's own list.",
)
POINT_GONE = ProblemKind(
    "outreach.point_gone",
    "这个联系方式已更正、撤回或删除。",
    "This contact point was corrected, taken back or erased.",
    "请刷新页面，选择现用的联系方式。",
    "Reload the page and choose one that stands.",
)
APPROVER_REFUSED = ProblemKind(
    "outreach.approver_refused",
    "审批人须有分派案件的权限，且不是申请人本人。",
    "Whoever approves must be able to assign cases and be somebody else.",
    "请由案件主管审批。",
    "Ask the case manager.",
)
WRONG_CHANNEL = ProblemKind(
    "outreach.wrong_channel",
    "不能通过“{channel}”联系这类联系方式。",
    "“{channel}” does not lead to a contact point of this kind.",
    "请选择与联系方式相符的渠道。",
    "Choose a channel that fits the point.",
)
APPROVAL_UNKNOWN = ProblemKind(
    "outreach.approval_unknown",
    "没有这份审批申请。",
    "There is no such request for approval.",
    "请从审批列表打开。",
    "Open it from the list of approvals.",
)
NOTHING_TO_APPROVE = ProblemKind(
    "outreach.nothing_to_approve",
    "这次触达不需要审批。",
    "This contact needs no approval.",
    "可以直接申请触达许可。",
    "Ask for the permit at once.",
)
NOT_TO_APPROVE = ProblemKind(
    "outreach.not_to_approve",
    "这次触达依规不得进行，审批不能放行：{why}（{article}）。",
    "The rules deny this contact and no approval lifts that: {why} ({article}).",
    "请先解决列出的原因，或等到可以联系的时间。",
    "Clear the reasons first, or wait until it may be made.",
)
WHY_MISSING = ProblemKind(
    "outreach.approval_reason_missing",
    "请写明理由。",
    "Say why.",
    "理由会与这一步一起存证。",
    "The reason is kept with this step as evidence.",
)
ASKED_ALREADY = ProblemKind(
    "outreach.approval_asked_already",
    "同一联系方式、渠道和目的的申请已在等待审批。",
    "A request for the same point, channel and purpose waits already.",
    "请等待答复，或从审批列表打开它。",
    "Wait for the answer, or open it from the list of approvals.",
)
ANSWERED_ALREADY = ProblemKind(
    "outreach.approval_closed",
    "这份申请已有答复，或已逾期。",
    "This request was answered already, or has lapsed.",
    "如仍需要，请重新申请。",
    "Ask again if it is still needed.",
)
NOT_APPROVED = ProblemKind(
    "outreach.approval_not_in_force",
    "这份申请没有有效的同意：尚未答复、未获同意、已过期或已使用。",
    "No yes is in force for this request: not answered, refused, run out or used.",
    "请重新申请审批。",
    "Ask for approval again.",
)
NOT_YOURS = ProblemKind(
    "outreach.approval_of_another",
    "只有申请人本人可以凭审批取得许可。",
    "Only whoever asked may take the permit of an approval.",
    "请由申请人操作，或自己另行申请。",
    "Let them do it, or ask yourself.",
)
COMPANION_REFUSED = ProblemKind(
    "outreach.companion_refused",
    "同行人须是本站的另一名在岗人员，且只用于上门。",
    "A companion is another member of this site, and only for a visit.",
    "请从名单中选择同行人，或去掉同行人。",
    "Choose a colleague from the list, or leave the companion out.",
)
VALUES_WRONG = ProblemKind(
    "outreach.values_wrong",
    "话术的变量没有填对：{names}。",
    "These variables of the script are not filled as they should be: {names_en}.",
    "每个变量填一个值，最多 200 字；没有用到的不要填。",
    "Give each variable one value of at most 200 characters, and none that the script does not use.",
)
PERMIT_ELSEWHERE = ProblemKind(
    "outreach.permit_elsewhere",
    "本案没有这张已使用的触达许可。",
    "This case has no used permit of this id.",
    "请从取得许可时的答复里取编号，并确认已经使用。",
    "Take the id from the answer that gave the permit, and see that it was used.",
)
TOLD_BEFORE = ProblemKind(
    "outreach.told_before",
    "这次触达的结果已经登记过，没有再次保存。",
    "What became of this contact was told before; nothing was saved.",
    "请查看案件经过；结果不同才需要再登记。",
    "See the case's timeline; tell it again only where it was otherwise.",
)
FIGURES_MOVED = ProblemKind(
    "outreach.figures_moved",
    "要说的数额（{names}）与账本此刻不符：未清 {open}，原额 {face}，已付 {paid}。",
    "What would be said ({names_en}) is not what the ledger says now: open {open}, original {face}, paid {paid}.",
    "请按这些数重新填写；只说一个数时说未清余额。",
    "Fill it with these figures; where only one is said, say what is open.",
)
