"""Disguises as people use them, laid over any sentence: for the adversarial test, never read by the scanner.

Each takes a sentence and a source of chance and gives the sentence as somebody would write it to slip past a word list. The
reader of the message still understands it; that is what makes it a disguise and not noise.
"""

import random
import re
from collections.abc import Callable

from opencc import OpenCC
from pypinyin import lazy_pinyin

_CHINESE = re.compile(r"[一-鿿]")
_ALIKE = dict(
    zip("市口上门水个打言厅妈怪于物囚由行冰网", "巿囗丄冂氺亇咑讠庁嫲恠釪粅囚甴彳砅罓", strict=True)
)
_SIGNS = {
    "警察": "👮", "法院": "⚖", "家": "🏠", "电话": "📞", "钱": "💰", "门": "🚪", "学校": "🏫", "公司": "🏢", "死": "💀",
    "机器人": "🤖", "狗": "🐶",
}  # fmt: skip
_SPOKEN = {
    "院": "苑",
    "警": "景",
    "诉": "述",
    "案": "暗",
    "抓": "爪",
    "贷": "代",
    "催": "崔",
    "债": "寨",
    "曝": "爆",
    "律": "侓",
}
_DIGITS = {"一": "1", "二": "2", "三": "3", "四": "4", "五": "5", "六": "6", "八": "8", "九": "9", "死": "4"}


def separators(text: str, chance: random.Random) -> str:
    mark = chance.choice(".*-·_ /~")
    start = chance.randrange(max(1, len(text) - 5))
    return text[:start] + mark.join(text[start : start + 6]) + text[start + 6 :]


def zero_width(text: str, chance: random.Random) -> str:
    return "".join(letter + ("\u200b" if chance.random() < 0.5 else "") for letter in text)


def traditional(text: str, _chance: random.Random) -> str:
    return str(OpenCC("s2t").convert(text))


def full_width(text: str, _chance: random.Random) -> str:
    return "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in text)


def pinyin(text: str, chance: random.Random) -> str:
    """Two characters in a row, as input methods leave them behind."""
    places = [at for at in range(len(text) - 1) if all(map(_CHINESE.match, text[at : at + 2]))]
    if not places:
        return text
    at = chance.choice(places)
    return text[:at] + "".join(lazy_pinyin(text[at : at + 2])) + text[at + 2 :]


def look_alikes(text: str, _chance: random.Random) -> str:
    return "".join(_ALIKE.get(letter, letter) for letter in text)


def homophones(text: str, _chance: random.Random) -> str:
    return "".join(_SPOKEN.get(letter, letter) for letter in text)


def emoji(text: str, _chance: random.Random) -> str:
    for word, sign in _SIGNS.items():
        text = text.replace(word, sign)
    return text


def digits(text: str, _chance: random.Random) -> str:
    return "".join(_DIGITS.get(letter, letter) for letter in text)


EVASIONS: dict[str, Callable[[str, random.Random], str]] = {
    "separators": separators,
    "zero_width": zero_width,
    "traditional": traditional,
    "full_width": full_width,
    "pinyin": pinyin,
    "look_alikes": look_alikes,
    "homophones": homophones,
    "emoji": emoji,
    "digits": digits,
}
