"""A list as it stands on the screen: heads, rows, totals, filters, pages, views. Values in, markup out; no SQL.

The page reads its rows and hands them over; the sheet writes the table. Every link keeps what the address says and
changes one thing, so that filters, order, columns and the day of the report survive each other.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from jieqing.plumbing.listing.columns import Asked, BulkAction, Column, Listing, asked_of
from jieqing.plumbing.listing.saved import Views, kept_query, views_of

# What an address says once: a place, a part, a row to come back to. No link and no form carries it on.
PASSING = ("after", "part", "at")


@dataclass(frozen=True, slots=True)
class Search:
    label: Any
    value: str = ""
    name: str = "q"


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that narrows the list; ``names`` are the parameters whose removal lifts it."""

    text: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Head:
    column: Column
    href: str
    state: str


@dataclass
class Sheet:
    """``total`` None: not counted yet (``later_href`` brings it); ``view`` is the page's own, handed to each cell."""

    request: HttpRequest
    listing: Listing
    asked: Asked
    views: Views
    rows: Sequence[Any] = ()
    view: Any = None
    row_id: Callable[[Any], object] = lambda row: row.id
    row_label: Callable[[Any], str] = str
    group_label: Callable[[Any], object] | None = (
        None  # rows arrive in order of their groups; each gets a head
    )
    next_cursor: str | None = None
    total: int | None = None
    totals: Any = None
    later_href: str = ""
    beside_href: str = ""  # asked once the rows stand: its answer fills places in them, by id
    caption: str = ""
    unit: str = ""
    search: Search | None = None
    fields: Sequence[Any] = ()
    defaults: dict[str, str] = field(default_factory=dict)
    chips: Sequence[Chip] = ()
    files: Sequence[tuple[str, str]] = ()

    @property
    def dom_id(self) -> str:
        return "list-" + self.listing.name.replace(".", "-")

    # -- the address, with one thing changed -------------------------------------------------------------------------

    def address(self, *dropped: str, **changed: str | None) -> str:
        """The query string with parameters changed or left out; always from the first page unless ``after`` is given."""
        asked = self.request.GET.copy()
        for name in (*PASSING, *dropped):
            asked.pop(name, None)
        for name, value in changed.items():
            if value:
                asked[name] = value
            else:
                asked.pop(name, None)
        for name in [name for name in asked if not asked[name] or asked[name] == self.defaults.get(name)]:
            asked.pop(name)
        text = asked.urlencode(safe=",")
        return f"?{text}" if text else "?"

    @property
    def canonical(self) -> str:
        return self.request.path + self.address(after=self.asked.after).removesuffix("?")

    @property
    def first_href(self) -> str:
        return self.address()

    @property
    def next_href(self) -> str:
        return self.address(after=self.next_cursor) if self.next_cursor else ""

    @property
    def clear_href(self) -> str:
        """Without whatever narrows, but in the same reading: order, columns, day stay."""
        names = {field.name for field in self.fields if field.name not in self.kept_fields}
        return self.address(*names, *(name for chip in self.chips for name in chip.names), self._search_name)

    kept_fields: tuple[str, ...] = ("as_of", "currency")

    @property
    def _search_name(self) -> str:
        return self.search.name if self.search else "q"

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the filter form must carry because it has no field of its own."""
        shown = {field.name for field in self.fields} | {self._search_name, *PASSING}
        return [(name, str(value)) for name, value in self.request.GET.items() if name not in shown and value]

    @property
    def chip_links(self) -> list[tuple[str, str]]:
        return [(chip.text, self.address(*chip.names)) for chip in self.chips]

    @property
    def is_narrowed(self) -> bool:
        return bool(self.chips)

    @property
    def file_links(self) -> list[tuple[str, str]]:
        return [(label, f"{href}{self.address().removesuffix('?')}") for label, href in self.files]

    # -- views and columns -------------------------------------------------------------------------------------------

    @property
    def kept_query(self) -> str:
        return kept_query(self.address().removeprefix("?"))

    @property
    def view_links(self) -> dict[str, list[dict[str, Any]]]:
        return {"own": self._links(self.views.own), "shared": self._links(self.views.shared)}

    def _links(self, views: Iterable[Any]) -> list[dict[str, Any]]:
        now = self.asked.query
        found = []
        for view in views:
            asked = QueryDict(view.query, mutable=True)
            known = [column.key for column in self.listing.chosen(view.columns)]
            if view.columns:
                asked["cols"] = ",".join(known)
            query = asked.urlencode(safe=",")
            found.append({"view": view, "href": f"?{query}", "current": query == now and bool(query)})
        return found

    @property
    def column_choices(self) -> list[tuple[Column, bool, bool]]:
        """Each column, whether it shows now, and whether it always does."""
        shown = {column.key for column in self.asked.columns}
        return [(column, column.key in shown, at == 0) for at, column in enumerate(self.listing.columns)]

    @property
    def actions(self) -> list[BulkAction]:
        return [
            action
            for action in self.listing.actions
            if not self.request.allow(action.permission)  # type: ignore[attr-defined]
        ]

    # -- the table ---------------------------------------------------------------------------------------------------

    @property
    def heads(self) -> list[Head]:
        now = self.asked.sort
        found = []
        for column in self.asked.columns:
            up, down = column.key, f"-{column.key}"
            states = {up: ("ascending", down), down: ("descending", up)}
            state, asks = states.get(now, ("", down if column.first == "down" else up))
            found.append(Head(column, self.address(sort=asks) if column.sorts else "", state))
        return found

    @property
    def column_count(self) -> int:
        return len(self.asked.columns) + bool(self.actions)

    @property
    def rows_html(self) -> SafeString:
        """The body of the table: one pass in Python, each value escaped where it is put in.

        Joined by hand: a page of fifty rows has five hundred cells, and a call of ``format_html`` for each was a tenth of
        the page.
        """
        opened = self._openings()
        picks = bool(self.actions)
        pick_word = gettext("选择")
        lines: list[str] = []
        group: object = None
        for row in self.rows:
            if self.group_label and (label := self.group_label(row)) != group:
                group = label
                lines.append(self._group_head(label))
            cells = "".join(
                f"{start}{conditional_escape(column.cell(row, self.view))}</{end}>"  # type: ignore[arg-type]
                for column, (start, end) in zip(self.asked.columns, opened, strict=True)
            )
            pick = (
                format_html(
                    '<td class="table__pick"><input type="checkbox" name="row" value="{}" aria-label="{} {}"></td>',
                    self.row_id(row),
                    pick_word,
                    self.row_label(row),
                )
                if picks
                else ""
            )
            lines.append(f"<tr>{pick}{cells}</tr>")
        return SafeString("\n".join(lines))

    def _group_head(self, label: object) -> SafeString:
        return format_html(
            '<tr class="table__group"><th scope="rowgroup" colspan="{}">{}</th></tr>',
            self.column_count,
            label,
        )

    def _openings(self) -> list[tuple[SafeString, str]]:
        """The opening tag of each column's cells, made once and not once for each row."""
        found = []
        for at, column in enumerate(self.asked.columns):
            css = " ".join(word for word in (column.css, "" if column.on_phone else "wide-only") if word)
            classes = format_html(' class="{}"', css) if css else ""
            if at == 0:
                found.append((format_html('<th scope="row"{}>', classes), "th"))
            else:
                found.append((format_html('<td{} data-label="{}">', classes, column.label), "td"))
        return found

    @property
    def has_foot(self) -> bool:
        return any(column.total for column in self.asked.columns)

    @property
    def foot_html(self) -> SafeString:
        """One cell for the words, as wide as the columns before the first total, then the totals."""
        columns = self.asked.columns
        first = next((at for at, column in enumerate(columns) if column.total), len(columns))
        lead = format_html(
            '<th scope="row" colspan="{}">{}</th>',
            max(1, first + bool(self.actions)),
            self.caption_total,
        )
        cells = [
            format_html(
                '<td{} data-label="{}">{}</td>',
                format_html(' class="{}"', column.css) if column.css else "",
                column.label,
                column.total(self.totals, self.view) if column.total else "",
            )
            for column in columns[max(first, 1) :]
        ]
        return format_html("<tr>{}{}</tr>", lead, format_html_join("", "{}", ((cell,) for cell in cells)))

    caption_total: str = ""

    def respond(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        """The page. For a filter typed or picked, the browser takes the results out of it and keeps the address short."""
        response = render(request, template, {**context, "sheet": self})
        if getattr(request, "htmx", None):
            was = request.htmx.current_url_abs_path or ""  # type: ignore[attr-defined]
            response["HX-Replace-Url" if self._is_only_typed(was) else "HX-Push-Url"] = self.canonical
        return response

    def _is_only_typed(self, was: str) -> bool:
        """Whether nothing but the search changed: typing must not fill the browser's history letter by letter."""
        before, now = (
            QueryDict(was.partition("?")[2], mutable=True),
            QueryDict(self.canonical.partition("?")[2], mutable=True),
        )
        for asked in (before, now):
            for name in (self._search_name, "after"):
                asked.pop(name, None)
        return before == now


def open_sheet(request: HttpRequest, listing: Listing) -> Sheet:
    """What the address and the person ask of a list; the page reads its rows accordingly and fills the sheet."""
    views = views_of(request.actor, listing.name)  # type: ignore[attr-defined]
    return Sheet(request, listing, asked_of(request, listing, views.columns), views)
