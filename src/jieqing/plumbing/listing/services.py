"""Writes of a person's views of a list; what a view is stands in ``jieqing.plumbing.listing.saved``.

Preferences leave no evidence. Every write names its owner, so that nobody changes another person's view.
"""

from collections.abc import Iterable

from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem
from jieqing.plumbing.db.scopes import active_site_id
from jieqing.plumbing.listing.saved import VIEWS_MAX, views_of
from jieqing.plumbing.models import ListView

NAME_CHARS_MAX = 60
QUERY_CHARS_MAX = 1_000

NAME_MISSING = Problem(
    code="list.view_name_missing",
    zh="视图还没有名字。",
    en="The view has no name yet.",
    todo_zh="请写一个 60 个字以内的名字，再保存一次。",
    todo_en="Write a name of up to 60 characters and save again.",
)
TOO_MANY = Problem(
    code="list.views_too_many",
    zh=f"一个列表最多保存 {VIEWS_MAX} 个视图。",
    en=f"A list keeps {VIEWS_MAX} views at most.",
    todo_zh="请先删去不用的视图。",
    todo_en="Remove a view that is not used first.",
)


def remember_columns(*, actor: Actor, list_name: str, columns: Iterable[str]) -> None:
    _put(actor, list_name, "", query="", columns=list(columns), is_shared=False)


def save_view(
    *, actor: Actor, list_name: str, name: str, query: str, columns: Iterable[str], is_shared: bool
) -> ListView | Problem:
    """Keep a view under a name; the same name again replaces what it held."""
    name = " ".join(name.split())
    if not name or len(name) > NAME_CHARS_MAX or len(query) > QUERY_CHARS_MAX:
        return NAME_MISSING
    if len(views_of(actor, list_name).own) >= VIEWS_MAX:
        return TOO_MANY
    return _put(actor, list_name, name, query=query, columns=list(columns), is_shared=is_shared)


def end_view(*, actor: Actor, view: ListView) -> None:
    ListView.objects.filter(pk=view.pk, owner_id=actor.id).update(ended_at=clock.now())


def restore_view(*, actor: Actor, view: ListView) -> None:
    """Undo of ``end_view``. A view of that name saved since then stays, and the older one stays away."""
    taken = ListView.objects.filter(
        list_name=view.list_name, owner_id=actor.id, name=view.name, ended_at=None
    ).exists()
    if not taken:
        ListView.objects.filter(pk=view.pk, owner_id=actor.id).update(ended_at=None)


def share_view(*, actor: Actor, view: ListView, is_shared: bool) -> None:
    ListView.objects.filter(pk=view.pk, owner_id=actor.id).update(
        shared_at=clock.now() if is_shared else None
    )


def _put(
    actor: Actor, list_name: str, name: str, *, query: str, columns: list[str], is_shared: bool
) -> ListView:
    now, site_id = clock.now(), active_site_id()
    assert site_id is not None, "views are kept inside site_scope"
    view, _made = ListView.objects.update_or_create(
        site_id=site_id,
        list_name=list_name,
        owner_id=actor.id,
        name=name,
        ended_at=None,
        defaults={"query": query, "columns": columns, "shared_at": now if is_shared else None},
        create_defaults={
            "query": query,
            "columns": columns,
            "shared_at": now if is_shared else None,
            "created_at": now,
        },
    )
    return view
