"""The lexicon: words in classes, and rules that say which words, in which order, say what the law forbids to say.

A class is a list of words; braces stand for each of their alternatives (``{上,到}{你,您}家``; an empty alternative leaves
out), ``_`` for a space between English words. A rule is met by one of its phrases, or by words of classes in order within one
sentence (``@we @are @court``; ``~`` before a class: within the same message). ``gap`` is how many characters may lie between two
of them; ``clause`` keeps them within one clause. Every rule says what is wrong, by which article, and how the same thing may
lawfully be said. A rule whose words also stand in innocent sentences asks for a person (``verdict``) and stops the text only where
the trained model suspects it too (``if_suspected``).

Refused when read: an unknown class, a word with an opening brace only, a rule without article or without words in both
languages, two rules of one name.
"""

import itertools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

GAP = 6
_USUAL = frozenset({"denied", "warned", "quoted", "refused", "taught"})
_BRACES = re.compile(r"\{([^{}]*)\}")


class Gravity(IntEnum):
    """What a finding does to a text, the graver the higher."""

    CLEAN = 0
    NEEDS_APPROVAL = 1
    BLOCK = 2


VERDICTS = {Gravity.CLEAN: "clean", Gravity.NEEDS_APPROVAL: "needs_approval", Gravity.BLOCK: "block"}


@dataclass(frozen=True, slots=True)
class Pattern:
    """Classes in order within a sentence; ``beside`` must stand anywhere in the message."""

    classes: tuple[int, ...]
    beside: tuple[int, ...]
    absent: tuple[int, ...]
    gap: int
    mask: int
    within_clause: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    code: str
    category: str
    gravity: Gravity
    articles: tuple[str, ...]
    why: tuple[str, str]
    instead: tuple[str, str]
    patterns: tuple[Pattern, ...]
    guards: frozenset[str]
    if_suspected: Gravity


@dataclass(frozen=True, slots=True)
class Lexicon:
    """``words`` maps each word to the classes it belongs to; rules are asked in the order of their codes.

    ``common`` classes hold words of every other message (联系, 付款): they are looked for only beside rarer ones.
    """

    classes: tuple[str, ...]
    words: Mapping[str, tuple[int, ...]]
    heard: frozenset[str]
    known: frozenset[str]
    common: frozenset[int]
    rules: tuple[Rule, ...]
    guards: Mapping[str, re.Pattern[str]]


class LexiconError(ValueError):
    """The lexicon that ships is wrong: a fault of ours, found when it is read."""


def expanded(text: str) -> list[str]:
    """Every word that a text with braces stands for.

    Example:
        >>> expanded("{上,到}你{,们}家")
        ['上你家', '上你们家', '到你家', '到你们家']
    """
    pieces = _BRACES.split(text)
    if "{" in "".join(pieces[::2]) or "}" in "".join(pieces[::2]):
        raise LexiconError(f"unbalanced braces: {text}")
    options = [piece.split(",") if at % 2 else [piece] for at, piece in enumerate(pieces)]
    return ["".join(found) for found in itertools.product(*options)]


def lexicon_of(parts: Iterable[Mapping[str, Any]]) -> Lexicon:
    """The lexicon from its parts, as read from YAML: ``classes``, ``rules``, ``guards``, ``heard``, ``known``.

    Raises:
        LexiconError: a part is wrong.
    """
    merged: dict[str, Any] = {
        "classes": {},
        "rules": {},
        "guards": {},
        "heard": "",
        "known": "",
        "common": "",
    }
    for part in parts:
        for kind, value in part.items():
            have = merged[kind]
            if isinstance(have, str):
                merged[kind] += " " + value
                continue
            for name, content in value.items():
                if name in have:
                    raise LexiconError(f"{kind}: {name} stands there twice")
                have[name] = content
    return _Builder(merged).lexicon()


class _Builder:
    def __init__(self, merged: Mapping[str, Any]) -> None:
        self.merged = merged
        self.numbers: dict[str, int] = {}
        self.words: dict[str, set[int]] = {}

    def lexicon(self) -> Lexicon:
        for name, words in self.merged["classes"].items():
            self._class(name, words)
        rules = [self._rule(code, rule) for code, rule in sorted(self.merged["rules"].items())]
        return Lexicon(
            classes=tuple(self.numbers),
            words={word: tuple(sorted(classes)) for word, classes in sorted(self.words.items())},
            heard=frozenset(itertools.chain.from_iterable(map(expanded, self.merged["heard"].split()))),
            known=frozenset(self.merged["known"].split()),
            common=frozenset(self._number("common", f"@{name}") for name in self.merged["common"].split()),
            rules=tuple(rules),
            guards={name: re.compile(text) for name, text in self.merged["guards"].items()},
        )

    def _class(self, name: str, words: str) -> int:
        number = self.numbers.setdefault(name, len(self.numbers))
        for text in words.split():
            for word in expanded(text):
                if not word:
                    raise LexiconError(f"{name}: an empty word")
                self.words.setdefault(word.replace("_", " "), set()).add(number)
        return number

    def _rule(self, code: str, given: Mapping[str, Any]) -> Rule:
        missing = {"category", "verdict", "articles", "why", "why_en", "instead", "instead_en"} - given.keys()
        if missing or not given["articles"]:
            raise LexiconError(f"{code}: without {sorted(missing) or 'articles'}")
        unknown = set(given.get("unless", ())) - self.merged["guards"].keys()
        if unknown:
            raise LexiconError(f"{code}: unknown guards {sorted(unknown)}")
        gravity = Gravity[given["verdict"].upper()]
        patterns = [self._pattern(code, text, given.get("gap", GAP)) for text in given.get("patterns", ())]
        if given.get("phrases"):
            own = self._class(f"phrases of {code}", given["phrases"])
            patterns.append(Pattern((own,), (), (), 0, 1 << own))
        if not patterns:
            raise LexiconError(f"{code}: nothing to find")
        return Rule(
            code,
            given["category"],
            gravity,
            tuple(given["articles"]),
            (given["why"], given["why_en"]),
            (given["instead"], given["instead_en"]),
            tuple(patterns),
            frozenset(given["unless"] if "unless" in given else self.merged["guards"].keys() & _USUAL),
            Gravity[given.get("if_suspected", given["verdict"]).upper()],
        )

    def _pattern(self, code: str, text: str, gap: int) -> Pattern:
        ordered: list[int] = []
        beside: list[int] = []
        absent: list[int] = []
        within_clause = False
        for piece in text.split():
            if piece == "clause":
                within_clause = True
                continue
            if piece.startswith("gap="):
                gap = int(piece.removeprefix("gap="))
                continue
            into = beside if piece[0] == "~" else absent if piece[0] == "!" else ordered
            into.append(self._number(code, piece.lstrip("~!")))
        mask = sum(1 << number for number in {*ordered, *beside})
        return Pattern(tuple(ordered), tuple(beside), tuple(absent), gap, mask, within_clause)

    def _number(self, code: str, piece: str) -> int:
        if not piece.startswith("@"):
            return self._class(f"word {piece}", piece)
        name = piece.removeprefix("@")
        if name not in self.merged["classes"]:
            raise LexiconError(f"{code}: unknown class {name}")
        return self.numbers[name]
