"""The evidence log as anybody may see it: its name, its public key, its newest signed head."""

from dataclasses import dataclass
from datetime import datetime

from jieqing.kernel.outcomes import is_problem
from jieqing.trust.evidence import selectors as evidence
from jieqing.trust.evidence.engine.checkpoints import read_checkpoint


@dataclass(frozen=True, slots=True)
class LogFace:
    """``note`` is the checkpoint as it was signed; empty while nothing is signed yet."""

    origin: str
    key: str
    note: str = ""
    size: int = 0
    signed_at: datetime | None = None


def log_face() -> LogFace | None:
    """None until the log has been opened."""
    policy = evidence.policy_text()
    if is_problem(policy):
        return None
    key = next(line.removeprefix("log ") for line in policy.splitlines() if line.startswith("log "))
    origin = key.partition("+")[0]
    newest = evidence.newest_checkpoint()
    if newest is None:
        return LogFace(origin, key)
    note, signed_at = newest
    return LogFace(origin, key, note, read_checkpoint(note).size, signed_at)
