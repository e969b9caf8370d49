"""Bank files and matches for other programs: the same verbs as the page."""

from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import File, Form, Path, Query, Router, UploadedFile

from jieqing.claims.receipts import access, schemas, selectors, services
from jieqing.claims.receipts.models import Match
from jieqing.claims.receipts.selectors import LineFilter, told_line
from jieqing.claims.receipts.services.matching import Choice
from jieqing.claims.receivables.engine import file_problems
from jieqing.kernel.money import known_currency
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.http import ProblemRaised, needs
from jieqing.plumbing.uploads import source_of

router = Router(tags=["bank"])


@router.post(
    "/bank/statements",
    auth=needs("ledger.import"),
    response=schemas.BankFileOut,
    operation_id="import_bank_file",
)
def import_bank_file(
    request: HttpRequest,
    site_slug: Path[str],
    file: File[UploadedFile | None] = None,
    account: Form[str] = "",
    bank: Form[str] = "",
    currency: Form[str] = "CNY",
) -> Any:
    """Enter a bank file. One that does not add up is kept, refused with the line where it breaks, and adds nothing."""
    if file is None:
        raise ProblemRaised(Problem.of(file_problems.EMPTY), 422)
    code = known_currency(currency)
    if is_problem(code):
        raise ProblemRaised(code, 422)
    done = services.enter_file(
        actor=request.actor,  # type: ignore[attr-defined]
        name=file.name or "",
        source=source_of(file),
        account=account,
        bank=bank,
        currency=code,
    )
    return done.as_dict()


@router.get(
    "/bank/lines",
    auth=needs("ledger.read"),
    response=schemas.BankLinesOut,
    summary="Bank lines, newest first",
)
def bank_lines(
    request: HttpRequest,
    site_slug: Path[str],
    state: Query[Literal["open", "done", "all"]] = "open",
    after: Query[str | None] = None,
) -> Any:
    """Lines with what they were decided to be; open ones with their suggestions, best first."""
    page = selectors.lines_page(LineFilter(state=state), after=after)
    found = selectors.suggestions_for([row.line for row in page.rows if row.match is None])
    return {
        "lines": [told_line(row, found.get(row.line.id, ())) for row in page.rows],
        "total": page.total,
        "next": page.next_cursor,
    }


@router.post(
    "/bank/lines/{line_id}/match",
    auth=needs("ledger.import"),
    response=schemas.MatchOut,
    operation_id="match_bank_line",
)
def match_bank_line(
    request: HttpRequest, site_slug: Path[str], line_id: Path[UUID], asked: schemas.MatchIn
) -> Any:
    """Post a line to the ledger: by a suggestion's key, or by parts of items. Nothing is posted twice."""
    line = _known(access.line_by_id(request.actor, line_id))  # type: ignore[attr-defined]
    choice = None
    if not asked.suggestion:
        choice = Choice(tuple((part.item, part.amount_minor) for part in asked.parts), asked.debtor)
    return _told(
        services.approve(actor=request.actor, line=line, suggestion=asked.suggestion, choice=choice)  # type: ignore[attr-defined]
    )


@router.post(
    "/bank/lines/{line_id}/mark",
    auth=needs("ledger.import"),
    response=schemas.MatchOut,
    operation_id="mark_bank_line",
)
def mark_bank_line(
    request: HttpRequest, site_slug: Path[str], line_id: Path[UUID], asked: schemas.MarkIn
) -> Any:
    """Say that a line is no customer's payment; the ledger stays as it is."""
    line = _known(access.line_by_id(request.actor, line_id))  # type: ignore[attr-defined]
    return _told(services.mark(actor=request.actor, line=line, kind=asked.kind, reason=asked.reason))  # type: ignore[attr-defined]


@router.post(
    "/bank/matches/{match_id}/undo",
    auth=needs("ledger.undo"),
    response=schemas.MatchOut,
    operation_id="undo_bank_match",
)
def undo_bank_match(
    request: HttpRequest, site_slug: Path[str], match_id: Path[UUID], asked: schemas.UndoIn
) -> Any:
    """Take a match back, with a reason that goes into evidence; what it posted ends in a new revision."""
    match = _known(access.match_by_id(request.actor, match_id))  # type: ignore[attr-defined]
    return _told(services.unmatch(actor=request.actor, match=match, reason=asked.reason))  # type: ignore[attr-defined]


def _known(found: Any) -> Any:
    if is_problem(found):
        raise ProblemRaised(found, 404)
    return found


def _told(done: Match | Problem) -> dict[str, Any]:
    if is_problem(done):
        raise ProblemRaised(done, 422 if done.code == "bank.reason_missing" else 409)
    return {
        "match": done.id,
        "line": done.line_id,
        "kind": done.kind,
        "revision": done.revision,
        "unapplied_minor": done.rest_minor,
        "entry": done.end_entry_id or done.entry_id,
        "is_live": done.ended_at is None,
    }
