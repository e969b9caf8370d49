"""Changes of rules: put one forward, see what it would change before it takes effect, decide it with a second person."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jieqing.claims.parties.engine.choices import CHANNEL_NAMES
from jieqing.estate.accounts.selectors import display_names
from jieqing.kernel import clock
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.http import problem_response, requires
from jieqing.plumbing.spreadsheets import csv_file
from jieqing.plumbing.templatetags.kit import lang
from jieqing.recovery.assurance import selectors, services
from jieqing.recovery.assurance.access import review_by_id
from jieqing.recovery.assurance.engine.drafts import closing_hours
from jieqing.recovery.assurance.engine.fact_words import value_name
from jieqing.recovery.assurance.engine.proposals import KIND_NAMES, TEXT_CHARS_MAX, ChangeKind
from jieqing.recovery.assurance.models import ChangeReview, ReviewChange
from jieqing.recovery.assurance.services.sources import Told, source_name, sources, told
from jieqing.recovery.cases.selectors import CaseFilter, filtered


class ChangeForm(forms.Form):
    """Either a tightening of hours by two times, or a text; neither: the rules that turn on that day."""

    effective_on = forms.DateField(
        label=gettext_lazy("生效日"), widget=forms.DateInput(attrs={"type": "date"})
    )
    closed_from = forms.TimeField(
        label=gettext_lazy("本站每天不联系：从"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}),
    )
    closed_to = forms.TimeField(
        label=gettext_lazy("到"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    channels = forms.MultipleChoiceField(
        label=gettext_lazy("只限这些渠道"), required=False, widget=forms.CheckboxSelectMultiple
    )
    file = forms.FileField(label=gettext_lazy("规则包文件"), required=False)
    text = forms.CharField(
        label=gettext_lazy("规则包文字"),
        required=False,
        max_length=TEXT_CHARS_MAX,
        widget=forms.Textarea(attrs={"rows": 8, "class": "mono", "spellcheck": "false"}),
        help_text=gettext_lazy(
            "写法见 docs/law/packs.md；文件、文字和时段都不填，就审查这一天施行或失效的规则。"
        ),
    )
    why = forms.CharField(
        label=gettext_lazy("理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        place = 0 if lang() == "zh" else 1
        field = self.fields["channels"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(code.value, names[place]) for code, names in CHANNEL_NAMES.items()]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        given = data.get("file")
        if given is not None:
            if given.size > TEXT_CHARS_MAX:
                self.add_error("file", _("文件太大。"))
            else:
                try:
                    data["text"] = given.read().decode("utf-8")
                except UnicodeDecodeError:
                    self.add_error("file", _("文件须为 UTF-8 编码。"))
        if bool(data.get("closed_from")) != bool(data.get("closed_to")):
            self.add_error("closed_to", _("起止时间都要填。"))
        elif data.get("closed_from") and not data.get("text"):
            data["text"] = closing_hours(
                data["closed_from"], data["closed_to"], data.get("channels") or [], data.get("effective_on")
            )
        return data


@requires("compliance.read")
@require_safe
def changes(request: HttpRequest, site_slug: str) -> HttpResponse:
    rows = selectors.reviews(request.site.id)  # type: ignore[attr-defined]
    people = display_names({row.by for row in rows}) if rows else {}
    context = {
        "rows": [_line(row, people) for row in rows],
        "may_propose": not request.allow("compliance.manage"),  # type: ignore[attr-defined]
    }
    return render(request, "assurance/changes.html", context)


@requires("compliance.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, site_slug: str) -> HttpResponse:
    problem: Problem | None = None
    if request.method == "POST":
        form = ChangeForm(request.POST, request.FILES)
        if form.is_valid():
            found = services.review_change(
                actor=request.actor,  # type: ignore[attr-defined]
                effective_on=form.cleaned_data["effective_on"],
                why=form.cleaned_data["why"],
                text=form.cleaned_data["text"],
            )
            if not is_problem(found):
                return redirect("gate-change", site_slug, found.id)
            problem = found
    else:
        form = ChangeForm(initial={"effective_on": request.GET.get("on") or clock.today()})
    status = 422 if request.method == "POST" else 200
    return render(request, "assurance/change_new.html", {"form": form, "problem": problem}, status=status)


@requires("compliance.read")
@require_safe
def change(request: HttpRequest, site_slug: str, review_id: UUID) -> HttpResponse:
    row = review_by_id(request.actor, review_id)  # type: ignore[attr-defined]
    return problem_response(request, row, 404) if is_problem(row) else _shown(request, row)


@requires("compliance.manage")
@require_POST
def decide(request: HttpRequest, site_slug: str, review_id: UUID) -> HttpResponse:
    row = review_by_id(request.actor, review_id)  # type: ignore[attr-defined]
    if is_problem(row):
        return problem_response(request, row, 404)
    done = services.decide_change(
        actor=request.actor,  # type: ignore[attr-defined]
        review_id=review_id,
        is_adopted=request.POST.get("decision") == "adopt",
        reason=request.POST.get("reason", ""),
    )
    if is_problem(done):
        return _shown(request, row, done, request.POST.get("reason", ""))
    messages.success(request, _("决定已记录并存证。"))
    return redirect("gate-change", site_slug, review_id)


@requires("compliance.read")
@require_safe
def change_file(request: HttpRequest, site_slug: str, review_id: UUID) -> HttpResponse:
    """Everything a review found, without a word of whom: plain references and hours."""
    row = review_by_id(request.actor, review_id)  # type: ignore[attr-defined]
    if is_problem(row):
        return problem_response(request, row, 404)
    lines = [
        (
            source_name(one.source, lang()),
            one.subject,
            one.channel,
            str(one.before.get("allow", "")),
            str(one.after.get("allow", "")),
            str(one.before.get("allow_busy", "")),
            str(one.after.get("allow_busy", "")),
            " ".join(one.rules),
        )
        for one in selectors.changes_of(row)
    ]
    return csv_file(
        f"change-{site_slug}-{row.effective_on}.csv",
        about=[(row.title, row.effective_on.isoformat())],
        head=[
            _("来源"), _("编号"), _("渠道"), _("之前可联系"), _("之后可联系"), _("次数用满前可联系"),
            _("次数用满后可联系"), _("规则"),
        ],
        rows=lines,
    )  # fmt: skip


def _line(row: ChangeReview, people: dict[UUID, str]) -> dict[str, Any]:
    decision = getattr(row, "decision", None)
    words, tone = (_("待另一人决定"), "warn")
    if decision is not None:
        words, tone = (_("已采用"), "good") if decision.is_adopted else (_("未采用"), "")
    elif row.effective_on < clock.today():
        words, tone = _("逾期未决定"), ""
    place = 0 if lang() == "zh" else 1
    return {
        "row": row,
        "kind": KIND_NAMES[ChangeKind(row.kind)][place],
        "state": words,
        "tone": tone,
        "by": people.get(row.by, _("系统")),
        "is_sample": row.cases < row.cases_open,
    }


def _shown(
    request: HttpRequest, row: ChangeReview, problem: Problem | None = None, kept: str = ""
) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    decision = getattr(row, "decision", None)
    people = display_names({row.by, *([decision.by] if decision else [])})
    may_see = not request.allow("cases.read")  # type: ignore[attr-defined]
    found = selectors.first_changes_of(row)
    case_ids = {one.case_id for some in found.values() for one in some if one.case_id}
    numbers = _numbers(actor, case_ids) if may_see and case_ids else {}
    manages = not request.allow("compliance.manage")  # type: ignore[attr-defined]
    is_open = decision is None and row.effective_on >= clock.today()
    context = {
        **_line(row, people),
        "groups": [_group(request, row, name, some, numbers) for name, some in _in_order(found)],
        "looked": [(source_name(name, lang()), *row.looked[name]) for name in _order(row.looked)],
        "decision": decision,
        "decider": people.get(decision.by, "") if decision else "",
        "may_decide": manages and is_open and row.by != actor.id,
        "is_own": manages and is_open and row.by == actor.id,
        "problem": problem,
        "kept": kept,
        "try_href": f"{reverse('gate-try', args=[request.site.slug])}?on={row.effective_on.isoformat()}",  # type: ignore[attr-defined]
    }
    return render(request, "assurance/change.html", context, status=422 if problem else 200)


def _numbers(actor: Any, case_ids: set[UUID]) -> dict[UUID, tuple[str, str]]:
    """Numbers and debtors of those cases that the reader may see."""
    rows = filtered(actor, CaseFilter(state="all")).filter(id__in=case_ids)
    return {
        case_id: (str(number), name)
        for case_id, number, name in rows.values_list("id", "number", "debtor_name")
    }


def _order(names: Iterable[str]) -> list[str]:
    """Sources in the order in which they registered; those that are gone last."""
    known = [one.name for one in sources()]
    return sorted(names, key=lambda name: (known.index(name) if name in known else len(known), name))


def _in_order(found: dict[str, list[ReviewChange]]) -> list[tuple[str, list[ReviewChange]]]:
    return [(name, found[name]) for name in _order(found)]


def _group(
    request: HttpRequest,
    row: ChangeReview,
    name: str,
    some: list[ReviewChange],
    numbers: dict[UUID, tuple[str, str]],
) -> dict[str, Any]:
    """The first rows of one source, each with a name and where it leads."""
    names = told(name, request.actor, {one.subject for one in some})  # type: ignore[attr-defined]
    there_are = row.looked[name][2] if name in row.looked else len(some)
    return {
        "name": source_name(name, lang()),
        "count": there_are,
        "rows": [_shown_change(request, one, numbers, names.get(one.subject)) for one in some],
        "more": max(there_are - len(some), 0),
    }


def _shown_change(
    request: HttpRequest, one: ReviewChange, numbers: dict[UUID, tuple[str, str]], said: Told | None
) -> dict[str, Any]:
    number, debtor = numbers.get(one.case_id, ("", "")) if one.case_id else ("", "")
    is_busy = one.before.get("allow") == one.after.get("allow")
    pick = "allow_busy" if is_busy else "allow"
    return {
        "name": said.name if said and said.name else source_name(one.source, lang()),
        "href": reverse(said.route, args=[request.site.slug, *said.args]) if said and said.route else "",  # type: ignore[attr-defined]
        "number": number,
        "debtor": debtor,
        "case_href": reverse("case", args=[request.site.slug, one.case_id]) if number else "",  # type: ignore[attr-defined]
        "channel": value_name("channel", one.channel, lang()),
        "before": one.before.get(pick) or _hours_of(one.before),
        "after": one.after.get(pick) or _hours_of(one.after),
        "is_busy": is_busy,
        "tone": "bad" if one.is_stricter else "good",
        "rules": one.rules,
    }


def _hours_of(standing: dict[str, Any]) -> str:
    """Where no hour is open: whether some want approval, else none."""
    approval = standing.get("needs_approval")
    return _("须审批 %(hours)s") % {"hours": approval} if approval else _("不可联系")
