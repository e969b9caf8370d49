"""A person's views of a list: the columns they left it with, and the views they named, some shared with the site.

A view is a query string and a set of columns: whoever opens it sees what their own rights show, so sharing one shares
no rows. It is a preference, not a step of a case: it leaves no evidence, and a person's erasure simply deletes it.

Invariant: one live view of a name for each person and list; only its owner changes it; another site's is not found.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.http import QueryDict

from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem
from jieqing.plumbing.models import ListView

VIEWS_MAX = 50
# A view begins at its first page, and carries its columns in a field of its own.
_NOT_KEPT = ("after", "cols", "part", "at")

UNKNOWN = Problem(
    code="list.view_unknown",
    zh="没有这个视图，或它属于别人。",
    en="There is no such view, or it is somebody else's.",
    todo_zh="请从列表的“视图”里选择。",
    todo_en="Choose one under “Views” of the list.",
)


@dataclass(frozen=True, slots=True)
class Views:
    """What one person finds at one list: own views first, then the site's."""

    columns: tuple[str, ...] = ()
    own: tuple[ListView, ...] = ()
    shared: tuple[ListView, ...] = ()


def views_of(actor: Actor, list_name: str) -> Views:
    rows = ListView.objects.filter(list_name=list_name, ended_at=None)
    found = list(
        rows.filter(Q(owner_id=actor.id) | ~Q(shared_at=None)).order_by("name", "id")[: 4 * VIEWS_MAX]
    )
    own = [row for row in found if row.owner_id == actor.id]
    return Views(
        columns=next((tuple(row.columns) for row in own if not row.name), ()),
        own=tuple(row for row in own if row.name),
        shared=tuple(row for row in found if row.owner_id != actor.id),
    )


def own_view_by_id(actor: Actor, view_id: UUID, *, ended: bool = False) -> ListView | Problem:
    """One of the person's own views on the active site; colleagues' views are not found."""
    rows = ListView.objects.filter(pk=view_id, owner_id=actor.id).exclude(name="")
    return rows.filter(ended_at__isnull=not ended).first() or UNKNOWN


def kept_query(query: str) -> str:
    """The part of an address that a view keeps."""
    asked = QueryDict(query, mutable=True)
    for name in _NOT_KEPT:
        asked.pop(name, None)
    return asked.urlencode(safe=",")
