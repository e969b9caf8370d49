"""The API: routers of the rooms under ``/api/v1``, one error form (RFC 9457)."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, RawPostDataException, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from ninja.errors import HttpError, ValidationError

from jieqing.claims.bills.api import router as bills
from jieqing.claims.deadlines.api import router as deadlines
from jieqing.claims.exchange.api import router as exchange
from jieqing.claims.papers.api import router as papers
from jieqing.claims.parties.api import router as contacts
from jieqing.claims.receipts.api import router as bank
from jieqing.claims.receivables.api import router as ledger
from jieqing.claims.valuation.api import router as valuation
from jieqing.estate.accounts.api import router as people
from jieqing.estate.webhooks.api import router as webhooks
from jieqing.kernel.outcomes import Problem
from jieqing.plumbing.http import AnsweredBefore, ProblemRaised, problem_response
from jieqing.recovery.cases.api import router as cases
from jieqing.recovery.intake.api import router as intake
from jieqing.recovery.outreach.api import router as outreach
from jieqing.recovery.placements.api import router as placements
from jieqing.recovery.scripts.api import router as scripts
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


def _unreadable(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    """A body that is too large, cut off, or not in the form that the operation takes."""
    is_large = isinstance(error, RequestDataTooBig)
    return problem_response(request, TOO_LARGE if is_large else UNREADABLE, 413 if is_large else 400)


for _error in (
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
    RawPostDataException,
    UnreadablePostError,
    MultiPartParserError,
    HttpError,  # what is no JSON
):
    api.add_exception_handler(_error, _unreadable)

TOO_LARGE = Problem(
    code="api.too_large",
    zh="请求内容过大。",
    en="The body is too large.",
    todo_zh="大文件请以 multipart/form-data 的文件字段上传。",
    todo_en="Send a large file as a file field of multipart/form-data.",
)
UNREADABLE = Problem(
    code="api.unreadable",
    zh="请求内容无法读取。",
    en="The body cannot be read.",
    todo_zh="请检查 Content-Type 与内容是否与接口文档一致。",
    todo_en="Check that Content-Type and body are what the reference says.",
)

api.add_router("/sites/{site_slug}", ledger)
api.add_router("/sites/{site_slug}", people)
api.add_router("/sites/{site_slug}", bank)
api.add_router("/sites/{site_slug}", valuation)
api.add_router("/sites/{site_slug}", papers)
api.add_router("/sites/{site_slug}", intake)
api.add_router("/sites/{site_slug}", placements)
api.add_router("/sites/{site_slug}", scripts)
api.add_router("/sites/{site_slug}", bills)
api.add_router("/sites/{site_slug}", deadlines)
api.add_router("/sites/{site_slug}", exchange)
api.add_router("/sites/{site_slug}", webhooks)
api.add_router("/sites/{site_slug}", contacts)
api.add_router("/sites/{site_slug}", cases)
api.add_router("/sites/{site_slug}", outreach)
