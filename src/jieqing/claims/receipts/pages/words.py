"""How lines, matches and suggestions are said on pages."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from jieqing.claims.receipts.engine.open_book import Suggestion
from jieqing.claims.receipts.engine.reason_words import FLAGS, REASONS, flag_text, reason_text
from jieqing.claims.receipts.engine.statement_types import LineKind
from jieqing.claims.receipts.models import BankStatement, MatchKind
from jieqing.kernel.outcomes import Problem
from jieqing.plumbing.templatetags.kit import lang

KIND_WORDS = {
    LineKind.PAYMENT.value: _("客户付款"),
    LineKind.FEE.value: _("银行费用"),
    LineKind.TRANSFER.value: _("内部转账"),
    LineKind.REFUND.value: _("退款"),
    LineKind.UNKNOWN.value: _("未识别"),
}
MATCH_WORDS = {
    MatchKind.PAYMENT.value: (_("已核销"), "good"),
    MatchKind.FEE.value: (_("银行费用"), ""),
    MatchKind.TRANSFER.value: (_("内部转账"), ""),
    MatchKind.REFUND.value: (_("退款"), ""),
    MatchKind.OTHER.value: (_("其他"), ""),
}
CHECKED_WORDS = {
    "chain": _("逐行余额与期初、期末都已核对"),
    "totals": _("期初加发生额等于期末，已核对"),
    "sums": _("与文件自己的合计一致，已核对"),
    "none": _("文件没有余额和合计，未能核对"),
}


def reasons_of(one: Suggestion) -> list[str]:
    return [reason_text(code, value, lang()) for code, value in one.reasons]


def flags_of(one: Suggestion, currency: str) -> list[str]:
    return [flag_text(code, value, currency, lang()) for code, value in one.flags]


def told_reasons(reasons: Iterable[Any], currency: str) -> list[str]:
    """The reasons as a match kept them."""
    found = []
    for code, value in reasons:
        if code in REASONS:
            found.append(reason_text(code, value, lang()))
        elif code in FLAGS:
            found.append(flag_text(code, value, currency, lang()))
        elif value:
            found.append(str(value))
    return found


def problem_of(statement: BankStatement) -> Problem | None:
    """Why a file was refused, as it was said then."""
    return kept_problem(statement.problem) if statement.problem else None


def kept_problem(kept: dict[str, Any]) -> Problem:
    text, todo = kept["text"], kept["todo"]
    return Problem(kept["code"], text["zh"], text["en"], todo["zh"], todo["en"], kept["details"])
