"""Triage of an enquiry: facts on the left become advice on the right; answered under the member's own name."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from jieqing.estate.reception.access import enquiry_by_id
from jieqing.estate.reception.selectors import contents_of
from jieqing.kernel import clock
from jieqing.kernel.money import to_minor
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.http import problem_response, requires
from jieqing.plumbing.templatetags.kit import lang
from jieqing.recovery.intake import selectors, services
from jieqing.recovery.intake.engine.triage import Told, triage

REMARK_CHARS_MAX = 2_000
_DAY = forms.DateInput(attrs={"type": "date"})
_YES_NO = [("", gettext_lazy("不清楚")), ("yes", gettext_lazy("是")), ("no", gettext_lazy("否"))]


class ToldForm(forms.Form):
    amount = forms.DecimalField(
        label=gettext_lazy("欠款金额（元）"), max_digits=15, decimal_places=2, min_value=0
    )
    due_on = forms.DateField(label=gettext_lazy("到期日"), required=False, widget=_DAY)
    last_payment_on = forms.DateField(label=gettext_lazy("最近一次付款"), required=False, widget=_DAY)
    last_demand_on = forms.DateField(label=gettext_lazy("最近一次催告"), required=False, widget=_DAY)
    has_judgment = forms.ChoiceField(label=gettext_lazy("已有生效裁判"), required=False, choices=_YES_NO)
    has_signed_papers = forms.ChoiceField(
        label=gettext_lazy("有双方签署的凭证"), required=False, choices=_YES_NO
    )
    is_disputed = forms.ChoiceField(label=gettext_lazy("对方有异议"), required=False, choices=_YES_NO)
    is_debtor_found = forms.ChoiceField(
        label=gettext_lazy("债务人在境内且能送达"), required=False, choices=_YES_NO
    )
    owes_in_return = forms.ChoiceField(
        label=gettext_lazy("对债务人也有未履行的义务"), required=False, choices=_YES_NO
    )
    remark = forms.CharField(
        label=gettext_lazy("补充说明"),
        required=False,
        max_length=REMARK_CHARS_MAX,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("接在建议后面一并答复对方。"),
    )

    def told(self) -> Told | Problem:
        data = self.cleaned_data
        minor = to_minor(data["amount"], "CNY")
        if is_problem(minor):
            return minor

        def said(name: str) -> bool | None:
            return {"yes": True, "no": False}.get(data[name])

        return Told(
            amount_fen=minor,
            due_on=data["due_on"],
            last_payment_on=data["last_payment_on"],
            last_demand_on=data["last_demand_on"],
            has_judgment=bool(said("has_judgment")),
            has_signed_papers=said("has_signed_papers"),
            is_disputed=said("is_disputed"),
            is_debtor_found=said("is_debtor_found"),
            owes_in_return=said("owes_in_return"),
        )


@never_cache
@requires("enquiries.answer")
@require_http_methods(["GET", "POST"])
def consultation(request: HttpRequest, site_slug: str, enquiry_id: UUID) -> HttpResponse:
    enquiry = enquiry_by_id(enquiry_id)
    if is_problem(enquiry):
        return problem_response(request, enquiry, 404)
    done = selectors.consultation_of(enquiry.id)
    form = ToldForm(request.POST or None)
    problem: Problem | None = None
    advice: Any = None
    if form.is_bound and form.is_valid():
        told = form.told()
        advice = told if is_problem(told) else triage(told, clock.today())
        if is_problem(advice):
            problem, advice = advice, None
        elif request.POST.get("do") == "answer" and not is_problem(told):
            answered = services.answer_consultation(
                actor=request.actor,  # type: ignore[attr-defined]
                enquiry=enquiry,
                told=told,
                remark=form.cleaned_data["remark"],
                answerer=request.user.display_name,  # type: ignore[union-attr]
                site_name=request.site.name,
                link_of=lambda token: request.build_absolute_uri(reverse("receipt", args=[site_slug, token])),
            )
            if not is_problem(answered):
                messages.success(request, _("已答复；对方凭链接可以看到。"))
                return redirect("enquiry", site_slug, enquiry_id)
            problem = answered
    context = {
        "enquiry": enquiry,
        "contents": contents_of(enquiry),
        "form": form,
        "advice": advice.text(lang()) if advice else "",
        "done": done,
        "problem": problem,
    }
    status = 422 if problem or (form.is_bound and form.errors) else 200
    return render(request, "intake/consultation.html", context, status=status)
