"""The register of statements: what was issued, for whom, under which digest, and what became of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jieqing.claims.parties import access as parties
from jieqing.claims.receivables import access
from jieqing.claims.receivables.engine.account_statement import StatementForm, Terms
from jieqing.claims.receivables.models import HandOverKind, Statement
from jieqing.claims.receivables.pages.statement_forms import FORM_WORDS
from jieqing.claims.receivables.pages.words import BASIS_WORDS
from jieqing.claims.receivables.selectors import statement_register
from jieqing.claims.receivables.services import account_statements, statement_notices
from jieqing.estate.accounts.selectors import display_names
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.http import problem_response, requires
from jieqing.plumbing.spreadsheets import XLSX_TYPE, download

TYPES = {
    account_statements.PDF: "application/pdf",
    account_statements.XLSX: XLSX_TYPE,
}


@requires("ledger.read")
@require_GET
def statements(request: HttpRequest, site_slug: str) -> HttpResponse:
    before = request.GET.get("before", "")
    debtor = _debtor(request)
    rows, older = statement_register.register_page(
        debtor_id=debtor.id if debtor else None, before=int(before) if before.isdigit() else None
    )
    found_runs = [] if debtor or before else statement_register.runs()
    makers = {row.statement.made_by for row in rows} | {run.made_by for run in found_runs}
    names = display_names(makers)
    context = {
        "rows": [(row, names.get(row.statement.made_by, _("系统"))) for row in rows],
        "runs": [(run, names.get(run.made_by, _("系统"))) for run in found_runs],
        "debtor": debtor,
        "older": older,
        "is_later_page": bool(before),
        "may_issue": request.allow("ledger.issue") is None,  # type: ignore[attr-defined]
    }
    return render(request, "receivables/statements.html", context)


@requires("ledger.read")
@require_GET
def statement(request: HttpRequest, site_slug: str, statement_id: UUID) -> HttpResponse:
    found = access.statement_by_id(request.actor, statement_id)  # type: ignore[attr-defined]
    if is_problem(found):
        return problem_response(request, found, 404)
    hand_overs = statement_register.hand_overs_of(found)
    names = display_names({found.made_by, *(row.actor_id for row in hand_overs)})
    terms = Terms.from_dict(found.terms)
    context = {
        "statement": found,
        "number": account_statements.number_of(found),
        "form_word": FORM_WORDS[StatementForm(found.form)],
        "terms": terms,
        "basis_word": BASIS_WORDS[terms.basis],
        "edges": ", ".join(map(str, terms.edges)),
        "who": names.get(found.made_by, _("系统")),
        "hand_overs": [
            (row, HandOverKind(row.kind).label, names.get(row.actor_id, _("系统"))) for row in hand_overs
        ],
        "verdict": account_statements.sending_verdict(),
        "may_issue": request.allow("ledger.issue") is None,  # type: ignore[attr-defined]
        "members": statement_notices.members_to_tell(),
    }
    return render(request, "receivables/statement.html", context)


@requires("ledger.issue")
@require_GET
def statement_file(request: HttpRequest, site_slug: str, statement_id: UUID, file: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    found = access.statement_by_id(actor, statement_id)
    if is_problem(found):
        return problem_response(request, found, 404)
    data = account_statements.take_statement_file(actor=actor, statement=found, file=file)
    return download(_file_name(found, file), data, TYPES[file])


@requires("ledger.issue")
@require_POST
def statement_notify(request: HttpRequest, site_slug: str, statement_id: UUID) -> HttpResponse:
    """Let a member of this site know, by a notice of fixed form."""
    actor = request.actor  # type: ignore[attr-defined]
    found = access.statement_by_id(actor, statement_id)
    if is_problem(found):
        return problem_response(request, found, 404)
    told = statement_notices.tell_member(
        actor=actor,
        statement=found,
        member=request.POST.get("member", ""),
        site_name=str(request.site.name),
        link=request.build_absolute_uri(reverse("statement", args=[site_slug, found.id])),
    )
    if is_problem(told):
        return problem_response(request, told, 422)
    messages.success(request, _("已通知 %(name)s，邮件正在发送。") % {"name": told.recipient})
    return redirect("statement", site_slug, found.id)


def _debtor(request: HttpRequest) -> Any:
    try:
        wanted = UUID(request.GET.get("debtor", ""))
    except ValueError:
        return None
    party = parties.party_by_id(request.actor, wanted)  # type: ignore[attr-defined]
    return None if is_problem(party) else party


def _file_name(found: Statement, file: str) -> str:
    debtor = str(found.printed["debtor"])[:60]
    return f"{account_statements.number_of(found)} {debtor}.{file}"
