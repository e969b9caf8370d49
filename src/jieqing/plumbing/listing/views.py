"""Posts of the table's own menus: which columns, which views. Each leads back to the list it came from.

A member of the site reaches these addresses; whether they may see the list itself is asked of the list's declaration.
"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.http import MEMBER, problem_response, requires
from jieqing.plumbing.listing import saved, services
from jieqing.plumbing.listing.columns import Listing, listing_by_name
from jieqing.plumbing.templatetags.kit import lang
from jieqing.plumbing.toasts import toast

LIST_UNKNOWN = Problem(
    code="list.unknown",
    zh="没有这个列表。",
    en="There is no such list.",
    todo_zh="请回到列表页面再试。",
    todo_en="Go back to the list and try again.",
)


@requires(MEMBER)
@require_POST
def choose_columns(request: HttpRequest, site_slug: str) -> HttpResponse:
    listing = _listing(request, request.POST.get("list", ""))
    if isinstance(listing, HttpResponse):
        return listing
    wanted = [] if "default" in request.POST else request.POST.getlist("column")
    columns = [column.key for column in listing.chosen(wanted)] if wanted else []
    services.remember_columns(actor=request.actor, list_name=listing.name, columns=columns)  # type: ignore[attr-defined]
    # An address that names columns would win over what was just chosen.
    return redirect(_back(request, site_slug, without=("cols",)))


@requires(MEMBER)
@require_POST
def keep_view(request: HttpRequest, site_slug: str) -> HttpResponse:
    listing = _listing(request, request.POST.get("list", ""))
    if isinstance(listing, HttpResponse):
        return listing
    view = services.save_view(
        actor=request.actor,  # type: ignore[attr-defined]
        list_name=listing.name,
        name=request.POST.get("name", ""),
        query=saved.kept_query(request.POST.get("query", "")),
        columns=[column.key for column in listing.chosen(request.POST.getlist("column"))],
        is_shared="shared" in request.POST,
    )
    if is_problem(view):
        messages.error(request, f"{view.text(lang())} {view.todo(lang())}")
        return redirect(_back(request, site_slug))
    words = _("视图“%(name)s”已保存，站点同事也能用。") if view.shared_at else _("视图“%(name)s”已保存。")
    toast(request, words % {"name": view.name}, undo=reverse("list-view-end", args=[site_slug, view.id]))
    return redirect(_back(request, site_slug))


@requires(MEMBER)
@require_POST
def drop_view(request: HttpRequest, site_slug: str, view_id: UUID) -> HttpResponse:
    view = saved.own_view_by_id(request.actor, view_id)  # type: ignore[attr-defined]
    if is_problem(view):
        return problem_response(request, view, 404)
    services.end_view(actor=request.actor, view=view)  # type: ignore[attr-defined]
    toast(
        request,
        _("视图“%(name)s”已删除。") % {"name": view.name},
        undo=reverse("list-view-restore", args=[site_slug, view.id]),
    )
    return redirect(_back(request, site_slug))


@requires(MEMBER)
@require_POST
def bring_back_view(request: HttpRequest, site_slug: str, view_id: UUID) -> HttpResponse:
    view = saved.own_view_by_id(request.actor, view_id, ended=True)  # type: ignore[attr-defined]
    if is_problem(view):
        return problem_response(request, view, 404)
    services.restore_view(actor=request.actor, view=view)  # type: ignore[attr-defined]
    toast(request, _("视图“%(name)s”已恢复。") % {"name": view.name})
    return redirect(_back(request, site_slug))


@requires(MEMBER)
@require_POST
def share_view(request: HttpRequest, site_slug: str, view_id: UUID) -> HttpResponse:
    view = saved.own_view_by_id(request.actor, view_id)  # type: ignore[attr-defined]
    if is_problem(view):
        return problem_response(request, view, 404)
    is_shared = view.shared_at is None
    services.share_view(actor=request.actor, view=view, is_shared=is_shared)  # type: ignore[attr-defined]
    words = _("视图“%(name)s”已共享给站点同事。") if is_shared else _("视图“%(name)s”不再共享。")
    toast(request, words % {"name": view.name}, undo=reverse("list-view-share", args=[site_slug, view.id]))
    return redirect(_back(request, site_slug))


def _listing(request: HttpRequest, name: str) -> Listing | HttpResponse:
    listing = listing_by_name(name)
    if listing is None:
        return problem_response(request, LIST_UNKNOWN, 404)
    denied = request.allow(listing.permission)  # type: ignore[attr-defined]
    return problem_response(request, denied, 403) if denied else listing


def _back(request: HttpRequest, site_slug: str, *, without: tuple[str, ...] = ()) -> str:
    """The page the form stood on, when it is one of ours; never another host."""
    back = request.POST.get("next", "")
    if not back.startswith("/") or not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return reverse("choose-site")
    path, _mark, query = back.partition("?")
    asked = QueryDict(query, mutable=True)
    for name in without:
        asked.pop(name, None)
    text = asked.urlencode(safe=",")
    return f"{path}?{text}" if text else path
