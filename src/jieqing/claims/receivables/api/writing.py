"""Writing the ledger from other programs: the same services as pages and commands, the same words.

A write needs the session's CSRF token (header ``X-CSRFToken``) like any form of ours; what a file leaves open (currency,
order of month and day, sheet) is given beside it or answered with the question, never guessed.
"""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Path, Status, UploadedFile

from jieqing.claims.receivables import access, services
from jieqing.claims.receivables.api.draft_bodies import WorkOut
from jieqing.claims.receivables.api.drafts import accepted
from jieqing.claims.receivables.api.routes import router
from jieqing.claims.receivables.engine import file_problems
from jieqing.claims.receivables.engine.proposing import Hints
from jieqing.claims.receivables.models import ImportBatch
from jieqing.claims.receivables.schemas import ImportAnswer, UndoAnswer
from jieqing.claims.receivables.services import jobs
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.http import ProblemRaised, needs
from jieqing.plumbing.uploads import source_of


@router.post(
    "/ledger/imports",
    auth=needs("ledger.import"),
    response={200: ImportAnswer, 202: WorkOut},
    operation_id="import_ledger",
)
def import_ledger(
    request: HttpRequest,
    response: HttpResponse,
    site_slug: Path[str],
    file: File[UploadedFile | None] = None,
    currency: Form[str | None] = None,
    creditor: Form[str | None] = None,
    sheet: Form[str | None] = None,
    date_order: Form[str | None] = None,
    background: Form[bool] = False,
) -> Any:
    """Import a ledger file in one go. Rows that cannot be read are staged and counted; a known file adds nothing.

    A large file, or any when ``background`` is true, answers 202 and is imported as a job: look at ``Location``.
    """
    if file is None:
        raise ProblemRaised(Problem.of(file_problems.EMPTY), 422)
    result = jobs.import_or_start(
        actor=request.actor,  # type: ignore[attr-defined]
        name=file.name or "",
        source=source_of(file),
        hints=Hints(sheet=sheet or None, currency=currency or None, date_order=date_order or None),
        options=services.ImportOptions(currency=currency or None, creditor=creditor or None),
        is_waiting=not background,
    )
    if is_problem(result):
        raise ProblemRaised(result, 422)
    if isinstance(result, ImportBatch):
        return accepted(response, site_slug, result)
    return Status(200, result.as_dict())


@router.post(
    "/ledger/imports/{batch_id}/undo",
    auth=needs("ledger.undo"),
    response=UndoAnswer,
    operation_id="undo_import",
)
def undo_import(
    request: HttpRequest, site_slug: Path[str], batch_id: Path[UUID], reason: Form[str] = ""
) -> dict[str, Any]:
    """Take a whole import back, with a reason that goes into evidence."""
    actor = request.actor  # type: ignore[attr-defined]
    batch = access.batch_by_id(actor, batch_id)
    if is_problem(batch):
        raise ProblemRaised(batch, 404)
    result = services.undo_batch(actor=actor, batch=batch, reason=reason)
    if is_problem(result):
        raise ProblemRaised(result, 409 if reason.strip() else 422)
    return result.as_dict()
