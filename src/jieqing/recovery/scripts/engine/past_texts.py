"""A draft tried on what was said before: which filed texts that were really used would a new rule have found.

A past text is a version that was used, with how often: what was sent is that text with somebody's values in its braces, and the
values are neither kept nor needed. The draft is a list of words with braces for alternatives, read by the scanner's own engine with the
guards of the shipped lexicon, so that "我们不上门" is set aside here as it would be there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jieqing.trust.wording.engine.lexicon import Lexicon, LexiconError, lexicon_of

RULE = "DRAFT"
WORDS_CHARS_MAX = 2_000
WORDS_MAX = 500


@dataclass(frozen=True, slots=True)
class PastText:
    """A version that was used: its text with examples, and how often it was said."""

    code: str
    title: str
    number: int
    text: str
    uses: int


def draft_lexicon(words: str, guards: Mapping[str, str]) -> Lexicon | str:
    """A lexicon of one rule over these words, or what is wrong with them.

    Example:
        >>> draft_lexicon("{上,到你家", {"denied": "a", "warned": "a", "quoted": "a"})
        'unbalanced braces: {上,到你家'
    """
    if len(words) > WORDS_CHARS_MAX or not words.split():
        return "nothing to look for" if not words.split() else "too long"
    rule: dict[str, Any] = {
        "category": "draft", "verdict": "block", "articles": ["–"], "why": "–", "why_en": "–", "instead": "–",
        "instead_en": "–", "phrases": words,
    }  # fmt: skip
    try:
        found = lexicon_of([{"rules": {RULE: rule}, "guards": dict(guards)}])
    except LexiconError as error:
        return str(error)
    return "too many words" if len(found.words) > WORDS_MAX else found
