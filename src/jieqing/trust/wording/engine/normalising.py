"""What a text says when its disguise is taken off: one plain spelling, and for every character the place it came from.

Words are hidden by full-width and styled letters, traditional characters, split characters (氵去 for 法), marks between
characters (法*院), signs that stand for words (a policeman for 警察) and characters nobody sees. Here each is put back, so
that the lexicon needs one spelling of each word. Sounds (fayuan, 珐院) are the business of ``sounds``.

Invariant: every plain character comes from a place of the given text and places do not decrease, so a finding in the plain
text always leads back to what the reader sees. Decides nothing and refuses nothing: any text has a
plain form.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from opencc import OpenCC

CLAUSE, SENTENCE, OPEN, CLOSE, SOFT, LISTED = "，", "。", "“", "”", " ", "、"
_SENTENCE_MARKS = frozenset("。！？!?…\n\r\u2028\u2029；;")
_CLAUSE_MARKS = frozenset("，,：:")
_LIST_MARKS = frozenset("、､")
_OPENING, _CLOSING = frozenset("“「『《‘＂"), frozenset("”」』》’")
# Seen as words by every reader of messages.
SIGNS = {
    "👮": "警察", "🚓": "警车", "🚔": "警车", "🚨": "警", "⚖": "法院", "🏛": "法院", "🔪": "刀", "🗡": "刀", "🔫": "枪",
    "💣": "炸弹", "💀": "死", "☠": "死", "⚰": "棺材", "🏠": "家", "🏡": "家", "🏘": "小区", "👪": "家人", "👨": "人", "👩": "人",
    "👧": "孩子", "👦": "孩子", "👶": "孩子", "🧒": "孩子", "👴": "爸", "👵": "妈", "🐶": "狗", "🐕": "狗", "🐷": "猪", "🐖": "猪",
    "🐢": "王八", "💩": "屎", "📞": "电话", "☎": "电话", "📱": "电话", "🚪": "门", "👊": "打", "🔨": "砸", "🔒": "锁", "⛓": "铐",
    "🏫": "学校", "🏢": "公司", "🏦": "银行", "💰": "钱", "💵": "钱", "💴": "钱", "🤖": "机器人", "🦵": "腿", "🖐": "手", "✋": "手",
    "🩸": "血", "🔥": "火", "📢": "通知", "🚗": "车", "🐔": "鸡",
}  # fmt: skip
# Two characters that are read as the one they are the halves of, and characters drawn like another.
_HALVES = {
    "氵去": "法", "阝完": "院", "讠斥": "诉", "讠正": "证", "讠射": "谢", "扌丁": "打", "扌包": "抱", "扌爪": "抓", "亻尔": "你", "亻也": "他",
    "亻门": "们", "歹匕": "死", "女马": "妈", "父巴": "爸", "敬言": "警", "木丁": "朾", "钅戋": "钱", "贝戋": "贱", "亻责": "债", "亻崔": "催",
    "讠寸": "讨", "走己": "起", "辶甬": "通", "纟及": "级", "犭句": "狗", "犭者": "猪", "忄白": "怕", "石皮": "破", "土夬": "块", "亻专": "传",
    "口斤": "听", "禾责": "积", "犭彐": "狃", "贝又": "贩", "车侖": "轮", "马扁": "骗", "歹又": "歼", "木又": "权", "扌氐": "抵", "火尧": "烧",
    "石咂": "砸", "口乞": "吃", "氵曰": "汩",
}  # fmt: skip
_DRAWN_ALIKE = str.maketrans(
    "巿囗丄冂氺亇咑扐讠庁仃厷惄嫲恠釪粅囚甴彳砅罓",
    "市口上门水个打扒言厅停公家妈怪于物囚由行冰网",
)
_SPACED = re.compile(r"(?<![一-鿿])[一-鿿](?:[ ，、。][一-鿿]){2,}(?![一-鿿])")
_LETTERS = re.compile(r"(?<![a-z0-9])[a-z](?: [a-z]){2,}(?![a-z0-9])")
_LOOSE = re.compile(r"(?<![a-z0-9]) +| +(?![a-z0-9])| +(?= )")
_HALF = re.compile("|".join(_HALVES))
# What is neither seen nor said: dropped, but counted until the end, so that places stay right.
_GONE = "\0"
_WIDE = "\1"


@dataclass(frozen=True, slots=True)
class Plain:
    """The plain text, and how to find its characters in the text as given (code points, ends excluded)."""

    text: str
    given: str
    _marked: str
    _places: tuple[int, ...] | None = None

    def given_span(self, start: int, end: int) -> tuple[int, int]:
        """The part of the given text behind the plain characters from ``start`` to ``end``.

        Example:
            >>> found = plain_of("请 联*系 法-院")
            >>> found.text, found.given_span(3, 5)
            ('请联系法院', (6, 9))
        """
        kept = [at for at, letter in enumerate(self._marked) if letter != _GONE]
        if start >= end:
            return (0, 0)
        first, last = kept[start], kept[end - 1]
        # The second half of a split character is gone from the plain text, but the reader sees it.
        while last + 1 < len(self._marked) and self._marked[last + 1] == _GONE and self._is_half(last + 1):
            last += 1
        if self._places is None:
            return first, last + 1
        return self._places[first], self._places[last] + 1

    def _is_half(self, at: int) -> bool:
        place = self._places[at] if self._places else at
        return self.given[place].isalnum()


class _Signs(dict[int, str]):
    """For ``str.translate``: one plain character for each, learned when first met."""

    def __missing__(self, code: int) -> str:
        plain = _plain_sign(chr(code)) or _GONE
        self[code] = plain = plain if len(plain) == 1 and chr(code) != '"' else _WIDE
        return plain


_SIGN_TABLE = _Signs()


def plain_of(text: str) -> Plain:
    """The plain form.

    Example:
        >>> plain_of("我們是氵去 阝完！👮").text
        '我们是法院。警察'
    """
    letters = text.translate(_SIGN_TABLE)
    places = None
    if _WIDE in letters:
        letters, places = _widened(text)
    if SOFT in letters:
        letters = _SPACED.sub(_unspaced, letters)
        letters = _LETTERS.sub(lambda found: found[0].replace(SOFT, _GONE), letters)
        letters = _LOOSE.sub(lambda found: _GONE * len(found[0]), letters)
    elif CLAUSE in letters or LISTED in letters:
        letters = _SPACED.sub(_unspaced, letters)
    if _GONE not in letters:
        plain = _HALF.sub(_whole, letters)
        return Plain(plain.replace(_GONE, ""), text, plain, places)
    # Halves are looked for where nothing stands between them any more.
    kept = [at for at, letter in enumerate(letters) if letter != _GONE]
    plain = _HALF.sub(_whole, letters.replace(_GONE, ""))
    marked = [_GONE] * len(letters)
    for at, letter in zip(kept, plain, strict=True):
        marked[at] = letter
    return Plain(plain.replace(_GONE, ""), text, "".join(marked), places)


def _widened(text: str) -> tuple[str, tuple[int, ...]]:
    """Texts with characters that stand for several: letter by letter, each with its place."""
    letters: list[str] = []
    places: list[int] = []
    is_quoted = False
    for place, sign in enumerate(text):
        plain = _plain_sign(sign) or _GONE
        if sign == '"':
            plain, is_quoted = (CLOSE, False) if is_quoted else (OPEN, True)
        letters.append(plain)
        places += [place] * len(plain)
    return "".join(letters), tuple(places)


def _whole(found: re.Match[str]) -> str:
    return _HALVES[found[0]] + _GONE


def _unspaced(found: re.Match[str]) -> str:
    return re.sub("[ ，、。]", _GONE, found[0])


@cache
def _simplified() -> OpenCC:
    return OpenCC("t2s")


@cache
def _plain_sign(sign: str) -> str:
    """One character as the plain characters it stands for; empty for what nobody sees."""
    if sign in SIGNS:
        return SIGNS[sign]
    if "一" <= sign <= "鿿":
        return str(_simplified().convert(sign)).translate(_DRAWN_ALIKE)[:1]
    for marks, plain in (
        (_SENTENCE_MARKS, SENTENCE),
        (_CLAUSE_MARKS, CLAUSE),
        (_LIST_MARKS, LISTED),
        (_OPENING, OPEN),
        (_CLOSING, CLOSE),
    ):
        if sign in marks:
            return plain
    if unicodedata.category(sign) in ("Mn", "Me", "Cf", "Cc", "Cs", "Co"):
        return SOFT if sign == "\t" else ""
    return "".join(map(_plain_letter, unicodedata.normalize("NFKD", sign).casefold()))


def _plain_letter(letter: str) -> str:
    if letter.isalnum() or letter == "%":
        return str(_simplified().convert(letter)).translate(_DRAWN_ALIKE)[:1]
    if letter in _SENTENCE_MARKS:
        return SENTENCE
    if letter in _CLAUSE_MARKS:
        return CLAUSE
    return "" if unicodedata.category(letter) == "Mn" else SOFT
