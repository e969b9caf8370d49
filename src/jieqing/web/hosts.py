"""Which host a request came to, decided before anything else looks at it.

Three kinds are answered: the platform's own names, ``<slug>.<base domain>`` of a site, and verified own domains. Any other
host gets a bare 404 that says nothing. Django's own list of allowed hosts is open (``*``) only because this middleware
stands before all of Django's (after the one that counts requests and asks for no host): what tenants verify at run
time cannot stand in a setting. A test holds the order.

On a tenant's host the root is that site's public page; no other site, no operator's page and no rental is served there.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse

from jieqing.estate.sites.engine.hosts import host_of, subdomain_of
from jieqing.estate.sites.selectors import site_by_domain, site_by_slug

NOT_HERE = ("/operator/", "/rent/", "/design/", "/metrics", "/operations")


class HostMiddleware:
    """Nothing behind it sees a host that leads nowhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        host = host_of(request.META.get("HTTP_HOST", request.META.get("SERVER_NAME", "")))
        if host in settings.PLATFORM_HOSTS:
            return self.get_response(request)
        site = site_of_host(host)
        if site is None or not _is_served_to(site, request.path_info):
            return HttpResponse("404", status=404, content_type="text/plain")
        if request.path_info == "/":
            request.path_info = request.path = _home(site)
        return self.get_response(request)


def site_of_host(host: str) -> Any:
    """The site that a host leads to, or None."""
    if not host:
        return None
    below = subdomain_of(host, settings.BASE_DOMAIN)
    return site_by_slug(below.slug) if below else site_by_domain(host)


def _is_served_to(site: Any, path: str) -> bool:
    if path.startswith(NOT_HERE):
        return False
    for prefix in ("/s/", "/api/v1/sites/"):
        if path.startswith(prefix):
            return path.removeprefix(prefix).partition("/")[0] == site.slug
    return True


def _home(site: Any) -> str:
    """The site's public page, and the sign-in where none is served."""
    try:
        return reverse("site-home", args=[site.slug])
    except NoReverseMatch:
        return reverse("sign-in")
