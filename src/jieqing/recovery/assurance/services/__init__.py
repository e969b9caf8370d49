"""Verbs of the compliance officer's room: look at a change before it takes effect, decide it with a second person."""

from jieqing.recovery.assurance.services.deciding import decide_change
from jieqing.recovery.assurance.services.reviewing import review_change
from jieqing.recovery.assurance.services.sources import ReviewSource, Subject, register_source

__all__ = ["ReviewSource", "Subject", "decide_change", "register_source", "review_change"]
