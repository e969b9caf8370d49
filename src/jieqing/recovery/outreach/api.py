"""Leave to contact, for other programs: the verdict before the button, and the permit itself. Nothing is sent here."""

from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Path, Query, Router

from jieqing.kernel import clock
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.http import ProblemRaised, needs
from jieqing.recovery.cases import access
from jieqing.recovery.outreach import access as approvals
from jieqing.recovery.outreach import schemas, selectors, services
from jieqing.recovery.outreach.engine.contact_verdict import allowed, told
from jieqing.recovery.outreach.engine.contents import Content
from jieqing.recovery.outreach.engine.purposes import Purpose
from jieqing.recovery.outreach.engine.spoken import Wording
from jieqing.recovery.outreach.models import ApprovalRequest
from jieqing.recovery.outreach.services import Refused
from jieqing.trust.compliance.engine.permits import Permit

router = Router(tags=["outreach"])
_NOT_THERE = (
    "cases.unknown",
    "parties.point_unknown",
    "outreach.point_elsewhere",
    "outreach.approval_unknown",
    "script.unknown",
    "outreach.permit_elsewhere",
)


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
    request: HttpRequest, site_slug: Path[str], case_id: Path[UUID], asked: schemas.SpokenPermitIn
) -> Any:
    """Ask for leave to make one contact. A refusal answers 200 with every reason: it is an answer, and evidence."""
    found = services.request_permit(
        actor=request.actor,  # type: ignore[attr-defined]
        case=case_id,
        point=asked.point,
        channel=asked.channel,
        purpose=asked.purpose,
        content=Content(**asked.content.dict()),
        companion=asked.companion,
        wording=Wording(asked.script, asked.values) if asked.script else None,
    )
    return _permit_told(found)


def _permit_told(found: Permit | Refused | Problem) -> dict[str, Any]:
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


@router.post(
    "/cases/{case_id}/approvals",
    auth=needs("cases.work"),
    response={201: schemas.ApprovalOut},
    operation_id="ask_approval",
)
def ask_approval(
    request: HttpRequest, site_slug: Path[str], case_id: Path[UUID], asked: schemas.ApprovalIn
) -> Any:
    """Ask a second person for a yes to one contact whose verdict is ``needs_approval``."""
    found = services.ask_approval(
        actor=request.actor,  # type: ignore[attr-defined]
        case=case_id,
        point=asked.point,
        channel=asked.channel,
        purpose=asked.purpose,
        content=Content(**asked.content.dict()),
        companion=asked.companion,
        why=asked.why,
    )
    if is_problem(found):
        raise ProblemRaised(found, 404 if found.code in _NOT_THERE else 409)
    return 201, _approval_told(found)


@router.get(
    "/approvals", auth=needs("cases.read"), response=schemas.ApprovalsOut, operation_id="list_approvals"
)
def list_approvals(
    request: HttpRequest,
    site_slug: Path[str],
    state: Query[Literal["", "waiting", "approved"]] = "",
    offset: Query[int] = 0,
) -> Any:
    """Requests for approval: those that wait first, then the newest; fifty at a time."""
    page = selectors.approvals_page(request.actor, state=state, offset=max(offset, 0))  # type: ignore[attr-defined]
    return {"approvals": [_approval_told(row) for row in page.rows], "total": page.total}


@router.get("/approvals/{approval_id}", auth=needs("cases.read"), response=schemas.ApprovalOut)
def show_approval(request: HttpRequest, site_slug: Path[str], approval_id: Path[UUID]) -> Any:
    """One request with its answer and its permit."""
    return _approval_told(_approval(request, approval_id))


@router.post(
    "/approvals/{approval_id}/answer",
    auth=needs("cases.assign"),
    response=schemas.ApprovalOut,
    operation_id="answer_approval",
)
def answer_approval(
    request: HttpRequest, site_slug: Path[str], approval_id: Path[UUID], said: schemas.ApprovalAnswerIn
) -> Any:
    """Say yes or no with the reason; never to one's own request."""
    found = services.answer_approval(
        actor=request.actor,  # type: ignore[attr-defined]
        approval_id=approval_id,
        is_approved=said.is_approved,
        reason=said.reason,
    )
    if is_problem(found):
        raise ProblemRaised(found, 404 if found.code in _NOT_THERE else 409)
    return _approval_told(_approval(request, approval_id))


@router.post(
    "/approvals/{approval_id}/permit",
    auth=needs("cases.work"),
    response=schemas.PermitOut,
    operation_id="permit_by_approval",
)
def permit_by_approval(request: HttpRequest, site_slug: Path[str], approval_id: Path[UUID]) -> Any:
    """Take the permit of an approval in force. The contact is judged as things stand now; a refusal leaves the approval unused."""
    return _permit_told(
        services.permit_by_approval(actor=request.actor, approval_id=approval_id)  # type: ignore[attr-defined]
    )


@router.post(
    "/cases/{case_id}/permits/{permit_id}/outcome",
    auth=needs("cases.work"),
    response=schemas.OutcomeOut,
    operation_id="record_contact_outcome",
)
def record_outcome(
    request: HttpRequest,
    site_slug: Path[str],
    case_id: Path[UUID],
    permit_id: Path[UUID],
    said: schemas.OutcomeIn,
) -> Any:
    """Say what became of a used permit. A failed try answers with its number in a row and the day of the next one."""
    found = services.record_outcome(
        actor=request.actor,  # type: ignore[attr-defined]
        case=case_id,
        permit_id=permit_id,
        result=said.outcome,
    )
    if is_problem(found):
        raise ProblemRaised(found, 404 if found.code in _NOT_THERE else 409)
    return {"outcome": found.result, "failed_in_a_row": found.number, "again_on": found.again_on}


@router.get(
    "/retry-rules",
    auth=needs("cases.read"),
    response=schemas.RetryRulesOut,
    operation_id="list_retry_rules",
)
def retry_rules(request: HttpRequest, site_slug: Path[str]) -> Any:
    """When a channel that reached nobody is tried again: what holds, and every version, newest first."""
    return _rules_told()


@router.post(
    "/retry-rules",
    auth=needs("cases.rules"),
    response=schemas.RetryRulesOut,
    operation_id="set_retry_rule",
)
def set_retry_rule(request: HttpRequest, site_slug: Path[str], asked: schemas.RetryRuleIn) -> Any:
    """Put a new version in force. Channels left out keep the platform's own waits."""
    made = services.set_retry_rule(
        actor=request.actor,  # type: ignore[attr-defined]
        waits=[(channel, days) for channel, days in asked.waits.items()],
        reason=asked.reason,
    )
    if is_problem(made):
        raise ProblemRaised(made, 409)
    return _rules_told()


def _rules_told() -> dict[str, Any]:
    rule = selectors.retry_rule()
    return {
        "version": rule.version,
        "waits": rule.waits,
        "versions": [
            {"version": row.version, "waits": row.waits, "set_at": row.set_at, "entry": row.entry_id}
            for row in selectors.retry_versions()
        ],
    }


def _approval(request: HttpRequest, approval_id: UUID) -> ApprovalRequest:
    found = approvals.approval_by_id(request.actor, approval_id)  # type: ignore[attr-defined]
    if is_problem(found):
        raise ProblemRaised(found, 404)
    return found


def _approval_told(row: ApprovalRequest) -> dict[str, Any]:
    answer, use = getattr(row, "answer", None), getattr(row, "use", None)
    return {
        "approval": row.id,
        "case": row.case_id,
        "point": row.point_id,
        "channel": row.channel,
        "purpose": row.purpose,
        "companion": row.companion_id,
        "rules": row.rules,
        "why": row.why,
        "state": selectors.state_of(row, clock.now()).value,
        "asked_by": row.asked_by,
        "asked_at": row.asked_at,
        "expires_at": row.expires_at,
        "answer": {
            "is_approved": answer.is_approved,
            "reason": answer.reason,
            "by": answer.by,
            "at": answer.at,
            "valid_until": answer.valid_until,
            "entry": answer.entry_id,
        }
        if answer
        else None,
        "permit": use.permit_id if use else None,
        "entry": row.entry_id,
    }
