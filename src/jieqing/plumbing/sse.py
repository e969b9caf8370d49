"""Live pages: server-sent events carried by PostgreSQL LISTEN/NOTIFY.

``notify(channel, event, data)`` sends inside the caller's transaction: PostgreSQL delivers on commit, so a page
never hears of something that was rolled back. ``stream(*channels)`` is an async view body: all open pages of a process
share one LISTEN connection (``listening``) and give back the one they were checked on, so an open page costs none; a
comment every 15 s so that proxies keep the line open; the same word said many times in a moment is passed on once.

A channel name is made from site and topic by ``channel_name``; the stream view must have checked the actor
first. Payloads are small hints (under 8,000 bytes, PostgreSQL's limit): pages re-read, they do not trust news.
"""

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Iterable
from typing import Any
from uuid import UUID

from asgiref.sync import sync_to_async
from django.db import connection, connections
from django.http import StreamingHttpResponse

from jieqing.plumbing.listening import ear

KEEPALIVE_SECONDS = 15
# News come in bursts (a batch of payments): what is said within this time after a word is passed on together.
BURST_SECONDS = 0.3
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


def notify_many(channels: Iterable[str], event: str) -> None:
    """The same bare word on many channels, in one statement."""
    payload = json.dumps({"event": event, "data": {}})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_notify(name, %s) FROM unnest(%s::text[]) AS name", [payload, list(channels)]
        )


async def _events(channels: tuple[str, ...]) -> AsyncIterator[str]:
    # The request's own connection goes back to the pool: an open page would else hold it for hours.
    await sync_to_async(connections.close_all)()
    async with ear().joined(channels) as queue:
        yield ": open\n\n"
        while True:
            try:
                payload = await asyncio.wait_for(queue.get(), KEEPALIVE_SECONDS)
            except TimeoutError:
                yield ": still here\n\n"
                continue
            payloads = {payload: None}
            await asyncio.sleep(BURST_SECONDS / 10)
            while not queue.empty():
                payloads[queue.get_nowait()] = None
            for one in payloads:
                if one is None:
                    return
                news = json.loads(one)
                yield format_event(news["event"], news["data"])
            await asyncio.sleep(BURST_SECONDS)


def stream(*channels: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(_events(channels), content_type="text/event-stream")
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"
    return response
