"""The rule by which cases open by themselves: which overdue documents count, and on which track the case starts.

The rule is data of a site, versioned. A document counts when it is an invoice, fell due at least ``min_overdue_days`` ago and
is open. The documents of one debtor and one creditor in one currency make one case, when together they reach
``min_open_minor``; where such a case is open already, they join it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from jieqing.recovery.cases.engine.codes import Track

Key = TypeVar("Key")
PREVIEW_DAYS_MAX = 90


@dataclass(frozen=True, slots=True)
class OpeningTerms:
    """``currency`` is whose minor units ``min_open_minor`` counts; ``track`` is where new cases start; ``preview_days`` is how long a
    file of cases that was only looked at is kept."""

    min_overdue_days: int
    min_open_minor: int
    currency: str
    track: str = Track.PLAIN.value
    preview_days: int = 7

    @property
    def is_sound(self) -> bool:
        return (
            1 <= self.min_overdue_days <= 3_650
            and 0 <= self.min_open_minor <= 10**15
            and len(self.currency) == 3
            and self.currency.isalpha()
            and self.currency.isupper()
            and self.track in {track.value for track in Track}
            and 1 <= self.preview_days <= PREVIEW_DAYS_MAX
        )

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


DEFAULT_TERMS = OpeningTerms(min_overdue_days=1, min_open_minor=0, currency="CNY")


def read_terms(form: Mapping[str, Any]) -> OpeningTerms:
    """The terms that ``as_dict`` wrote."""
    return OpeningTerms(**form)


def groups_worth_it(items: Iterable[tuple[Key, int]], least_minor: int) -> set[Key]:
    """The groups whose documents together reach the least amount.

    Example:
        >>> sorted(groups_worth_it([("a", 60), ("b", 10), ("a", 50)], 100))
        ['a']
    """
    sums: dict[Key, int] = {}
    for key, minor in items:
        sums[key] = sums.get(key, 0) + minor
    return {key for key, minor in sums.items() if minor >= least_minor}
