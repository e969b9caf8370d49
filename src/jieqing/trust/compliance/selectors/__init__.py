"""Reads of the gate: what was tried, what a site tightens for itself, and by which packs it decides."""

from jieqing.trust.compliance.selectors.overlays import (
    OverlayState,
    OverlayView,
    every_overlay,
    overlays_of,
    packs_of,
)
from jieqing.trust.compliance.selectors.touches import TOUCHES_MAX, Touch, touches_of

__all__ = [
    "TOUCHES_MAX",
    "OverlayState",
    "OverlayView",
    "Touch",
    "every_overlay",
    "overlays_of",
    "packs_of",
    "touches_of",
]
