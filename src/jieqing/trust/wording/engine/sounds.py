"""Words written by their sound: fayuan, fa院, 珐院. A text as syllables, and the words of the lexicon in it.

A sound is a weak sign: 统计 sounds like 通缉. So a word is only heard where somebody had a reason to write it otherwise: letters
stand for at least one of its characters, or another character of the same sound stands there although the two do not make
a word of their own (``KNOWN``: common words that sound like a word of the lexicon).
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from pypinyin import Style, lazy_pinyin

_RUN = re.compile(r"[a-z]{2,}(?: [a-z]{2,})*")
_SYLLABLE = re.compile(
    r"zh(?:uang|uan|ang|ong|eng|ai|an|ao|ei|en|ou|ua|ui|un|uo|uai|a|e|i|u)"
    r"|ch(?:uang|uan|uai|ang|ong|eng|ai|an|ao|en|ou|ua|ui|un|uo|a|e|i|u)"
    r"|sh(?:uang|uan|uai|ang|eng|ai|an|ao|ei|en|ou|ua|ui|un|uo|a|e|i|u)"
    r"|[bpmf](?:iang|ang|eng|ing|iao|ian|ong|ai|an|ao|ei|en|ie|in|iu|ou|a|e|i|o|u)"
    r"|[dtnl](?:iang|uang|uan|ang|eng|ing|ong|iao|ian|ai|an|ao|ei|en|ie|in|iu|ou|ui|un|uo|ue|ia|a|e|i|u|v)"
    r"|[gkh](?:uang|uan|uai|ang|eng|ong|ai|an|ao|ei|en|ou|ua|ui|un|uo|a|e|u)"
    r"|[jqx](?:iang|iong|uan|ing|iao|ian|ia|ie|in|iu|ue|un|i|u)"
    r"|[zcs](?:uan|ang|eng|ong|ai|an|ao|ei|en|ou|ui|un|uo|a|e|i|u)"
    r"|r(?:uan|ang|eng|ong|an|ao|en|ou|ui|un|uo|e|i|u)"
    r"|y(?:uan|ang|ing|ong|an|ao|in|ou|ue|un|a|e|i|u)"
    r"|w(?:ang|eng|ai|an|ei|en|a|o|u)|(?:ang|ai|an|ao|ei|en|er|ou|a|e|o)"
)
# Sounds that many speakers and every input method mix up.
_MERGED = str.maketrans({"v": "u"})


@cache
def sound_of(character: str) -> str:
    """The syllable of one character; the character itself where it has none."""
    return _plain(lazy_pinyin(character, style=Style.NORMAL)[0])


def sounds_of(word: str) -> tuple[str, ...]:
    return tuple(map(sound_of, word))


def _plain(syllable: str) -> str:
    return syllable.translate(_MERGED)


def syllables_of(letters: str) -> tuple[str, ...] | None:
    """A run of letters as syllables, the longest first; None where it is no such run.

    Example:
        >>> syllables_of("fayuan"), syllables_of("jingcha"), syllables_of("sms")
        (('fa', 'yuan'), ('jing', 'cha'), None)
    """
    found, place = [], 0
    while place < len(letters):
        match = _SYLLABLE.match(letters, place)
        if match is None:
            return None
        found.append(_plain(match[0]))
        place = match.end()
    return tuple(found)


class Ear:
    """Finds words of the lexicon by their sound. ``words`` are heard, ``known`` are common words that only sound alike."""

    def __init__(self, words: Iterable[str], known: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for word in sorted(set(words), key=lambda word: (-len(word), word)):
            sounds = sounds_of(word)
            self._by_first.setdefault(sounds[0], []).append((sounds, word))
        self._known = frozenset(known)

    def heard(self, text: str) -> list[tuple[str, int, int]]:
        """(word, start, end) in a plain text, for every word that is not spelled as it should be."""
        tokens = _tokens(text)
        found = []
        for place, (sound, start, _end, _is_letters) in enumerate(tokens):
            for sounds, word in self._by_first.get(sound, ()):
                if place + len(sounds) > len(tokens):
                    continue
                piece = tokens[place : place + len(sounds)]
                if all(have[0] == want for have, want in zip(piece, sounds, strict=True)):
                    end = piece[-1][2]
                    if self._is_disguised(text, piece, word, start, end):
                        found.append((word, start, end))
        return found

    def _is_disguised(
        self, text: str, piece: Sequence[tuple[str, int, int, bool]], word: str, start: int, end: int
    ) -> bool:
        if any(is_letters for *_rest, is_letters in piece):
            return True
        written = text[start:end]
        if written == word or any(
            known in text[max(0, start - 3) : end + 3] for known in self._known_near(written)
        ):
            return False
        # One character of two changed is a slip or a disguise; all of them changed is another word.
        same = sum(have == want for have, want in zip(written, word, strict=False))
        return len(written) == len(word) and same >= max(1, len(word) - 1)

    def _known_near(self, written: str) -> Iterable[str]:
        return (known for known in self._known if known in written or written in known)


def _tokens(text: str) -> list[tuple[str, int, int, bool]]:
    """(syllable, start, end, written in letters), in the order of the text."""
    found: list[tuple[str, int, int, bool]] = []
    place = 0
    for run in _RUN.finditer(text):
        found += [(sound_of(text[at]), at, at + 1, False) for at in range(place, run.start())]
        found += _letters(run)
        place = run.end()
    return found + [(sound_of(text[at]), at, at + 1, False) for at in range(place, len(text))]


def _letters(run: re.Match[str]) -> list[tuple[str, int, int, bool]]:
    joined = run[0].replace(" ", "")
    syllables = syllables_of(joined)
    if syllables is None:
        return [(run[0], run.start(), run.end(), False)]
    places = [at for at in range(run.start(), run.end()) if run.string[at] != " "]
    found, at = [], 0
    for syllable in syllables:
        found.append((syllable, places[at], places[at + len(syllable) - 1] + 1, True))
        at += len(syllable)
    return found
