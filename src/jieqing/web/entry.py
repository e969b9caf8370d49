"""The door before a site is chosen: the choice itself."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jieqing.estate.accounts.access import actor_for, check, is_platform_operator
from jieqing.estate.accounts.selectors import site_ids_of
from jieqing.estate.sites.engine.tenancy import STATE_NAMES, SiteState
from jieqing.estate.sites.selectors import sites_by_ids
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.templatetags.kit import lang


@login_required
def choose_site(request: HttpRequest) -> HttpResponse:
    assert request.user.is_authenticated  # said by the decorator, not seen by the type checker
    sites = sites_by_ids(site_ids_of(request.user.pk))
    is_operator = is_platform_operator(request.user.pk)
    if len(sites) == 1 and sites[0].state == "live" and not is_operator:
        return redirect(_page(request.user, sites[0]), site_slug=sites[0].slug)
    rows = [{"site": site, "page": _page(request.user, site), **_standing(site.state)} for site in sites]
    return render(request, "web/choose_site.html", {"rows": rows, "is_operator": is_operator})


def _page(user: Any, site: Any) -> str:
    """Where a site's people go: to work while it is live; else its owners to the rental, the others to what they may read."""
    actor = actor_for(user, site.id)
    if not is_problem(actor) and check(actor, "desk.read") and not check(actor, "scripts.review"):
        return "script-queue"
    if site.state == "live":
        return "desk"
    return "desk" if is_problem(actor) or check(actor, "site.manage") else "rental"


def _standing(state: str) -> dict[str, str]:
    """How a site stands, and what its people do next."""
    index = 0 if lang() == "zh" else 1
    following = {
        "draft": _("继续填写申请"),
        "submitted": _("等待平台核验"),
        "filed": _("存证自检后自动开通"),
        "live": "",
        "suspended": _("只读；查看原因"),
        "closed": _("导出数据"),
    }
    return {"state_name": STATE_NAMES[SiteState(state)][index], "next": following[state]}
