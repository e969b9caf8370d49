"""A small set of addresses to try the site middleware with, one for each kind of declaration."""

from django.http import Http404, HttpRequest, HttpResponse
from django.template import engines
from django.template.response import SimpleTemplateResponse
from django.urls import path
from ninja import NinjaAPI

from jieqing.estate.accounts.models import Membership
from jieqing.plumbing.db.scopes import active_site_id
from jieqing.plumbing.http import MEMBER, PUBLIC, ProblemRaised, needs, problem_response, requires
from jieqing.web import urls

api = NinjaAPI(urls_namespace="sample", docs_url=None, openapi_url=None)
api.add_exception_handler(
    ProblemRaised, lambda request, raised: problem_response(request, raised.problem, raised.status)
)


@requires("ledger.read")
def reading(request: HttpRequest, site_slug: str) -> HttpResponse:
    return HttpResponse(f"{active_site_id()} {Membership.objects.count()}")


@requires("ledger.import")
def importing(request: HttpRequest, site_slug: str) -> HttpResponse:
    return HttpResponse("imported")


@requires(MEMBER)
def for_members(request: HttpRequest, site_slug: str) -> HttpResponse:
    return HttpResponse("member")


@requires(PUBLIC)
def public(request: HttpRequest, site_slug: str) -> HttpResponse:
    """Even the owner has no right here: ``allow`` answers for a visitor."""
    return HttpResponse(f"{active_site_id()} {request.actor.kind} {request.allow('ledger.read') is None}")


def undeclared(request: HttpRequest, site_slug: str) -> HttpResponse:
    return HttpResponse("open to everybody")


@requires("ledger.read")
def missing(request: HttpRequest, site_slug: str) -> HttpResponse:
    raise Http404


@requires("ledger.read")
def failing(request: HttpRequest, site_slug: str) -> HttpResponse:
    Membership.objects.update(role="auditor")
    raise ZeroDivisionError


@requires("ledger.read")
def lazy(request: HttpRequest, site_slug: str) -> SimpleTemplateResponse:
    """The query runs while the template is rendered: it must still be inside the scope."""
    template = engines["django"].from_string("{{ rows|length }}")
    return SimpleTemplateResponse(template, {"rows": Membership.objects.all()})


@api.get("/sites/{site_slug}/things", auth=needs("ledger.read"))
def things(request: HttpRequest, site_slug: str) -> dict[str, int]:
    return {"members": Membership.objects.count()}


@api.post("/sites/{site_slug}/things", auth=needs("ledger.import"))
def make_thing(request: HttpRequest, site_slug: str) -> dict[str, int]:
    return {}


urlpatterns = [
    *urls.urlpatterns,
    path("s/<slug:site_slug>/reading/", reading),
    path("s/<slug:site_slug>/importing/", importing),
    path("s/<slug:site_slug>/member/", for_members),
    path("s/<slug:site_slug>/public/", public),
    path("s/<slug:site_slug>/undeclared/", undeclared),
    path("s/<slug:site_slug>/missing/", missing),
    path("s/<slug:site_slug>/failing/", failing),
    path("s/<slug:site_slug>/lazy/", lazy),
    path("api/sample/", api.urls),
]
