"""What waits for this person: the bell and its page show the same list, because both ask the same function.

A room registers a source beside its addresses. A notification is derived from the state of things (a draft that waits,
rows that need a hand), never a row of its own: it goes away when the matter is done, on every screen at once, and
nothing has to be marked as read.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from jieqing.plumbing.http import MEMBER, requires

BELL_ROWS = 6
ROWS_MAX = 200


@dataclass(frozen=True, slots=True)
class Notification:
    """``at`` is since when it waits; ``tone`` as for tags."""

    text: str
    href: str
    at: datetime
    hint: str = ""
    tone: str = ""
    icon: str = "info"


@dataclass(frozen=True, slots=True)
class Source:
    name: str
    permission: str
    find: Callable[[HttpRequest], Iterable[Notification]]


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    if _sources.setdefault(source.name, source) != source:
        raise ValueError(f"two sources are called {source.name}")


def waiting(request: HttpRequest) -> list[Notification]:
    """Everything that waits for the actor of this request, newest first."""
    rows = [
        row
        for source in _sources.values()
        if not request.allow(source.permission)  # type: ignore[attr-defined]
        for row in source.find(request)
    ]
    return sorted(rows, key=lambda row: row.at, reverse=True)[:ROWS_MAX]


@requires(MEMBER)
@require_GET
def bell(request: HttpRequest, site_slug: str) -> HttpResponse:
    """The bell of the top bar, fetched after the page so that no page waits for it."""
    rows = waiting(request)
    return render(request, "plumbing/bell.html", {"rows": rows[:BELL_ROWS], "count": len(rows)})


@requires(MEMBER)
@require_GET
def page(request: HttpRequest, site_slug: str) -> HttpResponse:
    rows = waiting(request)
    return render(request, "plumbing/notifications.html", {"rows": rows, "count": len(rows)})
