"""One thread that writes while this one reads on: the machine's second core, and never two hands on one connection.

The thread works over *this* thread's connection (Django would give it another, outside our transaction), so each may
touch it only while the other waits. ``submit`` first waits for the work before it: at most one slice is being
written while the next is read, and no more are in memory.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from contextvars import copy_context
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections


class Background:
    """Work in order, one piece at a time. What a piece raised is raised by the next ``submit`` or by ``wait``."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        self._pool = pool
        self._last: Future[None] | None = None

    def submit(self, work: Callable[..., None], *arguments: Any) -> None:
        self.wait()
        # The clock may be held still in this context; the work must see the same time.
        self._last = self._pool.submit(copy_context().run, work, *arguments)

    def wait(self) -> None:
        last, self._last = self._last, None
        if last is not None:
            last.result()


@contextmanager
def background(alias: str = DEFAULT_DB_ALIAS) -> Iterator[Background]:
    """A background thread for the length of the block; everything has been written when the block ends well."""
    own = connections[alias]
    own.ensure_connection()
    own.inc_thread_sharing()

    def adopt() -> None:
        connections[alias] = own

    try:
        with ThreadPoolExecutor(1, thread_name_prefix="ledger-writer", initializer=adopt) as pool:
            worker = Background(pool)
            try:
                yield worker
            except BaseException:
                # The first error is the one to tell; the thread must still let go of the connection.
                with suppress(Exception):
                    worker.wait()
                raise
            worker.wait()
    finally:
        own.dec_thread_sharing()
