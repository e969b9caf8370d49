"""A list declared once: its columns, which of them sort, what an export says.

From one `Listing` come the page, its files, its saved views and the answer to "all that match": no column is written
down twice, so the screen and the file cannot disagree. A column has two faces: ``cell`` (markup for the screen) and
``value`` (a plain value for a file). Both get the row and the page's own ``view`` (addresses, currency, day).

Invariant: the first column names the row and cannot be hidden; every key is unique; only a declared key sorts.
Refuses: a sort, a column or a view that the declaration does not know; the list then appears as by default.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from jieqing.plumbing.spreadsheets import Cell

AFTER_CHARS_MAX = 1_000


@dataclass(frozen=True, slots=True)
class Column:
    """``first`` = "down" for what people want largest first; ``descends`` when the reader's own order is so already."""

    key: str
    label: Any
    cell: Callable[[Any, Any], object]
    value: Callable[[Any, Any], Cell] | None = None
    sorts: bool = False
    first: str = ""
    descends: bool = False
    css: str = ""
    total: Callable[[Any, Any], object] | None = None
    is_shown: bool = True
    is_named: bool = True  # False: the head is for screen readers only (the seal)
    in_every_file: bool = False
    on_phone: bool = True
    file_label: Any = ""

    @property
    def is_number(self) -> bool:
        return "num" in self.css.split()


@dataclass(frozen=True, slots=True)
class BulkAction:
    """Something to do with the rows that were picked; ``address`` is a route that takes the list's bulk form."""

    key: str
    label: Any
    route: str
    permission: str
    icon: str = ""


@dataclass(frozen=True)
class Listing:
    """One list of the platform. ``name`` is its key in saved views: never renamed."""

    name: str
    permission: str
    columns: tuple[Column, ...]
    default_sort: str
    actions: tuple[BulkAction, ...] = ()
    by_key: Mapping[str, Column] = field(init=False)

    def __post_init__(self) -> None:
        by_key = {column.key: column for column in self.columns}
        if len(by_key) != len(self.columns):
            raise ValueError(f"{self.name}: two columns have one key")
        if self.default_sort.removeprefix("-") not in by_key and self.default_sort:
            raise ValueError(f"{self.name}: the default order names no column")
        object.__setattr__(self, "by_key", by_key)
        register(self)

    def chosen(self, keys: Iterable[str]) -> tuple[Column, ...]:
        """The columns of these keys, in the declared order, always with the first; the default when none is known."""
        wanted = {key for key in keys if key in self.by_key}
        if not wanted:
            return tuple(column for column in self.columns if column.is_shown)
        return tuple(column for at, column in enumerate(self.columns) if at == 0 or column.key in wanted)

    def order(self, asked: str) -> tuple[str, bool]:
        """From the address's ``sort`` to a reader's key and whether to turn its own order round."""
        sort = asked if self.sorts_by(asked) else self.default_sort
        key = sort.removeprefix("-")
        return key, sort.startswith("-") is not self.by_key[key].descends

    def sorts_by(self, asked: str) -> bool:
        column = self.by_key.get(asked.removeprefix("-"))
        return bool(column and column.sorts)


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks of a list, already read: order, place, columns."""

    sort: str
    key: str
    is_reversed: bool
    after: str | None
    columns: tuple[Column, ...]
    query: str

    @property
    def is_later_page(self) -> bool:
        return bool(self.after)


_listings: dict[str, Listing] = {}


def register(listing: Listing) -> None:
    if _listings.setdefault(listing.name, listing) != listing:
        raise ValueError(f"two lists are called {listing.name}")


def listing_by_name(name: str) -> Listing | None:
    return _listings.get(name)


def asked_of(request: HttpRequest, listing: Listing, remembered: Iterable[str] = ()) -> Asked:
    """``?sort=-open&after=…&cols=a,b``; columns not asked for are the person's own, else the list's."""
    sort = request.GET.get("sort", "")
    key, is_reversed = listing.order(sort)
    keys = [word for word in request.GET.get("cols", "").split(",") if word] or list(remembered)
    after = request.GET.get("after", "")
    return Asked(
        sort=sort if listing.sorts_by(sort) else "",
        key=key,
        is_reversed=is_reversed,
        after=after if 0 < len(after) <= AFTER_CHARS_MAX else None,
        columns=listing.chosen(keys),
        query=request.META.get("QUERY_STRING", ""),
    )
