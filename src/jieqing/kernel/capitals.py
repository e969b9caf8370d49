"""Capital numerals: an amount in yuan as bills, statements and court papers write it (人民币壹佰元整).

The payment rules give the form and, where they leave a choice about 零, an example whose first spelling we follow:

- an amount that ends at the yuan ends in 整; one that ends at the jiao or the fen does not;
- zeros between digits are written once, however many they are;
- when the last digit of the yuan is 0 and jiao follow, or when there are fen and no jiao, 零 stands after 元;
- zeros at the end of a group of four (万, 亿) are written only if the thousands of the next group are zero too;
- a whole group of zeros between digits is one 零: 壹亿零壹仟元整.

A negative amount starts with 负; nothing at all is 零元整. The rule is spelled out with the official examples in
docs/algorithms/money.md, which the tests replay.

Source: 《支付结算办法》附一《正确填写票据和结算凭证的基本规定》 articles 1 to 4.
"""

from __future__ import annotations

from jieqing.kernel.money import MAX_MINOR

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")


def capital_amount(amount_fen: int, *, prefix: str = "") -> str:
    """Return an amount of renminbi in capital numerals; `prefix` is put in front (usually 人民币).

    Errors: ValueError beyond the largest amount that can be recorded.

    Example:
        >>> capital_amount(10_000), capital_amount(140_950, prefix="人民币")
        ('壹佰元整', '人民币壹仟肆佰零玖元伍角')
    """
    if abs(amount_fen) > MAX_MINOR:
        raise ValueError(f"{amount_fen} is larger than an amount can be")
    sign = "负" if amount_fen < 0 else ""
    yuan, cents = divmod(abs(amount_fen), 100)
    jiao, fen = divmod(cents, 10)
    if not cents:
        return f"{prefix}{sign}{_whole(yuan) or '零'}元整"
    words = f"{_whole(yuan)}元" if yuan else ""
    if yuan and (not jiao or yuan % 10 == 0):
        words += "零"
    if jiao:
        words += f"{_DIGITS[jiao]}角"
    if fen:
        words += f"{_DIGITS[fen]}分"
    return f"{prefix}{sign}{words}"


def _whole(number: int) -> str:
    """Return a whole number, empty for 0: what is above 亿, then the rest, so that 10^12 is 壹万亿."""
    above, below = divmod(number, 10**8)
    if not above:
        return _below_hundred_million(below)
    gap = "零" if 0 < below < 10**7 else ""
    return f"{_below_hundred_million(above)}亿{gap}{_below_hundred_million(below)}"


def _below_hundred_million(number: int) -> str:
    above, below = divmod(number, 10**4)
    if not above:
        return _below_ten_thousand(below)
    gap = "零" if 0 < below < 10**3 else ""
    return f"{_below_ten_thousand(above)}万{gap}{_below_ten_thousand(below)}"


def _below_ten_thousand(number: int) -> str:
    words = ""
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            words += _DIGITS[digit] + _PLACES[place]
        elif words and not words.endswith("零") and number % 10**place:
            words += "零"
    return words
