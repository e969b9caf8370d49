"""One cell as an amount in minor units: the definition that every faster path must equal.

Recognised: thousands separators of any habit (comma, point, space, apostrophe), 1.234,56, currency signs before or
after, a minus in front or behind, parentheses, CR/DR and 贷/借, 万元 and 亿元, full-width digits, 1.5E+08.
Refused: percentages, more decimals than the currency has (a person may confirm rounding half up), anything that
could be two numbers. Digits past the 15th that come from binary floating point (3299.6999999999998) are not the
writer's and are rounded away with a flag.

Units: the result is in minor units of the row's currency; CR and 贷 are negative.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from jieqing.claims.receivables.engine.cell_texts import BLANK_WORDS, ERROR_VALUE, currency_word, fold
from jieqing.claims.receivables.engine.row_problems import Fault
from jieqing.kernel.currencies import EXPONENTS

AMOUNT_MINOR_LIMIT = 10**15
DOLLARS = frozenset({"USD", "HKD", "CAD", "AUD", "SGD", "TWD", "NZD", "MOP"})
SIGNS: dict[str, frozenset[str]] = {
    "$": DOLLARS,
    "¥": frozenset({"CNY", "JPY"}),
    "元": frozenset({"CNY", *DOLLARS}),
}
MARK = r"US\$|HK\$|NT\$|[ACS]\$|MOP\$|R\$|[$¥€£₩]|[A-Za-z]{3}|人民币|美元|美金|欧元|港币|港元|日元|英镑|元"
BEFORE = re.compile(rf"^([-+]?)\s*({MARK})\s*[:]?\s*(?=[-+(\d.])")
AFTER = re.compile(rf"(?<=[\d.)\-万亿千])\s*({MARK})(?:整|正)?$")
SIDE = re.compile(
    r"(?:(?<=[\d)])\s*(CR|DR|贷方?|借方?|C|D)|^(CR|DR|贷方?|借方?)\s*[:]?\s*)(?=$|[-+(\d¥$])", re.I
)
UNIT = re.compile(r"(?<=\d)\s*(万|亿|千|[kKmM](?![A-Za-z]))\s*(?=元|$)")
UNITS = {"万": 10_000, "亿": 100_000_000, "千": 1_000, "k": 1_000, "m": 1_000_000}
SCIENTIFIC = re.compile(r"^\d+(?:\.\d+)?[eE][+-]?\d{1,2}$")
GROUPS = {mark: re.compile(rf"^\d{{1,3}}(?:{re.escape(mark)}\d{{3}})+$") for mark in (",", ".", " ", "'")}
INDIAN = re.compile(r"^\d{1,2}(?:,\d{2})+,\d{3}$")
FLOAT_NOISE_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Amount:
    """A signed amount, the currencies its own sign allows (None: it has no sign), and what was noticed."""

    minor: int
    currencies: frozenset[str] | None = None
    flags: tuple[str, ...] = ()


def parse_amount(
    raw: str, *, currency: str, decimal_mark: str | None = ".", unit: int = 1, accepts_rounding: bool = False
) -> Amount | Fault | None:
    """Return the amount of a cell, None when blank.

    decimal_mark: how the column writes decimals; None when the column does not say (then 1.234 is a fault).
    Example: parse_amount("（1,234.50）", currency="CNY").minor == -123450
    """
    text = fold(raw).replace("−", "-").replace("–", "-").replace("’", "'").lstrip("'").strip()
    if text.lower() in BLANK_WORDS:
        return None
    if ERROR_VALUE.fullmatch(text):
        return Fault("cell.error")
    if text.startswith("="):
        return Fault("cell.formula")
    if "%" in text or "‰" in text:
        return Fault("amount.percent")
    read = _sign_and_marks(text)
    if read is None:
        return Fault("amount.unreadable")
    digits, is_negative, currencies, scale = read
    if currencies is not None and currency not in currencies:
        found = sorted(currencies)[0] if len(currencies) == 1 else "/".join(sorted(currencies))
        return Fault("amount.two_currencies", {"found": found, "currency": currency})
    number = _number(digits, decimal_mark)
    if isinstance(number, Fault):
        return number
    return _minor(-number if is_negative else number, scale * unit, currency, currencies, accepts_rounding)


def currency_of_amount(raw: str) -> str | None:
    """Return the one currency that an amount's own mark names (US$, €, RMB); "$" and "¥" alone name none for sure."""
    read = _sign_and_marks(fold(raw))
    if read is None or read[2] is None:
        return None
    return next(iter(read[2])) if len(read[2]) == 1 else None


def _sign_and_marks(text: str) -> tuple[str, bool, frozenset[str] | None, int] | None:
    """Return digits, negative or not, allowed currencies, unit; None when what is left cannot be a number."""
    is_negative = False
    side = SIDE.search(text)
    if side:
        is_negative = (side[1] or side[2])[0].upper() in ("C", "贷")
        text = (text[: side.start()] + text[side.end() :]).strip()
    currencies: frozenset[str] | None = None
    before = BEFORE.match(text)
    if before:
        currencies = _currencies(before[2])
        if currencies is None:
            return None
        text = before[1] + text[before.end() :]
    after = AFTER.search(text)
    if after:
        named = _currencies(after[1])
        if named is None:
            return None
        currencies = named if currencies is None else currencies & named
        text = text[: after.start()].rstrip()
    scale = 1
    unit = UNIT.search(text)
    if unit:
        scale = UNITS[unit[1].lower()]
        text = (text[: unit.start()] + text[unit.end() :]).strip()
    if text.startswith("(") and text.endswith(")"):
        is_negative, text = True, text[1:-1].strip()
        inner = BEFORE.match(text)
        if inner and currencies is None:
            currencies, text = _currencies(inner[2]), inner[1] + text[inner.end() :]
    for sign in (text[:1], text[-1:]):
        if sign in ("-", "+") and sign:
            is_negative = is_negative or sign == "-"
            text = text[1:].strip() if text.startswith(sign) else text[:-1].strip()
            break
    return (text, is_negative, currencies, scale) if re.fullmatch(r"[\d.,' eE+-]+", text) else None


def _currencies(mark: str) -> frozenset[str] | None:
    if mark in SIGNS:
        return SIGNS[mark]
    code = currency_word(mark)
    return None if code is None else frozenset({code})


def _number(text: str, decimal_mark: str | None) -> Decimal | Fault:
    if SCIENTIFIC.match(text):
        return Decimal(text)
    whole, fraction = text, ""
    commas, points = text.count(","), text.count(".")
    if commas and points:
        last = max(text.rfind(","), text.rfind("."))
        whole, fraction = text[:last], text[last + 1 :]
        if text[last] in whole:
            return Fault("amount.unreadable")
    elif commas == 1 and (decimal_mark == "," or not GROUPS[","].match(text)):
        whole, _, fraction = text.partition(",")
        if decimal_mark != "," and len(fraction) > 2:
            return Fault("amount.ambiguous")
    elif points == 1 and decimal_mark is None and GROUPS["."].match(text):
        return Fault("amount.ambiguous")
    elif points == 1 and not (decimal_mark == "," and GROUPS["."].match(text)):
        whole, _, fraction = text.partition(".")
    grouped = (
        whole.isdigit() or not whole or any(p.match(whole) for p in GROUPS.values()) or INDIAN.match(whole)
    )
    if not grouped or (fraction and not fraction.isdigit()) or not (whole or fraction):
        return Fault("amount.unreadable")
    plain = re.sub(r"\D", "", whole)
    return Decimal(f"{plain or '0'}.{fraction or '0'}")


def _minor(
    number: Decimal, scale: int, currency: str, currencies: frozenset[str] | None, accepts_rounding: bool
) -> Amount | Fault:
    if number.adjusted() > 20:
        return Fault("amount.too_large")
    decimals = EXPONENTS[currency]
    exact = number * scale * 10**decimals
    rounded = exact.to_integral_value(ROUND_HALF_UP)
    flags: tuple[str, ...] = ()
    if rounded != exact:
        digits = len(number.as_tuple().digits)
        if digits >= FLOAT_NOISE_DIGITS and abs(rounded - exact) * 10**6 < 1:
            flags = ("float_noise",)
        elif accepts_rounding:
            flags = ("amount_rounded",)
        else:
            return Fault("amount.too_fine", {"decimals": decimals, "currency": currency})
    if abs(rounded) >= AMOUNT_MINOR_LIMIT:
        return Fault("amount.too_large")
    return Amount(int(rounded), currencies, flags)
