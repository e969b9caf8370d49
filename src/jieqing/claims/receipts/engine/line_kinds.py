"""What a line is by its words: a customer's payment, a fee, a transfer between own accounts, a refund, or unknown.

A guess for sorting and filtering; a person decides, and only a payment can settle a receivable.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from jieqing.claims.parties.engine.names import name_key
from jieqing.claims.receipts.engine.statement_types import LineKind, Statement, StatementLine, digits_of

FEE_WORDS = (
    "手续费",
    "服务费",
    "账户管理费",
    "工本费",
    "回单费",
    "汇划费",
    "短信费",
    "网银费",
    "charge",
    "commission",
    "bank fee",
)
REFUND_WORDS = ("退款", "退汇", "退回", "冲正", "冲销", "refund", "returned", "reversal")
INTEREST_WORDS = ("利息", "结息", "收息", "interest")
TRANSFER_WORDS = ("内部转账", "本人转账", "账户划转", "资金归集", "提现", "internal transfer")


def with_kinds(
    statement: Statement, *, own_accounts: Collection[str], own_names: Collection[str]
) -> Statement:
    accounts = {digits_of(account) for account in own_accounts}
    names = {name_key(name) for name in (*own_names, statement.holder) if name}
    lines = tuple(replace(line, kind=kind_of(line, accounts, names)) for line in statement.lines)
    return replace(statement, lines=lines)


def kind_of(line: StatementLine, own_accounts: Collection[str], own_name_keys: Collection[str]) -> LineKind:
    """The first rule that fits decides."""
    words = line.purpose.casefold()
    other = digits_of(line.counterparty_account)
    if (other and other in own_accounts) or any(word in words for word in TRANSFER_WORDS):
        return LineKind.TRANSFER
    if line.counterparty_name and name_key(line.counterparty_name) in own_name_keys:
        return LineKind.TRANSFER
    if any(word in words for word in REFUND_WORDS):
        return LineKind.REFUND
    if line.amount_minor < 0 and any(word in words for word in FEE_WORDS):
        return LineKind.FEE
    if line.amount_minor <= 0 or any(word in words for word in INTEREST_WORDS):
        return LineKind.UNKNOWN
    return LineKind.PAYMENT
