"""The sentences of a bank line that cannot be posted as it was asked."""

from __future__ import annotations

from jieqing.kernel.outcomes import ProblemKind

NOT_POSITIVE = ProblemKind(
    "receipt.not_positive",
    "只有收到的款项、且每一份都大于零，才能核销应收。没有入账。",
    "Only money received, in parts above zero, pays a receivable. Nothing was posted.",
    "付出的款项请标为手续费、退款或内部转账。",
    "Mark money out as a fee, a refund or a transfer.",
)
TOO_MUCH = ProblemKind(
    "receipt.too_much",
    "各单据的金额合计 {sum} 超过收款 {amount}。没有入账。",
    "The parts add up to {sum}, more than the {amount} received. Nothing was posted.",
    "请调整各单据的金额。",
    "Change the parts.",
)
ITEM_GONE = ProblemKind(
    "receipt.item_gone",
    "所选单据不存在或已撤回。没有入账。",
    "A chosen document does not exist or was withdrawn. Nothing was posted.",
    "请刷新后重新选择。",
    "Refresh and choose again.",
)
NO_DEBTOR = ProblemKind(
    "receipt.no_debtor",
    "余额 {rest} 没有指明归哪个债务人。没有入账。",
    "It is not said to which debtor the remaining {rest} belongs. Nothing was posted.",
    "请选择债务人。",
    "Choose the debtor.",
)
OTHER_CURRENCY = ProblemKind(
    "receipt.other_currency",
    "{document} 的币种是 {found}，收款是 {currency}。没有入账。",
    "{document} is in {found}, the money in {currency}. Nothing was posted.",
    "请只选择同一币种的单据。",
    "Choose documents of the same currency.",
)
OPEN_CHANGED = ProblemKind(
    "receipt.open_changed",
    "{document} 现在未收 {open}，少于要核销的 {wanted}。没有入账。",
    "{document} now has {open} open, less than the {wanted} to be applied. Nothing was posted.",
    "请刷新后按新的建议处理。",
    "Refresh and use the new suggestion.",
)
REST_USED = ProblemKind(
    "receipt.rest_used",
    "这笔收款的未核销余额已经用于其他单据，不能直接撤销。",
    "The unapplied rest of this money has been used since; it cannot be undone directly.",
    "请先撤销后来的核销。",
    "Undo the later use first.",
)
