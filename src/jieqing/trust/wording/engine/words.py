"""Where the lexicon's words stand in a plain text: hyperscan where there is a wheel of it, Aho-Corasick elsewhere.

Both give the same hits (a test holds them together): every word wherever it stands, one inside the other too.
"""

from collections.abc import Sequence
from typing import Protocol, cast

import ahocorasick_rs

try:
    import hyperscan

    HAS_HYPERSCAN = True
except ImportError:  # pragma: no cover  # no wheel for this machine
    HAS_HYPERSCAN = False

Hit = tuple[int, int, int]


class WordFinder(Protocol):
    """Finds (number of the word, start, end) in a text, in no particular order."""

    def hits(self, text: str) -> Sequence[Hit]: ...


class AutomatonFinder:
    """The portable one."""

    def __init__(self, words: Sequence[str]) -> None:
        self._automaton = ahocorasick_rs.AhoCorasick(words)

    def hits(self, text: str) -> Sequence[Hit]:
        found: Sequence[Hit] = self._automaton.find_matches_as_indexes(text, overlapping=True)
        return found


class HyperscanFinder:
    """Bytes in, bytes out: places are counted in characters only where something was found."""

    def __init__(self, words: Sequence[str]) -> None:
        self._database = hyperscan.Database()
        self._database.compile(
            expressions=[word.encode() for word in words],
            ids=list(range(len(words))),
            elements=len(words),
            literal=True,
        )
        self._lengths = [len(word) for word in words]
        self._scratch = hyperscan.Scratch(self._database)

    def hits(self, text: str) -> Sequence[Hit]:
        raw: list[tuple[int, int]] = []
        data = text.encode("utf-8", "surrogatepass")
        self._database.scan(data, match_event_handler=_keep, context=raw, scratch=self._scratch)
        found = []
        for word, end in raw:
            last = len(data[:end].decode("utf-8", "surrogatepass"))
            found.append((word, last - self._lengths[word], last))
        return found


def _keep(word: int, _start: int, end: int, _flags: int, context: object) -> None:
    cast("list[tuple[int, int]]", context).append((word, end))


def finder_of(words: Sequence[str]) -> WordFinder:
    return HyperscanFinder(words) if HAS_HYPERSCAN else AutomatonFinder(words)
