"""扫描统计: what the scanner found in the last quarter, by category, with masked examples; the reviewers' keys; trying words on past texts."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jieqing.estate.accounts import selectors as people
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.http import requires
from jieqing.plumbing.toasts import toast
from jieqing.recovery.scripts import selectors, services
from jieqing.recovery.scripts.engine.checking import BODY_CHARS_MAX
from jieqing.recovery.scripts.engine.keys import KEY_STEPS, KeyStep
from jieqing.recovery.scripts.engine.past_texts import WORDS_CHARS_MAX
from jieqing.recovery.scripts.engine.scans import CATEGORIES, OCCASIONS, Occasion
from jieqing.recovery.scripts.pages.words import said


@requires("scripts.read")
@require_safe
def scan_statistics(request: HttpRequest, site_slug: str) -> HttpResponse:
    found = selectors.scan_statistics()
    most = max((row.texts for row in found.categories), default=0)
    context = {
        "found": found,
        "occasions": [
            (said(OCCASIONS[Occasion(code)]), count) for code, count in sorted(found.by_occasion.items())
        ],
        "rows": [
            {
                "name": said(CATEGORIES.get(row.category, (row.category, row.category))),
                "row": row,
                "share": round(row.texts * 100 / most) if most else 0,
                "examples": [(one, said(OCCASIONS[Occasion(one.scan.occasion)])) for one in row.examples],
            }
            for row in found.categories
        ],
    }
    return render(request, "scripts/statistics.html", context)


@requires("scripts.read")
@require_safe
def keys(request: HttpRequest, site_slug: str) -> HttpResponse:
    return _keys(request)


@requires("scripts.review")
@require_POST
def rotate(request: HttpRequest, site_slug: str) -> HttpResponse:
    """A new key of one's own, signed by the old one."""
    made = services.rotate_key(actor=request.actor)  # type: ignore[attr-defined]
    if is_problem(made):
        return _keys(request, made)
    toast(request, _("新密钥已生效，由旧密钥签名确认；以前的备案仍由旧密钥证明。"))
    return redirect("script-keys", site_slug)


def _keys(request: HttpRequest, problem: Problem | None = None) -> HttpResponse:
    views = selectors.reviewer_keys()
    names = people.display_names({view.key.user_id for view in views})
    actor: Any = request.actor  # type: ignore[attr-defined]
    context = {
        "rows": [
            {
                "view": view,
                "who": names.get(view.key.user_id, _("审查员")),
                "steps": [(step, said(KEY_STEPS[KeyStep(step.kind)])) for step in view.steps],
            }
            for view in views
        ],
        "problem": problem,
        "may_rotate": not request.allow("scripts.review")  # type: ignore[attr-defined]
        and any(view.key.user_id == actor.id and view.key.ended_at is None for view in views),
    }
    return render(request, "scripts/keys.html", context, status=409 if problem else 200)


class TrialForm(forms.Form):
    """Words that a lexicon might get, or a draft text."""

    words = forms.CharField(
        label=gettext_lazy("试查的词"),
        required=False,
        max_length=WORDS_CHARS_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("用空格分开；花括号里写可以互换的字，例如 {上,到}你家。"),
    )
    body = forms.CharField(
        label=gettext_lazy("话术草稿"),
        required=False,
        max_length=BODY_CHARS_MAX,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("看它与用过的哪几条相近。"),
    )


@requires("scripts.write")
@require_http_methods(["GET", "HEAD", "POST"])
def trial(request: HttpRequest, site_slug: str) -> HttpResponse:
    """A draft tried on what was really said; nothing is written."""
    form = TrialForm(request.POST or None)
    context: dict[str, Any] = {"form": form}
    problem: Problem | None = None
    if form.is_bound and form.is_valid():
        if form.cleaned_data["words"].strip():
            found = services.try_words(form.cleaned_data["words"])
            problem = found if is_problem(found) else None
            context["trial"] = None if is_problem(found) else found
        if form.cleaned_data["body"].strip():
            context["alike"] = services.like_past_texts(form.cleaned_data["body"])
            context["has_body"] = True
    context["problem"] = problem
    return render(request, "scripts/trial.html", context, status=422 if problem or form.errors else 200)
