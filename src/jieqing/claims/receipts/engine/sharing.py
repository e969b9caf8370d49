"""Share a bank line out over the documents that a person picked: named amounts first, the rest in the order picked.

A picked document without an amount takes what is open on it, as far as the money reaches. What is left is not forced
anywhere: it is the rest that stays unapplied. Nothing is cut down silently: an amount above what is open, or amounts above
the line, are refused by the ledger in its own words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Shared(Generic[Key]):
    """``parts`` in the order picked, none of them zero; parts + rest = the line (a negative rest: too much was named)."""

    parts: tuple[tuple[Key, int], ...]
    rest_minor: int


def share_out(amount_minor: int, picked: Sequence[tuple[Key, int]], named: Mapping[Key, int]) -> Shared[Key]:
    """Return the parts of a line of ``amount_minor``. picked: (document, open on it); named: document -> its amount.

    Example: share_out(100, [("a", 70), ("b", 80)], {"b": 50}).parts == (("a", 50), ("b", 50))
    """
    left = amount_minor - sum(named.get(key, 0) for key, _open in picked)
    parts = []
    for key, open_minor in picked:
        minor = named[key] if key in named else max(0, min(open_minor, left))
        if key not in named:
            left -= minor
        if minor:
            parts.append((key, minor))
    return Shared(tuple(parts), left)
