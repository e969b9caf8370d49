"""The door before a site is chosen: the choice itself."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jieqing.estate.accounts.access import is_platform_operator
from jieqing.estate.accounts.selectors import site_ids_of
from jieqing.estate.sites.selectors import sites_by_ids


@login_required
def choose_site(request: HttpRequest) -> HttpResponse:
    assert request.user.is_authenticated  # said by the decorator, not seen by the type checker
    sites = sites_by_ids(site_ids_of(request.user.pk))
    is_operator = is_platform_operator(request.user.pk)
    if len(sites) == 1 and not is_operator:
        return redirect("desk", site_slug=sites[0].slug)
    return render(request, "web/choose_site.html", {"sites": sites, "is_operator": is_operator})
