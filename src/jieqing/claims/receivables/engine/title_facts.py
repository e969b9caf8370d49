"""What a file says about itself outside its rows: currency, unit of amounts, day of the report.

Precedence of the currency: a column of the file; what the person says now; the amount's header ("converted_usd");
a title row (币种：人民币); the amounts' own signs; what was remembered. "$" names no country, so it decides nothing;
¥ is read as CNY, because this house keeps ledgers of mainland creditors.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from jieqing.claims.receivables.engine import vocabulary
from jieqing.claims.receivables.engine.cell_amounts import currency_of_amount
from jieqing.claims.receivables.engine.cell_dates import parse_date
from jieqing.claims.receivables.engine.cell_texts import currency_word, fold
from jieqing.claims.receivables.engine.headers import CAMEL, UNIT_IN_HEADER
from jieqing.claims.receivables.engine.ledger_types import ColumnUse
from jieqing.claims.receivables.engine.mapping import ColumnSample
from jieqing.claims.receivables.engine.vocabulary import AMOUNT_FIELDS
from jieqing.kernel.currencies import EXPONENTS

TITLE_CURRENCY = re.compile(r"(?:币种|币别|货币|currency)\s*[:：]\s*([^\s,，;；)）]{1,12})", re.I)
TITLE_UNIT = re.compile(r"(?:金额)?单位\s*[:：]\s*((?:人民币|美元|港币|欧元|日元)?\s*(?:万|亿|千)?元?)", re.I)
STATED_DATE = re.compile(
    rf"(?:{vocabulary.STATED_DATE})" + r"(\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}|\d{8})", re.I
)
UNIT_WORDS = (("亿", 100_000_000), ("万", 10_000), ("千", 1_000), ("thousand", 1_000), ("million", 1_000_000))


def currency_of_file(
    uses: Sequence[ColumnUse],
    samples: Sequence[ColumnSample],
    title_text: str,
    remembered: str | None,
    said: str | None,
) -> tuple[str | None, str]:
    amount = next(
        (use for name in ("amount", "balance", "debit", "credit") for use in uses if use.field == name), None
    )
    if any(use.field == "currency" for use in uses):
        return said or remembered, "column"
    if said is not None:
        return said, "hint"
    if amount is not None:
        from_header = currency_of_header(amount.header)
        if from_header is not None:
            return from_header, "header"
    from_title = _title_currency(title_text)
    if from_title is not None:
        return from_title, "title"
    if amount is not None:
        from_cells = _cell_currency(samples[amount.index].cells)
        if from_cells is not None:
            return from_cells, "cells"
    return (remembered, "remembered") if remembered else (None, "none")


def with_units(uses: tuple[ColumnUse, ...], title_text: str) -> tuple[ColumnUse, ...]:
    from_title = TITLE_UNIT.search(title_text)
    result = []
    for use in uses:
        if use.field in AMOUNT_FIELDS:
            in_header = UNIT_IN_HEADER.search(fold(use.header)) or re.search(
                r"([万亿千]元)$", fold(use.header)
            )
            text = in_header.group(1) if in_header else (from_title.group(1) if from_title else "")
            use = replace(use, unit=next((size for word, size in UNIT_WORDS if word in text.lower()), 1))
        result.append(use)
    return tuple(result)


def currency_of_header(header: str) -> str | None:
    """Return the currency an amount's header implies: converted_usd, 金额(元), 本币金额, Amount [EUR]."""
    plain = fold(header)
    if re.search(vocabulary.LOCAL_AMOUNT, plain, re.I) and not re.search(r"local", plain, re.I):
        return "CNY"
    in_brackets = UNIT_IN_HEADER.search(plain)
    if in_brackets:
        word = re.sub(r"[万亿千百]", "", in_brackets.group(1))
        named = currency_word(word) if word else None
        if named is not None:
            return named
    for word in re.split(r"[\s_\-/.()\[\]]+", CAMEL.sub(" ", plain)):
        if (
            len(word) == 3
            and word.upper() in EXPONENTS
            and word.lower() not in ("all", "top", "try", "mop", "mad")
        ):
            return word.upper()
    return next(
        (
            code
            for name, code in (
                ("美元", "USD"),
                ("美金", "USD"),
                ("欧元", "EUR"),
                ("港币", "HKD"),
                ("人民币", "CNY"),
                ("日元", "JPY"),
            )
            if name in plain
        ),
        None,
    )


def _title_currency(title_text: str) -> str | None:
    named = TITLE_CURRENCY.search(title_text)
    if named:
        code = currency_word(named.group(1))
        if code is not None:
            return code
    unit = TITLE_UNIT.search(title_text)
    word = re.sub(r"[万亿千\s]", "", unit.group(1)) if unit else ""
    return currency_word(word) if word else None


def _cell_currency(cells: Sequence[str]) -> str | None:
    """Return the currency that every amount names itself; ¥ reads as CNY here, "$" names no country."""
    if not cells:
        return None
    codes = {"CNY" if "¥" in fold(cell) else currency_of_amount(cell) for cell in cells}
    return codes.pop() if len(codes) == 1 else None


def stated_date(title_text: str) -> date | None:
    found = STATED_DATE.search(title_text)
    day = parse_date(found.group(1).replace(" ", "")) if found else None
    return day if isinstance(day, date) else None
