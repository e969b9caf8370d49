"""Reads that outreach puts together from the rooms below."""

from jieqing.recovery.outreach.selectors.gathering import Asked, gather

__all__ = ["Asked", "gather"]
