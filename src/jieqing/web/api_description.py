"""What every operation of the API has in common, written into its OpenAPI document once.

The rooms describe their own bodies and answers; this adds what no room decides: who may ask (a token's scope or a
session with its CSRF token), the name a write carries, the error form, and the refusals that can meet anybody. So the
document says what ``plumbing.http.needs`` and the site middleware do, for operations that are not written yet too.
"""

from collections.abc import Iterator
from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from jieqing.plumbing import idempotency

PROBLEM_TYPE = "application/problem+json"
PROBLEM: dict[str, Any] = {
    "title": "Problem",
    "type": "object",
    "description": "RFC 9457, with a stable `code` and the words in both languages.",
    "required": ["type", "title", "status", "detail", "code", "text", "todo", "details"],
    "properties": {
        "type": {"type": "string", "format": "uri", "examples": ["urn:jieqing:problem:ledger.item_unknown"]},
        "title": {"type": "string", "description": "What happened, in the language asked for."},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What to do."},
        "code": {"type": "string", "description": "Stable; what programs compare."},
        "text": {"$ref": "#/components/schemas/InBoth"},
        "todo": {"$ref": "#/components/schemas/InBoth"},
        "details": {"type": "object", "additionalProperties": True},
    },
}
IN_BOTH: dict[str, Any] = {
    "title": "InBoth",
    "type": "object",
    "required": ["zh", "en"],
    "properties": {"zh": {"type": "string"}, "en": {"type": "string"}},
}
SCHEMES: dict[str, Any] = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "jq_…",
        "description": "A site's token with scopes.",
    },
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "sessionid",
        "description": "A signed-in person; writes also send `X-CSRFToken`.",
    },
}
FOR_ALL = {
    "401": "Sign in first, or the token has ended.",
    "403": "The role or the token's scopes do not carry the permission.",
    "404": "No such site or thing, or you may not see it: the answer is the same.",
    "422": "What was asked does not fit the contract or the data.",
    "429": "Too many requests with tokens that open nothing.",
}
FOR_WRITES = {
    "400": "The Idempotency-Key is missing or malformed, or the body cannot be read.",
    "409": "The state of the thing does not allow it, or a write of the same name is at work.",
    "413": "The body is too large.",
}
KEY_PARAMETER: dict[str, Any] = {
    "name": idempotency.HEADER,
    "in": "header",
    "description": "A fresh random name for this write. The same name with the same body gets the first answer again, "
    f"with `{idempotency.REPLAYED}: true`, for at least 24 hours.",
    "schema": {
        "type": "string",
        "minLength": 1,
        "maxLength": idempotency.KEY_CHARS_MAX,
        "pattern": r"^[\x21-\x7e]+$",
    },
}


class DescribedApi(NinjaAPI):
    """A NinjaAPI whose document says what is true of every operation."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        document = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        components = document["components"]
        components["schemas"] |= {"Problem": PROBLEM, "InBoth": IN_BOTH}
        components["securitySchemes"] = SCHEMES
        scopes = dict(self._scopes())
        for item in document["paths"].values():
            for method, operation in item.items():
                _describe(method, operation, scopes[operation["operationId"]])
        return document

    def _scopes(self) -> Iterator[tuple[str, str]]:
        for router in self._get_bound_routers():
            for view in router.path_operations.values():
                for operation in view.operations:
                    name = operation.operation_id or self.get_openapi_operation_id(operation)
                    yield name, vars(operation.auth_callbacks[0])["required_permission"]


def _describe(method: str, operation: dict[str, Any], scope: str) -> None:
    is_write = method != "get"
    operation["security"] = [{"token": [scope]}, {"session": []}]
    operation["x-required-scope"] = scope
    answers = operation["responses"]
    for status, words in {**FOR_ALL, **(FOR_WRITES if is_write else {})}.items():
        answers[status] = {
            "description": words,
            "content": {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
    operation["responses"] = {str(status): answers[status] for status in sorted(answers, key=str)}
    if is_write:
        operation["parameters"] = [
            *operation.get("parameters", []),
            {**KEY_PARAMETER, "required": method == "post"},
        ]
    else:
        operation["responses"]["304"] = {"description": "Unchanged since the ETag that was sent."}
