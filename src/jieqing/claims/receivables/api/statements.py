"""Statements of account for other programs: issue one, list them, read one, take its files away.

A statement is asked for with the same words as on the page; it is never sent to anybody from here.
"""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Form, Path, Query

from jieqing.claims.receivables import access
from jieqing.claims.receivables.api.routes import router
from jieqing.claims.receivables.engine.account_statement import Terms
from jieqing.claims.receivables.engine.ageing import parse_basis, parse_edges
from jieqing.claims.receivables.models import Statement
from jieqing.claims.receivables.schemas import (
    StatementFile,
    StatementIn,
    StatementOut,
    StatementsOut,
    StatementsQuery,
)
from jieqing.claims.receivables.selectors.statement_register import register_page
from jieqing.claims.receivables.services import account_statements
from jieqing.kernel.money import known_currency
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.http import ProblemRaised, needs
from jieqing.plumbing.spreadsheets import XLSX_TYPE

_TYPES = {StatementFile.PDF: "application/pdf", StatementFile.XLSX: XLSX_TYPE}
_FILE = {
    "responses": {
        200: {
            "content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in _TYPES.values()}
        }
    }
}


@router.post(
    "/ledger/statements",
    auth=needs("ledger.issue"),
    response=StatementOut,
    operation_id="issue_statement",
    summary="Issue a statement of account: numbered, stored, in evidence",
)
def issue_statement(request: HttpRequest, site_slug: Path[str], asked: Form[StatementIn]) -> Any:
    order = account_statements.StatementOrder(
        debtor_id=asked.debtor_id,
        terms=Terms(
            as_of=asked.as_of,
            from_on=asked.from_on,
            currency=_sound(known_currency(asked.currency)) if asked.currency else None,
            basis=_sound(parse_basis(asked.basis)),
            edges=_sound(parse_edges(asked.edges)),
        ),
        creditor_id=asked.creditor_id,
        lang=asked.language,
    )
    made = account_statements.issue_statement(actor=request.actor, order=order)  # type: ignore[attr-defined]
    return _told(_sound(made))


@router.get(
    "/ledger/statements",
    auth=needs("ledger.read"),
    response=StatementsOut,
    summary="Issued statements, newest first",
)
def statements(request: HttpRequest, site_slug: Path[str], asked: Query[StatementsQuery]) -> Any:
    rows, older = register_page(debtor_id=asked.debtor_id, before=asked.before, limit=asked.limit)
    return {"statements": [_told(row.statement) for row in rows], "before": older}


@router.get(
    "/ledger/statements/{statement_id}",
    auth=needs("ledger.read"),
    response=StatementOut,
    summary="One issued statement",
)
def one_statement(request: HttpRequest, site_slug: Path[str], statement_id: Path[UUID]) -> Any:
    return _told(_known(request, statement_id))


@router.get(
    "/ledger/statements/{statement_id}/file",
    auth=needs("ledger.issue"),
    summary="The file of a statement; that it left is noted",
    openapi_extra=_FILE,
)
def statement_file(
    request: HttpRequest,
    site_slug: Path[str],
    statement_id: Path[UUID],
    form: StatementFile = StatementFile.PDF,
) -> HttpResponse:
    found = _known(request, statement_id)
    data = account_statements.take_statement_file(
        actor=request.actor,  # type: ignore[attr-defined]
        statement=found,
        file=form.value,
    )
    return HttpResponse(data, content_type=_TYPES[form])


def _known(request: HttpRequest, statement_id: UUID) -> Statement:
    found = access.statement_by_id(request.actor, statement_id)  # type: ignore[attr-defined]
    if is_problem(found):
        raise ProblemRaised(found, 404)
    return found


def _sound(outcome: Any) -> Any:
    if is_problem(outcome):
        raise ProblemRaised(outcome, 422)
    return outcome


def _told(one: Statement) -> dict[str, Any]:
    return {
        "id": one.id,
        "number": account_statements.number_of(one),
        "debtor_id": one.debtor_id,
        "debtor": one.printed["debtor"],
        "terms": one.terms,
        "known_revision": one.known_rev,
        "closing_fen": one.closing,
        "content_sha256": bytes(one.content_digest).hex(),
        "pdf_sha256": one.pdf_key.rsplit("/", 1)[1],
        "xlsx_sha256": one.xlsx_key.rsplit("/", 1)[1],
        "entry": one.entry_id,
        "issued_at": one.made_at,
        "run": one.run_id,
    }
