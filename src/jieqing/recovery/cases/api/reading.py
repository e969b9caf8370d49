"""Read cases: the list with the filters of the page, one case, its timeline, the counts, the rules in force."""

from dataclasses import asdict
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Path, Query

from jieqing.plumbing.http import needs
from jieqing.recovery.cases import access, selectors
from jieqing.recovery.cases.api.routes import router
from jieqing.recovery.cases.api.telling import known, told_case, told_event, told_parts, told_rules
from jieqing.recovery.cases.schemas import (
    CaseDetailOut,
    CasesAsked,
    CasesOut,
    CountsOut,
    RulesOut,
    TimelineOut,
)


@router.get(
    "/cases",
    auth=needs("cases.read"),
    response=CasesOut,
    operation_id="list_cases",
    summary="Cases, by expected value; the filters of the worklist",
)
def list_cases(request: HttpRequest, site_slug: Path[str], asked: Query[CasesAsked]) -> Any:
    words = asked.dict(include={"state", "stage", "owner", "hold", "clock", "promise", "search"})
    page = selectors.cases_page(
        request.actor,  # type: ignore[attr-defined]
        selectors.CaseFilter.of_words(words),
        sort=asked.sort,
        is_reversed=asked.is_reversed,
        after=asked.after,
        limit=asked.limit,
    )
    return {"cases": [told_case(case) for case in page.rows], "next_cursor": page.next_cursor}


@router.get(
    "/cases/counts",
    auth=needs("cases.read"),
    response=CountsOut,
    operation_id="count_cases",
    summary="What is open, waiting, near its time or late",
)
def count_cases(request: HttpRequest, site_slug: Path[str]) -> Any:
    return asdict(selectors.queue_counts(request.actor))  # type: ignore[attr-defined]


@router.get(
    "/cases/rules",
    auth=needs("cases.read"),
    response=RulesOut,
    operation_id="case_rules",
    summary="The ladder of stages and the rule of opening in force",
)
def case_rules(request: HttpRequest, site_slug: Path[str]) -> Any:
    return told_rules()


@router.get(
    "/cases/{case_id}",
    auth=needs("cases.read"),
    response=CaseDetailOut,
    operation_id="read_case",
    summary="One case with its documents, promises, disputes, holds, complaints, clocks and cost",
)
def read_case(request: HttpRequest, site_slug: Path[str], case_id: Path[UUID]) -> Any:
    case = known(access.case_by_id(request.actor, case_id))  # type: ignore[attr-defined]
    return told_parts(selectors.case_parts(case))


@router.get(
    "/cases/{case_id}/timeline",
    auth=needs("cases.read"),
    response=TimelineOut,
    operation_id="case_timeline",
    summary="What happened to a case, newest first; each event with its evidence",
)
def case_timeline(
    request: HttpRequest,
    site_slug: Path[str],
    case_id: Path[UUID],
    group: Query[Literal["", "notes", "money", "holds"]] = "",
) -> Any:
    case = known(access.case_by_id(request.actor, case_id))  # type: ignore[attr-defined]
    return {"events": [told_event(row.event) for row in selectors.timeline(case.id, group=group)]}
