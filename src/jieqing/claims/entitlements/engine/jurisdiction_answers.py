"""What a jurisdiction question is answered with: courts, best first, and what is ruled out, missing or to be watched."""

from __future__ import annotations

from dataclasses import dataclass

from jieqing.claims.entitlements.engine.deadlines import Reason
from jieqing.claims.entitlements.engine.jurisdiction_levels import Level
from jieqing.kernel.outcomes import JSON


@dataclass(frozen=True, slots=True)
class Forum:
    """One court that can be asked: where (None while the place is missing), at which level, and why."""

    place: str | None
    level: Level | None
    is_exclusive: bool
    reasons: tuple[Reason, ...]

    def as_dict(self) -> dict[str, JSON]:
        return {
            "place": self.place,
            "level": self.level.value if self.level else None,
            "is_exclusive": self.is_exclusive,
            "reasons": [reason.as_dict() for reason in self.reasons],
        }


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Courts, best first; what rules courts or places out; what is missing; what to watch."""

    forums: tuple[Forum, ...]
    ruled_out: tuple[Reason, ...] = ()
    missing: tuple[Reason, ...] = ()
    warnings: tuple[Reason, ...] = ()

    def as_dict(self) -> dict[str, JSON]:
        return {
            "forums": [forum.as_dict() for forum in self.forums],
            "ruled_out": [reason.as_dict() for reason in self.ruled_out],
            "missing": [reason.as_dict() for reason in self.missing],
            "warnings": [reason.as_dict() for reason in self.warnings],
        }
