"""One line for a case in a list: the best that its points and channels allow now, and which of them that is.

The debtor and whoever answers for the debt come before third persons: that somebody's employer may be asked to pass a message
on is no "may be contacted". Among equals the first in the order of the case's page stands. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from jieqing.claims.parties.engine.choices import Channel
from jieqing.claims.parties.engine.contact_points import OBLIGED
from jieqing.recovery.outreach.engine.contact_verdict import Code, ContactVerdict

_RANK = {Code.ALLOW: 0, Code.NEEDS_APPROVAL: 1, Code.NOT_BEFORE: 2, Code.NEVER: 3}
_LATEST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Offer:
    """A verdict with the role of its point and its channel."""

    role: str
    channel: Channel
    verdict: ContactVerdict


def best(offers: Iterable[Offer]) -> Offer | None:
    """Return what leads the row; None for a case without contact points."""
    return min(offers, key=_place, default=None)


def _place(offer: Offer) -> tuple[bool, int, datetime]:
    verdict = offer.verdict
    return offer.role not in OBLIGED, _RANK[verdict.code], verdict.not_before or _LATEST
