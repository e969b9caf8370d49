"""What waits to be written inside this process: a queue with a bell.

Many threads put entries in, the one writer takes them all at once. Each entry has a future that is resolved with its
index after the commit that made it durable, or stays open while its outcome is unknown (a lost connection) until
the next opening of the log has looked it up.

Ownership: ``_waiting`` is shared (a deque, appended and popped atomically); ``_bell_at``, the number of waiting entries that
rings, is set by the writer just before it looks at the queue for the last time and sleeps, and read by those who put.
"""

import asyncio
import contextlib
import select
import socket
import threading
from collections import deque
from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

_NEVER = 1 << 62


@dataclass(frozen=True, slots=True)
class Submission:
    """An entry as it goes to the table, with its exact bytes."""

    id: UUID
    site_id: UUID | None
    action: str
    subject: str
    recorded_at: datetime
    body: bytes


@dataclass(frozen=True, slots=True)
class LoopAnswer:
    """A future of an event loop; answered through the loop, many at once."""

    loop: asyncio.AbstractEventLoop
    future: "asyncio.Future[int]"


Ticket = tuple[Submission, "Future[int] | LoopAnswer"]


class InboxClosed(RuntimeError):
    """The writer has stopped; the entry was not taken."""


class Inbox:
    """Entries on their way to the writer, and the bell that wakes it."""

    def __init__(self) -> None:
        self._waiting: deque[Ticket] = deque()
        self._bell_hear, self._bell_ring = socket.socketpair()
        self._bell_hear.setblocking(False)
        self._bell_ring.setblocking(False)
        self._bell_at = _NEVER
        self._closing = threading.Lock()
        self._is_closed = False

    def __len__(self) -> int:
        return len(self._waiting)

    def fileno(self) -> int:
        """Readable when the bell rang."""
        return self._bell_hear.fileno()

    def put(self, submission: Submission) -> "Future[int]":
        """Hand over an entry; the future gives its index once it is durable."""
        future: Future[int] = Future()
        future.set_running_or_notify_cancel()  # once taken it is written: a caller may stop waiting, not undo it
        self._add((submission, future))
        return future

    def put_from_loop(self, submission: Submission) -> "asyncio.Future[int]":
        """As ``put``, for a coroutine: one wake-up of the loop answers all its entries of a batch."""
        loop = asyncio.get_running_loop()
        future = loop.create_future()
        self._add((submission, LoopAnswer(loop, future)))
        return future

    def put_back(self, tickets: list[Ticket]) -> None:
        """Return tickets whose batch did not happen to the head of the queue, in their order."""
        self._waiting.extendleft(reversed(tickets))

    def take(self, most: int) -> list[Ticket]:
        """Up to ``most`` waiting entries; called by the writer only."""
        taken: list[Ticket] = []
        with contextlib.suppress(IndexError):
            while len(taken) < most:
                taken.append(self._waiting.popleft())
        return taken

    def gather(self, expected: int, at_most_s: float) -> None:
        """Sleep until ``expected`` entries wait or the time is over."""
        self._bell_at = expected
        if len(self._waiting) < expected:
            select.select([self._bell_hear], [], [], at_most_s)
        self.disarm()

    def ring(self) -> None:
        self._bell_at = _NEVER
        with contextlib.suppress(BlockingIOError):  # full means that the bell is ringing already
            self._bell_ring.send(b"!")

    def arm(self) -> bool:
        """Ask to be woken by the next entry; False when something waits already, so do not sleep."""
        self._bell_at = 1
        return not self._waiting

    def disarm(self) -> None:
        """Silence the bell after waking."""
        self._bell_at = _NEVER
        with contextlib.suppress(BlockingIOError):
            while len(self._bell_hear.recv(4_096)) == 4_096:
                pass

    def close(self) -> None:
        """Take nothing more; what still waits fails with ``InboxClosed``."""
        with self._closing:
            if self._is_closed:
                return
            self._is_closed = True
            refused = [(future, None) for _, future in self.take(len(self._waiting))]
            answer(refused)

    def _add(self, ticket: Ticket) -> None:
        if self._is_closed:
            raise InboxClosed("the evidence log is closed")
        self._waiting.append(ticket)
        if len(self._waiting) >= self._bell_at:
            self.ring()


def answer(answers: "Iterable[tuple[Future[int] | LoopAnswer, int | None]]") -> None:
    """Tell callers their index; None means that the log was closed before their entry was written."""
    by_loop: dict[asyncio.AbstractEventLoop, list[tuple[asyncio.Future[int], int | None]]] = {}
    for waiting, index in answers:
        if isinstance(waiting, LoopAnswer):
            by_loop.setdefault(waiting.loop, []).append((waiting.future, index))
        elif index is None:
            waiting.set_exception(_closed())
        else:
            waiting.set_result(index)
    for loop, settled in by_loop.items():
        with contextlib.suppress(RuntimeError):  # the loop has ended; its entries are written all the same
            loop.call_soon_threadsafe(_settle, settled)


def _settle(settled: "list[tuple[asyncio.Future[int], int | None]]") -> None:
    for future, index in settled:
        if future.done():
            continue
        if index is None:
            future.set_exception(_closed())
        else:
            future.set_result(index)


def _closed() -> InboxClosed:
    return InboxClosed("the evidence log was closed before the entry was written")
