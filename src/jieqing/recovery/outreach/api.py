"""Leave to contact, for other programs: the verdict before the button, and the permit itself. Nothing is sent here."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Path, Query, Router

from jieqing.kernel import clock
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.http import ProblemRaised, needs
from jieqing.recovery.cases import access
from jieqing.recovery.outreach import schemas, services
from jieqing.recovery.outreach.engine.contact_verdict import allowed, told
from jieqing.recovery.outreach.engine.contents import Content
from jieqing.recovery.outreach.engine.purposes import Purpose
from jieqing.recovery.outreach.services import Refused

router = Router(tags=["outreach"])
_NOT_THERE = ("cases.unknown", "parties.point_unknown", "outreach.point_elsewhere")


@router.get(
    "/cases/{case_id}/contact-verdicts",
    auth=needs("cases.read"),
    response=schemas.VerdictsOut,
    operation_id="list_contact_verdicts",
)
def contact_verdicts(
    request: HttpRequest,
    site_slug: Path[str],
    case_id: Path[UUID],
    purpose: Query[Purpose] = Purpose.COLLECT,
) -> Any:
    """What a permit would be answered now, for every point and channel of a case; asks no slot, leaves no entry."""
    actor: Any = request.actor  # type: ignore[attr-defined]
    case = access.case_by_id(actor, case_id)
    if is_problem(case):
        raise ProblemRaised(case, 404)
    rows = services.preview_contacts(actor=actor, case=case, purpose=purpose)
    return {
        "case": case.id,
        "points": [
            {
                "point": row.point.id,
                "shown": row.point.shown,
                "role": row.role,
                "channels": [
                    {"channel": channel, "purpose": aim, "verdict": verdict.as_dict()}
                    for channel, aim, verdict in row.verdicts
                ],
            }
            for row in rows
        ],
    }


@router.post(
    "/cases/{case_id}/permits",
    auth=needs("cases.work"),
    response=schemas.PermitOut,
    operation_id="request_permit",
)
def request_permit(
    request: HttpRequest, site_slug: Path[str], case_id: Path[UUID], asked: schemas.PermitIn
) -> Any:
    """Ask for leave to make one contact. A refusal answers 200 with every reason: it is an answer, and evidence."""
    found = services.request_permit(
        actor=request.actor,  # type: ignore[attr-defined]
        case=case_id,
        point=asked.point,
        channel=asked.channel,
        purpose=asked.purpose,
        content=Content(**asked.content.dict()),
    )
    if is_problem(found):
        raise ProblemRaised(found, 404 if found.code in _NOT_THERE else 409)
    if isinstance(found, Refused):
        verdict = told(found.verdict, clock.now())
        return {
            "verdict": verdict.as_dict(),
            "decision": found.decision_id,
            "permit": None,
            "expires_at": None,
        }
    return {
        "verdict": allowed(found.issued_at).as_dict(),
        "decision": found.decision_id,
        "permit": found.id,
        "expires_at": found.expires_at,
    }
