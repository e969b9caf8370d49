"""What is about to be said, in the facts that only whoever composes it knows.

`None` is "nobody looked": it stays missing, and the gate denies where a rule needs it. Once scripts are filed and the
scanner stands, they fill this in; a person who dials tells it by hand. Whom, where, when, how often, by whom and on whose
order is never said here: `request_permit` reads that from the rows.
"""

from __future__ import annotations

from dataclasses import dataclass

from jieqing.kernel.outcomes import JSON


@dataclass(frozen=True, slots=True)
class Content:
    """Facts of one message or call, by the gate's names."""

    discloses_debt: bool | None = None
    threatens_suit: bool | None = None
    identity_verified: bool | None = None
    ai_label: bool | None = None
    recording_notice: bool | None = None
    script_filed: bool | None = None
    scan_verdict: str | None = None

    def as_facts(self) -> dict[str, JSON]:
        """Return what is known, absent otherwise."""
        told: dict[str, JSON] = {
            "discloses_debt": self.discloses_debt,
            "threatens_suit": self.threatens_suit,
            "identity_verified": self.identity_verified,
            "ai_label": self.ai_label,
            "recording_notice": self.recording_notice,
            "script_filed": self.script_filed,
            "scan_verdict": self.scan_verdict,
        }
        return {name: value for name, value in told.items() if value is not None}


# What a button assumes before anything was composed: a careful opening that says nothing of the debt yet.
CAREFUL = Content(
    discloses_debt=False,
    threatens_suit=False,
    identity_verified=False,
    ai_label=True,
    recording_notice=True,
    script_filed=True,
    scan_verdict="clean",
)
