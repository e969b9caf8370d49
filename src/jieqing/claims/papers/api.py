"""Papers for other programs: hand one in, list them, fetch the file."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Path, Router, Schema, UploadedFile

from jieqing.claims.papers import access, selectors, services
from jieqing.claims.papers.engine.files import BYTES_MAX, EMPTY, PaperKind
from jieqing.claims.parties import access as parties
from jieqing.claims.receivables import access as ledger
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.http import ProblemRaised, needs
from jieqing.plumbing.uploads import read_within

router = Router(tags=["papers"])


class PaperOut(Schema):
    id: UUID
    debtor_id: UUID
    item_id: UUID | None
    kind: str
    signed_on: date | None
    note: str
    file_name: str
    media_type: str
    bytes: int
    sha256: str
    added_at: datetime
    entry: UUID
    withdrawn_at: datetime | None


class PapersOut(Schema):
    papers: list[PaperOut]


class WithdrawIn(Schema):
    reason: str


@router.get(
    "/ledger/items/{item_id}/papers",
    auth=needs("ledger.read"),
    response=PapersOut,
    operation_id="item_papers",
    summary="Papers of an item, newest first",
)
def item_papers(request: HttpRequest, site_slug: Path[str], item_id: Path[UUID]) -> Any:
    item = _known(ledger.item_by_id(request.actor, item_id))  # type: ignore[attr-defined]
    return {"papers": [selectors.told_paper(one) for one in selectors.papers_of_item(item.id)]}


@router.post(
    "/ledger/items/{item_id}/papers",
    auth=needs("ledger.import"),
    response=PaperOut,
    operation_id="add_item_paper",
    summary="Keep a file beside an item",
)
def add_item_paper(
    request: HttpRequest,
    site_slug: Path[str],
    item_id: Path[UUID],
    file: File[UploadedFile | None] = None,
    kind: Form[PaperKind] = PaperKind.OTHER,
    signed_on: Form[date | None] = None,
    note: Form[str] = "",
) -> Any:
    item = _known(ledger.item_by_id(request.actor, item_id))  # type: ignore[attr-defined]
    return _added(request, item.debtor_id, item.id, file, (kind, signed_on, note))


@router.get(
    "/ledger/debtors/{debtor_id}/papers",
    auth=needs("ledger.read"),
    response=PapersOut,
    operation_id="debtor_papers",
    summary="Papers of a debtor and of their items, newest first",
)
def debtor_papers(request: HttpRequest, site_slug: Path[str], debtor_id: Path[UUID]) -> Any:
    debtor = _known(parties.party_by_id(request.actor, debtor_id))  # type: ignore[attr-defined]
    return {"papers": [selectors.told_paper(one) for one in selectors.papers_of_debtor(debtor.id)]}


@router.post(
    "/ledger/debtors/{debtor_id}/papers",
    auth=needs("ledger.import"),
    response=PaperOut,
    operation_id="add_debtor_paper",
    summary="Keep a file beside a debtor",
)
def add_debtor_paper(
    request: HttpRequest,
    site_slug: Path[str],
    debtor_id: Path[UUID],
    file: File[UploadedFile | None] = None,
    kind: Form[PaperKind] = PaperKind.OTHER,
    signed_on: Form[date | None] = None,
    note: Form[str] = "",
) -> Any:
    debtor = _known(parties.party_by_id(request.actor, debtor_id))  # type: ignore[attr-defined]
    return _added(request, debtor.id, None, file, (kind, signed_on, note))


@router.get(
    "/ledger/papers/{paper_id}/file",
    auth=needs("ledger.read"),
    operation_id="paper_file",
    summary="The file as it came",
)
def paper_file(request: HttpRequest, site_slug: Path[str], paper_id: Path[UUID]) -> Any:
    paper = _known(access.paper_by_id(request.actor, paper_id))  # type: ignore[attr-defined]
    response = HttpResponse(selectors.content_of(paper), content_type=paper.media_type)
    response["Content-Disposition"] = f'attachment; filename="{paper.id}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@router.post(
    "/ledger/papers/{paper_id}/withdrawal",
    auth=needs("ledger.import"),
    response=PaperOut,
    operation_id="withdraw_paper",
    summary="Take a paper out of the lists; its file and evidence stay",
)
def withdraw_paper(
    request: HttpRequest, site_slug: Path[str], paper_id: Path[UUID], asked: WithdrawIn
) -> Any:
    actor = request.actor  # type: ignore[attr-defined]
    paper = _known(access.paper_by_id(actor, paper_id))
    return selectors.told_paper(
        _sound(services.withdraw_paper(actor=actor, paper=paper, reason=asked.reason))
    )


def _added(
    request: HttpRequest,
    debtor_id: UUID,
    item_id: UUID | None,
    file: UploadedFile | None,
    said: tuple[PaperKind, date | None, str],
) -> Any:
    if file is None:
        raise ProblemRaised(Problem.of(EMPTY), 422)
    kind, signed_on, note = said
    order = services.PaperOrder(
        debtor_id, item_id, kind, file.name or "", read_within(file, BYTES_MAX), signed_on, note
    )
    return selectors.told_paper(_sound(services.add_paper(actor=request.actor, order=order)))  # type: ignore[attr-defined]


def _known(found: Any) -> Any:
    if is_problem(found):
        raise ProblemRaised(found, 404)
    return found


def _sound(found: Any) -> Any:
    if is_problem(found):
        raise ProblemRaised(found, 409)
    return found
