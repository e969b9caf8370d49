"""Statements every month: which schedules there are, a new one, what one has made and who was handed what, its end."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jieqing.claims.receivables import access, selectors
from jieqing.claims.receivables.engine.ageing import buckets_of
from jieqing.claims.receivables.models import HandOverKind, StatementSchedule
from jieqing.claims.receivables.pages.item_forms import filter_of
from jieqing.claims.receivables.selectors import ItemFilter, Reading, statement_register
from jieqing.claims.receivables.services import statement_schedules as services
from jieqing.claims.receivables.services.account_statements import number_of
from jieqing.estate.accounts.selectors import display_names
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.http import problem_response, requires
from jieqing.plumbing.templatetags.kit import lang

HAND_OVER_WORDS = {
    HandOverKind.DOWNLOADED: gettext_lazy("下载"),
    HandOverKind.SENT_TO_MEMBER: gettext_lazy("通知本站成员"),
}


class ScheduleForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("名称"), max_length=services.NAME_CHARS_MAX)
    day_of_month = forms.IntegerField(
        label=gettext_lazy("每月几日"),
        min_value=1,
        max_value=31,
        help_text=gettext_lazy("较短的月份取最后一天；对账单截至前一天。"),
    )
    q = forms.CharField(
        label=gettext_lazy("债务人"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("名称、拼音或客户编码的一部分；留空就是全部。"),
    )
    bucket = forms.TypedChoiceField(
        label=gettext_lazy("账龄区间"), required=False, coerce=int, empty_value=None
    )
    currency = forms.ChoiceField(label=gettext_lazy("币种"), required=False)
    language = forms.ChoiceField(
        label=gettext_lazy("对账单语言"), choices=[("zh", "中文"), ("en", "English")]
    )

    def __init__(self, asked: Any, reading: Reading) -> None:
        super().__init__(asked, initial={"day_of_month": 1, "language": lang()})
        self.reading = reading
        buckets = [(index, one.label(lang(), reading.basis)) for index, one in enumerate(reading.buckets)]
        self.fields["bucket"].choices = [("", gettext_lazy("全部")), *buckets]  # type: ignore[attr-defined]
        codes = [(code, code) for code in reading.facts.currencies]
        self.fields["currency"].choices = [("", gettext_lazy("全部")), *codes]  # type: ignore[attr-defined]

    def wanted(self) -> ItemFilter:
        told = self.cleaned_data
        return replace(
            filter_of(self.reading),
            currency=told["currency"] or None,
            bucket=told["bucket"],
            search=told["q"],
        )


@requires("ledger.read")
@require_GET
def schedules(request: HttpRequest, site_slug: str) -> HttpResponse:
    rows = statement_register.schedules()
    names = display_names({row.made_by for row in rows})
    context = {
        "rows": [(row, wanted_words(row), names.get(row.made_by, _("系统"))) for row in rows],
        "may_issue": request.allow("ledger.issue") is None,  # type: ignore[attr-defined]
    }
    return render(request, "receivables/statement_schedules.html", context)


@requires("ledger.issue")
@require_http_methods(["GET", "HEAD", "POST"])
def schedule_new(request: HttpRequest, site_slug: str) -> HttpResponse:
    form = ScheduleForm(request.POST or None, selectors.reading_of(request.GET))
    problem: Problem | None = None
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        made = services.make_schedule(
            actor=request.actor,  # type: ignore[attr-defined]
            name=told["name"],
            wanted=form.wanted(),
            day_of_month=told["day_of_month"],
            lang=told["language"],
        )
        if not is_problem(made):
            messages.success(request, _("定期对账“%(name)s”已设定并存证。") % {"name": made.name})
            return redirect("statement-schedule", site_slug, made.id)
        problem = made
    context = {
        "form": form,
        "problem": problem,
        "title": _("设定定期对账"),
        "help": _("到这一天自动为符合筛选的债务人各出具一份；只出具，不发给任何人。"),
        "back": reverse("statement-schedules", args=[site_slug]),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "receivables/charge_form.html", context, status=status)


@requires("ledger.read")
@require_GET
def schedule(request: HttpRequest, site_slug: str, schedule_id: UUID) -> HttpResponse:
    found = access.statement_schedule_by_id(request.actor, schedule_id)  # type: ignore[attr-defined]
    if is_problem(found):
        return problem_response(request, found, 404)
    log = statement_register.send_log(found)
    names = display_names({found.made_by, *(row.actor_id for row in log)})
    context = {
        "schedule": found,
        "wanted": wanted_words(found),
        "who": names.get(found.made_by, _("系统")),
        "problem": services.problem_named(found.last_problem),
        "runs": statement_register.runs_of_schedule(found),
        "log": [
            (
                row,
                number_of(row.statement),
                HAND_OVER_WORDS[HandOverKind(row.kind)],
                names.get(row.actor_id, _("系统")),
            )
            for row in log
        ],
        "may_issue": request.allow("ledger.issue") is None,  # type: ignore[attr-defined]
    }
    return render(request, "receivables/statement_schedule.html", context)


@requires("ledger.issue")
@require_POST
def schedule_end(request: HttpRequest, site_slug: str, schedule_id: UUID) -> HttpResponse:
    """From now on it starts nothing; a second click finds it ended."""
    actor = request.actor  # type: ignore[attr-defined]
    found = access.statement_schedule_by_id(actor, schedule_id)
    if is_problem(found):
        return problem_response(request, found, 404)
    if found.ended_at is None:
        done = services.end_schedule(actor=actor, name=found.name)
        if is_problem(done):
            return problem_response(request, done, 409)
        messages.success(request, _("定期对账“%(name)s”已停用；已出具的都保留。") % {"name": found.name})
    return redirect("statement-schedule", site_slug, found.id)


def wanted_words(one: StatementSchedule) -> str:
    """Whom a schedule means, in one phrase."""
    told = one.wanted
    words = [told["search"] or _("全部债务人")]
    if told["bucket"] is not None:
        edges = tuple(told["edges"])
        words.append(buckets_of(edges)[told["bucket"]].label(lang()))
    if told["currency"]:
        words.append(told["currency"])
    return " · ".join(map(str, words))
