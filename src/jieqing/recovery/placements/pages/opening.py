"""A new placement in two steps on one page: whose debts, then which of them and on what terms."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from jieqing.claims.parties.selectors import party_names
from jieqing.claims.receivables.selectors.claim_facts import ClaimFacts, ledger_creditors, open_claims_of
from jieqing.estate.reception.access import enquiry_by_id
from jieqing.kernel import clock
from jieqing.kernel.money import to_minor
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.http import requires
from jieqing.recovery.placements import services
from jieqing.recovery.placements.engine.terms import (
    INSTALMENT_MONTHS_MAX,
    SCOPE_CHARS_MAX,
    FeeTerms,
    Mandate,
    Terms,
)
from jieqing.recovery.placements.selectors import active_placements_of

ITEMS_SHOWN_MAX = 100
NUMBERS_CHARS_MAX = 200_000
_PERCENT: dict[str, Any] = {
    "max_digits": 7,
    "decimal_places": 5,
    "min_value": 0,
    "max_value": 100,
    "required": False,
}
_DAY = {"type": "date"}


class TermsForm(forms.Form):
    """What the agreement says. Percent here, fractions inside."""

    scope = forms.CharField(
        label=gettext_lazy("委托范围"),
        max_length=SCOPE_CHARS_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("例如：函告、协商、代拟文书。"),
    )
    starts_on = forms.DateField(label=gettext_lazy("起始日"), widget=forms.DateInput(attrs=_DAY))
    ends_on = forms.DateField(
        label=gettext_lazy("到期日"),
        required=False,
        widget=forms.DateInput(attrs=_DAY),
        help_text=gettext_lazy("到期次日起自动停止一切联系。"),
    )
    max_discount = forms.DecimalField(
        label=gettext_lazy("最多可减让（%）"), help_text=gettext_lazy("没有授权减让就留空。"), **_PERCENT
    )
    max_instalment_months = forms.IntegerField(
        label=gettext_lazy("最长可分期（月）"),
        min_value=0,
        max_value=INSTALMENT_MONTHS_MAX,
        required=False,
        help_text=gettext_lazy("没有授权分期就留空。"),
    )
    may_sue = forms.BooleanField(label=gettext_lazy("授权起诉、申请支付令和保全"), required=False)
    fee_percent = forms.DecimalField(label=gettext_lazy("按回款收费（%）"), **_PERCENT)
    fee_fixed = forms.DecimalField(
        label=gettext_lazy("固定收费（元）"), max_digits=14, decimal_places=2, min_value=0, required=False
    )

    numbers = forms.CharField(
        label=gettext_lazy("或粘贴单据号，每行一个"),
        required=False,
        max_length=NUMBERS_CHARS_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def terms(self) -> Terms:
        data = self.cleaned_data
        fixed = data["fee_fixed"]
        minor = None if fixed is None else to_minor(fixed, "CNY")
        return Terms(
            scope=data["scope"],
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            mandate=Mandate(
                _fraction(data["max_discount"]) or Decimal(0),
                data["max_instalment_months"] or 0,
                data["may_sue"],
            ),
            fee=FeeTerms(_fraction(data["fee_percent"]), None if is_problem(minor) else minor),
        )


@requires("placements.manage")
@require_http_methods(["GET", "POST"])
def placement_new(request: HttpRequest, site_slug: str) -> HttpResponse:
    creditors = ledger_creditors()
    creditor_id = _uuid(request.POST.get("creditor") or request.GET.get("creditor", ""))
    known = {one.creditor_id for one in creditors}
    if creditor_id not in known:
        creditor_id = next(iter(known)) if len(known) == 1 else None
    names = party_names(known)
    context: dict[str, Any] = {
        "creditors": sorted(((one.creditor_id, names.get(one.creditor_id, ""), one.items) for one in creditors), key=lambda row: row[1]),
        "creditor_id": creditor_id,
        "creditor": names.get(creditor_id, "") if creditor_id else "",
        "steps": _steps(creditor_id is not None),
        "enquiry": _enquiry(request),
    }  # fmt: skip
    if creditor_id is None:
        return render(request, "placements/new.html", context)
    return _terms_step(request, site_slug, creditor_id, context)


def _terms_step(
    request: HttpRequest, site_slug: str, creditor_id: UUID, context: dict[str, Any]
) -> HttpResponse:
    claims = open_claims_of(creditor_id)
    placed = active_placements_of([one.item_id for one in claims])
    form = TermsForm(request.POST or None, initial={"starts_on": clock.today().isoformat()})
    problem: Problem | None = None
    asked = set(request.POST.getlist("item"))
    if request.method == "POST" and form.is_valid():
        everything = request.POST.get("all") == "yes"
        numbers = {line.strip() for line in form.cleaned_data["numbers"].splitlines()} - {""}
        ids = [
            one.item_id
            for one in claims
            if everything or str(one.item_id) in asked or one.document_number in numbers
        ]
        made = services.open_placement(
            actor=request.actor,  # type: ignore[attr-defined]
            creditor_id=creditor_id,
            item_ids=ids,
            terms=form.terms(),
            enquiry_id=context["enquiry"].pk if context["enquiry"] else None,
        )
        if not is_problem(made):
            messages.success(request, _("委案已开立。接下来上传签署的协议。"))
            return redirect("placement", site_slug, made.id)
        problem = made
    names = party_names({one.debtor_id for one in claims[:ITEMS_SHOWN_MAX]})
    context |= {
        "form": form,
        "problem": problem,
        "rows": [_row(one, names, str(one.item_id) in asked, one.item_id in placed) for one in claims[:ITEMS_SHOWN_MAX]],
        "total": len(claims),
        "is_all": request.POST.get("all") == "yes",
    }  # fmt: skip
    status = 422 if problem or form.errors else 200
    return render(request, "placements/new.html", context, status=status)


def _enquiry(request: HttpRequest) -> Any:
    """The enquiry that the order grows from, when the page was opened from one."""
    enquiry_id = _uuid(request.POST.get("enquiry") or request.GET.get("enquiry", ""))
    found = enquiry_by_id(enquiry_id) if enquiry_id else None
    return None if is_problem(found) else found


def _row(claim: ClaimFacts, names: dict[UUID, str], is_asked: bool, is_placed: bool) -> dict[str, Any]:
    return {
        "claim": claim,
        "debtor": names.get(claim.debtor_id, ""),
        "is_asked": is_asked,
        "is_placed": is_placed,
    }


def _steps(has_creditor: bool) -> list[dict[str, Any]]:
    words = (_("选债权人"), _("选债权、填条款"), _("上传协议"), _("利益冲突"), _("生效"))
    at = 1 if has_creditor else 0
    return [
        {"label": word, "state": "done" if place < at else "current" if place == at else "todo", "href": ""}
        for place, word in enumerate(words)
    ]


def _fraction(percent: Decimal | None) -> Decimal | None:
    return None if percent is None else percent / 100


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
