"""Names of parties: when two spellings are the same name, how a list is sorted, and what kind of party a name tells of.

A *name key* is what two spellings of one name share: width, case, spaces, punctuation and brackets are gone, words
are not. "江南轴承（无锡）有限公司" and "江南轴承(无锡) 有限公司" have one key; "江南轴承" has another: guessing that two
companies are one is a decision with consequences and belongs to a person.

A *sort key* puts Chinese names in the order of their pinyin, because the database orders by code point. A *kind* is
read from the name only to choose how it is masked and addressed; it is a guess and says so (`unknown` exists).

Refuses: nothing; every text has keys, an empty one has empty keys.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache

NAME_CHARS_MAX = 200
SORT_KEY_CHARS_MAX = 80


class PartyKind(StrEnum):
    """Values stand in rows: never rename one."""

    COMPANY = "company"
    INDIVIDUAL = "individual"
    UNKNOWN = "unknown"


_COMPANY_ENDINGS = (
    "公司", "集团", "厂", "店", "行", "社", "部", "所", "院", "局", "中心", "医院", "学校", "大学", "银行", "合伙企业",
    "事务所", "经营部", "工作室", "个体工商户", "联合社", "委员会", "政府",
)  # fmt: skip
_COMPANY_WORDS = frozenset({
    "co", "company", "corp", "corporation", "inc", "incorporated", "llc", "llp", "ltd", "limited", "gmbh", "ag", "sa",
    "bv", "nv", "plc", "pte", "trust", "associates", "foundation", "group", "holdings", "systems", "industries", "us",
})  # fmt: skip
_INDIVIDUAL_CHARS = range(2, 5)
_PHRASE_CHARS = (4, 3, 2)


def display_name(text: str) -> str:
    """Return a name as it is kept: one space between words, no spaces around, at most 200 characters."""
    return " ".join(text.split())[:NAME_CHARS_MAX]


def name_key(text: str) -> str:
    """Return what two spellings of one name share.

    Example:
        >>> name_key("江南轴承（无锡） 有限公司") == name_key("江南轴承(无锡)有限公司"), name_key("WAL-MAR Corp.")
        (True, 'walmarcorp')
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in folded if unicodedata.category(char)[0] in "LN")[:NAME_CHARS_MAX]


def sort_key(text: str) -> str:
    """Return the key that sorts names the way a Chinese reader expects: by pinyin, Latin letters as they are.

    Words decide the reading where they are known (重庆 is chong, 重型 is zhong), longest first; else the usual reading of
    each character. Tones are left out.

    Example:
        >>> sorted(["无锡", "重庆", "北京", "Acme", "重型"], key=sort_key)
        ['Acme', '北京', '重庆', '无锡', '重型']
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    if folded.isascii():
        return folded[:SORT_KEY_CHARS_MAX]
    return " ".join(_syllables(folded))[:SORT_KEY_CHARS_MAX]


def _syllables(text: str) -> Iterator[str]:
    # Loads its dictionaries, so only when there is Chinese to sort. We walk them ourselves: the library's own
    # segmenter takes ten times as long, and an import sorts tens of thousands of names.
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

    place = 0
    while place < len(text):
        for size in _PHRASE_CHARS:
            phrase = PHRASES_DICT.get(text[place : place + size]) if place + size <= len(text) else None
            if phrase:
                yield from (_toneless(readings[0]) for readings in phrase)
                place += size
                break
        else:
            start = place
            while place < len(text) and ord(text[place]) not in PINYIN_DICT:
                place += 1
            if place > start:
                yield text[start:place].strip()
            else:
                yield _toneless(PINYIN_DICT[ord(text[place])].split(",")[0])
                place += 1


@lru_cache(maxsize=4_096)
def _toneless(syllable: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", syllable) if not unicodedata.combining(char))


def guess_kind(text: str) -> PartyKind:
    """Return what a name tells of its bearer.

    Example:
        >>> [guess_kind(n).value for n in ("宏达机械有限公司", "李建国", "WINC co", "0379-NEVHP")]
        ['company', 'individual', 'company', 'unknown']
    """
    name = unicodedata.normalize("NFKC", text).strip()
    bare = name.rstrip(")").split("(")[0].strip() or name
    if bare.endswith(_COMPANY_ENDINGS):
        return PartyKind.COMPANY
    if len(bare) in _INDIVIDUAL_CHARS and all("\u4e00" <= char <= "\u9fff" or char == "·" for char in bare):
        return PartyKind.INDIVIDUAL
    if {word.strip(".,").casefold() for word in bare.split()} & _COMPANY_WORDS:
        return PartyKind.COMPANY
    return PartyKind.UNKNOWN


def mask_name(text: str, kind: PartyKind) -> str:
    """Return a name as it is shown where only its bearer's nature matters: companies whole, people by surname.

    Example:
        >>> mask_name("李建国", PartyKind.INDIVIDUAL), mask_name("宏达机械", PartyKind.COMPANY)
        ('李**', '宏达机械')
    """
    if kind is not PartyKind.INDIVIDUAL or not text:
        return text
    return text[0] + "*" * max(1, len(text) - 1)
