"""Reads of the gate: what was tried and answered, what a site tightens for itself, by which packs and articles it decides."""

from jieqing.trust.compliance.library import shipped
from jieqing.trust.compliance.selectors.archive import exported_decisions, kept_set
from jieqing.trust.compliance.selectors.articles import article_words
from jieqing.trust.compliance.selectors.overlays import (
    OverlayState,
    OverlayView,
    every_overlay,
    overlays_of,
    packs_of,
)
from jieqing.trust.compliance.selectors.permits import OpenPermit, judged_facts, open_permits
from jieqing.trust.compliance.selectors.touches import TOUCHES_MAX, PermitUse, Touch, touches_of, use_of
from jieqing.trust.compliance.selectors.verdicts import (
    Counted,
    Refusal,
    VerdictCounts,
    latest_refusals,
    verdict_counts,
    weeks_of_rule,
)

__all__ = [
    "TOUCHES_MAX",
    "Counted",
    "OpenPermit",
    "OverlayState",
    "OverlayView",
    "PermitUse",
    "Refusal",
    "Touch",
    "VerdictCounts",
    "article_words",
    "every_overlay",
    "exported_decisions",
    "judged_facts",
    "kept_set",
    "latest_refusals",
    "open_permits",
    "overlays_of",
    "packs_of",
    "shipped",
    "touches_of",
    "use_of",
    "verdict_counts",
    "weeks_of_rule",
]
