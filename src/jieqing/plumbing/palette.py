"""The command palette: one line that finds a debtor, an invoice, a page or a deed, and only what the person may open.

A room registers a `Finder` beside its addresses: a permission, words for its group, and a function from the typed text
to hits. The endpoint asks only finders whose permission the actor carries, inside the site's scope, so a finder
cannot show another site's rows and need not check rights again.

Invariant: a hit is an address of the active site; every finder answers at most ``HITS_EACH`` and never raises on text.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from jieqing.plumbing.http import MEMBER, requires

PAGES = gettext_lazy("页面")
HITS_EACH = 6
WORDS_CHARS_MAX = 80


@dataclass(frozen=True, slots=True)
class Hit:
    label: str
    href: str
    hint: str = ""
    icon: str = "arrow-right"


@dataclass(frozen=True, slots=True)
class Finder:
    """``find(request, words)``; with ``when_empty`` it also answers before anything is typed."""

    name: str
    label: Any
    permission: str
    find: Callable[[HttpRequest, str], Iterable[Hit]]
    when_empty: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    label: Any
    hits: Sequence[Hit]


_finders: dict[str, Finder] = {}


def register(finder: Finder) -> None:
    if _finders.setdefault(finder.name, finder) != finder:
        raise ValueError(f"two finders are called {finder.name}")


def found(request: HttpRequest, words: str) -> list[Group]:
    """What the actor of this request finds, finder by finder in the order of registration."""
    words = " ".join(words.split())[:WORDS_CHARS_MAX]
    groups = []
    for finder in _finders.values():
        if not (words or finder.when_empty):
            continue
        if finder.permission != MEMBER and request.allow(finder.permission):  # type: ignore[attr-defined]
            continue
        hits = list(finder.find(request, words))[:HITS_EACH]
        if hits:
            groups.append(Group(finder.label, hits))
    return groups


@requires(MEMBER)
@require_GET
def palette(request: HttpRequest, site_slug: str) -> HttpResponse:
    words = request.GET.get("q", "")
    return render(
        request, "plumbing/palette_hits.html", {"groups": found(request, words), "words": words.strip()}
    )
