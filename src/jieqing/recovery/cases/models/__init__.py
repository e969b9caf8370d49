"""The room's tables: cases and their timeline, the work on them, the site's rules about them."""

from jieqing.recovery.cases.models.cases import Case, CaseClock, CaseEvent, CaseItem
from jieqing.recovery.cases.models.rules import (
    BulkChange,
    BulkChangeRow,
    CaseFile,
    FieldLine,
    OpeningRule,
    StageLadder,
)
from jieqing.recovery.cases.models.work import Complaint, Dispute, DisputePaper, Effort, Hold, Outlay, Promise

__all__ = [
    "BulkChange",
    "BulkChangeRow",
    "Case",
    "CaseClock",
    "CaseEvent",
    "CaseFile",
    "CaseItem",
    "Complaint",
    "Dispute",
    "DisputePaper",
    "Effort",
    "FieldLine",
    "Hold",
    "OpeningRule",
    "Outlay",
    "Promise",
    "StageLadder",
]
