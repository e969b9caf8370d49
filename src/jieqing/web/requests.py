"""Each request: a random id, one line in the log when it is answered, and its numbers.

The id is made here and never taken from the caller, echoed as ``X-Request-ID``, and stands in every line written meanwhile,
by this process or by a job that the request queued. The line names the route's pattern, not the path: a path holds ids and
tokens. Outermost of all middleware, so that what the others refuse is counted too.
"""

import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import structlog
from django.db import connection
from django.http import HttpRequest, HttpResponse

from jieqing.plumbing import metrics
from jieqing.plumbing.logs.lines import bound

_log = structlog.get_logger("jieqing.request")
UNMATCHED = "(none)"


class RequestMiddleware:
    """See the module's essay."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.request_id = uuid4().hex  # type: ignore[attr-defined]
        started, statements = time.perf_counter(), _Statements()
        with bound(request_id=request.request_id):  # type: ignore[attr-defined]
            with connection.execute_wrapper(statements):
                response = self.get_response(request)
            response["X-Request-ID"] = request.request_id  # type: ignore[attr-defined]
            self._tell(request, response, time.perf_counter() - started, statements.count)
        return response

    @staticmethod
    def _tell(request: HttpRequest, response: HttpResponse, duration_s: float, queries: int) -> None:
        matched = request.resolver_match
        route = f"/{matched.route}" if matched else UNMATCHED
        method = request.method if request.method in _METHODS else "OTHER"
        site, actor = getattr(request, "site", None), getattr(request, "actor", None)
        metrics.REQUEST_SECONDS.labels(method, route, str(response.status_code)).observe(duration_s)
        metrics.QUERIES.labels(route).observe(queries)
        level = _log.error if response.status_code >= 500 else _log.info
        level(
            "request",
            method=method,
            route=route,
            status=response.status_code,
            duration_ms=round(duration_s * 1000, 1),
            queries=queries,
            site=str(site.id) if site else None,
            actor=str(actor.id) if actor else None,
        )


_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class _Statements:
    """Counts what goes to the database."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.count += 1
        return execute(sql, params, many, context)
