"""Reads of cases, for pages, API and commands; everything runs inside ``site_scope``."""

from jieqing.recovery.cases.selectors.case_page import (
    CaseParts,
    ClockView,
    case_parts,
    clocks_of,
    cost_of,
    item_ids_of,
    items_of,
)
from jieqing.recovery.cases.selectors.contact_stops import ContactStops, contact_stops_of
from jieqing.recovery.cases.selectors.counts import (
    ComplaintCounts,
    Load,
    PromiseDay,
    QueueCounts,
    StageCount,
    breaches,
    complaint_counts,
    milestone_shares,
    open_complaints,
    open_disputes,
    promise_days,
    promises_between,
    queue_counts,
    stage_counts,
    team_load,
)
from jieqing.recovery.cases.selectors.days import working_day
from jieqing.recovery.cases.selectors.ladders import ladder_in_force, opening_terms, stage_names
from jieqing.recovery.cases.selectors.staff import Worker, may_own, workers
from jieqing.recovery.cases.selectors.timeline import GROUPS, TimelineRow, timeline
from jieqing.recovery.cases.selectors.worklist import (
    SORTS,
    CaseFilter,
    CasesPage,
    cases_count,
    cases_page,
    filtered,
)

__all__ = [
    "GROUPS",
    "SORTS",
    "CaseFilter",
    "CaseParts",
    "CasesPage",
    "ClockView",
    "ComplaintCounts",
    "ContactStops",
    "Load",
    "PromiseDay",
    "QueueCounts",
    "StageCount",
    "TimelineRow",
    "Worker",
    "breaches",
    "case_parts",
    "cases_count",
    "cases_page",
    "clocks_of",
    "complaint_counts",
    "contact_stops_of",
    "cost_of",
    "filtered",
    "item_ids_of",
    "items_of",
    "ladder_in_force",
    "may_own",
    "milestone_shares",
    "open_complaints",
    "open_disputes",
    "opening_terms",
    "promise_days",
    "promises_between",
    "queue_counts",
    "stage_counts",
    "stage_names",
    "team_load",
    "timeline",
    "workers",
    "working_day",
]
