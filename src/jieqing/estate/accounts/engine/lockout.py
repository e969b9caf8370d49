"""When password sign-in pauses: three rules over failures that were counted already.

A pause holds for one account from one network first, so that a stranger elsewhere cannot shut somebody out with five
wrong passwords; only many failures from everywhere pause the account itself. Each further pause within a day is twice
as long. Passkeys are never paused: there is nothing to guess.

Invariant: a pause always ends, at a moment that can be told to the person.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class LockScope(StrEnum):
    """For whom a pause holds: this account from this network, this account, this network; this token, tokens from a network."""

    PAIR = "pair"
    ACCOUNT = "account"
    NETWORK = "network"
    TOKEN = "token"  # noqa: S105 - a word, no secret
    TOKENS = "tokens"


@dataclass(frozen=True, slots=True)
class Rule:
    scope: LockScope
    failures: int
    window: timedelta
    pause: timedelta


RULES = (
    Rule(LockScope.PAIR, failures=5, window=timedelta(minutes=15), pause=timedelta(minutes=15)),
    Rule(LockScope.ACCOUNT, failures=30, window=timedelta(hours=1), pause=timedelta(hours=1)),
    Rule(LockScope.NETWORK, failures=60, window=timedelta(minutes=15), pause=timedelta(minutes=15)),
)
LONGEST_PAUSE = timedelta(hours=24)
MEMORY = timedelta(hours=24)


def pause_until(rule: Rule, *, failures: int, earlier_pauses: int, now: datetime) -> datetime | None:
    """Until when the rule pauses; None while there are too few failures.

    Example:
        >>> from datetime import UTC
        >>> at = datetime(2026, 11, 22, 8, tzinfo=UTC)
        >>> pause_until(RULES[0], failures=4, earlier_pauses=0, now=at) is None
        True
        >>> (pause_until(RULES[0], failures=5, earlier_pauses=1, now=at) - at).total_seconds() / 60
        30.0
    """
    if failures < rule.failures:
        return None
    return now + min(rule.pause * (1 << min(earlier_pauses, 10)), LONGEST_PAUSE)
