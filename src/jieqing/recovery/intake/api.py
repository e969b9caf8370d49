"""Checks before a case opens, for other programs: the same verbs as the page."""

from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Path, Query, Router

from jieqing.claims.parties.access import party_by_id
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.http import ProblemRaised, needs
from jieqing.recovery.intake import access, schemas, selectors, services
from jieqing.recovery.placements.access import placement_by_id

router = Router(tags=["intake"])
_STANDINGS = Literal["opens", "waits", "refused", "all"]


@router.get("/intake/checks", auth=needs("placements.read"), response=schemas.ChecksOut)
def list_checks(
    request: HttpRequest,
    site_slug: Path[str],
    standing: Query[_STANDINGS] = "all",
    after: Query[str | None] = None,
) -> Any:
    """The newest check of each item, newest first."""
    wanted = selectors.CheckFilter(standing="" if standing == "all" else standing)
    page = selectors.checks_page(wanted, after=after)
    return {
        "checks": [selectors.told_check(row) for row in page.rows],
        "total": page.total,
        "next": page.next_cursor,
    }


@router.post(
    "/intake/checks",
    auth=needs("placements.manage"),
    response=schemas.CheckedOut,
    operation_id="check_legality",
)
def check_legality(request: HttpRequest, site_slug: Path[str], asked: schemas.CheckIn) -> Any:
    """Check debts as of now; a check is written only where facts or rules have changed."""
    found = services.check_legality(actor=request.actor, item_ids=asked.items)  # type: ignore[attr-defined]
    return {"checks": [selectors.told_check(row) for row in found.values()]}


@router.get("/intake/checks/{check_id}", auth=needs("placements.read"), response=schemas.LegalityCheckOut)
def show_check(request: HttpRequest, site_slug: Path[str], check_id: Path[UUID]) -> Any:
    """One check with every reason, its facts and its decision."""
    found = access.check_by_id(request.actor, check_id)  # type: ignore[attr-defined]
    if is_problem(found):
        raise ProblemRaised(found, 404)
    return selectors.told_check(found)


@router.post(
    "/intake/checks/{check_id}/decision",
    auth=needs("intake.decide"),
    response=schemas.LegalityCheckOut,
    operation_id="decide_check",
)
def decide_check(
    request: HttpRequest, site_slug: Path[str], check_id: Path[UUID], asked: schemas.DecisionIn
) -> Any:
    """A lawyer decides an amber check once, with a reason."""
    actor = request.actor  # type: ignore[attr-defined]
    found = access.check_by_id(actor, check_id)
    if is_problem(found):
        raise ProblemRaised(found, 404)
    done = services.decide_amber(actor=actor, check=found, is_allowed=asked.is_allowed, reason=asked.reason)
    if is_problem(done):
        raise ProblemRaised(done, 409)
    return selectors.told_check(done.check_row)


@router.post(
    "/intake/declarations",
    auth=needs("placements.manage"),
    response=schemas.DeclaredOut,
    operation_id="declare_origin",
)
def declare_origin(request: HttpRequest, site_slug: Path[str], asked: schemas.DeclarationIn) -> Any:
    """Say where the debts of a placement (or of one of its debtors) come from."""
    actor = request.actor  # type: ignore[attr-defined]
    known: list[Any] = [placement_by_id(actor, asked.placement)]
    if asked.debtor:
        known.append(party_by_id(actor, asked.debtor))
    for found in known:
        if is_problem(found):
            raise ProblemRaised(found, 404)
    done = services.declare_origin(
        actor=actor, placement_id=asked.placement, debtor_id=asked.debtor, answers=asked.answers
    )
    if is_problem(done):
        raise ProblemRaised(done, 422)
    return {
        "declaration": done.id,
        "placement": done.placement_id,
        "debtor": done.debtor_id,
        "answers": done.answers,
        "entry": done.entry_id,
    }
