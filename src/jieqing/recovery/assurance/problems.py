"""Sentences of the compliance officer's room."""

from jieqing.kernel.outcomes import ProblemKind

RULE_UNKNOWN = ProblemKind(
    "assurance.rule_unknown",
    "没有编号为“{rule}”的规则。",
    "There is no rule “{rule}”.",
    "请从规则列表中查找；条文重新编号的，可按旧条号搜索。",
    "Look it up in the list of rules; a renumbered article is found by its earlier number.",
)
REVIEW_UNKNOWN = ProblemKind(
    "assurance.review_unknown",
    "没有这份变更审查。",
    "There is no such review.",
    "请从变更列表打开。",
    "Open it from the list of changes.",
)
WHY_MISSING = ProblemKind(
    "assurance.reason_missing",
    "请写明理由。",
    "Say why.",
    "理由会与这一步一起存证。",
    "The reason is kept with this step as evidence.",
)
IN_THE_PAST = ProblemKind(
    "assurance.day_in_the_past",
    "生效日不能早于今天。",
    "It cannot take effect before today.",
    "请选择今天或以后的日子。",
    "Choose today or a later day.",
)
NOTHING_TURNS = ProblemKind(
    "assurance.nothing_turns",
    "这一天没有规则施行或失效，与前一天的规则相同。",
    "No rule begins or ends on that day; the rules are those of the day before.",
    "请从施行日历选择一天。",
    "Choose a day from the calendar of rules.",
)
SAME_RULES = ProblemKind(
    "assurance.same_rules",
    "提交的规则包与现行的完全相同。",
    "The pack is the one in force, word for word.",
    "请提交有变化的版本。",
    "Send a version that differs.",
)
DECIDED_ALREADY = ProblemKind(
    "assurance.decided_already",
    "这份变更已有决定。",
    "This change was decided already.",
    "如仍需要，请重新审查一次。",
    "Review it again if it is still wanted.",
)
SECOND_PERSON = ProblemKind(
    "assurance.second_person",
    "提出变更的人不能自己采用，须由另一人决定。",
    "Whoever proposed a change cannot adopt it; somebody else decides.",
    "请由另一位负责人或主管决定。",
    "Ask another owner or manager.",
)
TOO_LATE = ProblemKind(
    "assurance.too_late",
    "生效日已过，这次审查不能再采用。",
    "The day it was to take effect has passed; this review cannot be adopted any more.",
    "请以新的生效日重新审查。",
    "Review it again with a new day.",
)
