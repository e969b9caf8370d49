"""A timeline as data: what happened, when, by whom, and the seal that proves it. Entries are corrected by new ones only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Moment:
    """``kind`` is what the filters speak of; ``entry`` the evidence; ``href`` opens the matter itself."""

    at: datetime
    kind: str
    title: str
    who: str = ""
    text: str = ""
    icon: str = "info"
    tone: str = ""
    href: str = ""
    entry: UUID | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """``kinds`` are the filters (key, words) in order; ``shown`` the one chosen, empty for all."""

    name: str
    title: str
    moments: Sequence[Moment]
    kinds: Sequence[tuple[str, Any]] = ()
    shown: str = ""

    @property
    def filters(self) -> list[dict[str, Any]]:
        """Each filter with its count, so that an empty one is seen before it is opened."""
        return [
            {
                "key": key,
                "label": label,
                "count": sum(moment.kind == key for moment in self.moments),
                "current": key == self.shown,
            }
            for key, label in self.kinds
        ]

    @property
    def rows(self) -> list[Moment]:
        chosen = [moment for moment in self.moments if not self.shown or moment.kind == self.shown]
        return sorted(chosen, key=lambda moment: moment.at, reverse=True)


def timeline_of(
    name: str, title: str, moments: Iterable[Moment], kinds: Sequence[tuple[str, Any]], asked: str
) -> Timeline:
    """The timeline that an address asks for; an unknown filter shows everything."""
    known = {key for key, _label in kinds}
    return Timeline(name, title, tuple(moments), tuple(kinds), asked if asked in known else "")
