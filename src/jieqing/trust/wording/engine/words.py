"""Where the lexicon's words stand in a plain text: hyperscan where there is a wheel of it, Aho-Corasick elsewhere.

Both give the same hits (a test holds them together): every word wherever it stands, one inside the other too. A stream of
short messages is joined and read in one go, for a call costs more than a message; a word never reaches over the seam, because
plain texts and words hold no line break.
"""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import ahocorasick_rs
import numpy as np
from numpy.typing import NDArray

try:
    import hyperscan

    HAS_HYPERSCAN = True
except ImportError:  # pragma: no cover  # no wheel for this machine
    HAS_HYPERSCAN = False

Hit = tuple[int, int, int]
SEAM = "\n"
_SEAM_BYTE = 10
# As signed bytes, continuation bytes are the lowest: -128 to -65.
_CONTINUES = -64


class Many(NamedTuple):
    """Hits of many texts, one place in each column for each hit."""

    texts: NDArray[np.int64]
    words: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]


NOTHING = Many(*(np.zeros(0, np.int64),) * 4)


class WordFinder(Protocol):
    """Finds (number of the word, start, end) in a text, in no particular order."""

    def hits(self, text: str) -> Sequence[Hit]: ...

    def hits_of_many(self, texts: Sequence[str]) -> Many:
        """The same for many plain texts without line breaks."""
        ...


class AutomatonFinder:
    """The portable one."""

    def __init__(self, words: Sequence[str]) -> None:
        self._automaton = ahocorasick_rs.AhoCorasick(words)

    def hits(self, text: str) -> Sequence[Hit]:
        found: Sequence[Hit] = self._automaton.find_matches_as_indexes(text, overlapping=True)
        return found

    def hits_of_many(self, texts: Sequence[str]) -> Many:
        hits = self.hits(SEAM.join(texts))
        if not hits:
            return NOTHING
        words, starts, ends = np.array(hits, np.int64).T
        begins = np.cumsum([0, *(len(text) + 1 for text in texts)])
        numbers = np.searchsorted(begins, ends, side="left") - 1
        return Many(numbers, words, starts - begins[numbers], ends - begins[numbers])


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
        self._widths = np.array(self._lengths, np.int64)
        self._scratch = hyperscan.Scratch(self._database)

    def hits(self, text: str) -> Sequence[Hit]:
        data = text.encode("utf-8", "surrogatepass")
        found = []
        for both in self._raw(data):
            end, word = divmod(both, len(self._lengths))
            last = len(data[:end].decode("utf-8", "surrogatepass"))
            found.append((word, last - self._lengths[word], last))
        return found

    def hits_of_many(self, texts: Sequence[str]) -> Many:
        data = SEAM.join(texts).encode("utf-8", "surrogatepass")
        raw = self._raw(data)
        if not raw:
            return NOTHING
        ends, words = np.divmod(np.fromiter(raw, np.int64, len(raw)), len(self._lengths))
        read = np.frombuffer(data, np.uint8)
        seams = np.concatenate(([-1], np.flatnonzero(read == _SEAM_BYTE)))
        numbers = np.searchsorted(seams, ends, side="left") - 1
        # Continuation bytes of UTF-8 begin no character.
        characters = np.cumsum(read.view(np.int8) >= _CONTINUES, dtype=np.int32)
        lasts = (characters[ends - 1] - characters[seams[numbers]] * (numbers > 0)).astype(np.int64)
        return Many(numbers, words, lasts - self._widths[words], lasts)

    def _raw(self, data: bytes) -> list[int]:
        """The byte after each word times how many words there are, plus the word: one number is kept faster than two."""
        raw: list[int] = []
        keep, times = raw.append, len(self._lengths)

        def matched(word: int, _start: int, end: int, _flags: int, _context: object) -> None:
            keep(end * times + word)

        self._database.scan(data, match_event_handler=matched, scratch=self._scratch)
        return raw


def finder_of(words: Sequence[str]) -> WordFinder:
    return HyperscanFinder(words) if HAS_HYPERSCAN else AutomatonFinder(words)
