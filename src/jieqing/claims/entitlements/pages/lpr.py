"""``/operator/lpr/``: the platform's operator enters and confirms what the interbank centre published.

A stranger gets the 404 of a page that does not exist. Each month shows who said what, when and why; a confirmed value is
never changed, a correction stands beside it.
"""

from collections.abc import Callable
from decimal import Decimal
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jieqing.claims.entitlements import access, selectors, services
from jieqing.claims.entitlements.engine.lpr import LPR
from jieqing.estate.accounts.selectors import display_names
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.http import problem_response
from jieqing.plumbing.templatetags.kit import lang

View = Callable[..., HttpResponse]


class ProposalForm(forms.Form):
    published_on = forms.DateField(
        label=gettext_lazy("公布日"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("公告上的日期：每月20日或其后首个工作日。"),
    )
    one_year = forms.DecimalField(label=gettext_lazy("一年期（%）"), max_digits=7, decimal_places=5)
    five_year = forms.DecimalField(label=gettext_lazy("五年期以上（%）"), max_digits=7, decimal_places=5)
    source = forms.CharField(
        label=gettext_lazy("来源"), max_length=200, help_text=gettext_lazy("公告的网址或名称。")
    )


def operators_only(view: View) -> View:
    @login_required
    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        assert request.user.is_authenticated
        found = access.operator_actor(request.user.pk)
        if is_problem(found):
            return problem_response(request, found, 404)
        return view(request, found)

    return guarded


@operators_only
@require_safe
def lpr(request: HttpRequest, operator: Actor) -> HttpResponse:
    return _show(request)


@operators_only
@require_POST
def propose(request: HttpRequest, operator: Actor) -> HttpResponse:
    form = ProposalForm(request.POST)
    if not form.is_valid():
        return _show(request, form=form)
    told = form.cleaned_data
    percent: dict[str, Decimal] = {name: told[name] / 100 for name in ("one_year", "five_year")}
    found = services.propose(
        actor=operator, published_on=told["published_on"], source=told["source"], **percent
    )
    if is_problem(found):
        form.add_error(None, f"{found.text(lang())} {found.todo(lang())}")
        return _show(request, form=form)
    messages.success(request, _("已登记，核实后各站点才会使用。"))
    return redirect("operator-lpr")


@operators_only
@require_POST
def confirm(request: HttpRequest, operator: Actor) -> HttpResponse:
    row = access.publication_of(operator, request.POST.get("publication", ""))
    why = request.POST.get("why", "")
    found = row if is_problem(row) else services.confirm(actor=operator, publication=row, why=why)
    if is_problem(found):
        return _show(request, problem=found)
    messages.success(request, _("已核实，各站点的计算器从现在起使用这个数值。"))
    return redirect("operator-lpr")


def _show(
    request: HttpRequest, *, form: ProposalForm | None = None, problem: Problem | None = None
) -> HttpResponse:
    rows = selectors.publications()
    names = display_names({state.by_id for row in rows for state in row["states"] if state.by_id})
    for row in rows:
        row["told"] = [{"state": state, "who": names.get(state.by_id, "")} for state in row["states"]]
    first = clock.today().replace(day=1)
    context: dict[str, Any] = {
        "rows": rows,
        "form": form or ProposalForm(),
        "problem": problem,
        "waiting": sum(not row["is_confirmed"] for row in rows),
        "missing": LPR.confirmed(_confirmed()).unconfirmed_months(
            first.replace(year=first.year - 2).toordinal(), clock.today().toordinal()
        ),
    }
    return render(request, "entitlements/lpr.html", context, status=422 if problem or form else 200)


def _confirmed() -> list[Any]:
    return list(selectors.months_in_force().values())
