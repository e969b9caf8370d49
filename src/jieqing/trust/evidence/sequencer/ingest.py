"""Entries from inside this process, many callers at once, each answered when its entry is durable.

Callers do not commit one by one: all that arrive while the disk is busy go down with the next statement (group commit), so
64 callers cost little more than one. The same writer and the same statement serve the outbox: an entry that comes
this way and one that a business transaction recorded get their places side by side. The sequencer's own entries
use it, and capture adapters that run beside it.

Refuses, as a Problem: an entry out of form or too large, a chained entry (its link must be made in its case's
transaction), and more than ``WAITING_MAX`` entries on their way.
"""

from concurrent.futures import Future

from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.trust.evidence.engine.constants import WAITING_MAX
from jieqing.trust.evidence.engine.entry import Draft, encode
from jieqing.trust.evidence.sequencer.inbox import Inbox, Submission


class IngestService:
    """The door for entries made in the sequencer's process."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox

    def submit(self, draft: Draft) -> "Future[int] | Problem":
        """Hand over an entry; the future gives its index after fsync."""
        made = encode_submission(draft)
        return made if is_problem(made) else self.submit_encoded(made)

    def submit_encoded(self, submission: Submission) -> "Future[int] | Problem":
        """As ``submit``, for an entry whose bytes are made already."""
        return self._refusal() or self._inbox.put(submission)

    async def append(self, draft: Draft) -> int | Problem:
        """As ``submit``, for coroutines: returns with the index once the entry is durable."""
        made = encode_submission(draft)
        return made if is_problem(made) else await self.append_encoded(made)

    async def append_encoded(self, submission: Submission) -> int | Problem:
        """As ``append``, for an entry whose bytes are made already."""
        return self._refusal() or await self._inbox.put_from_loop(submission)

    def _refusal(self) -> Problem | None:
        waiting = len(self._inbox)
        return _busy(waiting) if waiting >= WAITING_MAX else None


def encode_submission(draft: Draft) -> Submission | Problem:
    """An entry's exact bytes with what its row needs."""
    if draft.chain is not None:
        raise ValueError("a chained entry is recorded in its case's own transaction")
    encoded = encode(draft)
    if is_problem(encoded):
        return encoded
    return Submission(draft.id, draft.site_id, draft.action, draft.subject, draft.recorded_at, encoded.head)


def _busy(waiting: int) -> Problem:
    return Problem(
        code="evidence.busy",
        zh=f"存证日志繁忙：还有 {waiting} 条等待写入。",
        en=f"The evidence log is busy: {waiting} entries wait to be written.",
        todo_zh="请稍候重试；本条尚未写入。",
        todo_en="Try again shortly; this entry has not been written.",
        details={"waiting": waiting},
    )
