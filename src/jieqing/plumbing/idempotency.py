"""Idempotency keys: a write that arrives twice is done once, and the second asker gets the first answer.

A caller names its write by the header ``Idempotency-Key``; a POST must carry one. The name belongs to the site, to whoever
asks (a person or a token) and to the route. Three things can be true of a name that comes again: the first one is still
at work (409, ask again in a moment); it is done and asked for the same (its answer, byte for byte, with
``Idempotency-Replayed: true``); it is done and asked for something else (422, never a guess which was meant).

The row is written in the transaction of the work itself, under a lock of the database that ends with that transaction. So a
killed process leaves neither work nor row, and of two workers at once one works. Only what was done is remembered: a refused
write (any status from 400 on) is rolled back whole and may be tried again under the same name.

What the answer said may concern people, so it lies sealed and goes after ``KEEP``.

Source: the IETF draft "The Idempotency-Key HTTP Header Field", sections 2.5 to 2.7.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.datastructures import MultiValueDict

from jieqing.kernel import clock
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem
from jieqing.plumbing import sealing
from jieqing.plumbing.db.scopes import active_site_id, site_scope
from jieqing.plumbing.models import IdempotentAnswer

HEADER, REPLAYED = "Idempotency-Key", "Idempotency-Replayed"
KEEP = timedelta(hours=48)
KEY_CHARS_MAX = 200
_KEY = re.compile(rf"[\x21-\x7e]{{1,{KEY_CHARS_MAX}}}")
_SEAL = "idempotency"
_KEPT_HEADERS = ("Content-Type", "Location", "ETag")


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to do a named write now; ends with the transaction."""

    holder: UUID
    route: str
    key: str
    request_digest: bytes


@dataclass(frozen=True, slots=True)
class Refusal:
    problem: Problem
    status: int


def begin(
    request: HttpRequest, *, holder: UUID, key: str | None = None
) -> Claim | HttpResponse | Refusal | None:
    """What to do with a write: go on under a claim, answer as before, or refuse; None when it names no key and need not.

    A page's form names its write in a hidden field and passes it as ``key``; a program sends the header.
    """
    key = request.headers.get(HEADER) if key is None else key
    if key is None:
        return Refusal(KEY_MISSING, 400) if request.method == "POST" else None
    if not _KEY.fullmatch(key):
        return Refusal(KEY_INVALID, 400)
    claim = Claim(holder, f"{request.method} {request.path}", key, _digest_of(request))
    if not _locked(claim):
        return Refusal(IN_FLIGHT, 409)
    known = IdempotentAnswer.objects.filter(holder=holder, key=key, route=claim.route).first()
    if known is None:
        return claim
    if bytes(known.request_digest) != claim.request_digest:
        return Refusal(OTHER_REQUEST, 422)
    return _answer_again(known)


def finish(claim: Claim | None, response: HttpResponse) -> None:
    """Remember what was done, in its own transaction; take back all of what was refused."""
    if response.status_code >= 400:
        transaction.set_rollback(True)
        return
    site_id = active_site_id()
    if claim is not None and site_id is not None:
        IdempotentAnswer.objects.create(
            id=new_id(),
            site_id=site_id,
            holder=claim.holder,
            key=claim.key,
            route=claim.route,
            request_digest=claim.request_digest,
            status=response.status_code,
            headers={name: response[name] for name in _KEPT_HEADERS if name in response},
            body=sealing.seal(_SEAL, response.content),
            at=clock.now(),
        )


def forget_old(site_id: UUID) -> int:
    """Delete a site's answers that nobody may ask for again; returns how many went."""
    with site_scope(site_id):
        gone, _kinds = IdempotentAnswer.objects.filter(at__lt=clock.now() - KEEP).delete()
    return gone


def _locked(claim: Claim) -> bool:
    """Whether no other transaction works under this name; the lock ends with the transaction, however it ends."""
    words = "\0".join((str(active_site_id()), str(claim.holder), claim.route, claim.key))
    number = int.from_bytes(hashlib.sha256(words.encode()).digest()[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        return bool(cursor.fetchone()[0])


def _answer_again(known: IdempotentAnswer) -> HttpResponse:
    response = HttpResponse(sealing.unseal(_SEAL, bytes(known.body)), status=known.status)
    for name, value in known.headers.items():
        response[name] = value
    response[REPLAYED] = "true"
    return response


def _digest_of(request: HttpRequest) -> bytes:
    """A digest of what is asked for. A form with files is taken apart: its boundary differs with every try."""
    digest = hashlib.sha256()
    for part in _parts_of(request):
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.digest()


def _parts_of(request: HttpRequest) -> Iterator[bytes]:
    yield request.META.get("QUERY_STRING", "").encode()
    if request.content_type != "multipart/form-data":
        yield request.content_type.encode() if request.content_type else b""
        yield request.body
        return
    for name in sorted(request.POST):
        for value in request.POST.getlist(name):
            yield from (b"field", name.encode(), value.encode())
    files: MultiValueDict[str, UploadedFile] = request.FILES
    for name in sorted(files):
        for file in files.getlist(name):
            yield from (b"file", name.encode(), (file.name or "").encode(), _file_digest(file))


def _file_digest(file: UploadedFile) -> bytes:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.digest()


KEY_MISSING = Problem(
    code="api.idempotency_key_missing",
    zh="写入请求缺少请求头 Idempotency-Key。",
    en="The write carries no header Idempotency-Key.",
    todo_zh="请为每次写入生成一个新的随机值（如 UUID）放入该请求头；重试同一次写入时用同一个值。",
    todo_en="Send a fresh random value (a UUID, say) for each write in this header, and the same one when you retry it.",
)
KEY_INVALID = Problem(
    code="api.idempotency_key_invalid",
    zh=f"Idempotency-Key 应为 1 至 {KEY_CHARS_MAX} 个不含空格的 ASCII 字符。",
    en=f"An Idempotency-Key is 1 to {KEY_CHARS_MAX} ASCII characters without blanks.",
    todo_zh="建议使用 UUID。",
    todo_en="A UUID will do.",
)
IN_FLIGHT = Problem(
    code="api.idempotency_in_flight",
    zh="同一个 Idempotency-Key 的请求正在处理。",
    en="A request with this Idempotency-Key is being worked on.",
    todo_zh="请稍候用同一个值重试，届时会得到第一次的结果。",
    todo_en="Retry in a moment with the same key: you will get the first one's answer.",
)
OTHER_REQUEST = Problem(
    code="api.idempotency_other_request",
    zh="这个 Idempotency-Key 已用于内容不同的请求。",
    en="This Idempotency-Key was used for a different request.",
    todo_zh="新的写入请用新的值；重试请原样发送第一次的内容。",
    todo_en="Use a new key for a new write; to retry, send exactly what you sent first.",
)
