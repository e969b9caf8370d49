"""The API: routers of the rooms under ``/api/v1``, one error form (RFC 9457)."""

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from jieqing.plumbing.http import ProblemRaised, problem_response

api = NinjaAPI(
    title="Jieqing 结清",
    version="1",
    description="Read API of a site. Sign in first; every route names the permission it needs.",
    urls_namespace="api-v1",
    docs_url=None,
)


@api.exception_handler(ProblemRaised)
def _problem(request: HttpRequest, raised: ProblemRaised) -> HttpResponse:
    return problem_response(request, raised.problem, raised.status)
