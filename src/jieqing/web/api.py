"""The API: routers of the rooms under ``/api/v1``, one error form (RFC 9457)."""

from django.http import HttpRequest, HttpResponse
from ninja.errors import ValidationError

from jieqing.claims.receivables.api import router as ledger
from jieqing.estate.webhooks.api import router as webhooks
from jieqing.kernel.outcomes import Problem
from jieqing.plumbing.http import AnsweredBefore, ProblemRaised, problem_response
from jieqing.web.api_description import DescribedApi

api = DescribedApi(
    title="Jieqing 结清",
    version="1",
    description="A site's data for other programs. Every operation names the scope it needs; every write carries a name.",
    urls_namespace="api-v1",
    docs_url=None,
)


@api.exception_handler(ProblemRaised)
def _problem(request: HttpRequest, raised: ProblemRaised) -> HttpResponse:
    return problem_response(request, raised.problem, raised.status)


@api.exception_handler(AnsweredBefore)
def _answered_before(request: HttpRequest, answered: AnsweredBefore) -> HttpResponse:
    return answered.response


@api.exception_handler(ValidationError)
def not_valid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """What does not fit the contract, named by its place: also in the one error form."""
    places = [".".join(str(part) for part in one["loc"]) for one in error.errors]
    problem = Problem(
        code="api.not_valid",
        zh=f"请求不符合接口约定：{'、'.join(places)}。",
        en=f"The request does not fit the contract: {', '.join(places)}.",
        todo_zh="请对照接口文档 /api/docs/。",
        todo_en="See the reference at /api/docs/.",
        details={
            "errors": [
                {"place": place, "what": one["msg"]} for place, one in zip(places, error.errors, strict=True)
            ]
        },
    )
    return problem_response(request, problem, 422)


api.add_router("/sites/{site_slug}", ledger)
api.add_router("/sites/{site_slug}", webhooks)
