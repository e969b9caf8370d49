"""When a channel that reached nobody is tried again: what holds, a form for a new version, and the versions before."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from jieqing.claims.parties.engine.choices import CHANNEL_NAMES, Channel
from jieqing.estate.accounts.selectors import display_names
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.http import problem_response, requires
from jieqing.plumbing.templatetags.kit import lang
from jieqing.recovery.outreach import selectors, services
from jieqing.recovery.outreach.engine.retries import Waits
from jieqing.recovery.outreach.selectors.retries import rule_of
from jieqing.recovery.outreach.services.retrying import REASON_CHARS_MAX

SETS = "cases.rules"


class Days(forms.CharField):
    """Whole days with commas; the full-width comma of a Chinese keyboard is one too."""

    def clean(self, value: Any) -> list[int]:
        text = super().clean(value).replace("，", ",").replace("、", ",")
        parts = [part.strip() for part in text.split(",") if part.strip()]
        if not all(part.isascii() and part.isdigit() and len(part) < 5 for part in parts):
            raise forms.ValidationError(_("请用逗号分开整天数，例如 1,2,4；不再试就留空。"))
        return [int(part) for part in parts]


class RetryForm(forms.Form):
    def __init__(self, *args: Any, waits: dict[Channel, Waits], **more: Any) -> None:
        super().__init__(*args, **more)
        for channel in Channel:
            told = ",".join(map(str, waits.get(channel, ())))
            self.fields[channel.value] = Days(
                label=_said(channel), required=False, max_length=60, initial=told
            )
        self.fields["reason"] = forms.CharField(label=gettext_lazy("依据"), max_length=REASON_CHARS_MAX)


@requires("cases.read")
@require_http_methods(["GET", "HEAD", "POST"])
def retry_rules(request: HttpRequest, site_slug: str) -> HttpResponse:
    refused = request.allow(SETS)  # type: ignore[attr-defined]
    if request.method == "POST" and refused:
        return problem_response(request, refused, 403)
    rule = selectors.retry_rule()
    form = RetryForm(request.POST or None, waits=dict(rule.waits))
    problem: Problem | None = None
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        made = services.set_retry_rule(
            actor=request.actor,  # type: ignore[attr-defined]
            waits=[(channel, told[channel.value]) for channel in Channel],
            reason=told["reason"],
        )
        if not is_problem(made):
            messages.success(
                request, _("再次联系规则第 %(number)d 版已生效并存证。") % {"number": made.version}
            )
            return redirect("retry-rules", site_slug)
        problem = made
    rows = selectors.retry_versions()
    people = display_names({row.set_by for row in rows}) if rows else {}
    context = {
        "rule": rule,
        "lines": [(_said(channel), _days(rule.waits.get(channel, ()))) for channel in Channel],
        "versions": [(row, _differs(row), people.get(row.set_by, "")) for row in rows],
        "form": None if refused else form,
        "problem": problem,
    }
    return render(
        request, "outreach/retry_rules.html", context, status=422 if request.method == "POST" else 200
    )


def _said(channel: Channel) -> str:
    return CHANNEL_NAMES[channel][0 if lang() == "zh" else 1]


def _days(waits: Waits) -> str:
    if not waits:
        return _("不再自动再试")
    return _("第 %(days)s 天") % {"days": (_("、") if lang() == "zh" else ", ").join(map(str, waits))}


def _differs(row: Any) -> str:
    """A version in one line: every channel with its waits."""
    said = [
        f"{_said(channel)} {','.join(map(str, days)) or '–'}" for channel, days in rule_of(row).waits.items()
    ]
    return " · ".join(said)
