"""One ear for all open pages of a web process: a single LISTEN connection, however many browsers follow the news.

A connection for each open page would use up the server's two hundred with two hundred tabs. So each event loop has one
``Ear``: a page joins the channels it may hear and gets a queue of its own; the last one that leaves a channel unlistens it.

Invariant: a queue holds notices of the joined channels and of no other. A queue that nobody empties drops its oldest: news is
a hint to read again, and the newest hint says all. When the connection is lost every queue gets None: the stream ends and
the browser comes back by itself.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterable
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from django.db import connections
from psycopg import sql

QUEUE_MAX = 100
# How long a page that joins waits at most for the ear to put its channel on; delivery itself does not wait.
TURN_SECONDS = 0.2

Queue = asyncio.Queue["str | None"]


class Ear:
    def __init__(self) -> None:
        self._queues: dict[str, set[Queue]] = {}
        self._live: psycopg.AsyncConnection[Any] | None = None
        self._reader: asyncio.Task[None] | None = None
        self._turn = asyncio.Lock()

    @contextlib.asynccontextmanager
    async def joined(self, channels: Iterable[str]) -> AsyncIterator[Queue]:
        """A queue of payloads of these channels, from now until the block ends."""
        queue: Queue = asyncio.Queue(QUEUE_MAX)
        wanted = list(channels)
        async with self._turn:
            live = await self._connected()
            for channel in wanted:
                first = channel not in self._queues
                self._queues.setdefault(channel, set()).add(queue)
                if first:
                    await live.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
        try:
            yield queue
        finally:
            await asyncio.shield(self._leave(queue, wanted))

    async def _leave(self, queue: Queue, channels: list[str]) -> None:
        async with self._turn:
            for channel in channels:
                rest = self._queues.get(channel, set())
                rest.discard(queue)
                if rest or self._queues.pop(channel, None) is None:
                    continue
                if self._live and not self._live.closed:
                    with contextlib.suppress(psycopg.Error):
                        await self._live.execute(sql.SQL("UNLISTEN {}").format(sql.Identifier(channel)))
            if not self._queues:
                await self._hang_up()

    async def _connected(self) -> psycopg.AsyncConnection[Any]:
        if self._live is None or self._live.closed:
            parameters = connections["default"].get_connection_params()
            keys = ("host", "port", "dbname", "user", "password")
            conninfo = {key: parameters[key] for key in keys if parameters.get(key)}
            self._live = await psycopg.AsyncConnection.connect(autocommit=True, **conninfo)
            self._reader = asyncio.create_task(self._read(self._live))
        return self._live

    async def _read(self, live: psycopg.AsyncConnection[Any]) -> None:
        try:
            while not live.closed:
                # In short turns: between two of them a page that joins may speak on the connection.
                async for notice in live.notifies(timeout=TURN_SECONDS):
                    for queue in self._queues.get(notice.channel, ()):
                        _put(queue, notice.payload)
                await asyncio.sleep(0)
        except psycopg.Error:
            pass
        finally:
            if self._live is live:
                for queue in {one for queues in self._queues.values() for one in queues}:
                    _put(queue, None)
                self._queues.clear()
                self._live = None

    async def _hang_up(self) -> None:
        """Nobody listens any more."""
        live, reader, self._live, self._reader = self._live, self._reader, None, None
        if live:
            await live.close()
        if reader:
            reader.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await reader


def _put(queue: Queue, payload: str | None) -> None:
    if queue.full():
        queue.get_nowait()
    queue.put_nowait(payload)


_ears: "WeakKeyDictionary[asyncio.AbstractEventLoop, Ear]" = WeakKeyDictionary()


def ear() -> Ear:
    """The ear of the running event loop."""
    return _ears.setdefault(asyncio.get_running_loop(), Ear())
