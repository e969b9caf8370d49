"""Live news travels by NOTIFY: after commit it is heard, after a rollback never."""

import asyncio
import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from jieqing.kernel.ids import new_id
from jieqing.plumbing.sse import channel_name, format_event, notify, stream

CHANNEL = channel_name(new_id(), "imports/1")


def heard_while(act: Callable[[], None], channel: str = CHANNEL, parts: int = 1) -> list[str]:
    """Open the stream, run ``act`` in a thread of its own, and return what the page was told."""

    async def listen() -> list[str]:
        body = stream(channel).streaming_content
        news = [await anext(body)]
        assert news == [b": open\n\n"]
        worker = threading.Thread(target=act)
        worker.start()
        heard = [(await asyncio.wait_for(anext(body), 10)).decode() for _ in range(parts)]
        worker.join()
        await body.aclose()
        return heard

    return asyncio.run(listen())


@pytest.mark.django_db(transaction=True)
def test_what_was_committed_is_heard_and_what_was_rolled_back_is_not() -> None:
    def act() -> None:
        try:
            with transaction.atomic():
                notify(CHANNEL, "progress", {"rows": 1})
                transaction.set_rollback(True)
            with transaction.atomic():
                notify(CHANNEL, "progress", {"rows": 2})
        finally:
            connection.close()

    # The rolled-back one was sent first; hearing the second first proves that it never comes.
    assert heard_while(act) == ['event: progress\ndata: {"rows": 2}\n\n']


@pytest.mark.django_db(transaction=True)
def test_another_channel_hears_nothing() -> None:
    def act() -> None:
        try:
            notify(channel_name(new_id(), "imports/1"), "progress", "another site")
            notify(CHANNEL, "done", "ours")
        finally:
            connection.close()

    assert heard_while(act) == ["event: done\ndata: ours\n\n"]


@pytest.mark.django_db
def test_a_hint_too_long_for_the_database_is_refused() -> None:
    with pytest.raises(ValueError, match="hint"):
        notify(CHANNEL, "progress", "字" * 4000)


def test_channels_differ_by_site_and_topic_and_fit() -> None:
    site = new_id()
    names = {channel_name(site, "a"), channel_name(site, "b"), channel_name(new_id(), "a")}
    assert len(names) == 3
    assert all(len(name.encode()) <= 63 for name in names)


def test_lines_are_framed() -> None:
    assert format_event("x", "a\nb") == "event: x\ndata: a\ndata: b\n\n"
    assert format_event("x", "") == "event: x\ndata: \n\n"


def test_the_stream_is_not_cached_or_buffered() -> None:
    response = stream(CHANNEL)
    assert response["Content-Type"] == "text/event-stream"
    assert response["Cache-Control"] == "no-store"
