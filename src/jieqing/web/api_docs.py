"""The reference of the API as a page: rendered here from the same document that programs read, no script needed."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jieqing.estate.accounts.engine.roles import PERMISSION_NAMES
from jieqing.estate.webhooks.engine.catalogue import known_events
from jieqing.plumbing.templatetags.kit import lang
from jieqing.web.api import api

PYTHON = """\
import base64, hashlib, hmac, time

def is_ours(secret: str, headers: dict, body: bytes) -> bool:
    stamp = headers["webhook-timestamp"]
    if abs(time.time() - int(stamp)) > 300:
        return False
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{stamp}.".encode() + body
    wanted = "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
    return any(hmac.compare_digest(wanted, one) for one in headers["webhook-signature"].split())
"""
SHELL = """\
KEY=$(printf %s "${SECRET#whsec_}" | base64 -d | od -An -v -tx1 | tr -d ' \\n')
{ printf '%s.%s.' "$ID" "$TIMESTAMP"; cat body.json; } |
  openssl dgst -sha256 -mac HMAC -macopt hexkey:$KEY -binary | base64
"""


@require_safe
def api_docs(request: HttpRequest) -> HttpResponse:
    """Open to whoever asks: it says what could be done, and shows nothing of any site."""
    document = _document()
    index = 0 if lang() == "zh" else 1
    groups: dict[str, list[dict[str, Any]]] = {}
    for operation in _operations(document, f"{request.scheme}://{request.get_host()}"):
        groups.setdefault(operation["tag"], []).append(
            {**operation, "scope_name": PERMISSION_NAMES[operation["scope"]][index]}
        )
    context = {
        "groups": groups,
        "schemas": [_schema(name, one) for name, one in sorted(document["components"]["schemas"].items())],
        "events": [(event.name, event.words(lang())) for event in known_events().values()],
        "python": PYTHON,
        "shell": SHELL,
    }
    return render(request, "web/api_docs.html", context)


@lru_cache(maxsize=1)
def _document() -> Mapping[str, Any]:
    """The document does not change while the process runs."""
    return api.get_openapi_schema(path_prefix="/api/v1/")


def _operations(document: Mapping[str, Any], host: str) -> Iterator[dict[str, Any]]:
    for path, item in document["paths"].items():
        for method, operation in item.items():
            shown = path.replace("{site_slug}", "$SITE").replace("{", "$").replace("}", "")
            parameters = [one for one in operation.get("parameters", []) if one["in"] != "header"]
            yield {
                "id": operation["operationId"],
                "tag": (operation.get("tags") or ["api"])[0],
                "method": method.upper(),
                "path": path,
                "summary": operation.get("summary", ""),
                "description": operation.get("description", ""),
                "scope": operation["x-required-scope"],
                "parameters": [_parameter(one) for one in parameters],
                "body": _body(operation),
                "answers": [(status, _answer(one)) for status, one in operation["responses"].items()],
                "curl": _curl(method, f"{host}{shown}", operation),
            }


def _parameter(one: Mapping[str, Any]) -> dict[str, Any]:
    words = one.get("description") or one["schema"].get("description", "")
    return {
        "name": one["name"],
        "place": one["in"],
        "type": _type(one["schema"]),
        "required": one.get("required", False),
        "words": words,
    }


def _body(operation: Mapping[str, Any]) -> tuple[str, str] | None:
    content = operation.get("requestBody", {}).get("content", {})
    for kind, one in content.items():
        fields = one["schema"].get("properties")
        return kind, ", ".join(fields) if fields else _type(one["schema"])
    return None


def _answer(one: Mapping[str, Any]) -> tuple[str, str]:
    kinds = [_type(content["schema"]) for content in one.get("content", {}).values() if "schema" in content]
    return kinds[0] if kinds else "", one.get("description", "")


def _curl(method: str, url: str, operation: Mapping[str, Any]) -> str:
    words = [f"curl -X {method.upper()}" if method != "get" else "curl", '-H "Authorization: Bearer $TOKEN"']
    if method != "get":
        words.append('-H "Idempotency-Key: $(uuidgen)"')
    body = _body(operation)
    if body and "json" in body[0]:
        words.append("--json @body.json")
    elif body:
        words.append("-F file=@ledger.csv" if "file" in body[1] else f"-F {body[1].split(',')[0]}=…")
    return " \\\n  ".join([*words, f'"{url}"'])


def _schema(name: str, one: Mapping[str, Any]) -> dict[str, Any]:
    required = set(one.get("required", ()))
    fields = [
        (field, _type(kind), field in required, kind.get("description", ""))
        for field, kind in one.get("properties", {}).items()
    ]
    return {"name": name, "words": one.get("description", ""), "fields": fields}


def _type(kind: Mapping[str, Any]) -> str:
    if "$ref" in kind:
        return str(kind["$ref"].rsplit("/", 1)[1])
    if "anyOf" in kind:
        return " | ".join(_type(one) for one in kind["anyOf"])
    if kind.get("type") == "array":
        return f"{_type(kind.get('items', {}))}[]"
    return str(kind.get("format") or kind.get("type") or "object")
