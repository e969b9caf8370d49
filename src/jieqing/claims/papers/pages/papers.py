"""Papers on a page of their own and as panels of the item's and the debtor's page; a file leaves only as a download."""

from io import BytesIO
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from jieqing.claims.papers import access, selectors, services
from jieqing.claims.papers.engine.files import BYTES_MAX, EMPTY, PaperKind
from jieqing.claims.papers.models import Paper
from jieqing.claims.parties import access as parties
from jieqing.claims.receivables import access as ledger
from jieqing.estate.accounts.selectors import display_names
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.http import problem_response, requires
from jieqing.plumbing.uploads import read_within

KIND_WORDS = {
    PaperKind.CONTRACT: gettext_lazy("合同"),
    PaperKind.DELIVERY: gettext_lazy("交付凭证"),
    PaperKind.ACCEPTANCE: gettext_lazy("验收凭证"),
    PaperKind.STATEMENT: gettext_lazy("对账单"),
    PaperKind.OTHER: gettext_lazy("其他"),
}
_DAY = {"type": "date"}


class PaperForm(forms.Form):
    file = forms.FileField(required=False, allow_empty_file=True)
    kind = forms.ChoiceField(
        label=gettext_lazy("种类"), choices=[(kind.value, word) for kind, word in KIND_WORDS.items()]
    )
    signed_on = forms.DateField(
        label=gettext_lazy("签署日期"), required=False, widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d")
    )
    note = forms.CharField(label=gettext_lazy("说明"), required=False, max_length=services.NOTE_CHARS_MAX)


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("原因"), max_length=services.NOTE_CHARS_MAX)


@requires("ledger.read")
@require_http_methods(["GET", "HEAD", "POST"])
def item_papers(request: HttpRequest, site_slug: str, item_id: UUID) -> HttpResponse:
    found = ledger.item_by_id(request.actor, item_id)  # type: ignore[attr-defined]
    if is_problem(found):
        return problem_response(request, found, 404)
    return _page(
        request, site_slug, found.debtor_id, found.id, {"item": found, "name": found.document_number}
    )


@requires("ledger.read")
@require_http_methods(["GET", "HEAD", "POST"])
def debtor_papers(request: HttpRequest, site_slug: str, debtor_id: UUID) -> HttpResponse:
    found = parties.party_by_id(request.actor, debtor_id)  # type: ignore[attr-defined]
    if is_problem(found):
        return problem_response(request, found, 404)
    return _page(request, site_slug, found.id, None, {"debtor": found, "name": found.name or found.code})


@requires("ledger.read")
@require_GET
def item_panel(request: HttpRequest, site_slug: str, item_id: UUID) -> HttpResponse:
    found = ledger.item_by_id(request.actor, item_id)  # type: ignore[attr-defined]
    if is_problem(found):
        return problem_response(request, found, 404)
    context = {"papers": _listed(selectors.papers_of_item(found.id)), "item": found}
    return render(request, "papers/panel.html", context)


@requires("ledger.read")
@require_GET
def debtor_panel(request: HttpRequest, site_slug: str, debtor_id: UUID) -> HttpResponse:
    found = parties.party_by_id(request.actor, debtor_id)  # type: ignore[attr-defined]
    if is_problem(found):
        return problem_response(request, found, 404)
    context = {"papers": _listed(selectors.papers_of_debtor(found.id)), "debtor": found}
    # A narrow column takes a list, not a table of six columns.
    name = "papers/list.html" if request.GET.get("as") == "list" else "papers/panel.html"
    return render(request, name, context)


@requires("ledger.read")
@require_GET
def paper_file(request: HttpRequest, site_slug: str, paper_id: UUID) -> Any:
    """As a download, whatever it is: nothing that somebody sent is ever shown as a page of ours."""
    found = access.paper_by_id(request.actor, paper_id)  # type: ignore[attr-defined]
    if is_problem(found):
        return problem_response(request, found, 404)
    response = FileResponse(
        BytesIO(selectors.content_of(found)),
        as_attachment=True,
        filename=found.file_name,
        content_type=found.media_type,
    )
    response["Content-Length"] = str(found.file_bytes)
    response["X-Content-Type-Options"] = "nosniff"
    return response


@requires("ledger.import")
@require_http_methods(["GET", "HEAD", "POST"])
def paper_withdraw(request: HttpRequest, site_slug: str, paper_id: UUID) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    found = access.paper_by_id(actor, paper_id)
    if is_problem(found):
        return problem_response(request, found, 404)
    form = WithdrawForm(request.POST or None)
    problem: Problem | None = None
    if request.method == "POST" and form.is_valid():
        done = services.withdraw_paper(actor=actor, paper=found, reason=form.cleaned_data["reason"])
        if not is_problem(done):
            messages.success(request, _("附件已撤下，文件和存证保留。"))
            return redirect(_address(found.item_id), site_slug, found.item_id or found.debtor_id)
        problem = done
    context = {"paper": found, "form": form, "problem": problem, "kind": KIND_WORDS[PaperKind(found.kind)]}
    status = 422 if request.method == "POST" else 200
    return render(request, "papers/withdraw.html", context, status=status)


def _page(
    request: HttpRequest, site_slug: str, debtor_id: UUID, item_id: UUID | None, told: dict[str, Any]
) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    may_add = request.allow("ledger.import") is None  # type: ignore[attr-defined]
    form = PaperForm(request.POST or None, request.FILES or None)
    problem: Problem | None = None
    if request.method == "POST":
        refused = request.allow("ledger.import")  # type: ignore[attr-defined]
        if refused:
            return problem_response(request, refused, 403)
        if form.is_valid():
            done = _add(actor, form, debtor_id, item_id)
            if not is_problem(done):
                messages.success(request, _("附件已保存并存证。"))
                return redirect(_address(item_id), site_slug, item_id or debtor_id)
            problem = done
    rows = (
        selectors.papers_of_item(item_id, with_withdrawn=True)
        if item_id
        else selectors.papers_of_debtor(debtor_id, with_withdrawn=True)
    )
    context = {
        **told,
        "papers": _listed(rows),
        "form": form,
        "problem": problem,
        "may_add": may_add,
        "max_mb": BYTES_MAX // 1_000_000,
    }
    status = 422 if problem or form.errors else 200
    return render(request, "papers/papers.html", context, status=status)


def _add(actor: Any, form: PaperForm, debtor_id: UUID, item_id: UUID | None) -> Paper | Problem:
    told = form.cleaned_data
    if not told["file"]:
        return Problem.of(EMPTY)
    order = services.PaperOrder(
        debtor_id=debtor_id,
        item_id=item_id,
        kind=PaperKind(told["kind"]),
        file_name=told["file"].name or "",
        data=read_within(told["file"], BYTES_MAX),
        signed_on=told["signed_on"],
        note=told["note"],
    )
    return services.add_paper(actor=actor, order=order)


def _address(item_id: UUID | None) -> str:
    return "item-papers" if item_id else "debtor-papers"


def _listed(rows: list[Paper]) -> list[dict[str, Any]]:
    names = display_names({row.added_by for row in rows})
    return [
        {
            "paper": row,
            "kind": KIND_WORDS[PaperKind(row.kind)],
            "who": names.get(row.added_by, _("系统")),
            "digest": bytes(row.file_digest).hex(),
        }
        for row in rows
    ]
