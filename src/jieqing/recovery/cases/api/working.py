"""Work on cases: open, note, next action, snooze, stage, promises, disputes, holds, complaints, effort, outlays.

Every write carries an Idempotency-Key: sent again, it gives the first answer and does nothing twice.
"""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Path

from jieqing.plumbing.http import needs
from jieqing.recovery.cases import access, schemas, services
from jieqing.recovery.cases.api.routes import router
from jieqing.recovery.cases.api.telling import done, known, told_case, told_event, told_row
from jieqing.recovery.cases.engine.codes import Origin
from jieqing.recovery.cases.engine.promises import Instalment
from jieqing.recovery.cases.models import Case

WORK = "cases.work"


@router.post(
    "/cases",
    auth=needs(WORK),
    response=schemas.CaseOut,
    operation_id="open_case",
    summary="Open a case on open documents of one debtor",
)
def open_case(request: HttpRequest, site_slug: Path[str], asked: schemas.OpenIn) -> Any:
    case = services.open_case(
        actor=request.actor,  # type: ignore[attr-defined]
        item_ids=asked.item_ids,
        origin=Origin.ENQUIRY if asked.enquiry_id else Origin.HAND,
        track=asked.track,
        owner_id=asked.owner_id,
        enquiry_id=asked.enquiry_id,
        note=asked.note,
    )
    return told_case(done(case))


@router.post(
    "/cases/{case_id}/notes",
    auth=needs(WORK),
    response=schemas.CaseEventOut,
    operation_id="add_case_note",
    summary="Write a note",
)
def add_note(request: HttpRequest, site_slug: Path[str], case_id: Path[UUID], asked: schemas.TextIn) -> Any:
    case = _case(request, case_id)
    return told_event(done(services.add_note(actor=_actor(request), case=case, text=asked.text)))


@router.post(
    "/cases/{case_id}/taking",
    auth=needs(WORK),
    response=schemas.CaseOut,
    operation_id="take_case",
    summary="Take a case that nobody has",
)
def take_case(request: HttpRequest, site_slug: Path[str], case_id: Path[UUID]) -> Any:
    case = _case(request, case_id)
    return told_case(done(services.take_case(actor=_actor(request), case=case)))


@router.post(
    "/cases/{case_id}/next-action",
    auth=needs(WORK),
    response=schemas.CaseOut,
    operation_id="set_next_action",
    summary="Say what happens next and when",
)
def set_next_action(
    request: HttpRequest, site_slug: Path[str], case_id: Path[UUID], asked: schemas.NextActionIn
) -> Any:
    case = _case(request, case_id)
    found = services.set_next_action(
        actor=_actor(request), case=case, action=asked.action, on=asked.on, note=asked.note
    )
    return told_case(done(found))


@router.post(
    "/cases/{case_id}/snooze",
    auth=needs(WORK),
    response=schemas.CaseOut,
    operation_id="snooze_case",
    summary="Take a case out of the queue until a day",
)
def snooze(request: HttpRequest, site_slug: Path[str], case_id: Path[UUID], asked: schemas.SnoozeIn) -> Any:
    case = _case(request, case_id)
    return told_case(
        done(services.snooze(actor=_actor(request), case=case, until=asked.until, reason=asked.reason))
    )


@router.post(
    "/cases/{case_id}/stage",
    auth=needs(WORK),
    response=schemas.CaseOut,
    operation_id="move_case_stage",
    summary="Move a case one stage up, or down with a reason",
)
def move_stage(
    request: HttpRequest, site_slug: Path[str], case_id: Path[UUID], asked: schemas.StageIn
) -> Any:
    case = _case(request, case_id)
    return told_case(
        done(services.move_stage(actor=_actor(request), case=case, stage=asked.stage, reason=asked.reason))
    )


@router.post(
    "/cases/{case_id}/promises",
    auth=needs(WORK),
    response=schemas.RowOut,
    operation_id="record_promise",
    summary="Record a promise to pay; only the ledger keeps or breaks it",
)
def record_promise(
    request: HttpRequest, site_slug: Path[str], case_id: Path[UUID], asked: schemas.PromiseIn
) -> Any:
    case = _case(request, case_id)
    found = services.record_promise(
        actor=_actor(request),
        case=case,
        instalments=[Instalment(one.due_on, one.amount_fen) for one in asked.instalments],
        source=asked.source,
        note=asked.note,
    )
    return told_row(done(found))


@router.post(
    "/cases/promises/{promise_id}/cancellation",
    auth=needs(WORK),
    response=schemas.RowOut,
    operation_id="cancel_promise",
    summary="Cancel an open promise",
)
def cancel_promise(
    request: HttpRequest, site_slug: Path[str], promise_id: Path[UUID], asked: schemas.CaseReasonIn
) -> Any:
    actor = _actor(request)
    promise = known(access.promise_by_id(actor, promise_id))
    return told_row(done(services.cancel_promise(actor=actor, promise=promise, reason=asked.reason)))


@router.post(
    "/cases/{case_id}/disputes",
    auth=needs(WORK),
    response=schemas.RowOut,
    operation_id="open_dispute",
    summary="Record a dispute about the case or some of its documents; they freeze",
)
def open_dispute(
    request: HttpRequest, site_slug: Path[str], case_id: Path[UUID], asked: schemas.DisputeIn
) -> Any:
    case = _case(request, case_id)
    found = services.open_dispute(
        actor=_actor(request),
        case=case,
        code=asked.code,
        text=asked.text,
        item_ids=asked.item_ids,
        amount_minor=asked.amount_fen,
        since=asked.since,
    )
    return told_row(done(found))


@router.post(
    "/cases/disputes/{dispute_id}/closing",
    auth=needs(WORK),
    response=schemas.RowOut,
    operation_id="close_dispute",
    summary="Say how a dispute ended",
)
def close_dispute(
    request: HttpRequest, site_slug: Path[str], dispute_id: Path[UUID], asked: schemas.DisputeEndIn
) -> Any:
    actor = _actor(request)
    dispute = known(access.dispute_by_id(actor, dispute_id))
    found = services.close_dispute(actor=actor, dispute=dispute, outcome=asked.outcome, answer=asked.answer)
    return told_row(done(found))


@router.post(
    "/cases/{case_id}/holds",
    auth=needs(WORK),
    response=schemas.RowOut,
    operation_id="place_hold",
    summary="Hold a case; the first day may have passed",
)
def place_hold(request: HttpRequest, site_slug: Path[str], case_id: Path[UUID], asked: schemas.HoldIn) -> Any:
    case = _case(request, case_id)
    found = services.place_hold(
        actor=_actor(request),
        case=case,
        kind=asked.kind,
        reason=asked.reason,
        from_on=asked.from_on,
        to_on=asked.to_on,
    )
    return told_row(done(found))


@router.post(
    "/cases/holds/{hold_id}/release",
    auth=needs(WORK),
    response=schemas.RowOut,
    operation_id="release_hold",
    summary="Release a hold",
)
def release_hold(
    request: HttpRequest, site_slug: Path[str], hold_id: Path[UUID], asked: schemas.CaseReasonIn
) -> Any:
    actor = _actor(request)
    hold = known(access.hold_by_id(actor, hold_id))
    return told_row(done(services.release_hold(actor=actor, hold=hold, reason=asked.reason)))


@router.post(
    "/cases/{case_id}/complaints",
    auth=needs(WORK),
    response=schemas.RowOut,
    operation_id="file_complaint",
    summary="Take a complaint; its legal clock starts and the case rests",
)
def file_complaint(
    request: HttpRequest, site_slug: Path[str], case_id: Path[UUID], asked: schemas.ComplaintIn
) -> Any:
    case = _case(request, case_id)
    found = services.file_complaint(
        actor=_actor(request),
        case=case,
        kind=asked.kind,
        text=asked.text,
        filed_on=asked.filed_on,
        about_id=asked.about_id,
    )
    return told_row(done(found))


@router.post(
    "/cases/{case_id}/effort",
    auth=needs(WORK),
    response=schemas.RowOut,
    operation_id="record_effort",
    summary="Enter minutes of work",
)
def record_effort(
    request: HttpRequest, site_slug: Path[str], case_id: Path[UUID], asked: schemas.EffortIn
) -> Any:
    case = _case(request, case_id)
    found = services.record_effort(
        actor=_actor(request),
        case=case,
        minutes=asked.minutes,
        activity=asked.activity,
        on=asked.on,
        note=asked.note,
    )
    return told_row(done(found))


@router.post(
    "/cases/{case_id}/outlays",
    auth=needs(WORK),
    response=schemas.RowOut,
    operation_id="record_outlay",
    summary="Enter money laid out",
)
def record_outlay(
    request: HttpRequest, site_slug: Path[str], case_id: Path[UUID], asked: schemas.OutlayIn
) -> Any:
    case = _case(request, case_id)
    found = services.record_outlay(
        actor=_actor(request),
        case=case,
        amount_minor=asked.amount_fen,
        kind=asked.kind,
        on=asked.on,
        note=asked.note,
        reference=asked.reference,
    )
    return told_row(done(found))


def _actor(request: HttpRequest) -> Any:
    return request.actor  # type: ignore[attr-defined]


def _case(request: HttpRequest, case_id: UUID) -> Case:
    return known(access.case_by_id(_actor(request), case_id))
