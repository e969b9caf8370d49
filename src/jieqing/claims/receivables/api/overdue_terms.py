"""The terms of overdue for other programs: their versions, and a new one."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Path, Schema
from pydantic import Field

from jieqing.claims.receivables.api.routes import router
from jieqing.claims.receivables.engine.overdue_terms import GRACE_DAYS_MAX
from jieqing.claims.receivables.selectors.overdue_terms import overdue_terms_versions, told_terms
from jieqing.claims.receivables.services.overdue_terms import REASON_CHARS_MAX, set_overdue_terms
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.http import ProblemRaised, needs


class OverdueTermsIn(Schema):
    """Without ``grace_days`` the creditor follows the site again."""

    grace_days: int | None = Field(None, ge=0, le=GRACE_DAYS_MAX)
    rolls: bool = Field(False, description="A due day that is no workday moves to the next workday.")
    effective_from: date
    creditor_id: UUID | None = None
    reason: str = Field(min_length=1, max_length=REASON_CHARS_MAX)


class OverdueTermsOut(Schema):
    number: int
    creditor_id: UUID | None
    grace_days: int | None
    rolls: bool
    effective_from: date
    revision: int
    entry: UUID


class OverdueTermsVersionsOut(Schema):
    versions: list[OverdueTermsOut]


@router.get(
    "/ledger/overdue-terms",
    auth=needs("ledger.read"),
    response=OverdueTermsVersionsOut,
    operation_id="overdue_terms",
    summary="Every version of the terms of overdue (grace and roll), newest first",
)
def versions(request: HttpRequest, site_slug: Path[str]) -> Any:
    return {"versions": [told_terms(one) for one in overdue_terms_versions()]}


@router.post(
    "/ledger/overdue-terms",
    auth=needs("ledger.decide"),
    response=OverdueTermsOut,
    operation_id="set_overdue_terms",
    summary="Set days of grace and the roll of due days; every reading of overdue follows at once",
)
def new_terms(request: HttpRequest, site_slug: Path[str], asked: OverdueTermsIn) -> Any:
    made = set_overdue_terms(
        actor=request.actor,  # type: ignore[attr-defined]
        grace_days=asked.grace_days,
        rolls=asked.rolls,
        effective_from=asked.effective_from,
        reason=asked.reason,
        creditor_id=asked.creditor_id,
    )
    if is_problem(made):
        raise ProblemRaised(made, 409)
    return told_terms(made)
