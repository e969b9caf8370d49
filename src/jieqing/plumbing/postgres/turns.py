"""Who uses an embedded server, so that the last one out stops it.

Three lock files in the data folder, held with flock, so a killed process lets go by dying:

- ``start.lock``: held while somebody starts or stops the server; one at a time.
- ``users.lock``: held shared by every process that uses the server. Who leaves and can take it alone stops the server.
- ``supervisor.lock``: held alone by the supervisor; a second supervisor on the same folder is refused.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Turn:
    """One lock file, held or not."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle: int | None = None

    @property
    def held(self) -> bool:
        return self._handle is not None

    def take(self, *, shared: bool = False, wait: bool = True) -> bool:
        """Take the lock, or change between shared and alone; False when another holds it and ``wait`` is off."""
        if self._handle is None:
            self._handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        try:
            fcntl.flock(self._handle, kind if wait else kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def leave(self) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold a lock file alone for the length of a block."""
    turn = Turn(path)
    turn.take()
    try:
        yield
    finally:
        turn.leave()
