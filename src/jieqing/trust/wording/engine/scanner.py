"""Reads a text before it leaves, or after it came: clean, to be approved by a person, or blocked, and why.

Plain form, words, rules, guards, then a small trained model for what no word gives away (你家小孩几点放学我们都清楚). The model can
only make a verdict graver: to ``needs_approval``, or above a calibrated bar to ``block``. Each finding names its category, rule
and articles, where it stands in the text as given, what is wrong and how the same may lawfully be said.

Who speaks matters. What the other side says is never a breach of ours: an incoming text is read for what we owe its writer (an
end to calls, an answer to a dispute), and its verdict is clean. A paper of the court that is linked makes true what would be a
false consequence without it; a law firm may say that it is one.

Invariant: the same text, context and lexicon give the same findings; a longer text never has fewer words found in it.
Refuses nothing: an empty text is clean, a text of any length is read to its end.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from jieqing.trust.wording.engine.composing import Found, anchors, findings
from jieqing.trust.wording.engine.lexicon import VERDICTS, Gravity, Lexicon
from jieqing.trust.wording.engine.normalising import Plain, plain_of
from jieqing.trust.wording.engine.sounds import Ear
from jieqing.trust.wording.engine.words import WordFinder, finder_of


@dataclass(frozen=True, slots=True)
class Context:
    """Who speaks (``out``: we, ``in``: the other side), on what papers, and as what kind of site."""

    direction: str = "out"
    documents: tuple[str, ...] = ()
    site_kind: str = ""


OUTGOING = Context()


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
    """The trained model: for each plain text what it suspects in it, None for most."""

    def suspicions(self, texts: Sequence[str]) -> Sequence[tuple[str, Gravity] | None]: ...


class Scanner:
    """Build once per process and lexicon; not shared between threads that scan at the same time (hyperscan's scratch)."""

    def __init__(self, lexicon: Lexicon, judge: Judge | None = None, incoming: Lexicon | None = None) -> None:
        self.lexicon = lexicon
        self._reader = _Reader(lexicon)
        self._incoming = _Reader(incoming) if incoming is not None else None
        self._judge = judge
        self._if_suspected = {rule.code: rule.if_suspected for rule in lexicon.rules}
        self._rules_of = {rule.category: rule for rule in reversed(lexicon.rules)}

    def scan(self, text: str, context: Context = OUTGOING) -> ScanResult:
        return self.scan_many((text,), context)[0]

    def scan_many(self, texts: Sequence[str], context: Context = OUTGOING) -> list[ScanResult]:
        """Many texts of one context; the model is asked for all of them at once."""
        plains = [plain_of(text) for text in texts]
        if context.direction == "in":
            heard = self._incoming.read(plains) if self._incoming else [([], "") for _plain in plains]
            return [ScanResult(Gravity.CLEAN, tuple(found)) for found, _reading in heard]
        met = self._reader.read(plains)
        suspected = self._judge.suspicions([reading for _found, reading in met]) if self._judge else ()
        answers = []
        for number, (found, _reading) in enumerate(met):
            if suspected and suspected[number] is not None:
                found = [self._sure(one) for one in found]
            found = [one for given in found if (one := _in_context(given, context)) is not None]
            gravest = max((one.gravity for one in found), default=Gravity.CLEAN)
            if suspected and (suspicion := suspected[number]) is not None:
                raised = self._raised(suspicion, texts[number], context, gravest)
                found += [raised] if raised is not None else []
                gravest = raised.gravity if raised is not None else gravest
            answers.append(ScanResult(gravest, tuple(found)))
        return answers

    def readings(self, texts: Sequence[str]) -> list[str]:
        """What the model is given of each text."""
        return [reading for _found, reading in self._reader.read([plain_of(text) for text in texts])]

    def _sure(self, finding: Finding) -> Finding:
        """Two signs that agree: a rule whose words are innocent elsewhere, and the model."""
        return replace(finding, gravity=max(finding.gravity, self._if_suspected[finding.rule]))

    def _raised(
        self, suspicion: tuple[str, Gravity], text: str, context: Context, gravest: Gravity
    ) -> Finding | None:
        category, gravity = suspicion
        rule = self._rules_of.get(category)
        if rule is None or gravity <= gravest or not text:
            return None
        finding = Finding(
            category, f"MODEL-{category}", rule.articles, gravity, 0, len(text), rule.why, rule.instead
        )
        return _in_context(finding, context)


class _Reader:
    """One lexicon with all that finds its words."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        words: Sequence[str] = tuple(lexicon.words)
        self._finder: WordFinder = finder_of(words)
        self._classes = tuple(lexicon.words[word] for word in words)
        # Most texts hold no word without which no rule is met; they are not looked at further.
        self._anchors: WordFinder = finder_of(tuple(anchors(lexicon)))
        self._ear = Ear(lexicon.heard, lexicon.known)
        self._classes_of: Mapping[str, tuple[int, ...]] = lexicon.words

    def read(self, plains: Sequence[Plain]) -> list[tuple[list[Finding], str]]:
        """What the rules find, and the text as a listener would write it down (fayuan: 法院)."""
        may_meet = set(self._anchors.hits_of_many([plain.text for plain in plains]).texts.tolist())
        return [self._read(plain, number in may_meet) for number, plain in enumerate(plains)]

    def _read(self, plain: Plain, may_meet: bool) -> tuple[list[Finding], str]:
        heard = self._ear.heard(plain.text)
        if not (may_meet or heard):
            return [], plain.text
        hits = [(self._classes[word], start, end) for word, start, end in self._finder.hits(plain.text)]
        hits += [
            (self._classes_of[word], start, end) for word, start, end in heard if word in self._classes_of
        ]
        found = [_given(one, plain) for one in findings(self.lexicon, plain.text, hits)] if hits else []
        return found, _written_down(plain.text, heard) if heard else plain.text


def _written_down(plain: str, heard: Sequence[tuple[str, int, int]]) -> str:
    pieces, last = [], 0
    for word, start, end in sorted(heard, key=lambda one: (one[1], -one[2])):
        if start >= last:
            pieces += [plain[last:start], word]
            last = end
    return "".join([*pieces, plain[last:]])


def _given(found: Found, plain: Plain) -> Finding:
    start, end = plain.given_span(found.start, found.end)
    rule = found.rule
    return Finding(rule.category, rule.code, rule.articles, rule.gravity, start, end, rule.why, rule.instead)


def _in_context(finding: Finding, context: Context) -> Finding | None:
    """What the papers of the case and the kind of the site make of a finding."""
    if finding.category == "false_consequence" and context.documents:
        return None
    if finding.rule == "IMP-03" and context.site_kind == "law_firm":
        return None
    has_standing = bool(context.documents) or context.site_kind == "law_firm"
    if has_standing and finding.rule == "MODEL-impersonation":
        return replace(finding, gravity=min(finding.gravity, Gravity.NEEDS_APPROVAL))
    return finding
