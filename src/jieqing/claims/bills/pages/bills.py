"""The bills of a site, and one bill with its life: what it covers, its steps, the next one, the days of recourse."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from jieqing.claims.bills import access, selectors, services
from jieqing.claims.bills.engine.bills import NEXT, BillKind, Step
from jieqing.claims.bills.models import Bill
from jieqing.estate.accounts.selectors import display_names
from jieqing.kernel import clock
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.http import problem_response, requires

KIND_WORDS = {BillKind.BANK: gettext_lazy("银行承兑汇票"), BillKind.COMMERCIAL: gettext_lazy("商业承兑汇票")}
STEP_WORDS = {
    Step.RECEIVED: gettext_lazy("收到"),
    Step.ENDORSED: gettext_lazy("背书转让"),
    Step.DISCOUNTED: gettext_lazy("贴现"),
    Step.PRESENTED: gettext_lazy("提示付款"),
    Step.HONOURED: gettext_lazy("已兑付"),
    Step.DISHONOURED: gettext_lazy("拒付"),
    Step.WITHDRAWN: gettext_lazy("撤回登记"),
}
TONES = {Step.HONOURED: "good", Step.DISHONOURED: "bad"}
_DAY = {"type": "date"}


class StepForm(forms.Form):
    step = forms.ChoiceField(label=gettext_lazy("下一步"))
    on = forms.DateField(label=gettext_lazy("日期"), widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"))
    note = forms.CharField(
        label=gettext_lazy("说明"),
        required=False,
        max_length=services.NOTE_CHARS_MAX,
        help_text=gettext_lazy("背书写明被背书人，拒付写明理由。"),
    )

    def __init__(self, asked: Any, state: Step) -> None:
        super().__init__(asked, initial={"on": clock.today()})
        self.fields["step"].choices = [(one.value, STEP_WORDS[one]) for one in NEXT[state]]  # type: ignore[attr-defined]


@requires("ledger.read")
@require_GET
def bills(request: HttpRequest, site_slug: str) -> HttpResponse:
    return render(request, "bills/bills.html", {"bills": [_told(one) for one in selectors.bills()]})


@requires("ledger.read")
@require_http_methods(["GET", "HEAD", "POST"])
def bill(request: HttpRequest, site_slug: str, bill_id: UUID) -> HttpResponse:
    """Reading for everybody who reads the ledger; a step for who decides."""
    actor = request.actor  # type: ignore[attr-defined]
    found = access.bill_by_id(actor, bill_id)
    if is_problem(found):
        return problem_response(request, found, 404)
    steps = selectors.steps_of(found)
    state = Step(steps[-1].step)
    refused = request.allow("ledger.decide")  # type: ignore[attr-defined]
    if request.method == "POST" and refused:
        return problem_response(request, refused, 403)
    form = StepForm(request.POST or None, state)
    problem: Problem | None = None
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        done = services.take_step(
            actor=actor, bill=found, step=Step(told["step"]), on=told["on"], note=told["note"]
        )
        if not is_problem(done):
            messages.success(request, _("已登记：%(step)s") % {"step": STEP_WORDS[Step(done.step)]})
            return redirect("bill", site_slug, found.id)
        problem = done
    names = display_names({step.by for step in steps})
    context = {
        **_told(found),
        "covers": selectors.covered_by(found),
        "steps": [(step, STEP_WORDS[Step(step.step)], names.get(step.by, _("系统"))) for step in steps],
        "recourse": services.recourse(found, steps[-1].on) if state is Step.DISHONOURED else None,
        "form": form if NEXT[state] and not refused else None,
        "problem": problem,
    }
    status = 422 if problem or form.errors else 200
    return render(request, "bills/bill.html", context, status=status)


def _told(found: Bill) -> dict[str, Any]:
    state = Step(selectors.last_step(found).step)
    return {
        "bill": found,
        "kind": KIND_WORDS[BillKind(found.kind)],
        "state": STEP_WORDS[state],
        "tone": TONES.get(state, "" if state is Step.WITHDRAWN else "warn"),
        "is_over": not NEXT[state],
    }
