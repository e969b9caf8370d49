"""What is wrong with a charge or a decision about one, in both languages."""

from __future__ import annotations

from jieqing.kernel.outcomes import ProblemKind

REASON_MISSING = ProblemKind(
    "charges.reason_missing",
    "没有写明理由。",
    "No reason was given.",
    "请写明理由；它会随决定一起存证。",
    "Say why; the reason is kept with the decision.",
)
NO_TERMS = ProblemKind(
    "charges.no_terms",
    "本站没有设定息费条款，或设为不计息费。",
    "This site has no terms of charges, or they say that nothing runs.",
    "请先设定条款：计提，或仅提示不计提。",
    "Set the terms first: accrue, or threat only.",
)
DAY_TO_COME = ProblemKind(
    "charges.day_to_come",
    "{until} 还没有到，不能预先计提。",
    "{until} is still to come: nothing can have run up to it.",
    "请选择今天或更早的一天。",
    "Choose today or an earlier day.",
)
NOT_POSITIVE = ProblemKind(
    "charges.not_positive",
    "金额必须大于零；没有未清息费时无可减免或作废。",
    "The amount must be above zero; without open charges there is nothing to waive or cancel.",
    "请核对金额和日期。",
    "Check the amount and the day.",
)
BEYOND_OPEN = ProblemKind(
    "charges.beyond_open",
    "金额超过当天未清的息费。",
    "The amount is more than the charges open on that day.",
    "请改为不超过未清息费。",
    "Ask for at most what is open.",
)
FOUR_EYES = ProblemKind(
    "charges.four_eyes",
    "提出申请的人不能自己决定。",
    "Whoever asked cannot decide.",
    "请由另一位有权限的人决定。",
    "Let a second person decide.",
)
NOT_WAITING = ProblemKind(
    "charges.not_waiting",
    "这项决定已经有结果。",
    "This decision has been made already.",
    "请刷新后查看。",
    "Refresh to see it.",
)
NOT_A_DEBT = ProblemKind(
    "charges.not_a_debt",
    "息费只记在在册的发票上；贷项和未核销回款没有息费。",
    "Charges stand on invoices of the ledger only; credits and unapplied payments bear none.",
    "请从一张在册的发票开始。",
    "Start from an invoice that stands in the ledger.",
)
