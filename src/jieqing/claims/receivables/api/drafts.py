"""Drafts by program: the steps of the import page, by the same verbs. A large file answers 202 and works on as a job.

Open a draft, read how its columns are understood, answer what is open, correct cells, check, commit what was ``seen``, or
drop it. The work of a large one is looked up at ``Location``.
"""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import File, Form, Path, Status, UploadedFile

from jieqing.claims.receivables import access, selectors
from jieqing.claims.receivables.api import draft_bodies as bodies
from jieqing.claims.receivables.api.reading import batch_told
from jieqing.claims.receivables.api.routes import router
from jieqing.claims.receivables.engine import file_problems, ledger_problems
from jieqing.claims.receivables.engine.row_problems import CONFIRMABLE
from jieqing.claims.receivables.engine.vocabulary import FIELDS
from jieqing.claims.receivables.models import BatchState, ImportBatch
from jieqing.claims.receivables.schemas import BatchOut, ImportAnswer
from jieqing.claims.receivables.selectors.drafts import Draft, Said, column_key, fixes_of, read_draft
from jieqing.claims.receivables.services import ImportOptions, ImportResult, batches, drafts, jobs, not_ready
from jieqing.kernel.money import known_currency
from jieqing.kernel.outcomes import Problem, ProblemKind, is_problem
from jieqing.plumbing.http import ProblemRaised, needs
from jieqing.plumbing.uploads import source_of

IMPORT = needs("ledger.import")
LEAVE_OUT = "ignore"


@router.post("/ledger/drafts", auth=IMPORT, response={201: bodies.ColumnsOut}, operation_id="open_draft")
def open_draft(
    request: HttpRequest,
    response: HttpResponse,
    site_slug: Path[str],
    file: File[UploadedFile | None] = None,
    creditor: Form[str | None] = None,
) -> Any:
    """Keep a file and say how it would be read; nothing of it enters the ledger yet."""
    if file is None:
        raise ProblemRaised(Problem.of(file_problems.EMPTY), 422)
    opened = sound(
        batches.open_batch(
            actor=actor_of(request),
            name=file.name or "",
            source=source_of(file),
            options=ImportOptions(creditor=creditor or None),
        )
    )
    response["Location"] = _address(site_slug, opened.batch, "columns")
    return Status(201, _columns(sound(read_draft(opened.batch))))


@router.get(
    "/ledger/imports/{batch_id}/columns",
    auth=IMPORT,
    response=bodies.ColumnsOut,
    summary="How a draft is read now, and what is open about it",
)
def draft_columns(request: HttpRequest, site_slug: Path[str], batch_id: Path[UUID]) -> Any:
    return _columns(sound(read_draft(draft_of(request, batch_id))))


@router.put(
    "/ledger/imports/{batch_id}/columns",
    auth=IMPORT,
    response=bodies.ColumnsOut,
    operation_id="answer_draft",
)
def answer_draft(
    request: HttpRequest, site_slug: Path[str], batch_id: Path[UUID], told: bodies.ColumnsIn
) -> Any:
    """Answer what a file leaves open. The answers given replace all earlier ones."""
    batch = draft_of(request, batch_id)
    if told.currency:
        sound(known_currency(told.currency))
    _known_words(told)
    said = Said(**{**told.dict(), "accepts": tuple(told.accepts)})
    return _columns(sound(drafts.answer_draft(actor=actor_of(request), batch=batch, said=said)))


@router.put(
    "/ledger/imports/{batch_id}/cells", auth=IMPORT, response=bodies.CellsOut, operation_id="correct_draft"
)
def correct_draft(
    request: HttpRequest, site_slug: Path[str], batch_id: Path[UUID], told: bodies.CellsIn
) -> Any:
    """Correct cells of a draft; the file stays as it came, and evidence tells both."""
    cells: dict[int, dict[int, str]] = {}
    for cell in told.cells:
        cells.setdefault(cell.line, {})[cell.column] = cell.text
    kept = sound(drafts.fix_draft(actor=actor_of(request), batch=draft_of(request, batch_id), cells=cells))
    return {"corrected": sum(map(len, fixes_of(kept).values()))}


@router.post(
    "/ledger/imports/{batch_id}/check",
    auth=IMPORT,
    response={200: bodies.CheckOut, 202: bodies.WorkOut},
    operation_id="check_draft",
)
def check_draft(
    request: HttpRequest, response: HttpResponse, site_slug: Path[str], batch_id: Path[UUID]
) -> Any:
    """Read the whole file against the ledger and write nothing of it; a large file is checked as a job."""
    batch = _ready(draft_of(request, batch_id))
    if jobs.is_large(batch):
        return started(request, response, site_slug, batch, jobs.CHECK)
    return Status(200, sound(drafts.check_draft(actor=actor_of(request), batch=batch)))


@router.get(
    "/ledger/imports/{batch_id}/check",
    auth=IMPORT,
    response=bodies.CheckOut,
    summary="What the last check found, while it is about the answers that stand now",
)
def checked_draft(request: HttpRequest, site_slug: Path[str], batch_id: Path[UUID]) -> Any:
    found = drafts.checked(draft_of(request, batch_id))
    if found is None:
        raise ProblemRaised(Problem.of(NOT_CHECKED), 409)
    return found


@router.post(
    "/ledger/imports/{batch_id}/commit",
    auth=IMPORT,
    response={200: ImportAnswer, 202: bodies.WorkOut},
    operation_id="commit_draft",
)
def commit_draft(
    request: HttpRequest,
    response: HttpResponse,
    site_slug: Path[str],
    batch_id: Path[UUID],
    told: bodies.CommitIn,
) -> Any:
    """Bring a checked draft into the ledger as it was ``seen``; a large one as a job. Again gives the first answer."""
    batch = _batch(request, batch_id)
    if batch.state == BatchState.DRAFT:
        _ready(batch)
    if batch.state == BatchState.DRAFT and jobs.is_large(batch):
        return started(request, response, site_slug, batch, jobs.COMMIT, told.seen)
    done = drafts.commit_draft(actor=actor_of(request), batch=batch, seen=told.seen)
    return Status(200, sound(done, 409).as_dict())


@router.post("/ledger/imports/{batch_id}/drop", auth=IMPORT, response=BatchOut, operation_id="drop_draft")
def drop_draft(request: HttpRequest, site_slug: Path[str], batch_id: Path[UUID]) -> Any:
    """Give a draft up; its file stays as evidence of what was received."""
    dropped = sound(drafts.drop_draft(actor=actor_of(request), batch=_batch(request, batch_id)), 409)
    return batch_told(selectors.batch_detail(dropped))


@router.get(
    "/ledger/imports/{batch_id}/work",
    auth=IMPORT,
    response=bodies.WorkOut,
    summary="How far the work on a draft is",
)
def draft_work(request: HttpRequest, site_slug: Path[str], batch_id: Path[UUID]) -> Any:
    return _work(_batch(request, batch_id))


def started(
    request: HttpRequest,
    response: HttpResponse,
    site_slug: str,
    batch: ImportBatch,
    work: str,
    seen: str = "",
) -> Status:
    """Queue the work; a second asker is told of the same work."""
    jobs.start(actor=actor_of(request), batch=batch, work=work, seen=seen)
    return accepted(response, site_slug, batch)


def accepted(response: HttpResponse, site_slug: str, batch: ImportBatch) -> Status:
    response["Location"] = _address(site_slug, batch, "work")
    return Status(202, _work(batch))


def actor_of(request: HttpRequest) -> Any:
    return request.actor  # type: ignore[attr-defined]


def sound(outcome: Any, status: int = 422) -> Any:
    if is_problem(outcome):
        raise ProblemRaised(outcome, status)
    return outcome


def draft_of(request: HttpRequest, batch_id: UUID) -> ImportBatch:
    batch = _batch(request, batch_id)
    if batch.state != BatchState.DRAFT:
        raise ProblemRaised(Problem.of(ledger_problems.NOT_A_DRAFT, number=batch.number), 409)
    return batch


def _batch(request: HttpRequest, batch_id: UUID) -> ImportBatch:
    found: ImportBatch = sound(access.batch_by_id(actor_of(request), batch_id), 404)
    return found


def _ready(batch: ImportBatch) -> ImportBatch:
    problem = not_ready(sound(read_draft(batch)).proposal)
    if problem:
        raise ProblemRaised(problem, 422)
    return batch


def _known_words(told: bodies.ColumnsIn) -> None:
    """A field that we do not know, or one that two columns would fill, is answered now and not by odd figures later."""
    chosen = [field for field in told.columns.values() if field not in (None, LEAVE_OUT)]
    strange = sorted({str(one) for one in chosen if one not in FIELDS} | {*told.accepts} - CONFIRMABLE)
    if strange:
        raise ProblemRaised(Problem.of(WORD_UNKNOWN, words=", ".join(strange)[:200]), 422)
    twice = sorted({str(one) for one in chosen if chosen.count(one) > 1})
    if twice:
        raise ProblemRaised(Problem.of(FIELD_TWICE, words=", ".join(twice)), 422)


def _columns(draft: Draft) -> dict[str, Any]:
    layout, proposal = draft.layout, draft.proposal
    return {
        "batch": draft.batch.id,
        "sheet": layout.sheet,
        "sheets": [table.name for table in draft.read.tables],
        "header_line": layout.header_line,
        "currency": layout.currency,
        "currency_source": proposal.currency_source,
        "lines": draft.table.row_count,
        "columns": [
            {
                "index": guess.index,
                "header": column_key(proposal.guesses, guess),
                "field": guess.field,
                "confidence": guess.confidence,
            }
            for guess in proposal.guesses
        ],
        "fields": [*FIELDS],
        "missing": [*proposal.missing],
        "questions": [question.as_dict() for question in proposal.questions],
        "notices": [notice.as_dict() for notice in proposal.notices],
        "said": draft.said.as_dict(),
    }


def _work(batch: ImportBatch) -> dict[str, Any]:
    standing = jobs.standing(batch)
    is_committed = batch.state == BatchState.COMMITTED
    problem = standing.problem if standing else None
    return {
        "batch": batch_told(selectors.batch_detail(batch)),
        "work": standing.state if standing else "done" if is_committed else "idle",
        "done": standing.done if standing else 0,
        "total": standing.total if standing else 0,
        "problem": problem.as_dict() if problem else None,
        "result": ImportResult.from_batch(batch).as_dict() if is_committed else None,
    }


def _address(site_slug: str, batch: ImportBatch, what: str) -> str:
    return reverse("api-v1:one_import", args=[site_slug, batch.id]) + f"/{what}"


NOT_CHECKED = ProblemKind(
    "ledger.draft_not_checked",
    "这个草稿还没有按现在的答案检查过。",
    "The draft was not checked with the answers that stand now.",
    "请先检查；大文件请等待检查完成。",
    "Check it first; for a large file wait until the check is done.",
)
WORD_UNKNOWN = ProblemKind(
    "ledger.draft_word_unknown",
    "不认识的字段或问题代码：{words}。",
    "Unknown fields or codes: {words}.",
    "可用字段见 fields；可接受的代码见检查结果中 confirmable 的各组。",
    "Fields stand in `fields`; codes that can be accepted are the groups of the check that are confirmable.",
)
FIELD_TWICE = ProblemKind(
    "ledger.draft_field_twice",
    "同一个字段只能对应一列：{words}。",
    "A field is filled by one column only: {words}.",
    "请只保留一列。",
    "Keep one column.",
)
