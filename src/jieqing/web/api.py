"""The API: routers of the rooms under ``/api/v1``, one error form (RFC 9457)."""

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError

from jieqing.claims.receivables.api import router as ledger
from jieqing.kernel.outcomes import Problem
from jieqing.plumbing.http import ProblemRaised, problem_response

api = NinjaAPI(
    title="Jieqing 结清",
    version="1",
    description="A site's data for other programs. Sign in first; every route names the permission it needs.",
    urls_namespace="api-v1",
    docs_url=None,
)


@api.exception_handler(ProblemRaised)
def _problem(request: HttpRequest, raised: ProblemRaised) -> HttpResponse:
    return problem_response(request, raised.problem, raised.status)


@api.exception_handler(ValidationError)
def _not_valid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """What does not fit the contract, named by its place: also in the one error form."""
    places = [".".join(str(part) for part in one["loc"]) for one in error.errors]
    problem = Problem(
        code="api.not_valid",
        zh=f"请求不符合接口约定：{'、'.join(places)}。",
        en=f"The request does not fit the contract: {', '.join(places)}.",
        todo_zh="请对照 contracts/openapi.json。",
        todo_en="See contracts/openapi.json.",
        details={
            "errors": [
                {"place": place, "what": one["msg"]} for place, one in zip(places, error.errors, strict=True)
            ]
        },
    )
    return problem_response(request, problem, 422)


api.add_router("/sites/{site_slug}", ledger)
