"""What the trained model sees of a text: its characters in runs of one to four, and what its words mean, in order.

Words that mean much the same stand in one *sense* (``model/senses.yaml``: 上门, 登门, 找到你家 are one), so that a sentence never
read before is known by the order of its senses. Runs and pairs of senses are hashed into one row of buckets; no vocabulary is
kept, and texts of any number are hashed in one go.

Invariant: features depend on the text alone, not on what else is in the batch, nor on the machine (fixed 64-bit mixing).
Refuses nothing: an empty text has the features of its two ends.
"""

from collections.abc import Mapping, Sequence
from itertools import chain, pairwise

import numpy as np
from numpy.typing import NDArray

from jieqing.trust.wording.engine.lexicon import expanded
from jieqing.trust.wording.engine.words import finder_of

BITS = 18
BUCKETS = 1 << BITS
RUNS = 4
# A sense is paired with the next few, not with the whole of a long text.
REACH = 8
_FIRST, _LAST = 2, 3
_STEP = np.uint64(0x100000001B3)
_MIX = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(64 - BITS)
_LENGTH_SALT = tuple(np.uint64(0xA24BAED4963EE407 * (length + 1) & (1 << 64) - 1) for length in range(RUNS))
_SENSE_SALT = np.uint64(0xD6E8FEB86659FD93)
_SPACE = 128
_ONE, _PAIR, _NEXT, _THREE = (kind * _SPACE**3 for kind in range(4))

Rows = tuple[NDArray[np.int64], NDArray[np.int64]]


class Senses:
    """Finds the senses of a plain text, in order; a word inside a longer one is not read."""

    def __init__(self, senses: Mapping[str, str]) -> None:
        if len(senses) >= _SPACE:
            raise ValueError(f"at most {_SPACE - 1} senses")
        classes: dict[str, list[int]] = {}
        for number, words in enumerate(senses.values(), 1):
            for word in {word for text in words.split() for word in expanded(text) if word}:
                classes.setdefault(word, []).append(number)
        self.names = tuple(senses)
        self._classes = tuple(tuple(classes[word]) for word in sorted(classes))
        self._finder = finder_of(sorted(classes))

    def codes_of(self, plains: Sequence[str]) -> list[list[int]]:
        """For each text a number for each sense, each pair of senses in order, each two and three that follow one another."""
        hits: list[list[tuple[int, int, int]]] = [[] for _plain in plains]
        many = self._finder.hits_of_many(plains)
        places = zip(
            many.texts.tolist(), many.starts.tolist(), (-many.ends).tolist(), many.words.tolist(), strict=True
        )
        for text, *hit in places:
            hits[text].append((hit[0], hit[1], hit[2]))
        return [self._codes(sorted(found)) for found in hits]

    def _codes(self, hits: Sequence[tuple[int, int, int]]) -> list[int]:
        found: list[tuple[int, ...]] = []
        last = -1
        for _start, end, word in hits:
            if -end > last:
                last = -end
                found.append(self._classes[word])
        codes: list[int] = []
        for place, senses in enumerate(found):
            after = [other for more in found[place + 1 : place + REACH + 1] for other in more]
            for sense in senses:
                codes.append(_ONE + sense)
                codes += [_PAIR + sense * _SPACE + other for other in after]
        for here, there in pairwise(found):
            codes += [_NEXT + one * _SPACE + two for one in here for two in there]
        for at in range(len(found) - 2):
            codes += [
                _THREE + (one * _SPACE + two) * _SPACE + three
                for one in found[at]
                for two in found[at + 1]
                for three in found[at + 2]
            ]
        return codes


def runs_of(texts: Sequence[str]) -> Rows:
    """(number of the text, bucket) for every run of characters, each bucket once for each text."""
    framed = "".join([f"{chr(_FIRST)}{text}{chr(_LAST)}" for text in texts])
    letters = np.frombuffer(framed.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    lengths = np.fromiter((len(text) + 2 for text in texts), np.int64, len(texts))
    owner = np.repeat(np.arange(len(texts)), lengths)
    rows, buckets = [owner], [_bucket(letters, _LENGTH_SALT[0])]
    runs = letters
    for length in range(1, RUNS):
        runs = runs[:-1] * _STEP + letters[length:]
        whole = owner[:-length] == owner[length:]
        rows.append(owner[:-length][whole])
        buckets.append(_bucket(runs[whole], _LENGTH_SALT[length]))
    return _once(np.concatenate(rows), np.concatenate(buckets))


def senses_of(codes: Sequence[Sequence[int]]) -> Rows:
    """(number of the text, bucket) for every code of every text, each bucket once for each text."""
    counts = [len(found) for found in codes]
    flat = np.fromiter(chain.from_iterable(codes), np.uint64, sum(counts))
    return _once(np.repeat(np.arange(len(codes)), counts), _bucket(flat, _SENSE_SALT))


def _bucket(values: NDArray[np.uint64], salt: np.uint64) -> NDArray[np.int64]:
    mixed = (values ^ salt) * _MIX
    mixed = (mixed ^ (mixed >> np.uint64(29))) * _MIX
    found: NDArray[np.int64] = (mixed >> _SHIFT).astype(np.int64)
    return found


def _once(rows: NDArray[np.int64], buckets: NDArray[np.int64]) -> Rows:
    both = (rows << BITS) | buckets
    both.sort()
    if len(both):
        both = both[np.concatenate(([True], both[1:] != both[:-1]))]
    return both >> BITS, both & (BUCKETS - 1)
