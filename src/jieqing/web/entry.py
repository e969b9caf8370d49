"""The doors before a site is chosen: the choice itself and the health check."""

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from jieqing.estate.accounts.selectors import site_ids_of
from jieqing.estate.sites.selectors import sites_by_ids


@login_required
def choose_site(request: HttpRequest) -> HttpResponse:
    assert request.user.is_authenticated  # said by the decorator, not seen by the type checker
    sites = sites_by_ids(site_ids_of(request.user.pk))
    if len(sites) == 1:
        return redirect("desk", site_slug=sites[0].slug)
    return render(request, "web/choose_site.html", {"sites": sites})


def health(request: HttpRequest) -> JsonResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"state": "ok"})
