"""The portfolio in its own currencies and in the reporting one, with the rates; entering a rate, choosing the currency."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from jieqing.claims.exchange import selectors, services
from jieqing.claims.receivables.selectors import reading_of
from jieqing.estate.accounts.selectors import display_names
from jieqing.kernel import clock
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.http import problem_response, requires

_DAY = {"type": "date"}


class CurrencyForm(forms.Form):
    currency = forms.CharField(label=gettext_lazy("报告币种"), max_length=3)


class RateForm(forms.Form):
    base = forms.CharField(label=gettext_lazy("外币"), max_length=3)
    quote = forms.CharField(label=gettext_lazy("报告币种"), max_length=3)
    on = forms.DateField(label=gettext_lazy("日期"), widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"))
    rate = forms.DecimalField(
        label=gettext_lazy("汇率"),
        localize=False,
        help_text=gettext_lazy("1 单位外币等于多少报告币种；按登记的方向使用，不倒算、不套算。"),
    )
    source = forms.CharField(
        label=gettext_lazy("来源"),
        max_length=services.SOURCE_CHARS_MAX,
        help_text=gettext_lazy("例如人民银行中间价。"),
    )


@requires("ledger.read")
@require_http_methods(["GET", "HEAD", "POST"])
def exchange(request: HttpRequest, site_slug: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    refused = request.allow("ledger.decide")  # type: ignore[attr-defined]
    reading = reading_of(request.GET)
    code = selectors.reporting_currency()
    form = CurrencyForm(request.POST or None, initial={"currency": code or "CNY"})
    problem: Problem | None = None
    if request.method == "POST":
        if refused:
            return problem_response(request, refused, 403)
        if form.is_valid():
            done = services.set_reporting_currency(actor=actor, currency=form.cleaned_data["currency"])
            if not is_problem(done):
                messages.success(request, _("报告币种已设为 %(code)s。") % {"code": done.currency})
                return redirect("exchange", site_slug)
            problem = done
    found = selectors.portfolio_total(as_of=reading.as_of, known_at=reading.known_at)
    rows = selectors.rates()
    names = display_names({row.entered_by for row in rows})
    context: dict[str, Any] = {
        "reading": reading,
        "total": None if is_problem(found) else found,
        "unset": found if is_problem(found) else None,
        "rates": [(row, row.rate.normalize(), names.get(row.entered_by, _("系统"))) for row in rows],
        "form": None if refused else form,
        "problem": problem,
    }
    return render(request, "exchange/exchange.html", context, status=422 if problem or form.errors else 200)


@requires("ledger.decide")
@require_http_methods(["GET", "HEAD", "POST"])
def rate_new(request: HttpRequest, site_slug: str) -> HttpResponse:
    code = selectors.reporting_currency() or "CNY"
    initial = {"on": clock.today(), "quote": code, "base": request.GET.get("base", "")[:3]}
    form = RateForm(request.POST or None, initial=initial)
    problem: Problem | None = None
    if request.method == "POST" and form.is_valid():
        done = services.enter_rate(actor=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
        if not is_problem(done):
            messages.success(request, _("汇率已登记并存证。"))
            return redirect("exchange", site_slug)
        problem = done
    status = 422 if problem or form.errors else 200
    return render(request, "exchange/rate_new.html", {"form": form, "problem": problem}, status=status)
