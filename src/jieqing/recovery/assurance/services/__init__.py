"""Verbs of the compliance officer's room: look at a change before it takes effect, decide it with a second person."""

from jieqing.recovery.assurance.services.deciding import decide_change
from jieqing.recovery.assurance.services.reviewing import review_change
from jieqing.recovery.assurance.services.sources import Found, ReviewSource, Subject, Told, register_source
from jieqing.recovery.assurance.services.standing import register_standing

__all__ = [
    "Found",
    "ReviewSource",
    "Subject",
    "Told",
    "decide_change",
    "register_source",
    "register_standing",
    "review_change",
]
