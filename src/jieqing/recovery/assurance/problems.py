"""Sentences of the compliance officer's room."""

from jieqing.kernel.outcomes import ProblemKind

RULE_UNKNOWN = ProblemKind(
    "assurance.rule_unknown",
    "没有编号为“{rule}”的规则。",
    "There is no rule “{rule}”.",
    "请从规则列表中查找；条文重新编号的，可按旧条号搜索。",
    "Look it up in the list of rules; a renumbered article is found by its earlier number.",
)
