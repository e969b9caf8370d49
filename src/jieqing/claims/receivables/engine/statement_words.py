"""The words of a printed statement that come from data: kinds of movements and documents, in both languages."""

from __future__ import annotations

from jieqing.claims.receivables.engine.accounts import ItemKind, PostingKind
from jieqing.claims.receivables.engine.ageing import Basis

MOVEMENT_WORDS: dict[PostingKind, tuple[str, str]] = {
    PostingKind.INVOICE: ("开票", "Invoice"),
    PostingKind.CREDIT_NOTE: ("贷项", "Credit note"),
    PostingKind.PAYMENT: ("收款", "Payment"),
    PostingKind.ADJUSTMENT: ("调整", "Adjustment"),
    PostingKind.SET_OFF: ("抵销", "Set-off"),
    PostingKind.ACCEPTANCE_BILL: ("承兑汇票", "Acceptance bill"),
    PostingKind.WRITE_OFF: ("核销", "Write-off"),
    PostingKind.RECOVERY: ("核销后收回", "Recovery"),
    PostingKind.REVERSAL: ("冲回", "Reversal"),
    PostingKind.INTEREST: ("利息", "Interest"),
    PostingKind.PENALTY: ("违约金", "Penalty"),
    PostingKind.FEE: ("费用", "Fee"),
    PostingKind.WAIVER: ("息费减免", "Charges waived"),
    PostingKind.CHARGE_CANCELLATION: ("息费作废", "Charges cancelled"),
    PostingKind.APPLICATION: ("冲抵", "Application of credit"),
    PostingKind.APPROPRIATION: ("按顺序抵充", "Appropriation"),
}
DOCUMENT_WORDS: dict[ItemKind, tuple[str, str]] = {
    ItemKind.INVOICE: ("发票", "Invoice"),
    ItemKind.CREDIT_NOTE: ("贷项通知", "Credit note"),
    ItemKind.UNAPPLIED_PAYMENT: ("未核销收款", "Unapplied payment"),
}
BASIS_WORDS: dict[Basis, tuple[str, str]] = {
    Basis.DUE: ("到期日", "due date"),
    Basis.INVOICE: ("开票日期", "invoice date"),
    Basis.POSTING: ("入账日期", "posting date"),
}


def word(pair: tuple[str, str], lang: str) -> str:
    """One of the two languages.

    Example:
        >>> word(MOVEMENT_WORDS[PostingKind.PAYMENT], "en")
        'Payment'
    """
    return pair[0] if lang.startswith("zh") else pair[1]


def statement_number(year: int, number: int) -> str:
    """How a statement is called on paper and in the register.

    Example:
        >>> statement_number(2026, 17)
        'DZ2026-000017'
    """
    return f"DZ{year}-{number:06d}"
