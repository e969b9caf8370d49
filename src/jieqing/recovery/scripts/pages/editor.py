"""The editor: a text with its declarations; while it is typed, the scanner and the form's own checks speak beside it."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.http import problem_response, requires
from jieqing.plumbing.toasts import toast
from jieqing.recovery.scripts import access, selectors, services
from jieqing.recovery.scripts.engine.checking import BODY_CHARS_MAX, findings
from jieqing.recovery.scripts.engine.previews import preview
from jieqing.recovery.scripts.engine.templates import Template
from jieqing.recovery.scripts.engine.variables import VARIABLES, names_in
from jieqing.recovery.scripts.engine.words import (
    ADDRESSEES,
    CHANNELS,
    DISCLOSURES,
    EMOTIONS,
    PURPOSES,
    STAGES,
    Addressee,
    Channel,
    Disclosure,
    Emotion,
    Purpose,
    Stage,
)
from jieqing.recovery.scripts.models import Script
from jieqing.recovery.scripts.pages.library import LANGS
from jieqing.recovery.scripts.pages.words import choices, said, scan_view


class EditorForm(forms.Form):
    """What an author writes. Variables are declared by using them: the list beside the text says which there are."""

    code = forms.CharField(
        label=gettext_lazy("话术编号"),
        max_length=80,
        help_text=gettext_lazy("例如 own.first-call，保存后不再改变。"),
    )
    title = forms.CharField(label=gettext_lazy("标题"), max_length=120)
    body = forms.CharField(
        label=gettext_lazy("正文"),
        max_length=BODY_CHARS_MAX,
        widget=forms.Textarea(attrs={"rows": 9}),
        help_text=gettext_lazy("变量写在花括号里，例如 {debtor}。不写任何真实个人信息。"),
    )
    purpose = forms.ChoiceField(label=gettext_lazy("用途"))
    stage = forms.ChoiceField(label=gettext_lazy("阶段"))
    channels = forms.MultipleChoiceField(label=gettext_lazy("渠道"), widget=forms.CheckboxSelectMultiple)
    addressee = forms.ChoiceField(label=gettext_lazy("说话对象"))
    emotion = forms.ChoiceField(label=gettext_lazy("情绪"))
    lang = forms.ChoiceField(label=gettext_lazy("语言"), choices=[*LANGS.items()])
    disclosures = forms.MultipleChoiceField(
        label=gettext_lazy("须写明的事项"), required=False, widget=forms.CheckboxSelectMultiple
    )
    articles = forms.CharField(
        label=gettext_lazy("依据的条文"),
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("每行一条。"),
    )
    note = forms.CharField(label=gettext_lazy("改动说明"), required=False, max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, names in _OFFERED.items():
            self.fields[name].choices = choices(names)  # type: ignore[attr-defined]

    def template(self) -> Template:
        data = self.cleaned_data
        return Template(
            code=data["code"],
            title=data["title"],
            lang=data["lang"],
            stage=Stage(data["stage"]),
            purpose=Purpose(data["purpose"]),
            channels=tuple(Channel(one) for one in data["channels"]),
            addressee=Addressee(data["addressee"]),
            emotion=Emotion(data["emotion"]),
            variables=names_in(data["body"]),
            disclosures=tuple(Disclosure(one) for one in data["disclosures"]),
            articles=tuple(line.strip() for line in data["articles"].splitlines() if line.strip()),
            version=1,
            author="",
            body=data["body"].replace("\r\n", "\n").strip(),
        )


_OFFERED: dict[str, Any] = {
    "purpose": PURPOSES,
    "stage": STAGES,
    "channels": CHANNELS,
    "addressee": ADDRESSEES,
    "emotion": EMOTIONS,
    "disclosures": DISCLOSURES,
}


@requires("scripts.write")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, site_slug: str) -> HttpResponse:
    form = EditorForm(request.POST or None, initial={"lang": "zh", "stage": "any"})
    problem: Problem | None = None
    if request.method == "POST" and form.is_valid():
        made = services.create_script(
            actor=request.actor,  # type: ignore[attr-defined]
            template=form.template(),
            note=form.cleaned_data["note"],
        )
        if not is_problem(made):
            toast(request, _("已保存为草稿。"))
            return redirect("script", site_slug, made.id)
        problem = made
    return _shown(request, form, problem, None)


@requires("scripts.write")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, site_slug: str, script_id: UUID) -> HttpResponse:
    found = access.script_by_id(request.actor, script_id)  # type: ignore[attr-defined]
    if is_problem(found):
        return problem_response(request, found, 404)
    judged = selectors.script_page(found).newest.version.judged
    first = judged | {"articles": "\n".join(judged["articles"])}
    form = EditorForm(request.POST or None, initial=first)
    form.fields["code"].disabled = True
    problem: Problem | None = None
    if request.method == "POST" and form.is_valid():
        made = services.revise_script(
            actor=request.actor,  # type: ignore[attr-defined]
            script=found,
            template=form.template(),
            note=form.cleaned_data["note"],
        )
        if not is_problem(made):
            toast(request, _("已保存为第 %(number)d 版草稿；在用的版本不受影响。") % {"number": made.number})
            return redirect("script", site_slug, found.id)
        problem = made
    return _shown(request, form, problem, found)


@requires("scripts.write")
@require_POST
def check(request: HttpRequest, site_slug: str) -> HttpResponse:
    """The panel beside the text: findings of the form and of the scanner, and the preview of each channel."""
    form = EditorForm(request.POST)
    # The page of a revision does not ask for the code again.
    form.fields["code"].required = False
    form.is_valid()
    return render(request, "scripts/check.html", _checked(form))


def _checked(form: EditorForm) -> dict[str, Any]:
    """As much as can be said of what stands in the form now."""
    told = form.data if form.is_bound else form.initial
    body = str(told.get("body") or "")[:BODY_CHARS_MAX]
    lang = told.get("lang") or "zh"
    channels = (
        EditorForm.base_fields["channels"].widget.value_from_datadict(form.data, {}, "channels")
        if form.is_bound
        else told.get("channels", [])
    )
    known = {one.value for one in Channel}
    found = findings(form.template()) if form.is_bound and form.is_valid() else []
    return {
        "body": body,
        "scan": scan_view(services.scan_text(body)) if body.strip() else None,
        "has_text": bool(body.strip()),
        "findings": [said((one.zh, one.en)) for one in found],
        "is_whole": form.is_bound and form.is_valid(),
        "previews": [
            (said(CHANNELS[Channel(one)]), preview(body, Channel(one), lang, str(told.get("title") or "")))
            for one in channels
            if one in known
        ]
        if body.strip()
        else [],
    }


def _shown(
    request: HttpRequest, form: EditorForm, problem: Problem | None, found: Script | None
) -> HttpResponse:
    slug = request.site.slug  # type: ignore[attr-defined]
    context = {
        "form": form,
        "problem": problem,
        "script": found,
        "cancel": reverse("script", args=[slug, found.id]) if found else reverse("scripts", args=[slug]),
        "variables": [(one.name, said((one.zh, one.en)), one.tells_debt) for one in VARIABLES.values()],
    } | _checked(form)
    status = 422 if problem or form.errors else 200
    return render(request, "scripts/editor.html", context, status=status)
