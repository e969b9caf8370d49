"""Amounts as people type them into a calculator: ``1,234.56``, ``12万``, ``1.5 亿元``, full-width digits, a ¥ in front.

Refuses what two people could read in two ways: a comma that groups nothing, more than two decimals of a yuan, signs,
other words. Exact: never a float.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from jieqing.kernel.money import MAX_MINOR, format_amount
from jieqing.kernel.outcomes import Problem, ProblemKind

TEXT_MAX = 40
_UNITS = {"": 1, "千": 1_000, "万": 10_000, "百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000}
_FORM = re.compile(
    r"(?:¥|CNY|RMB)?(?P<whole>[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.(?P<part>[0-9]+))?"
    r"(?P<unit>千万|百万|千|万|亿)?(?:元|块|CNY|RMB)?(?:整|正)?",
    re.IGNORECASE,
)


def read_yuan(text: str) -> int | Problem:
    """Return the fen of an amount that a person typed in yuan.

    Example:
        >>> read_yuan("1,234.56"), read_yuan("12.5 万元"), read_yuan("￥３００")
        (123456, 12500000, 30000)
    """
    plain = unicodedata.normalize("NFKC", text[: TEXT_MAX + 1]).replace(" ", "").replace("\u00a5", "¥")
    found = _FORM.fullmatch(plain) if len(text) <= TEXT_MAX else None
    if found is None:
        return Problem.of(AMOUNT_NOT_READ, text=_shown(text))
    digits = found["whole"].replace(",", "") + (f".{found['part']}" if found["part"] else "")
    # unscaled: Decimal keeps every digit that the text has, and the text is short.
    fen = Decimal(digits) * _UNITS[found["unit"] or ""] * 100
    if fen != fen.to_integral_value():
        return Problem.of(AMOUNT_TOO_FINE, text=_shown(text))
    if fen > MAX_MINOR:
        return Problem.of(AMOUNT_TOO_LARGE, most=format_amount(MAX_MINOR, "CNY"))
    return int(fen)


def _shown(text: str) -> str:
    return "".join(char for char in text[:TEXT_MAX] if char.isprintable())


AMOUNT_NOT_READ = ProblemKind(
    "amount.not_read",
    "“{text}”不是一个金额。",
    "“{text}” is not an amount.",
    "请填写数字，例如 1,234.56 或 12.5 万元。",
    "Give a number, such as 1,234.56 or 12.5万元.",
)
AMOUNT_TOO_FINE = ProblemKind(
    "amount.too_fine",
    "“{text}”不足一分。",
    "“{text}” has a part smaller than a fen.",
    "请填写到分。",
    "Give it to the fen.",
)
AMOUNT_TOO_LARGE = ProblemKind(
    "amount.too_large",
    "金额过大，最多 {most}。",
    "The amount is too large; the most is {most}.",
    "请核对单位。",
    "Check the unit.",
)
