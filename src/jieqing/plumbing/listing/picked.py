"""What a bulk form says: these rows, or all that match the filter of the list.

"All that match" travels as the filter itself, never as a list of ids: the server reads the rows again, under the
actor's own rights, when the deed is done. Between looking and confirming the set may have changed: the preview
states a count, the confirmation carries it, and the caller compares.
"""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, QueryDict

PICKED_MAX = 500


@dataclass(frozen=True, slots=True)
class Picked:
    """``ids`` is None for "all that match"; ``asked`` is the list's address either way."""

    ids: tuple[UUID, ...] | None
    asked: QueryDict
    expected: int | None
    is_confirmed: bool

    @property
    def is_all(self) -> bool:
        return self.ids is None

    @property
    def is_empty(self) -> bool:
        return self.ids == ()


def picked_of(request: HttpRequest) -> Picked:
    """Read a bulk form; an id that is none is left out, and so is everything beyond one page's worth."""
    is_all = request.POST.get("scope") == "all"
    expected = request.POST.get("expected", "")
    return Picked(
        ids=None if is_all else _ids(request.POST.getlist("row")),
        asked=QueryDict(request.POST.get("query", "")[:1_000].removeprefix("?")),
        expected=int(expected) if expected.isascii() and expected.isdigit() and len(expected) < 12 else None,
        is_confirmed="confirmed" in request.POST,
    )


def _ids(texts: list[str]) -> tuple[UUID, ...]:
    found = []
    for text in texts[:PICKED_MAX]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return tuple(dict.fromkeys(found))
