"""What stands at the head of a statement or letter: who writes, under which licence, and into which account to pay.

Values only; ``selectors.letterhead`` fills them in. The account is masked here already, so that no document can show
more than its last four digits by accident.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Empty text where the site has not said; ``logo_bytes`` are a PNG or JPEG that was taken apart and checked."""

    name: str
    kind_zh: str
    kind_en: str
    licence_number: str
    filing_number: str
    address: str
    phone: str
    supervised_account_masked: str
    logo_bytes: bytes | None
    primary: str


def mask_account(bank: str, tail: str) -> str:
    """How an account is shown: the bank and the last four digits.

    Example:
        >>> mask_account("无锡农村商业银行", "6621"), mask_account("", "")
        ('无锡农村商业银行 **** 6621', '')
    """
    return f"{bank} **** {tail}".strip() if tail else ""
