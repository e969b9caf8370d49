"""Ask by name, before any order exists: may we act for them, or against them?

The same matching as before a placement begins (pinyin, legal forms, branches, holders of small businesses). It decides and
records nothing: the check that counts is made on the placement, about exactly its parties.
"""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from jieqing.plumbing.http import requires
from jieqing.recovery.placements.pages.words import ALIKE_WORDS
from jieqing.recovery.placements.selectors.conflicts import Met, names_met

NAMES_MAX, CHARS_MAX = 20, 2_000
MET_WORDS: dict[Met, Any] = {
    Met.DEBTOR: _("本站点的债务人"),
    Met.CLIENT: _("本机构的委托人"),
    Met.SELF: _("本机构自己"),
}


class NamesForm(forms.Form):
    q = forms.CharField(
        label=_("名称，每行一个"),
        max_length=CHARS_MAX,
        widget=forms.Textarea(attrs={"rows": 3, "data-key": "/"}),
        help_text=_("可以一次填双方；同音、组织形式不同、分支机构和个体户经营者都会列出。"),
    )


@requires("placements.read")
@require_safe
def conflict_search(request: HttpRequest, site_slug: str) -> HttpResponse:
    asked = "q" in request.GET
    form = NamesForm(request.GET if asked else None)
    names = []
    if asked and form.is_valid():
        lines = (line.strip() for line in form.cleaned_data["q"].splitlines())
        names = list(dict.fromkeys(line for line in lines if line))[:NAMES_MAX]
    hits = names_met(names, request.site.id)  # type: ignore[attr-defined]
    context = {
        "form": form,
        "names": names,
        "hits": [(hit, MET_WORDS[hit.met], ALIKE_WORDS[hit.reason]) for hit in hits],
        "clear": [name for name in names if name not in {hit.asked for hit in hits}],
    }
    return render(request, "placements/conflict_search.html", context)
