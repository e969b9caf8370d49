"""How much of one text stands in another: shared trigrams of characters over the smaller set.

Stricter than over the union: a short text inside a long one is found. Variables count as what they are written as.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from fractions import Fraction

MOST_SHARED = Fraction(60, 100)
_WIDTH = 3


def trigrams(text: str) -> frozenset[str]:
    bare = "".join(text.split())
    return frozenset(bare[at : at + _WIDTH] for at in range(len(bare) - _WIDTH + 1)) or frozenset({bare})


def share(one: frozenset[str], other: frozenset[str]) -> Fraction:
    return Fraction(len(one & other), min(len(one), len(other)))


def near_copies(texts: Iterable[tuple[str, str]]) -> list[tuple[str, str, Fraction]]:
    """Pairs (by name) that share more than is allowed, each once; texts come as (name, text)."""
    sets: list[tuple[str, frozenset[str]]] = []
    holders: dict[str, list[int]] = defaultdict(list)
    found = []
    for here, (name, text) in enumerate(texts):
        grams = trigrams(text)
        for there, count in Counter(at for gram in grams for at in holders[gram]).items():
            part = Fraction(count, min(len(grams), len(sets[there][1])))
            if part > MOST_SHARED:
                found.append((sets[there][0], name, part))
        for gram in grams:
            holders[gram].append(here)
        sets.append((name, grams))
    return found
