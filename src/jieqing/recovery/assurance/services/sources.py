"""What a review asks about: each room that holds something judged by the gate registers how to find it.

The contact points of open cases are the first source. A room above this one (scripts of robots, steps of sequences, letters) calls
`register_source` where its addresses are wired, and is asked with every review from then on; nothing here knows its name.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import JSON
from jieqing.recovery.outreach.selectors.contacts import contacts_of_cases


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing to judge: `ref` is its plain reference, `facts` the gate's. `owner_id` is told when it changes."""

    ref: str
    channel: str
    facts: dict[str, JSON]
    case_id: UUID | None = None
    owner_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a source holds: those judged, how many cases (or things) they are of, and how many there are."""

    subjects: Sequence[Subject]
    looked_at: int
    there_are: int


@dataclass(frozen=True, slots=True)
class ReviewSource:
    """`name` stands in rows (never rename it); `find` reads at a moment, on the actor's site."""

    name: str
    names: tuple[str, str]
    find: Callable[[Actor, datetime], Found]


_sources: dict[str, ReviewSource] = {}


def register_source(source: ReviewSource) -> None:
    """Let every review ask this source. Once for each name."""
    if _sources.setdefault(source.name, source) != source:
        raise ValueError(f"two sources of reviews are called {source.name}")


def sources() -> tuple[ReviewSource, ...]:
    return tuple(_sources.values())


def source_name(name: str, lang: str) -> str:
    found = _sources.get(name)
    return found.names[0 if lang.startswith("zh") else 1] if found else name


def _points(actor: Actor, at: datetime) -> Found:
    found = contacts_of_cases(actor=actor, at=at)
    subjects = [Subject(one.ref, one.channel, one.facts, one.case_id, one.owner_id) for one in found.contacts]
    return Found(subjects, found.cases, found.cases_open)


POINTS = "points"
register_source(ReviewSource(POINTS, ("案件的联系方式", "Contact points of cases"), _points))
