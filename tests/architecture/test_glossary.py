"""The glossary is one word for one thing: both languages in every row, nothing twice, sorted."""

import re

from jieqing.kernel.tests.worked_tables import Row, tables

HOUSE_WORDS = """
receivable 应收账款, claim 债权, creditor 债权人, debtor 债务人, guarantor 保证人, ageing 账龄, days past due (DPD) 逾期天数,
promise to pay (PTP) 还款承诺, right-party contact (RPC) 本人接通, cure 回正, roll rate 迁徙率, expected credit loss (ECL) 预期信用损失,
limitation period 诉讼时效, preservation 财产保全, payment order 支付令, mediation 调解, judicial confirmation 司法确认, assignment 债权转让,
escrow account 资金监管账户, filing 备案, evidence deposit 存证, permit 触达许可, contact 触达, script 话术, hold 暂停, dispute 异议,
hardship 困难, settled in full 结清
"""


def rows() -> list[Row]:
    return tables("glossary.md")["Glossary"]


def test_every_row_has_both_languages_and_a_meaning() -> None:
    for row in rows():
        assert re.fullmatch(r"[A-Za-z][A-Za-z() -]*", row["en"]), row
        assert re.search(r"[\u4e00-\u9fff]", row["zh"]), row
        assert not re.search(r"[A-Za-z]", row["zh"]), row
        assert row["meaning"].endswith("."), row


def test_no_term_stands_twice_in_either_language() -> None:
    for language in ("en", "zh"):
        terms = [row[language].casefold() for row in rows()]
        assert len(terms) == len(set(terms)), sorted({term for term in terms if terms.count(term) > 1})


def test_the_table_is_sorted() -> None:
    terms = [row["en"].casefold() for row in rows()]
    assert terms == sorted(terms)


def test_the_house_words_are_all_there() -> None:
    pairs = {row["en"]: row["zh"] for row in rows()}
    for phrase in HOUSE_WORDS.replace("\n", " ").split(","):
        english, chinese = phrase.strip().rsplit(" ", 1)
        assert pairs[english] == chinese
