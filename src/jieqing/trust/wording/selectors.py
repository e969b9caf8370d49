"""The scanner for other rooms: one for each process, asked by one thread at a time (hyperscan's scratch is not shared)."""

from threading import Lock

from jieqing.trust.wording.engine.scanner import ScanResult
from jieqing.trust.wording.library import scanner

_one_at_a_time = Lock()


def scan(text: str) -> ScanResult:
    """What may not be said in a text, where, by which article, and what may be said instead."""
    with _one_at_a_time:
        return scanner().scan(text)
