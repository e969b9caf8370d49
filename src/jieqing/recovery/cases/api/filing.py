"""Files of cases and field sheets for other programs: read in, taken back, taken out; and bulk work with its undo."""

from datetime import date
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Path, Query, Schema, UploadedFile

from jieqing.plumbing.http import ProblemRaised, needs
from jieqing.plumbing.spreadsheets import XLSX_TYPE
from jieqing.plumbing.uploads import read_within
from jieqing.recovery.cases import access, problems, schemas, selectors, services
from jieqing.recovery.cases.api.routes import router
from jieqing.recovery.cases.api.telling import done, known
from jieqing.recovery.cases.services.case_files import BYTES_MAX


class LineOut(Schema):
    line: int
    code: str
    text: str


class CaseFileOut(Schema):
    """What a file did, or (``is_rehearsal``) would do. ``is_known``: it was read in before, nothing was done now."""

    id: UUID | None
    lines: int
    opened: int
    items: int
    already: int
    is_known: bool
    problems: list[LineOut]


class FileUndoneOut(Schema):
    id: UUID
    undone_count: int


class ManyIn(Schema):
    """Cases by id, or by the filter of the worklist; ``expected`` refuses another count."""

    case_ids: list[UUID] | None = None
    filter: dict[str, str] | None = None
    expected: int | None = None
    reason: str


class SnoozeManyIn(ManyIn):
    until: date


class MoveManyIn(ManyIn):
    stage: str


@router.post(
    "/cases/files",
    auth=needs("cases.assign"),
    response=CaseFileOut,
    operation_id="import_cases",
    summary="Open cases from a file; the same file again opens nothing",
)
def import_cases(
    request: HttpRequest,
    site_slug: Path[str],
    file: File[UploadedFile | None] = None,
    is_rehearsal: Form[bool] = False,
) -> Any:
    name, data = _upload(file)
    verb = services.preview_cases if is_rehearsal else services.import_cases
    return _told(done(verb(actor=_actor(request), name=name, data=data)))


@router.post(
    "/cases/field-sheets",
    auth=needs("cases.work"),
    response=CaseFileOut,
    operation_id="import_field_sheet",
    summary="Enter a field sheet; a line whose key was taken once does nothing again",
)
def import_field_sheet(
    request: HttpRequest,
    site_slug: Path[str],
    file: File[UploadedFile | None] = None,
    is_rehearsal: Form[bool] = False,
) -> Any:
    name, data = _upload(file)
    return _told(
        done(
            services.import_field_sheet(
                actor=_actor(request), name=name, data=data, is_rehearsal=is_rehearsal
            )
        )
    )


@router.post(
    "/cases/files/{file_id}/undo",
    auth=needs("cases.assign"),
    response=FileUndoneOut,
    operation_id="undo_case_file",
    summary="Withdraw the cases that a file opened; those somebody has worked on stay",
)
def undo_case_file(request: HttpRequest, site_slug: Path[str], file_id: Path[UUID]) -> Any:
    found = known(access.file_by_id(_actor(request), file_id))
    return done(services.undo_file(actor=_actor(request), file=found))


@router.get(
    "/cases/file",
    auth=needs("cases.read"),
    operation_id="export_cases",
    summary="The cases that match, as CSV or XLSX",
)
def export_cases(
    request: HttpRequest,
    site_slug: Path[str],
    kind: Query[Literal["csv", "xlsx"]] = "csv",
    state: Query[Literal["queue", "waiting", "open", "closed", "all"]] = "open",
) -> Any:
    data = services.export_cases(actor=_actor(request), wanted=selectors.CaseFilter(state=state), kind=kind)
    response = HttpResponse(data, content_type=XLSX_TYPE if kind == "xlsx" else "text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="cases.{kind}"'
    return response


@router.post(
    "/cases/snoozes",
    auth=needs("cases.work"),
    response=schemas.ChangeOut,
    operation_id="snooze_cases",
    summary="Put many cases off until a day",
)
def snooze_cases(request: HttpRequest, site_slug: Path[str], asked: SnoozeManyIn) -> Any:
    return done(services.snooze_many(actor=_actor(request), until=asked.until, **_many(asked)))


@router.post(
    "/cases/moves",
    auth=needs("cases.work"),
    response=schemas.ChangeOut,
    operation_id="move_cases",
    summary="Move many cases to a stage, where the ladder lets them",
)
def move_cases(request: HttpRequest, site_slug: Path[str], asked: MoveManyIn) -> Any:
    return done(services.move_many(actor=_actor(request), stage=asked.stage, **_many(asked)))


@router.post(
    "/cases/changes/{change_id}/undo",
    auth=needs("cases.work"),
    response=schemas.ChangeOut,
    operation_id="undo_change",
    summary="Take back a bulk change of one's own; what was changed since stays",
)
def undo_change(request: HttpRequest, site_slug: Path[str], change_id: Path[UUID]) -> Any:
    change = known(access.change_by_id(_actor(request), change_id))
    return done(services.undo_bulk(actor=_actor(request), change=change))


def _many(asked: ManyIn) -> dict[str, Any]:
    target: Any = (
        asked.case_ids if asked.case_ids is not None else selectors.CaseFilter.of_words(asked.filter or {})
    )
    return {"target": target, "expected": asked.expected, "reason": asked.reason}


def _upload(file: UploadedFile | None) -> tuple[str, bytes]:
    if file is None:
        raise ProblemRaised(problems.FILE_MISSING, 422)
    return file.name or "", read_within(file, BYTES_MAX)


def _told(read: services.FileRead) -> dict[str, Any]:
    return {
        "id": read.file_id,
        "lines": read.lines,
        "opened": read.opened,
        "items": read.items,
        "already": read.already,
        "is_known": read.is_known,
        "problems": read.problems,
    }


def _actor(request: HttpRequest) -> Any:
    return request.actor  # type: ignore[attr-defined]
