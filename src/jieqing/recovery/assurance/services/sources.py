"""What a review asks about: each room that holds something judged by the gate registers how to find it.

The sources of this room and those below stand in `standing`: contact points of open cases, requests for approval, open permits, filed
scripts (the templates of what is said), the site's own overlays, the site itself. A room above this one (sequences of robots, letters)
calls `register_source` where its addresses are wired, and is asked with every review from then on; nothing here knows its name.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import JSON


@dataclass(frozen=True, slots=True)
class Subject:
    """One question about a thing: `ref` is its plain reference, `facts` the gate's. `owner_id` is told when it changes.

    A thing may be asked about several times on a channel; it is one row of a review.
    """

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
class Told:
    """How a page names a thing, and the address (its name and what comes after the site) that leads to it."""

    name: str
    route: str = ""
    args: tuple[object, ...] = ()


Tell = Callable[[Actor, Collection[str]], Mapping[str, Told]]


@dataclass(frozen=True, slots=True)
class ReviewSource:
    """`name` stands in rows (never rename it); `find` reads at a moment, on the actor's site; `tell` names what was found."""

    name: str
    names: tuple[str, str]
    find: Callable[[Actor, datetime], Found]
    tell: Tell | None = None


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


def told(name: str, actor: Actor, refs: Collection[str]) -> Mapping[str, Told]:
    """How things of a source are named for this reader; nothing where the source is gone or says nothing."""
    found = _sources.get(name)
    return found.tell(actor, refs) if found and found.tell and refs else {}
