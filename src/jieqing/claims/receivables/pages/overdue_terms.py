"""From which day on documents are late: a new version of the site's terms, or of one creditor's."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from jieqing.claims.receivables import selectors
from jieqing.claims.receivables.engine.overdue_terms import GRACE_DAYS_MAX
from jieqing.claims.receivables.models import OverdueTermsVersion
from jieqing.claims.receivables.selectors.appropriation import creditors
from jieqing.claims.receivables.services.overdue_terms import REASON_CHARS_MAX, set_overdue_terms
from jieqing.kernel import clock
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.http import requires

_FOLLOWS = "follows"


class OverdueTermsForm(forms.Form):
    creditor = forms.ChoiceField(label=gettext_lazy("适用于"), required=False)
    follows = forms.BooleanField(label=gettext_lazy("这位债权人改为随全站"), required=False)
    grace_days = forms.IntegerField(
        label=gettext_lazy("宽限天数"), required=False, min_value=0, max_value=GRACE_DAYS_MAX, initial=0
    )
    rolls = forms.BooleanField(
        label=gettext_lazy("到期日遇休息日顺延到下一个工作日（民法典第 203 条）"), required=False
    )
    effective_from = forms.DateField(
        label=gettext_lazy("从哪天的报告起"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = forms.CharField(label=gettext_lazy("依据"), max_length=REASON_CHARS_MAX)

    def __init__(self, asked: Any) -> None:
        super().__init__(asked, initial={"effective_from": selectors.replay_day() or clock.today()})
        told = [(str(found), name) for found, name in creditors()]
        self.fields["creditor"].choices = [("", gettext_lazy("全站")), *told]  # type: ignore[attr-defined]


@requires("ledger.decide")
@require_http_methods(["GET", "HEAD", "POST"])
def overdue_terms_new(request: HttpRequest, site_slug: str) -> HttpResponse:
    form = OverdueTermsForm(request.POST or None)
    problem: Problem | None = None
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        done = set_overdue_terms(
            actor=request.actor,  # type: ignore[attr-defined]
            grace_days=None if told[_FOLLOWS] else told["grace_days"] or 0,
            rolls=told["rolls"],
            effective_from=told["effective_from"],
            reason=told["reason"],
            creditor_id=UUID(told["creditor"]) if told["creditor"] else None,
        )
        if not is_problem(done):
            messages.success(request, _("逾期口径第 %(number)s 版已生效并存证。") % {"number": done.number})
            return redirect("charge-rules", site_slug)
        problem = done
    context = {
        "form": form,
        "problem": problem,
        "title": _("设定逾期口径"),
        "help": _(
            "决定账龄、逾期金额、对账单、案件和工作队列从哪天起算逾期。欠款、息费和诉讼时效仍按合同到期日计，不因此改变。"
        ),
        "back": reverse("charge-rules", args=[site_slug]),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "receivables/charge_form.html", context, status=status)


def words_of(one: OverdueTermsVersion) -> str:
    """A version in one phrase."""
    if one.grace_days is None:
        return _("随全站")
    return _said(one.grace_days, one.is_rolling)


def words_in_force(reading: selectors.Reading) -> str:
    """What a report says about its terms; nothing where due today is simply not overdue."""
    found = selectors.overdue_terms_in_force(reading.as_of, revision=reading.known)
    if found.is_plain:
        return ""
    words = _said(found.of_site.grace_days, found.of_site.rolls)
    own = len(found.of_creditors)
    if not own:
        return words
    return (
        words
        + "；"
        + ngettext("另有 %(own)d 位债权人单独约定", "另有 %(own)d 位债权人单独约定", own) % {"own": own}
    )


def _said(grace_days: int, rolls: bool) -> str:
    days = ngettext("宽限 %(days)d 天", "宽限 %(days)d 天", grace_days) % {"days": grace_days}
    if not grace_days:
        days = _("无宽限")
    rolled = _("遇休息日顺延") if rolls else _("不顺延")
    return _("%(days)s，%(rolled)s") % {"days": days, "rolled": rolled}
