"""What waits to be written inside this process: a queue with a bell.

Many threads put entries in, the one writer takes them all at once. Each entry has a future that is resolved with its
index after the commit that made it durable, or stays open while its outcome is unknown (a lost connection) until
the next opening of the log has looked it up.

Ownership: ``_waiting`` is shared (a deque, appended and popped atomically); ``_bell_armed`` is set by the writer just before
it looks at the queue for the last time and sleeps, and read by those who put.
"""

import contextlib
import socket
import threading
from collections import deque
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Submission:
    """An entry as it goes to the table, with its exact bytes."""

    id: UUID
    site_id: UUID | None
    action: str
    subject: str
    recorded_at: datetime
    body: bytes


Ticket = tuple[Submission, "Future[int]"]


class InboxClosed(RuntimeError):
    """The writer has stopped; the entry was not taken."""


class Inbox:
    """Entries on their way to the writer, and the bell that wakes it."""

    def __init__(self) -> None:
        self._waiting: deque[Ticket] = deque()
        self._bell_hear, self._bell_ring = socket.socketpair()
        self._bell_hear.setblocking(False)
        self._bell_ring.setblocking(False)
        self._bell_armed = False
        self._closing = threading.Lock()
        self._is_closed = False

    def __len__(self) -> int:
        return len(self._waiting)

    def fileno(self) -> int:
        """Readable when the bell rang."""
        return self._bell_hear.fileno()

    def put(self, submission: Submission) -> "Future[int]":
        """Hand over an entry; the future gives its index once it is durable."""
        if self._is_closed:
            raise InboxClosed("the evidence log is closed")
        future: Future[int] = Future()
        future.set_running_or_notify_cancel()  # once taken it is written: a caller may stop waiting, not undo it
        self._waiting.append((submission, future))
        if self._bell_armed:
            self.ring()
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

    def ring(self) -> None:
        self._bell_armed = False
        with contextlib.suppress(BlockingIOError):  # full means that the bell is ringing already
            self._bell_ring.send(b"!")

    def arm(self) -> bool:
        """Ask to be woken; False when something waits already, so do not sleep."""
        self._bell_armed = True
        return not self._waiting

    def disarm(self) -> None:
        """Silence the bell after waking."""
        self._bell_armed = False
        with contextlib.suppress(BlockingIOError):
            while len(self._bell_hear.recv(4_096)) == 4_096:
                pass

    def close(self) -> None:
        """Take nothing more; what still waits fails with ``InboxClosed``."""
        with self._closing:
            if self._is_closed:
                return
            self._is_closed = True
            for _, future in self.take(len(self._waiting)):
                future.set_exception(InboxClosed("the evidence log was closed before the entry was written"))
