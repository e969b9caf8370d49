"""Open a case by hand: the debtor's unsettled invoices, picked; who is in charge; plain or rapid.

Whether the documents may be worked at all (a placement in force, the legality check) is the service's answer; a refusal
stands above the form with its article, and nothing that was picked is lost.
"""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from jieqing.claims.parties import access as parties
from jieqing.claims.receivables import selectors as ledger
from jieqing.claims.receivables.engine.accounts import ItemKind
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing import idempotency
from jieqing.plumbing.http import problem_response, requires
from jieqing.plumbing.listing import cells
from jieqing.plumbing.templatetags.kit import date_cell
from jieqing.plumbing.toasts import toast
from jieqing.recovery.cases import services
from jieqing.recovery.cases.engine import codes
from jieqing.recovery.cases.engine import words as code_words
from jieqing.recovery.cases.models import CaseItem
from jieqing.recovery.cases.pages.deed_views import workers
from jieqing.recovery.cases.pages.words import choices
from jieqing.recovery.cases.selectors.days import working_day

ITEMS_MAX = 200


class OpenForm(forms.Form):
    items = forms.MultipleChoiceField(
        label=gettext_lazy("哪些单据"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("同一债权人、同一币种的单据立为一件案件。"),
        error_messages={"required": gettext_lazy("请至少选择一张单据。")},
    )
    owner = forms.ChoiceField(label=gettext_lazy("负责人"), required=False)
    track = forms.ChoiceField(label=gettext_lazy("办理方式"))
    note = forms.CharField(
        label=gettext_lazy("备注"), required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, data: Any, items: list[tuple[str, str]]) -> None:
        super().__init__(data, initial={"items": [key for key, _words in items]})
        self.fields["items"].choices = items  # type: ignore[attr-defined]
        self.fields["owner"].choices = [("", _("无人负责")), *workers()]  # type: ignore[attr-defined]
        self.fields["track"].choices = choices(code_words.TRACK_NAMES)  # type: ignore[attr-defined]


@requires("cases.work")
@require_http_methods(["GET", "HEAD", "POST"])
def case_new(request: HttpRequest, site_slug: str, debtor_id: UUID) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    debtor = parties.party_by_id(actor, debtor_id)
    if is_problem(debtor):
        return problem_response(request, debtor, 404)
    items = _open_items(debtor_id)
    form = OpenForm(request.POST or None, items)
    problem: Problem | None = None
    if request.method == "POST" and form.is_valid():
        made = _open(request, form)
        if not is_problem(made):
            return redirect("case", site_slug, made) if made else redirect("cases", site_slug)
        problem = made
    context = {
        "debtor": debtor,
        "form": form,
        "problem": problem,
        "has_items": bool(items),
        "key": request.POST.get("key") or uuid4(),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "cases/new.html", context, status=status)


def _open(request: HttpRequest, form: OpenForm) -> UUID | None | Problem:
    """The new case; None when the same form came before and its case is on the list."""
    actor = request.actor  # type: ignore[attr-defined]
    claim = idempotency.begin(request, holder=actor.id, key=f"page:{request.POST.get('key', '')}")
    if isinstance(claim, HttpResponse):
        return None
    if isinstance(claim, idempotency.Refusal):
        return claim.problem
    told = form.cleaned_data
    case = services.open_case(
        actor=actor,
        item_ids=[UUID(one) for one in told["items"]],
        owner_id=UUID(told["owner"]) if told["owner"] else None,
        track=codes.Track(told["track"]),
        note=told["note"],
    )
    if is_problem(case):
        return case
    idempotency.finish(claim, HttpResponse(status=204))
    toast(request, _("案件 %(number)s 已立案。") % {"number": case.number})
    return case.id


def _open_items(debtor_id: UUID) -> list[tuple[str, str]]:
    """Unsettled invoices of the debtor that no open case has."""
    wanted = ledger.ItemFilter(debtor_id=debtor_id, kind=ItemKind.INVOICE, state=ledger.ItemState.OPEN)
    rows = ledger.items_page(wanted, as_of=working_day(), sort="due", limit=ITEMS_MAX).rows
    taken = set(
        CaseItem.objects.filter(item_id__in=[row.id for row in rows], until_at=None).values_list(
            "item_id", flat=True
        )
    )
    return [
        (
            str(row.id),
            f"{row.document_number} · {date_cell(row.due_on)} · {cells.amount(row.open_minor, row.currency)} {row.currency}",
        )
        for row in rows
        if row.id not in taken and row.open_minor > 0
    ]
