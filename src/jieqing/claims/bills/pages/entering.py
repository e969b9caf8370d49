"""Enter a bill of a debtor: what its face says, which documents it is for; the outcome is shown before it is posted."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from jieqing.claims.bills import selectors, services
from jieqing.claims.bills.engine.bills import BillKind
from jieqing.claims.bills.pages.bills import KIND_WORDS
from jieqing.claims.parties import access as parties
from jieqing.kernel import clock
from jieqing.kernel.money import plain_amount, to_minor
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.http import problem_response, requires

# Bills of the settlement houses of mainland China are in yuan.
CURRENCY = "CNY"
DOCUMENTS_MAX = 50
_DAY = {"type": "date"}


class BillForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("种类"), choices=[(kind.value, word) for kind, word in KIND_WORDS.items()]
    )
    number = forms.CharField(label=gettext_lazy("票据号"), max_length=40)
    drawer = forms.CharField(label=gettext_lazy("出票人"), max_length=120)
    acceptor = forms.CharField(label=gettext_lazy("承兑人"), max_length=120)
    amount = forms.DecimalField(label=gettext_lazy("票面金额（元）"), localize=False)
    due_on = forms.DateField(
        label=gettext_lazy("到期日"), widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d")
    )
    received_on = forms.DateField(
        label=gettext_lazy("收到日"), widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d")
    )
    documents = forms.MultipleChoiceField(
        label=gettext_lazy("用于哪些单据"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("不选则先抵到期最早的；多出的部分记为未核销回款。"),
    )

    def __init__(self, asked: Any, debtor_id: UUID) -> None:
        super().__init__(asked, initial={"received_on": clock.today()})
        self.debtor_id = debtor_id
        found = selectors.documents_of(debtor_id, CURRENCY)
        self.numbers = {one.item_id: one.document_number for one in found}
        self.fields["documents"].choices = [  # type: ignore[attr-defined]
            (str(one.item_id), f"{one.document_number} · {plain_amount(one.open_minor, CURRENCY)}")
            for one in found[:DOCUMENTS_MAX]
        ]

    def order(self) -> services.BillOrder | Problem:
        told = self.cleaned_data
        minor = to_minor(told["amount"], CURRENCY)
        if is_problem(minor):
            return minor
        return services.BillOrder(
            debtor_id=self.debtor_id,
            kind=BillKind(told["kind"]),
            number=told["number"],
            drawer=told["drawer"],
            acceptor=told["acceptor"],
            amount_minor=minor,
            currency=CURRENCY,
            due_on=told["due_on"],
            received_on=told["received_on"],
            documents=tuple(UUID(one) for one in told["documents"]),
        )


@requires("ledger.decide")
@require_http_methods(["GET", "HEAD", "POST"])
def bill_new(request: HttpRequest, site_slug: str, debtor_id: UUID) -> HttpResponse:
    """Shows first what the bill would cover; the second button posts it."""
    actor = request.actor  # type: ignore[attr-defined]
    debtor = parties.party_by_id(actor, debtor_id)
    if is_problem(debtor):
        return problem_response(request, debtor, 404)
    form = BillForm(request.POST or None, debtor.id)
    problem: Problem | None = None
    shown: list[tuple[str, int]] | None = None
    rest = 0
    if request.method == "POST" and form.is_valid():
        order = form.order()
        if is_problem(order):
            problem = order
        elif "confirm" in request.POST:
            made = services.receive_bill(actor=actor, order=order)
            if not is_problem(made):
                messages.success(request, _("汇票已登记，所抵单据按条件冲减。"))
                return redirect("bill", site_slug, made.id)
            problem = made
        else:
            found = services.preview_bill(actor=actor, order=order)
            if is_problem(found):
                problem = found
            else:
                shown = [(form.numbers[item], minor) for item, minor in found]
                rest = order.amount_minor - sum(minor for _item, minor in found)
    context = {
        "debtor": debtor,
        "name": debtor.name or debtor.code,
        "form": form,
        "problem": problem,
        "shown": shown,
        "rest": rest,
        "currency": CURRENCY,
    }
    status = 422 if request.method == "POST" and (problem or form.errors) else 200
    return render(request, "bills/new.html", context, status=status)
