"""Tables of the room: parties, how to reach them, what stands about them."""

from jieqing.claims.parties.models.contacts import (
    REASON_CHARS_MAX,
    AgreedHours,
    ContactChoice,
    ContactPoint,
    ContactPointState,
    PointState,
)
from jieqing.claims.parties.models.party import CODE_CHARS_MAX, MATCH_KEY_CHARS_MAX, Party, PartyIdentifier
from jieqing.claims.parties.models.standing import DebtorEvent, Guarantee

__all__ = [
    "CODE_CHARS_MAX",
    "MATCH_KEY_CHARS_MAX",
    "REASON_CHARS_MAX",
    "AgreedHours",
    "ContactChoice",
    "ContactPoint",
    "ContactPointState",
    "DebtorEvent",
    "Guarantee",
    "Party",
    "PartyIdentifier",
    "PointState",
]
