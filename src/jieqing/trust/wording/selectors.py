"""The scanner for other rooms: one for each process, asked by one thread at a time (hyperscan's scratch is not shared)."""

from threading import Lock

from jieqing.trust.wording.announcing import scan_announcement as scan_announcement
from jieqing.trust.wording.announcing import word_in_address as word_in_address
from jieqing.trust.wording.engine.scanner import OUTGOING, Context, ScanResult
from jieqing.trust.wording.library import scanner, shipped

_one_at_a_time = Lock()


def scan(text: str, context: Context = OUTGOING) -> ScanResult:
    """What may not be said in a text, where, by which article, and what may be said instead."""
    with _one_at_a_time:
        return scanner().scan(text, context)


def scan_incoming(text: str) -> ScanResult:
    """What the other side says and what we owe them: categories as ``opt_out``, ``dispute``, ``complaint``; always clean."""
    return scan(text, Context(direction="in"))


def guards_of_lexicon() -> dict[str, str]:
    """What sets a finding aside (denial, warning, quotation), for whoever tries words of their own under the same guards."""
    return {name: guard.pattern for name, guard in shipped().guards.items()}
