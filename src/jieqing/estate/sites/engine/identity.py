"""Numbers that say who a tenant is: the unified social credit code with its check digit, and a law firm's licence.

The credit code is 18 characters of a 31-letter alphabet, the last one a check digit over the first 17 (GB 32100—2015):
a slip of the pen is caught before anybody looks it up. A law firm's licence carries either that code (beginning with 31)
or, in the older form, 17 digits beginning with 1 or 2.
"""

import re

from jieqing.estate.sites.engine.tenancy import SiteKind
from jieqing.kernel.outcomes import Problem

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE = re.compile(rf"[{ALPHABET}]{{18}}")
_OLD_LICENCE = re.compile(r"[12]\d{16}")
_ACCOUNT = re.compile(r"\d{8,32}")
_PHONE = re.compile(r"\+?\d[\d -]{5,24}\d")
_MAILBOX = re.compile(r"[^\s@<>\"(),:;\\]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9-]+)+")


def check_digit(body: str) -> str:
    """The 18th character for the first 17.

    Example:
        >>> check_digit("91320200MA1XXXXX0")
        '3'
    """
    total = sum(ALPHABET.index(letter) * pow(3, place, 31) for place, letter in enumerate(body))
    return ALPHABET[-total % 31]


def tidy(number: str) -> str:
    """A number as it is kept: capital letters, no blanks or hyphens."""
    return re.sub(r"[\s-]+", "", number).upper()


def check_credit_code(code: str) -> Problem | None:
    """Why this is no unified social credit code, or None."""
    if not _CODE.fullmatch(code):
        return _wrong(
            "credit_code_form",
            "统一社会信用代码应为 18 位数字和大写字母（不含 I、O、S、V、Z）",
            "A unified social credit code has 18 digits and capitals (no I, O, S, V, Z)",
        )
    if check_digit(code[:17]) != code[17]:
        return _wrong(
            "credit_code_check",
            "统一社会信用代码的校验位不符，可能抄错了一位",
            "The check digit of the credit code does not fit: a character may be miscopied",
        )
    return None


def check_licence_number(kind: SiteKind, number: str) -> Problem | None:
    """Why this is no licence number for a tenant of this kind, or None; only law firms have a form of their own."""
    if kind is not SiteKind.LAW_FIRM:
        return None
    if _OLD_LICENCE.fullmatch(number) or (number.startswith("31") and check_credit_code(number) is None):
        return None
    return _wrong(
        "licence_number",
        "律师事务所执业许可证号应为 31 开头的 18 位代码，或 17 位数字的旧号",
        "A law firm's licence number has 18 characters beginning with 31, or 17 digits in the older form",
    )


def check_account(number: str) -> Problem | None:
    if _ACCOUNT.fullmatch(number):
        return None
    return _wrong("account_number", "账号应为 8 至 32 位数字", "An account number has 8 to 32 digits")


def check_phone(phone: str) -> Problem | None:
    return (
        None
        if _PHONE.fullmatch(phone)
        else _wrong("phone", "电话号码格式不对", "This is no telephone number")
    )


def check_mailbox(mailbox: str) -> Problem | None:
    return (
        None
        if _MAILBOX.fullmatch(mailbox)
        else _wrong("mailbox", "邮箱格式不对", "This is no e-mail address")
    )


def _wrong(what: str, zh: str, en: str) -> Problem:
    return Problem(
        code=f"site.{what}",
        zh=f"{zh}。",
        en=f"{en}.",
        todo_zh="请对照证照或开户资料逐位核对。",
        todo_en="Compare it with the document, character by character.",
    )
