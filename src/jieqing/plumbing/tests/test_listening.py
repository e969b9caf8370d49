"""One connection hears for all pages; each page hears its own channels, as often as there is news, and no other."""

import asyncio
from collections.abc import AsyncIterator
from uuid import uuid4

import psycopg
import pytest
from django.db import connection

from jieqing.plumbing.listening import Ear
from jieqing.plumbing.sse import channel_name, stream

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE_S = 20
PAGES = 30


def say(*words: tuple[str, str]) -> None:
    keys = ("host", "port", "dbname", "user", "password")
    parameters = connection.get_connection_params()
    with psycopg.connect(**{key: parameters[key] for key in keys if parameters.get(key)}) as live:
        for channel, event in words:
            live.execute("SELECT pg_notify(%s, %s)", [channel, f'{{"event": "{event}", "data": {{}}}}'])


async def until(lines: AsyncIterator[str], count: int) -> list[str]:
    found: list[str] = []
    async with asyncio.timeout(PATIENCE_S):
        while len(found) < count:
            line = await anext(lines)
            found += [line] if line.startswith("event:") else []
    return found


def test_a_page_hears_its_own_site_and_no_other() -> None:
    ours, theirs = channel_name(uuid4(), "cases"), channel_name(uuid4(), "cases")
    assert ours != theirs

    async def listen() -> list[str]:
        lines = aiter(stream(ours).streaming_content)
        assert await anext(lines) == b": open\n\n"
        await asyncio.to_thread(say, (theirs, "theirs"), (ours, "one"), (theirs, "theirs"), (ours, "two"))
        return await until((line.decode() async for line in lines), 2)

    assert asyncio.run(listen()) == ["event: one\ndata: {}\n\n", "event: two\ndata: {}\n\n"]


def test_what_is_said_many_times_in_a_moment_is_passed_on_once() -> None:
    channel = channel_name(uuid4(), "cases")

    async def listen() -> list[str]:
        lines = aiter(stream(channel).streaming_content)
        await anext(lines)
        for event in ("again", "last"):
            words = [(channel, event)] * 40
            await asyncio.gather(*(asyncio.to_thread(say, word) for word in words[:4]))
        return await until((line.decode() async for line in lines), 2)

    heard = asyncio.run(listen())
    assert {line.split()[1] for line in heard} == {"again", "last"}


def test_many_open_pages_share_one_connection_and_the_last_one_ends_it() -> None:
    channels = [channel_name(uuid4(), "cases") for _page in range(PAGES)]

    async def listen() -> tuple[int, list[str | None], int]:
        ear, heard = Ear(), []

        async def page(channel: str) -> None:
            async with ear.joined([channel]) as queue:
                open_pages.release()
                heard.append(await asyncio.wait_for(queue.get(), PATIENCE_S))

        open_pages = asyncio.Semaphore(0)
        pages = [asyncio.create_task(page(channel)) for channel in channels]
        for _page in pages:
            await asyncio.wait_for(open_pages.acquire(), PATIENCE_S)
        during = await asyncio.to_thread(listeners)
        await asyncio.to_thread(say, *((channel, str(number)) for number, channel in enumerate(channels)))
        await asyncio.gather(*pages)
        assert ear._live is None
        return during, heard, len(set(heard))

    during, heard, different = asyncio.run(listen())
    assert (during, len(heard), different) == (1, PAGES, PAGES)


def listeners() -> int:
    """Connections of this database whose last word was LISTEN."""
    keys = ("host", "port", "dbname", "user", "password")
    parameters = connection.get_connection_params()
    with psycopg.connect(**{key: parameters[key] for key in keys if parameters.get(key)}) as live:
        rows = live.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN %'"
        )
        return int(rows.fetchone()[0])  # type: ignore[index]
