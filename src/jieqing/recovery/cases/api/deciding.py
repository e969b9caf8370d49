"""What leads decide: who has which cases, how a case ends, what is answered to a complaint, the site's rules."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Path

from jieqing.plumbing.http import needs
from jieqing.recovery.cases import access, schemas, services
from jieqing.recovery.cases.api.routes import router
from jieqing.recovery.cases.api.telling import done, known, told_case, told_row, told_rules
from jieqing.recovery.cases.engine.ladder import Step
from jieqing.recovery.cases.engine.opening import OpeningTerms
from jieqing.recovery.cases.selectors import CaseFilter


@router.post(
    "/cases/assignments",
    auth=needs("cases.assign"),
    response=schemas.ChangeOut,
    operation_id="assign_cases",
    summary="Give cases to a member: these, or all that match; a preview only counts",
)
def assign_cases(request: HttpRequest, site_slug: Path[str], asked: schemas.AssignIn) -> Any:
    actor = request.actor  # type: ignore[attr-defined]
    is_picked = asked.case_ids is not None
    target = list(asked.case_ids or ()) if is_picked else CaseFilter.of_words(asked.filter or {})
    if asked.is_preview:
        count = done(services.preview_assign(actor=actor, target=target, owner_id=asked.owner_id))
        return {"id": None, "count": count, "undone_count": None, "entry_id": None}
    change = services.assign(
        actor=actor, target=target, owner_id=asked.owner_id, expected=asked.expected, reason=asked.reason
    )
    return done(change)


@router.post(
    "/cases/assignments/{change_id}/undo",
    auth=needs("cases.assign"),
    response=schemas.ChangeOut,
    operation_id="undo_assignment",
    summary="Give cases back to whoever had them",
)
def undo_assignment(request: HttpRequest, site_slug: Path[str], change_id: Path[UUID]) -> Any:
    actor = request.actor  # type: ignore[attr-defined]
    change = known(access.change_by_id(actor, change_id))
    return done(services.undo_bulk(actor=actor, change=change))


@router.post(
    "/cases/{case_id}/closing",
    auth=needs("cases.close"),
    response=schemas.CaseOut,
    operation_id="close_case",
    summary="Close a case as withdrawn or transferred; settled and written off are said by the ledger",
)
def close_case(
    request: HttpRequest, site_slug: Path[str], case_id: Path[UUID], asked: schemas.CloseIn
) -> Any:
    actor = request.actor  # type: ignore[attr-defined]
    case = known(access.case_by_id(actor, case_id))
    return told_case(
        done(services.close_case(actor=actor, case=case, closing=asked.closing, reason=asked.reason))
    )


@router.post(
    "/cases/{case_id}/reopening",
    auth=needs("cases.close"),
    response=schemas.CaseOut,
    operation_id="reopen_case",
    summary="Go on with a closed case",
)
def reopen_case(
    request: HttpRequest, site_slug: Path[str], case_id: Path[UUID], asked: schemas.CaseReasonIn
) -> Any:
    actor = request.actor  # type: ignore[attr-defined]
    case = known(access.case_by_id(actor, case_id))
    return told_case(done(services.reopen_case(actor=actor, case=case, reason=asked.reason)))


@router.post(
    "/cases/complaints/{complaint_id}/extension",
    auth=needs("complaints.answer"),
    response=schemas.RowOut,
    operation_id="extend_complaint",
    summary="Take the longer term that the law allows",
)
def extend_complaint(
    request: HttpRequest, site_slug: Path[str], complaint_id: Path[UUID], asked: schemas.CaseReasonIn
) -> Any:
    actor = request.actor  # type: ignore[attr-defined]
    complaint = known(access.complaint_by_id(actor, complaint_id))
    return told_row(done(services.extend_complaint(actor=actor, complaint=complaint, reason=asked.reason)))


@router.post(
    "/cases/complaints/{complaint_id}/answer",
    auth=needs("complaints.answer"),
    response=schemas.RowOut,
    operation_id="answer_complaint",
    summary="Answer a complaint, as somebody without a part in it",
)
def answer_complaint(
    request: HttpRequest, site_slug: Path[str], complaint_id: Path[UUID], asked: schemas.AnswerIn
) -> Any:
    actor = request.actor  # type: ignore[attr-defined]
    complaint = known(access.complaint_by_id(actor, complaint_id))
    found = services.answer_complaint(
        actor=actor, complaint=complaint, outcome=asked.outcome, answer=asked.answer
    )
    return told_row(done(found))


@router.put(
    "/cases/ladder",
    auth=needs("cases.rules"),
    response=schemas.RulesOut,
    operation_id="set_case_ladder",
    summary="Put a new version of the ladder in force",
)
def set_ladder(request: HttpRequest, site_slug: Path[str], asked: schemas.LadderIn) -> Any:
    steps = [Step(**step.dict()) for step in asked.steps]
    done(
        services.set_ladder(
            actor=request.actor,  # type: ignore[attr-defined]
            steps=steps,
            may_skip=asked.may_skip,
            reason=asked.reason,
        )
    )
    return told_rules()


@router.put(
    "/cases/opening-rule",
    auth=needs("cases.rules"),
    response=schemas.RulesOut,
    operation_id="set_opening_rule",
    summary="Put a new version of the rule of opening in force, on or off",
)
def set_opening_rule(request: HttpRequest, site_slug: Path[str], asked: schemas.OpeningRuleIn) -> Any:
    terms = OpeningTerms(
        asked.terms.min_overdue_days,
        asked.terms.min_open_fen,
        asked.terms.currency,
        asked.terms.track.value,
        asked.terms.preview_days,
    )
    done(
        services.set_opening_rule(
            actor=request.actor,  # type: ignore[attr-defined]
            terms=terms,
            is_on=asked.is_on,
            reason=asked.reason,
        )
    )
    return told_rules()


@router.post(
    "/cases/opening-runs",
    auth=needs("cases.rules"),
    response=schemas.RunOut,
    operation_id="open_cases_by_rule",
    summary="Open what the rule says, now",
)
def open_cases_by_rule(request: HttpRequest, site_slug: Path[str]) -> Any:
    run = services.open_by_rule(actor=request.actor)  # type: ignore[attr-defined]
    return {
        "opened": len(run.opened),
        "joined": len(run.joined),
        "items": run.items,
        "unplaced": run.unplaced,
        "refused": run.refused,
        "too_small": run.too_small,
    }
