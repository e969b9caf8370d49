"""Answers about a large ledger that stay true for one revision: its counts, the totals of a filter.

No total is stored. But a total belongs to a revision of the ledger, every write makes a new one, and adding up a million
postings takes longer than showing fifty rows: so a process keeps what it has added up, named by the revision's evidence
entry. A write that was rolled back leaves a name that never comes again; a new revision is a new name.
"""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar
from uuid import UUID

from jieqing.claims.receivables.selectors.statements import current_site

# Below this everything takes a few milliseconds and is asked each time.
LARGE_LEDGER_ITEMS = 20_000
_KEPT = 256
Answer = TypeVar("Answer")
_kept: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
_lock = Lock()


def kept_for_revision(entry_id: UUID | None, name: str, key: Any, ask: Callable[[], Answer]) -> Answer:
    """An answer that is true for one revision of one site's ledger, asked once in this process.

    The revision is named by its evidence entry: a write that was rolled back leaves a name that never comes again.
    """
    if entry_id is None:
        return ask()
    full = (current_site(), entry_id, name, key)
    with _lock:
        if full in _kept:
            _kept.move_to_end(full)
            found: Answer = _kept[full]
            return found
    answer = ask()
    with _lock:
        _kept[full] = answer
        while len(_kept) > _KEPT:
            _kept.popitem(last=False)
    return answer


def is_kept(entry_id: UUID | None, name: str, key: Any) -> bool:
    with _lock:
        return (current_site(), entry_id, name, key) in _kept
