"""The way of a version to use, and the statement that a reviewer signs.

draft → submitted → filed | returned; filed → withdrawn | replaced. What was returned or withdrawn never comes back: the author
writes a new version. A decision is a small statement over the digest of exactly this text; its signature can be checked by
anybody who has the reviewer's public key, without this platform.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from jieqing.kernel.canonical import canonical_bytes
from jieqing.kernel.outcomes import JSON


class State(StrEnum):
    """Values stand in rows and in signed statements: never rename one."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    FILED = "filed"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"


STATES: dict[State, tuple[str, str]] = {
    State.DRAFT: ("草稿", "Draft"),
    State.SUBMITTED: ("待备案", "Submitted"),
    State.RETURNED: ("已退回", "Returned"),
    State.FILED: ("已备案", "Filed"),
    State.WITHDRAWN: ("已停用", "Withdrawn"),
    State.REPLACED: ("已被替换", "Replaced"),
}
_FOLLOWS = {
    State.SUBMITTED: {State.DRAFT},
    State.RETURNED: {State.SUBMITTED},
    State.FILED: {State.SUBMITTED},
    State.WITHDRAWN: {State.FILED},
    State.REPLACED: {State.FILED},
}
KIND = "jieqing.script.decision/1"


@dataclass(frozen=True, slots=True)
class Step:
    """A decision in time, for the question what was in force when."""

    state: State
    at: datetime


def may_follow(now: State, after: State) -> bool:
    """Whether a version in ``now`` may become ``after``.

    Example:
        >>> may_follow(State.SUBMITTED, State.FILED), may_follow(State.RETURNED, State.FILED)
        (True, False)
    """
    return now in _FOLLOWS.get(after, set())


def in_force(steps: Iterable[Step], at: datetime) -> bool:
    """Whether the newest decision up to a moment is the filing. Steps come in their order, which decides at one instant."""
    past = sorted((step for step in steps if step.at <= at), key=lambda step: step.at)
    return bool(past) and past[-1].state is State.FILED


def statement(
    *,
    site: UUID,
    code: str,
    version: int,
    digest: bytes,
    decision: State,
    reference: str,
    reason: str,
    at: datetime,
    reviewer: UUID,
) -> dict[str, JSON]:
    """What the reviewer signs."""
    return {
        "kind": KIND,
        "site": str(site),
        "script": code,
        "version": version,
        "digest": digest.hex(),
        "decision": decision.value,
        "reference": reference,
        "reason": reason,
        "at": at.isoformat(),
        "reviewer": str(reviewer),
    }


def public_key_of(seed: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def sign(seed: bytes, told: dict[str, JSON]) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(seed).sign(canonical_bytes(told))


def is_signed(public_key: bytes, signature: bytes, told: dict[str, JSON]) -> bool:
    """Whether the holder of this key signed exactly this statement."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, canonical_bytes(told))
    except (InvalidSignature, ValueError):
        return False
    return True
