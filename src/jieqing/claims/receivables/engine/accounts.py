"""Accounts and kinds: the small numbers that stand in ledger rows, each with its meaning.

A posting is a balanced pair: its amount on an account of receivables, the same amount with the other sign on a contra
account. Account codes are those of 企业会计准则应用指南 (first-level subjects), so that a control account can be compared
with the creditor's own books. Positive on 1122 means that the debtor owes more.

| event | account | contra |
|---|---|---|
| invoice, other receivable | 1122 | 6001 revenue and output tax, as the creditor booked them |
| credit note | 1122 | 6001 |
| payment, applied or not | 1122 | 1002 bank deposits |
| interest, penalty, fee; their waiver and cancellation | 1132 | 6301 |
| adjustment on import (a stated balance that the dated payments do not explain) | 1122 | 2241 |
| set-off, acceptance bill, write-off, later recovery | 1122 | 2202, 1121, 1231, 1231 |
| a credit applied to a document: a pair that clears itself | 1122 | 2241 |
| a payment taken by the order of appropriation: pairs that clear themselves | 1122, 1132 | 2241 |

Invariant: numbers and codes stand in rows and evidence: never renumber, never reuse.
"""

from __future__ import annotations

from enum import IntEnum


class Account(IntEnum):
    BANK = 1002
    BILLS_RECEIVABLE = 1121
    RECEIVABLE = 1122
    LOSS_ALLOWANCE = 1231
    CHARGES = 1132
    PAYABLE = 2202
    CLEARING = 2241
    REVENUE = 6001
    CHARGE_INCOME = 6301


class ItemKind(IntEnum):
    INVOICE = 1
    CREDIT_NOTE = 2
    UNAPPLIED_PAYMENT = 3


class PostingKind(IntEnum):
    INVOICE = 1
    CREDIT_NOTE = 2
    PAYMENT = 3
    ADJUSTMENT = 4
    SET_OFF = 5
    ACCEPTANCE_BILL = 6
    WRITE_OFF = 7
    RECOVERY = 8
    REVERSAL = 9
    INTEREST = 21
    PENALTY = 22
    FEE = 23
    WAIVER = 24
    CHARGE_CANCELLATION = 25
    APPLICATION = 10
    APPROPRIATION = 11


class PostingSource(IntEnum):
    """Who says so. A corrected file replaces what the creditor's books said before, and nothing from elsewhere."""

    BOOKS = 1
    BANK = 2
    DECISION = 3


CONTRA: dict[PostingKind, Account] = {
    PostingKind.INVOICE: Account.REVENUE,
    PostingKind.CREDIT_NOTE: Account.REVENUE,
    PostingKind.PAYMENT: Account.BANK,
    PostingKind.ADJUSTMENT: Account.CLEARING,
    PostingKind.SET_OFF: Account.PAYABLE,
    PostingKind.ACCEPTANCE_BILL: Account.BILLS_RECEIVABLE,
    PostingKind.WRITE_OFF: Account.LOSS_ALLOWANCE,
    PostingKind.RECOVERY: Account.LOSS_ALLOWANCE,
    PostingKind.INTEREST: Account.CHARGE_INCOME,
    PostingKind.PENALTY: Account.CHARGE_INCOME,
    PostingKind.FEE: Account.CHARGE_INCOME,
    PostingKind.WAIVER: Account.CHARGE_INCOME,
    PostingKind.CHARGE_CANCELLATION: Account.CHARGE_INCOME,
    PostingKind.APPLICATION: Account.CLEARING,
    PostingKind.APPROPRIATION: Account.CLEARING,
}
ACCRUED = frozenset({PostingKind.INTEREST, PostingKind.PENALTY, PostingKind.APPROPRIATION})
"""What the platform counts by itself from terms, orders and facts: counted again, never in the way of a person."""

ITEM_KINDS = [
    (ItemKind.INVOICE.value, "发票"),
    (ItemKind.CREDIT_NOTE.value, "红字或贷项通知"),
    (ItemKind.UNAPPLIED_PAYMENT.value, "未核销收款"),
]
POSTING_KINDS = [
    (PostingKind.INVOICE.value, "开票"),
    (PostingKind.CREDIT_NOTE.value, "贷项"),
    (PostingKind.PAYMENT.value, "收款"),
    (PostingKind.ADJUSTMENT.value, "导入调整"),
    (PostingKind.SET_OFF.value, "抵销"),
    (PostingKind.ACCEPTANCE_BILL.value, "承兑汇票"),
    (PostingKind.WRITE_OFF.value, "核销"),
    (PostingKind.RECOVERY.value, "核销后收回"),
    (PostingKind.REVERSAL.value, "冲回"),
    (PostingKind.INTEREST.value, "利息"),
    (PostingKind.PENALTY.value, "违约金"),
    (PostingKind.FEE.value, "费用"),
    (PostingKind.WAIVER.value, "减免"),
    (PostingKind.CHARGE_CANCELLATION.value, "息费作废"),
    (PostingKind.APPLICATION.value, "冲抵"),
    (PostingKind.APPROPRIATION.value, "按顺序抵充"),
]

POSTING_SOURCES = [
    (PostingSource.BOOKS.value, "债权人账簿"),
    (PostingSource.BANK.value, "银行流水"),
    (PostingSource.DECISION.value, "经批准的决定"),
]

ITEM_KIND_CODES = {kind.name.lower(): kind for kind in ItemKind}
POSTING_KIND_CODES = {kind.name.lower(): kind for kind in PostingKind}
