"""Making statements: one for a debtor, looked at before it gets a number; or one for each debtor that matches."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jieqing.claims.parties import access as parties
from jieqing.claims.parties.selectors import party_names
from jieqing.claims.receivables import access, selectors
from jieqing.claims.receivables.models import RunState, StatementRun
from jieqing.claims.receivables.pages.statement_forms import StatementOrderForm, StatementRunForm
from jieqing.claims.receivables.selectors import Reading
from jieqing.claims.receivables.selectors.account_statements import creditors_of_debtor
from jieqing.claims.receivables.selectors.statement_register import matching_debtors, register_page
from jieqing.claims.receivables.services import account_statements, statement_runs
from jieqing.claims.receivables.services.account_statements import StatementOrder
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing import sse
from jieqing.plumbing.http import problem_response, requires
from jieqing.plumbing.spreadsheets import download

SKIPPED_SHOWN = 50
RELOAD_SECONDS = 5


@requires("ledger.issue")
@require_http_methods(["GET", "HEAD", "POST"])
def statement_new(request: HttpRequest, site_slug: str, debtor_id: UUID) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    party = parties.party_by_id(actor, debtor_id)
    if is_problem(party):
        return problem_response(request, party, 404)
    reading = selectors.reading_of(request.GET)
    form = StatementOrderForm(request.POST or request.GET, reading, creditors_of_debtor(party.id))
    problem: Problem | None = None
    drawn = None
    if form.is_valid():
        order = _order(party.id, form, reading)
        if request.method == "POST":
            made = account_statements.issue_statement(actor=actor, order=order)
            if not is_problem(made):
                number = account_statements.number_of(made)
                messages.success(request, _("对账单 %(number)s 已出具并存证。") % {"number": number})
                return redirect("statement", site_slug, made.id)
            problem = made
        else:
            found = account_statements.draw_statement(actor=actor, order=order)
            problem, drawn = (found, None) if is_problem(found) else (None, found)
    context = {
        "reading": reading,
        "party": party,
        "name": party.name or party.code,
        "form": form,
        "drawn": drawn,
        "problem": problem,
        "query": request.GET.urlencode(),
        "verdict": account_statements.sending_verdict(),
    }
    status = 422 if request.method == "POST" and (problem or form.errors) else 200
    return render(request, "receivables/statement_new.html", context, status=status)


@requires("ledger.issue")
@require_GET
def statement_preview(request: HttpRequest, site_slug: str, debtor_id: UUID) -> HttpResponse:
    """The paper as it would be, without a number; shown in the browser, kept nowhere."""
    actor = request.actor  # type: ignore[attr-defined]
    party = parties.party_by_id(actor, debtor_id)
    if is_problem(party):
        return problem_response(request, party, 404)
    reading = selectors.reading_of(request.GET)
    form = StatementOrderForm(request.GET, reading, creditors_of_debtor(party.id))
    if not form.is_valid():
        return redirect("statement-new", site_slug, party.id)
    made = account_statements.preview_pdf(actor=actor, order=_order(party.id, form, reading))
    if is_problem(made):
        return problem_response(request, made, 409)
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="preview.pdf"'
    return response


@requires("ledger.issue")
@require_http_methods(["GET", "HEAD", "POST"])
def statement_run_new(request: HttpRequest, site_slug: str) -> HttpResponse:
    reading = selectors.reading_of(request.GET)
    form = StatementRunForm(request.POST or request.GET, reading)
    problem: Problem | None = None
    matching = 0
    if form.is_valid():
        if request.method == "POST":
            run = statement_runs.start_run(
                actor=request.actor,  # type: ignore[attr-defined]
                wanted=form.wanted(),
                terms=form.terms(),
                lang=form.cleaned_data["language"],
                known_rev=reading.known,
            )
            if not is_problem(run):
                return redirect("statement-run", site_slug, run.id)
            problem = run
        matching = len(
            matching_debtors(form.wanted(), as_of=form.cleaned_data["as_of"], revision=reading.known)
        )
    context = {
        "reading": reading,
        "form": form,
        "matching": matching,
        "problem": problem,
        "verdict": account_statements.sending_verdict(),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "receivables/statement_run_new.html", context, status=status)


@requires("ledger.read")
@require_GET
def statement_run(request: HttpRequest, site_slug: str, run_id: UUID) -> HttpResponse:
    found = access.statement_run_by_id(request.actor, run_id)  # type: ignore[attr-defined]
    if is_problem(found):
        return problem_response(request, found, 404)
    before = request.GET.get("before", "")
    rows, older = register_page(run_id=found.id, before=int(before) if before.isdigit() else None)
    context = {
        **_progress_context(found),
        "rows": [(row, "") for row in rows],
        "older": older,
        "is_later_page": bool(before),
        "skipped": _skipped(found),
        "may_issue": request.allow("ledger.issue") is None,  # type: ignore[attr-defined]
        "reload_seconds": RELOAD_SECONDS,
    }
    return render(request, "receivables/statement_run.html", context)


@requires("ledger.read")
@require_GET
def statement_run_bar(request: HttpRequest, site_slug: str, run_id: UUID) -> HttpResponse:
    """The moving part; refreshes the page when the work is over."""
    found = access.statement_run_by_id(request.actor, run_id)  # type: ignore[attr-defined]
    if is_problem(found):
        return problem_response(request, found, 404)
    context = _progress_context(found)
    if not context["is_running"]:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "receivables/statement_run_bar.html", context)


@requires("ledger.read")
@require_GET
def statement_run_news(request: HttpRequest, site_slug: str, run_id: UUID) -> HttpResponseBase:
    found = access.statement_run_by_id(request.actor, run_id)  # type: ignore[attr-defined]
    if is_problem(found):
        return problem_response(request, found, 404)
    return sse.stream(statement_runs.channel_of(found))


@requires("ledger.issue")
@require_POST
def statement_run_resume(request: HttpRequest, site_slug: str, run_id: UUID) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    found = access.statement_run_by_id(actor, run_id)
    if is_problem(found):
        return problem_response(request, found, 404)
    statement_runs.queue_run(actor=actor, run=found)
    return redirect("statement-run", site_slug, found.id)


@requires("ledger.issue")
@require_GET
def statement_run_archive(request: HttpRequest, site_slug: str, run_id: UUID) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    found = access.statement_run_by_id(actor, run_id)
    if is_problem(found):
        return problem_response(request, found, 404)
    data = statement_runs.take_archive(actor=actor, run=found)
    if is_problem(data):
        return problem_response(request, data, 409)
    name = _("对账单 第%(number)d批 %(day)s.zip") % {"number": found.number, "day": found.terms["as_of"]}
    return download(name, data, "application/zip")


def _order(debtor_id: UUID, form: StatementOrderForm, reading: Reading) -> StatementOrder:
    return StatementOrder(
        debtor_id=debtor_id,
        terms=form.terms(),
        creditor_id=form.creditor_id(),
        known_rev=reading.known,
        lang=form.cleaned_data["language"],
    )


def _progress_context(run: StatementRun) -> dict[str, Any]:
    standing = statement_runs.standing(run)
    is_open = run.state != RunState.DONE
    return {
        "run": run,
        "debtors": len(run.targets),
        "standing": standing,
        "is_open": is_open,
        "is_running": bool(is_open and standing and standing.is_running),
    }


def _skipped(run: StatementRun) -> list[dict[str, Any]]:
    shown = dict(list(run.skipped.items())[:SKIPPED_SHOWN])
    names = party_names(UUID(one) for one in shown)
    return [{"id": one, "name": names.get(UUID(one), "–"), "problem": told} for one, told in shown.items()]
