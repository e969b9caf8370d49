"""Work on cases: open, note, next action, snooze, stage, promises, disputes, holds, complaints, effort, outlays.

Every verb but opening has one shape: the row behind its door, the fields of the body handed to the service of that name,
the answer told. So they stand as a table. Every write carries an Idempotency-Key: sent again, it gives the first answer and
does nothing twice.
"""

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Path, Schema

from jieqing.plumbing.http import needs
from jieqing.recovery.cases import access, schemas, services
from jieqing.recovery.cases.api.routes import router
from jieqing.recovery.cases.api.telling import done, known, told_case, told_event, told_row
from jieqing.recovery.cases.engine.codes import Origin
from jieqing.recovery.cases.engine.promises import Instalment

WORK = "cases.work"


@dataclass(frozen=True, slots=True)
class Thing:
    """What a verb is about: the parameter of its address, its name in the services, its door."""

    parameter: str
    name: str
    door: Callable[..., Any]


CASE = Thing("case_id", "case", access.case_by_id)
PROMISE = Thing("promise_id", "promise", access.promise_by_id)
DISPUTE = Thing("dispute_id", "dispute", access.dispute_by_id)
HOLD = Thing("hold_id", "hold", access.hold_by_id)


@dataclass(frozen=True, slots=True)
class Verb:
    """``body`` None: the address says it all. ``operation``: the name in the contract, where it is not the service's."""

    path: str
    service: Callable[..., Any]
    body: type[Schema] | None
    summary: str
    tells: Callable[[Any], Any] = told_row
    response: type[Schema] = schemas.RowOut
    thing: Thing = CASE
    operation: str = ""


_CASE_BACK: dict[str, Any] = {"tells": told_case, "response": schemas.CaseOut}
VERBS = (
    Verb("{case_id}/notes", services.add_note, schemas.TextIn, "Write a note", told_event, schemas.CaseEventOut, operation="add_case_note"),
    Verb("{case_id}/taking", services.take_case, None, "Take a case that nobody has", **_CASE_BACK),
    Verb("{case_id}/next-action", services.set_next_action, schemas.NextActionIn, "Say what happens next and when", **_CASE_BACK),
    Verb("{case_id}/snooze", services.snooze, schemas.SnoozeIn, "Take a case out of the queue until a day", **_CASE_BACK, operation="snooze_case"),
    Verb("{case_id}/stage", services.move_stage, schemas.StageIn, "Move a case one stage up, or down with a reason", **_CASE_BACK,
         operation="move_case_stage"),
    Verb("{case_id}/promises", services.record_promise, schemas.PromiseIn, "Record a promise to pay; only the ledger keeps or breaks it"),
    Verb("promises/{promise_id}/cancellation", services.cancel_promise, schemas.CaseReasonIn, "Cancel an open promise", thing=PROMISE),
    Verb("{case_id}/disputes", services.open_dispute, schemas.DisputeIn, "Record a dispute about the case or some of its documents; they freeze"),
    Verb("disputes/{dispute_id}/closing", services.close_dispute, schemas.DisputeEndIn, "Say how a dispute ended", thing=DISPUTE),
    Verb("{case_id}/holds", services.place_hold, schemas.HoldIn, "Hold a case; the first day may have passed"),
    Verb("holds/{hold_id}/release", services.release_hold, schemas.CaseReasonIn, "Release a hold", thing=HOLD),
    Verb("{case_id}/complaints", services.file_complaint, schemas.ComplaintIn, "Take a complaint; its legal clock starts and the case rests"),
    Verb("{case_id}/effort", services.record_effort, schemas.EffortIn, "Enter minutes of work"),
    Verb("{case_id}/outlays", services.record_outlay, schemas.OutlayIn, "Enter money laid out"),
)  # fmt: skip


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


def _offer(verb: Verb) -> None:
    """Put a verb's operation into the router; its signature is what the router reads the contract from."""

    def view(request: HttpRequest, **sent: Any) -> Any:
        actor = request.actor  # type: ignore[attr-defined]
        row = known(verb.thing.door(actor, sent[verb.thing.parameter]))
        words = dict(_words(sent["asked"])) if verb.body else {}
        return verb.tells(done(verb.service(actor=actor, **{verb.thing.name: row}, **words)))

    parameters = [("request", HttpRequest), ("site_slug", Path[str]), (verb.thing.parameter, Path[UUID])]
    if verb.body:
        parameters.append(("asked", verb.body))
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    view.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [inspect.Parameter(name, kind, annotation=annotation) for name, annotation in parameters]
    )
    view.__name__ = verb.service.__name__
    router.post(
        f"/cases/{verb.path}",
        auth=needs(WORK),
        response=verb.response,
        operation_id=verb.operation or verb.service.__name__,
        summary=verb.summary,
    )(view)


def _words(asked: Any) -> Iterable[tuple[str, Any]]:
    """The body's fields as the services call them: amounts are in the currency's minor unit, instalments are the engine's."""
    for name, value in asked:
        if name == "instalments":
            yield name, [Instalment(one.due_on, one.amount_fen) for one in value]
        else:
            yield "amount_minor" if name == "amount_fen" else name, value


for _verb in VERBS:
    _offer(_verb)
