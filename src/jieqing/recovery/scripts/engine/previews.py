"""A script as its channel shows it: signed and cut into text messages, headed as a mail or letter, timed as it is spoken.

A text message of ours begins with its signature in 【】 and is paid for by segment: 70 UTF-16 units (67 when there are several), or
160 and 153 where every character is of the GSM alphabet. Nobody real stands in a preview: variables hold their examples.
Source: 3GPP TS 23.038 (alphabets), TS 23.040 (concatenation); 《通信短信息服务管理规定》17 (the sender is named).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from jieqing.recovery.scripts.engine.variables import VARIABLES, example
from jieqing.recovery.scripts.engine.words import Channel

_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_DOUBLE = frozenset("^{}\\[~]|€")
# Characters a minute of a calm voice; words of English are counted by their letters.
SPOKEN_ZH = 220
SPOKEN_EN = 900
_SPOKEN = {Channel.VOICE_HUMAN, Channel.VOICE_AI, Channel.VOICE_NOTICE, Channel.VISIT}
_SENTENCE_ENDS = "。！？!?；;\n"


@dataclass(frozen=True, slots=True)
class Preview:
    """``head`` and ``foot`` stand around the text; ``parts`` are text messages or spoken sentences; ``seconds`` what is spoken.

    Empty or None where it means nothing for the channel.
    """

    channel: Channel
    text: str
    chars: int
    head: tuple[tuple[str, str], ...]
    foot: str
    parts: tuple[str, ...]
    seconds: int | None


def preview(body: str, channel: Channel, lang: str, title: str = "") -> Preview:
    text = example(body)
    agency = VARIABLES["agency"].example
    head: tuple[tuple[str, str], ...] = ()
    parts: tuple[str, ...] = ()
    foot, seconds = "", None
    if channel is Channel.SMS:
        text = text if text.startswith("【") else f"【{agency}】{text}"
        parts = segments(text)
    elif channel is Channel.EMAIL:
        head = (("from", agency), ("subject", title))
    elif channel is Channel.LETTER:
        head = (("letterhead", agency), ("subject", title))
        foot = agency
    if channel in _SPOKEN:
        parts = tuple(_sentences(text))
        seconds = -(-len(text) * 60 // (SPOKEN_ZH if lang == "zh" else SPOKEN_EN))
    return Preview(channel, text, len(text), head, foot, parts, seconds)


def segments(text: str) -> tuple[str, ...]:
    """The text messages that a network makes of one text; no character is ever cut in two.

    Example:
        >>> [len(one) for one in segments("您" * 70)], [len(one) for one in segments("您" * 71)], len(segments("a" * 161))
        ([70], [67, 4], 2)
    """
    is_gsm = all(letter in _GSM or letter in _GSM_DOUBLE for letter in text)
    size = _gsm_units if is_gsm else _utf16_units
    alone, each = (160, 153) if is_gsm else (70, 67)
    if sum(map(size, text)) <= alone:
        return (text,)
    return tuple(_cut(text, each, size))


def _cut(text: str, most: int, size: Callable[[str], int]) -> list[str]:
    found, part, used = [], "", 0
    for letter in text:
        units = size(letter)
        if used + units > most:
            found.append(part)
            part, used = "", 0
        part += letter
        used += units
    return [*found, part]


def _gsm_units(letter: str) -> int:
    return 2 if letter in _GSM_DOUBLE else 1


def _utf16_units(letter: str) -> int:
    return 2 if ord(letter) > 0xFFFF else 1


def _sentences(text: str) -> list[str]:
    found, begin = [], 0
    for place, letter in enumerate(text):
        if letter in _SENTENCE_ENDS or (letter == "." and text[place + 1 : place + 2] in ("", " ")):
            found.append(text[begin : place + 1].strip())
            begin = place + 1
    return [one for one in (*found, text[begin:].strip()) if one]
