"""Numbers that the state gave to a party: unified social credit code, older tax number, identity card.

They tell two parties of one name apart and stand in legal documents. They are sealed like contact points: a sole trader's
code is a person's, and an identity card always is.

Refuses, as a Problem: text of another form, and a code or card whose check character is wrong (one digit mistyped is
another person).
Source: GB 32100—2015 (credit code), GB 11643—1999 (identity card); law.md PI-06, PI-20.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from jieqing.claims.parties.engine.contact_points import Pair
from jieqing.kernel.outcomes import Problem, ProblemKind


class IdentifierKind(StrEnum):
    """Values stand in rows: never rename one."""

    CREDIT_CODE = "credit_code"
    TAX_ID = "tax_id"
    ID_CARD = "id_card"


IDENTIFIER_NAMES: dict[IdentifierKind, Pair] = {
    IdentifierKind.CREDIT_CODE: ("统一社会信用代码", "Unified social credit code"),
    IdentifierKind.TAX_ID: ("纳税人识别号", "Taxpayer number"),
    IdentifierKind.ID_CARD: ("身份证号", "Identity card"),
}
NOT_AN_IDENTIFIER = ProblemKind(
    "parties.not_an_identifier",
    "不是有效的统一社会信用代码、纳税人识别号或身份证号。",
    "This is no valid credit code, taxpayer number or identity card.",
    "请核对每一位；18 位代码的最后一位是校验码。",
    "Check each character; the last of an 18-character code is a check character.",
)

_CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_CARD_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CARD_CHECKS = "10X98765432"
_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}")
_CARD = re.compile(r"[1-9][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9X]")
_TAX = re.compile(r"[0-9]{6}[0-9A-Z]{9}|[0-9]{6}[0-9A-Z]{14}")


@dataclass(frozen=True, slots=True)
class Identifier:
    kind: IdentifierKind
    value: str


def read_identifier(text: str) -> Identifier | Problem:
    """Return an identifier as written, upper case, without spaces.

    Example:
        >>> read_identifier("91350100m000100y43").kind.value, read_identifier("11010519491231002X").kind.value
        ('credit_code', 'id_card')
        >>> read_identifier("91350100M000100Y44").code
        'parties.not_an_identifier'
    """
    value = "".join(unicodedata.normalize("NFKC", text).upper().split())
    if _CARD.fullmatch(value) and _card_check(value) == value[-1]:
        return Identifier(IdentifierKind.ID_CARD, value)
    if _CODE.fullmatch(value) and _code_check(value) == value[-1]:
        return Identifier(IdentifierKind.CREDIT_CODE, value)
    if _TAX.fullmatch(value):
        return Identifier(IdentifierKind.TAX_ID, value)
    return Problem.of(NOT_AN_IDENTIFIER)


def masked_identifier(value: str) -> str:
    """Return it as pages show it.

    Example:
        >>> masked_identifier("91350100M000100Y43"), masked_identifier("")
        ('9135****0Y43', '')
    """
    return f"{value[:4]}****{value[-4:]}" if value else ""


def _code_check(value: str) -> str:
    total = sum(
        _CODE_ALPHABET.index(char) * weight for char, weight in zip(value[:17], _CODE_WEIGHTS, strict=True)
    )
    return _CODE_ALPHABET[-total % 31]


def _card_check(value: str) -> str:
    total = sum(int(char) * weight for char, weight in zip(value[:17], _CARD_WEIGHTS, strict=True))
    return _CARD_CHECKS[total % 11]
