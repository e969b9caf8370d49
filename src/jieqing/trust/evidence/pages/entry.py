"""One entry as its reader needs it: a sentence, the ladder of proof, what was done, the bytes, the file to take away."""

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.http import problem_response, requires
from jieqing.trust.evidence import selectors
from jieqing.trust.evidence.engine.merkle import leaf_hash
from jieqing.trust.evidence.pages.entries import lines_of
from jieqing.trust.evidence.pages.ladder import ladder_of

_DIGEST = re.compile(r"[0-9a-f]{64}")


@requires("evidence.read")
def entry(request: HttpRequest, site_slug: str, entry_id: UUID) -> HttpResponse:
    view = selectors.entry_by_id(entry_id)
    if is_problem(view):
        return problem_response(request, view, 404)
    (line,) = lines_of([view], site_slug)
    place = selectors.inclusion_of(view)
    row = _row_of(request)
    row_proof = selectors.proof_bundle(view.id, row[0], row_digest=row[1]) if row else None
    is_whole = not is_problem(place) and place.holds(view.body)
    context: dict[str, Any] = {
        "line": line,
        "view": view,
        "place": None if is_problem(place) else place,
        "is_whole": is_whole,
        "ladder": ladder_of(view, place, is_whole=is_whole),
        "facts": _flat(view.facts),
        "artefacts": sorted(view.content.get("artefacts", {}).items()),
        "commitments": sorted(view.content.get("commitments", {})),
        "bulk": view.content.get("bulk"),
        "row": row,
        "row_problem": row_proof if is_problem(row_proof) else None,
        "row_query": f"?row={row[0]}&digest={row[1].hex()}" if row else "",
        "body": view.body.decode(),
        "leaf": leaf_hash(view.body).hex(),
        "path": [] if is_problem(place) else [step.hex() for step in place.path],
        "root": "" if is_problem(place) else place.head.root.hex(),
    }
    return render(request, "evidence/entry.html", context)


@requires("evidence.read")
def bundle(request: HttpRequest, site_slug: str, entry_id: UUID) -> HttpResponse:
    """The ``*.evidence.zip``: of the entry, or of one row of it when the address names the row and its digest."""
    row = _row_of(request)
    if row is None:
        data: bytes | Problem = selectors.proof_bundle(entry_id)
    else:
        data = selectors.proof_bundle(entry_id, row[0], row_digest=row[1])
    if is_problem(data):
        status = 404 if data.code == "evidence.no_entry" else 409
        return problem_response(request, data, status)
    name = f"{entry_id}-row-{row[0]}" if row else str(entry_id)
    response = HttpResponse(data, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{name}.evidence.zip"'
    return response


@requires("evidence.read")
def policy(request: HttpRequest, site_slug: str) -> HttpResponse:
    """The log's public key as a policy file. A verifier compares the key with an independent source."""
    text = selectors.policy_text()
    if is_problem(text):
        return problem_response(request, text, 409)
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="log.policy"'
    return response


def _row_of(request: HttpRequest) -> tuple[int, bytes] | None:
    index, digest = request.GET.get("row", ""), request.GET.get("digest", "")
    if not (index.isascii() and index.isdigit() and len(index) < 10 and _DIGEST.fullmatch(digest)):
        return None
    return int(index), bytes.fromhex(digest)


def _flat(facts: Mapping[str, Any], prefix: str = "") -> list[tuple[str, object]]:
    """Facts as lines of a list: ``counts.accepted 240`` instead of a nest of braces."""
    lines: list[tuple[str, object]] = []
    for name, value in sorted(facts.items()):
        if isinstance(value, Mapping):
            lines += _flat(value, f"{prefix}{name}.")
        else:
            lines.append(
                (f"{prefix}{name}", ", ".join(map(str, value)) if isinstance(value, list) else value)
            )
    return lines
