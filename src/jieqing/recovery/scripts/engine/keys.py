"""A reviewer's keys in time: the first, each next one signed by the one before, or ended by the platform's operator.

A rotation is a statement "this key follows that one" with two signatures: the old key's, so that nobody slips in a key, and
the new one's, so that nobody claims a key that is not held. A revoked key signs nothing: the operator admits the reviewer
again before there is another. What a key signed while it was in force stays proven for ever; what bears a moment outside of it never is.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from jieqing.kernel.outcomes import JSON

KIND = "jieqing.script.key/1"


class KeyStep(StrEnum):
    """Values stand in rows and in evidence: never rename one."""

    ROTATED = "rotated"
    REVOKED = "revoked"
    ADMITTED = "admitted"


KEY_STEPS: dict[KeyStep, tuple[str, str]] = {
    KeyStep.ROTATED: ("已换新", "Replaced"),
    KeyStep.REVOKED: ("已吊销", "Revoked"),
    KeyStep.ADMITTED: ("已准许重新生成", "Another admitted"),
}


def rotation(*, site: UUID, reviewer: UUID, old_key: bytes, new_key: bytes, at: datetime) -> dict[str, JSON]:
    """What both keys sign."""
    return {
        "kind": KIND,
        "site": str(site),
        "reviewer": str(reviewer),
        "old_key": old_key.hex(),
        "new_key": new_key.hex(),
        "at": at.isoformat(),
    }


def was_in_force(made: datetime, ended: datetime | None, at: datetime) -> bool:
    """Whether a signature of this moment may count.

    Example:
        >>> from datetime import UTC
        >>> day = lambda number: datetime(2026, 11, number, tzinfo=UTC)
        >>> was_in_force(day(2), day(5), day(4)), was_in_force(day(2), day(5), day(6)), was_in_force(day(2), None, day(9))
        (True, False, True)
    """
    return made <= at and (ended is None or at <= ended)
