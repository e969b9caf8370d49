"""Verbs of intake."""

from jieqing.recovery.intake.services.checking import check_legality, may_open, recheck_site
from jieqing.recovery.intake.services.consulting import answer_consultation
from jieqing.recovery.intake.services.deciding import decide_amber
from jieqing.recovery.intake.services.declaring import declare_origin

__all__ = [
    "answer_consultation",
    "check_legality",
    "decide_amber",
    "declare_origin",
    "may_open",
    "recheck_site",
]
