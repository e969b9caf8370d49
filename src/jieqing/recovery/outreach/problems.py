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
