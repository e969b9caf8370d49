"""Reads a text before it leaves, or after it came: clean, to be approved by a person, or blocked, and why.

Plain form, words, rules, guards, then a small trained model for what no word gives away (你家小孩几点放学我们都清楚). The model can
only make a verdict graver: to ``needs_approval``, or above a calibrated bar to ``block``. Each finding names its category, rule
and articles, where it stands in the text as given, what is wrong and how the same may lawfully be said.

Invariant: the same text and the same lexicon give the same findings; a longer text never has fewer words found in it.
Refuses nothing: an empty text is clean, a text of any length is read to its end.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from jieqing.trust.wording.engine.composing import Found, findings
from jieqing.trust.wording.engine.lexicon import VERDICTS, Gravity, Lexicon
from jieqing.trust.wording.engine.normalising import Plain, plain_of
from jieqing.trust.wording.engine.sounds import Ear
from jieqing.trust.wording.engine.words import WordFinder, finder_of


@dataclass(frozen=True, slots=True)
class Finding:
    """``start`` and ``end`` count code points of the text as given; texts are (Chinese, English)."""

    category: str
    rule: str
    articles: tuple[str, ...]
    gravity: Gravity
    start: int
    end: int
    why: tuple[str, str]
    instead: tuple[str, str]

    def as_dict(self) -> dict[str, str | int]:
        return {
            "category": self.category,
            "rule": self.rule,
            "article": "; ".join(self.articles),
            "verdict": VERDICTS[self.gravity],
            "start": self.start,
            "end": self.end,
        }


@dataclass(frozen=True, slots=True)
class ScanResult:
    gravity: Gravity
    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> str:
        return VERDICTS[self.gravity]


class Judge(Protocol):
    """The trained model: what it suspects in a plain text, none for most."""

    def suspicion(self, plain: str) -> Finding | None: ...


class Scanner:
    """Build once per process and lexicon; not shared between threads that scan at the same time (hyperscan's scratch)."""

    def __init__(self, lexicon: Lexicon, judge: Judge | None = None) -> None:
        self.lexicon = lexicon
        words: Sequence[str] = tuple(lexicon.words)
        self._finder: WordFinder = finder_of(words)
        self._classes = tuple(lexicon.words[word] for word in words)
        self._ear = Ear(lexicon.heard, lexicon.known)
        self._classes_of: Mapping[str, tuple[int, ...]] = lexicon.words
        self._judge = judge

    def scan(self, text: str) -> ScanResult:
        plain = plain_of(text)
        hits = [(self._classes[word], start, end) for word, start, end in self._finder.hits(plain.text)]
        hits += [
            (self._classes_of[word], start, end)
            for word, start, end in self._ear.heard(plain.text)
            if word in self._classes_of
        ]
        found = [_given(one, plain) for one in findings(self.lexicon, plain.text, hits)] if hits else []
        gravest = max((one.gravity for one in found), default=Gravity.CLEAN)
        if self._judge is not None and gravest < Gravity.BLOCK:
            suspicion = self._judge.suspicion(plain.text)
            if suspicion is not None and suspicion.gravity > gravest:
                found.append(suspicion)
                gravest = suspicion.gravity
        return ScanResult(gravest, tuple(found))


def _given(found: Found, plain: Plain) -> Finding:
    start, end = plain.given_span(found.start, found.end)
    rule = found.rule
    return Finding(rule.category, rule.code, rule.articles, rule.gravity, start, end, rule.why, rule.instead)
