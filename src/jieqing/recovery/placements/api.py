"""Placements for other programs: the same verbs as the page."""

from datetime import date
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import File, Form, Path, Query, Router, UploadedFile

from jieqing.kernel import clock
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.http import ProblemRaised, needs
from jieqing.recovery.placements import access, schemas, selectors, services
from jieqing.recovery.placements.engine.terms import FeeTerms, Mandate, Terms
from jieqing.recovery.placements.models import Placement

router = Router(tags=["placements"])
States = Literal["draft", "signed", "active", "recalled", "ended", "declined"]
_ONE = "/placements/{placement_id}"


@router.get("/placements", auth=needs("placements.read"), response=schemas.PlacementsOut)
def list_placements(
    request: HttpRequest,
    site_slug: Path[str],
    state: Query[States | None] = None,
    after: Query[str | None] = None,
) -> Any:
    """Placements, newest first."""
    page = selectors.placements_page(selectors.PlacementFilter(state=state or ""), after=after)
    return {
        "placements": [selectors.told_placement(row) for row in page.rows],
        "total": page.total,
        "next": page.next_cursor,
    }


@router.post(
    "/placements",
    auth=needs("placements.manage"),
    response=schemas.PlacementOut,
    operation_id="open_placement",
)
def open_placement(request: HttpRequest, site_slug: Path[str], asked: schemas.PlacementIn) -> Any:
    """Write down what a creditor entrusts; nothing may be done on it before it is signed, checked and activated."""
    terms = Terms(
        scope=asked.scope,
        starts_on=asked.starts_on,
        ends_on=asked.ends_on,
        mandate=Mandate(asked.max_discount_rate, asked.max_instalment_months, asked.may_sue),
        fee=FeeTerms(asked.fee_rate, asked.fee_fixed_fen),
    )
    made = services.open_placement(
        actor=request.actor,  # type: ignore[attr-defined]
        creditor_id=asked.creditor,
        item_ids=asked.items,
        terms=terms,
        enquiry_id=asked.enquiry,
    )
    return _told(made, 422)


@router.get(_ONE, auth=needs("placements.read"), response=schemas.PlacementOut)
def show_placement(request: HttpRequest, site_slug: Path[str], placement_id: Path[UUID]) -> Any:
    """One placement with its debts."""
    return _told(_known(request, placement_id))


@router.post(f"{_ONE}/agreement", auth=needs("placements.manage"), response=schemas.PlacementOut)
def sign_placement(
    request: HttpRequest,
    site_slug: Path[str],
    placement_id: Path[UUID],
    file: File[UploadedFile | None] = None,
    signed_on: Form[date | None] = None,
) -> Any:
    """Keep the signed agreement (PDF, JPG, PNG) under its digest; signed today unless said otherwise."""
    placement = _known(request, placement_id)
    data = file.read(services.AGREEMENT_BYTES_MAX + 1) if file else b""
    return _told(
        services.sign_placement(
            actor=request.actor,  # type: ignore[attr-defined]
            placement=placement,
            name=(file.name if file else None) or "",
            data=data,
            signed_on=signed_on or clock.today(),
        )
    )


@router.get(f"{_ONE}/conflicts", auth=needs("placements.read"), response=schemas.ConflictsOut)
def search_conflicts(request: HttpRequest, site_slug: Path[str], placement_id: Path[UUID]) -> Any:
    """Whom this placement may set us against; writes nothing."""
    hits = selectors.conflicts_of(_known(request, placement_id))
    return {"hits": [hit.as_json() for hit in hits], "digest": selectors.digest_of(hits).hex()}


@router.post(f"{_ONE}/conflicts", auth=needs("placements.manage"), response=schemas.ConflictDecisionOut)
def decide_conflicts(
    request: HttpRequest, site_slug: Path[str], placement_id: Path[UUID], asked: schemas.ConflictDecisionIn
) -> Any:
    """Decide on exactly the hits that were seen; with hits a reason is needed either way."""
    done = services.decide_conflicts(
        actor=request.actor,  # type: ignore[attr-defined]
        placement=_known(request, placement_id),
        is_accepted=asked.is_accepted,
        reason=asked.reason,
        seen=bytes.fromhex(asked.seen),
    )
    if is_problem(done):
        raise ProblemRaised(done, 409)
    return {"check": done.id, "decision": done.decision, "hits": done.hits, "entry": done.entry_id}


@router.post(f"{_ONE}/activation", auth=needs("placements.manage"), response=schemas.PlacementOut)
def activate_placement(request: HttpRequest, site_slug: Path[str], placement_id: Path[UUID]) -> Any:
    """Let it begin; a debt lies in at most one placement in force."""
    return _told(services.activate_placement(actor=request.actor, placement=_known(request, placement_id)))  # type: ignore[attr-defined]


@router.post(f"{_ONE}/decline", auth=needs("placements.manage"), response=schemas.PlacementOut)
def decline_placement(
    request: HttpRequest, site_slug: Path[str], placement_id: Path[UUID], asked: schemas.PlacementReasonIn
) -> Any:
    """Do not take it; with a reason."""
    placement = _known(request, placement_id)
    return _told(
        services.decline_placement(actor=request.actor, placement=placement, reason=asked.reason)  # type: ignore[attr-defined]
    )


@router.post(f"{_ONE}/recall", auth=needs("placements.manage"), response=schemas.PlacementOut)
def recall_placement(
    request: HttpRequest, site_slug: Path[str], placement_id: Path[UUID], asked: schemas.PlacementReasonIn
) -> Any:
    """The creditor takes everything back: contact stops and cases close in this very transaction."""
    placement = _known(request, placement_id)
    return _told(
        services.recall_placement(actor=request.actor, placement=placement, reason=asked.reason)  # type: ignore[attr-defined]
    )


@router.post(f"{_ONE}/withdrawal", auth=needs("placements.manage"), response=schemas.WithdrawnOut)
def withdraw_items(
    request: HttpRequest, site_slug: Path[str], placement_id: Path[UUID], asked: schemas.DebtsWithdrawnIn
) -> Any:
    """The creditor takes some debts back; the others stay placed."""
    placement = _known(request, placement_id)
    done = services.withdraw_items(
        actor=request.actor,  # type: ignore[attr-defined]
        placement=placement,
        item_ids=asked.items,
        reason=asked.reason,
    )
    if is_problem(done):
        raise ProblemRaised(done, 409)
    return {"placement": placement.id, "withdrawn": done}


def _known(request: HttpRequest, placement_id: UUID) -> Placement:
    found = access.placement_by_id(request.actor, placement_id)  # type: ignore[attr-defined]
    if is_problem(found):
        raise ProblemRaised(found, 404)
    return found


def _told(done: Any, status: int = 409) -> dict[str, Any]:
    if is_problem(done):
        raise ProblemRaised(done, status)
    return selectors.told_placement(done, selectors.item_ids_of(done))
