"""A script as its channel shows it: how many text messages it becomes, how long it takes to say, what stands around it."""

from __future__ import annotations

from dataclasses import dataclass

from jieqing.recovery.scripts.engine.variables import example
from jieqing.recovery.scripts.engine.words import Channel

SMS_FIRST = 70
SMS_NEXT = 67
# Characters a minute of a calm voice; words of English are counted by their letters.
SPOKEN_ZH = 220
SPOKEN_EN = 900
_SPOKEN = {Channel.VOICE_HUMAN, Channel.VOICE_AI, Channel.VOICE_NOTICE, Channel.VISIT}


@dataclass(frozen=True, slots=True)
class Preview:
    """``parts`` counts text messages, ``seconds`` what is spoken; each None where it means nothing."""

    channel: Channel
    text: str
    chars: int
    parts: int | None
    seconds: int | None


def preview(body: str, channel: Channel, lang: str) -> Preview:
    text = example(body)
    chars = len(text)
    parts = seconds = None
    if channel is Channel.SMS:
        parts = 1 if chars <= SMS_FIRST else -(-chars // SMS_NEXT)
    if channel in _SPOKEN:
        seconds = -(-chars * 60 // (SPOKEN_ZH if lang == "zh" else SPOKEN_EN))
    return Preview(channel, text, chars, parts, seconds)
