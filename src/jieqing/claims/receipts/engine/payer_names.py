"""When a payer's name on a bank line is a debtor's name: alike, alike but for the legal form or place, or by pinyin.

Banks cut names, drop brackets and write Latin letters; so three degrees, each said in the reason. The degree is a
reason to suggest, never to post.
"""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache

from jieqing.claims.parties.engine.names import name_key, sort_key

LEGAL_FORMS = (
    "股份有限公司", "有限责任公司", "集团有限公司", "有限公司", "股份公司", "分公司", "集团", "公司", "合伙企业", "事务所",
    "个体工商户", "limited", "company", "corporation", "ltd", "inc", "corp", "llc", "gmbh", "co",
)  # fmt: skip
CORE_CHARS_MIN = 2
CUT_CHARS_MIN = 6


class NameFit(IntEnum):
    NONE = 0
    PINYIN = 1
    CORE = 2
    SAME = 3


@lru_cache(maxsize=50_000)
def core_key(name: str) -> str:
    """The name key without legal forms at its end.

    Example:
        >>> core_key("宏达机械有限责任公司") == core_key("宏达机械公司")
        True
    """
    key = name_key(name)
    while True:
        form = next(
            (one for one in LEGAL_FORMS if key.endswith(one) and len(key) - len(one) >= CORE_CHARS_MIN), None
        )
        if form is None:
            return key
        key = key[: -len(form)]


def fit(payer: str, debtor: str) -> NameFit:
    """How well two names fit, the better the higher."""
    mine, theirs = name_key(payer), name_key(debtor)
    if not mine or not theirs:
        return NameFit.NONE
    if mine == theirs:
        return NameFit.SAME
    is_cut = len(mine) >= CUT_CHARS_MIN and theirs.startswith(mine)
    if is_cut or core_key(payer) == core_key(debtor):
        return NameFit.CORE
    if mine.isascii() != theirs.isascii():
        latin, chinese = (mine, debtor) if mine.isascii() else (theirs, payer)
        spelled = pinyin_key(chinese)
        if (
            spelled
            and len(latin) >= CUT_CHARS_MIN
            and (latin == spelled or _latin_core(latin) == pinyin_core(chinese))
        ):
            return NameFit.PINYIN
    return NameFit.NONE


@lru_cache(maxsize=50_000)
def pinyin_key(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", sort_key(name))


@lru_cache(maxsize=50_000)
def pinyin_core(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", sort_key(core_key(name)))


def _latin_core(latin: str) -> str:
    """``hongdajixiecoltd`` → ``hongdajixie``; also what banks write in pinyin for 有限公司."""
    for ending in ("youxiangongsi", "gongsi", "coltd", "companylimited", "limited", "ltd", "inc", "co"):
        if latin.endswith(ending) and len(latin) > len(ending) + 3:
            return latin[: -len(ending)]
    return latin
