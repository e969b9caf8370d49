"""Staged rows by program: what waits, by kind; correct a row, give rows up with a reason, accept a kind, run them again."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Path, Query

from jieqing.claims.receivables import access, schemas
from jieqing.claims.receivables.api import draft_bodies as bodies
from jieqing.claims.receivables.api.drafts import IMPORT, actor_of, sound
from jieqing.claims.receivables.api.routes import router
from jieqing.claims.receivables.engine import ledger_problems
from jieqing.claims.receivables.models import ImportBatch, StagedRow
from jieqing.claims.receivables.selectors import batch_history
from jieqing.claims.receivables.services import staged_kinds, staged_rows
from jieqing.kernel.outcomes import Problem, ProblemKind
from jieqing.plumbing.http import ProblemRaised, needs


@router.get(
    "/ledger/imports/{batch_id}/staged",
    auth=needs("ledger.read"),
    response=bodies.StagedListOut,
    summary="Rows that wait, by kind and line",
)
def staged(
    request: HttpRequest,
    site_slug: Path[str],
    batch_id: Path[UUID],
    code: Annotated[str | None, Query(max_length=64)] = None,
    field: Annotated[str | None, Query(max_length=64)] = None,
    after_line: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0,
    limit: Annotated[int, Query(ge=1, le=schemas.ROWS_MAX)] = 50,
) -> Any:
    batch = _batch(request, batch_id)
    found = batch_history.staged_of_kind(
        batch.id, code=_text(code), field=_text(field), after_line=after_line, limit=limit
    )
    shown = found[:limit]
    return {
        "kinds": [
            {name: getattr(kind, name) for name in kind.__slots__}
            for kind in batch_history.staged_kinds(batch.id)
        ],
        "rows": [_told(row) for row in shown],
        "next": shown[-1].line if len(found) > limit else None,
    }


@router.put(
    "/ledger/staged/{row_id}", auth=IMPORT, response=bodies.StagedOut, operation_id="correct_staged_row"
)
def correct_staged_row(
    request: HttpRequest, site_slug: Path[str], row_id: Path[UUID], told: bodies.StagedCellsIn
) -> Any:
    """Correct a row; it is read again by the rules of the import and enters the ledger when the batch is run again."""
    row = _row(request, row_id)
    if row.state not in staged_rows.WAITING:
        raise ProblemRaised(Problem.of(ledger_problems.ROW_RESOLVED, line=row.line), 409)
    return _told(staged_rows.fix_staged_row(actor=actor_of(request), row=row, cells=told.cells))


@router.post(
    "/ledger/imports/{batch_id}/staged/discard",
    auth=IMPORT,
    response=bodies.DiscardOut,
    operation_id="discard_staged_rows",
)
def discard_staged_rows(
    request: HttpRequest, site_slug: Path[str], batch_id: Path[UUID], told: bodies.DiscardIn
) -> Any:
    """Give waiting rows up, by their ids or a whole kind, with a reason that goes into evidence."""
    batch = _batch(request, batch_id)
    if (told.rows is None) == (told.code is None):
        raise ProblemRaised(Problem.of(WHICH_ROWS), 422)
    done = staged_kinds.discard_staged_rows(
        actor=actor_of(request),
        batch=batch,
        reason=told.reason,
        ids=told.rows,
        code=told.code,
        field=told.field,
    )
    return {"discarded": sound(done)}


@router.post(
    "/ledger/imports/{batch_id}/staged/acceptance",
    auth=IMPORT,
    response=schemas.ImportAnswer,
    operation_id="accept_staged_kind",
)
def accept_staged_kind(
    request: HttpRequest, site_slug: Path[str], batch_id: Path[UUID], told: bodies.AcceptIn
) -> Any:
    """Say that rows of a kind are right as they stand, for this source from now on, and run the batch again."""
    done = staged_kinds.accept_kind(actor=actor_of(request), batch=_batch(request, batch_id), code=told.code)
    return sound(done, 409).as_dict()


@router.post(
    "/ledger/imports/{batch_id}/staged/run",
    auth=IMPORT,
    response=schemas.ImportAnswer,
    operation_id="run_staged_rows",
)
def run_staged_rows(request: HttpRequest, site_slug: Path[str], batch_id: Path[UUID]) -> Any:
    """Bring every waiting row that reads well now into the ledger, as one revision of the same batch."""
    return sound(
        staged_rows.rerun_staged(actor=actor_of(request), batch=_batch(request, batch_id)), 409
    ).as_dict()


def _batch(request: HttpRequest, batch_id: UUID) -> ImportBatch:
    found: ImportBatch = sound(access.batch_by_id(actor_of(request), batch_id), 404)
    return found


def _row(request: HttpRequest, row_id: UUID) -> StagedRow:
    found: StagedRow = sound(access.staged_row_by_id(actor_of(request), row_id), 404)
    return found


def _text(value: str | None) -> str | None:
    """A filter that no row can meet meets none, instead of a fault of the database."""
    return value if value is None or "\0" not in value else "\ufffd"


def _told(row: StagedRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("id", "line", "cells", "problems", "state")}


WHICH_ROWS = ProblemKind(
    "ledger.staged_which",
    "请给出 rows 或 code 其中之一。",
    "Give either rows or a code.",
    "按行放弃用 rows；整类放弃用 code（可加 field）。",
    "Rows by id, or a whole kind by its code (and field).",
)
