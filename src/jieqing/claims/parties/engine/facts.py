"""The gate's facts about a person, as one frozen value.

`None` says that nobody has recorded it: it stays missing, and the gate denies where a rule needs it. Nothing here is
guessed. What has a register of its own (events, opt-outs, refusals) is answered from that register: no row is "no".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """What the parties' rows say about reaching one point at one moment.

    `timezone` is the person's IANA zone. `number_valid` is the last that was said of this point; `debtor_reachable`
    whether any point of the debtor's own still stands (None: none is known). `agreed_hours` are local windows "HH:MM-HH:MM".
    """

    point_id: UUID
    party_id: UUID
    at: datetime
    kind: str
    role: str
    timezone: str | None
    number_valid: bool | None
    debtor_reachable: bool | None
    refused: bool
    opted_out: tuple[str, ...]
    consented: tuple[str, ...]
    agreed_hours: tuple[str, ...] | None
    events: tuple[str, ...]

    @property
    def represented(self) -> bool:
        return "represented" in self.events

    @property
    def minor(self) -> bool:
        return "minor" in self.events

    @property
    def deceased(self) -> bool:
        return "deceased" in self.events

    @property
    def incapacitated(self) -> bool:
        return "incapacitated" in self.events
