"""Citations found in a sentence: the articles that a rule names in words, so that a page can open them.

A rule of the statement carries its articles as people write them (民事诉讼法第二百六十四条). This reads the law's title
and the number; what it does not know it leaves out, so a page opens fewer articles but never a wrong one.
"""

from __future__ import annotations

import re

from jieqing.claims.entitlements.engine.citations import Citation, cite

_TITLES = {
    "最高人民法院关于审理民间借贷案件适用法律若干问题的规定": "loan_rules",
    "最高人民法院关于审理买卖合同纠纷案件适用法律问题的解释": "sale_reading",
    "最高人民法院关于审理建设工程施工合同纠纷案件适用法律问题的解释（一）": "construction_reading",
    "最高人民法院关于执行程序中计算迟延履行期间的债务利息适用法律若干问题的解释": "late_interest_reading",
    "保障中小企业款项支付条例（2025）": "sme_2025",
    "保障中小企业款项支付条例（2020）": "sme_2020",
    "民法典": "civil_code",
    "民事诉讼法": "civil_procedure",
}
_PIECE = re.compile("|".join(map(re.escape, _TITLES)) + "|第(?P<number>[零一二三四五六七八九十百千]+)条")
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")}
_TENS = {"十": 10, "百": 100, "千": 1000}


def citations_named(text: str) -> list[Citation]:
    """Return the articles that a text names, in its order.

    Example:
        >>> [c.key for c in citations_named("民法典第五百七十九条、第五百八十五条；民事诉讼法第二百六十四条")]
        ['civil_code-579', 'civil_code-585', 'civil_procedure-264']
    """
    found: list[Citation] = []
    law: str | None = None
    for piece in _PIECE.finditer(text):
        number = piece["number"]
        if number is None:
            law = _TITLES[piece[0]]
        elif law is not None:
            found.append(cite(law, article_number(number)))
    return found


def article_number(numerals: str) -> int:
    """Return the number that Chinese numerals write, up to thousands.

    Example:
        >>> article_number("十八"), article_number("二百六十四"), article_number("一千零三十二")
        (18, 264, 1032)
    """
    whole, digit = 0, 0
    for char in numerals:
        if char in _TENS:
            whole += (digit or 1) * _TENS[char]
            digit = 0
        else:
            digit = _DIGITS[char]
    return whole + digit
