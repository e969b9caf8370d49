"""Live pages: server-sent events carried by PostgreSQL LISTEN/NOTIFY.

``notify(channel, event, data)`` sends inside the caller's transaction: PostgreSQL delivers on commit, so a page
never hears of something that was rolled back. ``stream(channel)`` is an async view body: one LISTEN connection
per open page, a comment every 15 s so that proxies keep the line open.

A channel name is made from site and topic by ``channel_name``; the stream view must have checked the actor
first. Payloads are small hints (under 8,000 bytes, PostgreSQL's limit): pages re-read, they do not trust news.
"""

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection, connections
from django.http import StreamingHttpResponse

KEEPALIVE_SECONDS = 15
PAYLOAD_BYTES_MAX = 7_900


def channel_name(site_id: UUID, topic: str) -> str:
    """A PostgreSQL channel for one topic of one site; at most 63 bytes, so topics are digested."""
    digest = hashlib.sha256(f"{site_id}/{topic}".encode()).hexdigest()[:40]
    return f"live_{digest}"


def notify(channel: str, event: str, data: Any) -> None:
    payload = json.dumps({"event": event, "data": data}, ensure_ascii=False)
    if len(payload.encode()) > PAYLOAD_BYTES_MAX:
        raise ValueError("a live event carries a hint, not the data itself")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [channel, payload])


def format_event(event: str, data: Any) -> str:
    body = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
    lines = "".join(f"data: {line}\n" for line in body.splitlines() or [""])
    return f"event: {event}\n{lines}\n"


async def _events(channel: str) -> AsyncIterator[str]:
    parameters = connections["default"].get_connection_params()
    keys = ("host", "port", "dbname", "user", "password")
    conninfo = {key: parameters[key] for key in keys if parameters.get(key)}
    live = await psycopg.AsyncConnection.connect(autocommit=True, **conninfo)
    try:
        await live.execute(f'LISTEN "{channel}"')
        yield ": open\n\n"
        while True:
            async for notice in live.notifies(timeout=KEEPALIVE_SECONDS):
                news = json.loads(notice.payload)
                yield format_event(news["event"], news["data"])
            yield ": still here\n\n"
            await asyncio.sleep(0)
    finally:
        await live.close()


def stream(channel: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(_events(channel), content_type="text/event-stream")
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"
    return response
