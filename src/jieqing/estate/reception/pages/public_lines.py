"""The owner's page of public lines: filing numbers in the footer, where a call can be checked, when somebody is there."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jieqing.estate.reception import selectors, services
from jieqing.estate.reception.engine.public_lines import SLOTS, VALUE_LENGTH_MAX, Slot, read_line
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.http import requires
from jieqing.plumbing.templatetags.kit import lang

_LONG = (Slot.INTRODUCTION, Slot.SERVICES)


class PublicLinesForm(forms.Form):
    """One field for each slot; each is checked by the engine, so that the page and the service say the same."""

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        for slot, kind in SLOTS.items():
            self.fields[slot.value] = forms.CharField(
                label=kind.name[0 if lang() == "zh" else 1],
                required=False,
                max_length=VALUE_LENGTH_MAX,
                widget=forms.Textarea(attrs={"rows": 3}) if slot in _LONG else forms.TextInput(),
                help_text=_("例如：%(example)s") % {"example": kind.example},
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for slot in Slot:
            found = read_line(slot, cleaned.get(slot.value, ""))
            if is_problem(found):
                self.add_error(slot.value, f"{found.text(lang())}{found.todo(lang())}")
        return cleaned


@require_http_methods(["GET", "HEAD", "POST"])
@requires("public_page.manage")
def public_page(request: HttpRequest, site_slug: str) -> HttpResponse:
    lines = selectors.public_lines()
    form = PublicLinesForm(
        request.POST or None, initial={slot.value: line.value for slot, line in lines.items()}
    )
    if form.is_valid():
        outcomes = [
            services.set_public_line(
                actor=request.actor,  # type: ignore[attr-defined]
                slot=slot,
                text=form.cleaned_data[slot.value],
            )
            for slot in Slot
        ]
        changed = sum(outcome is True for outcome in outcomes)
        for slot, outcome in zip(Slot, outcomes, strict=True):
            if is_problem(outcome):
                form.add_error(slot.value, f"{outcome.text(lang())}{outcome.todo(lang())}")
        if not form.errors:
            messages.success(request, _("已保存，改动 %(count)d 处。") % {"count": changed})
            return redirect("public-page", site_slug=site_slug)
    context = {
        "form": form,
        "about": [form[slot.value] for slot, kind in SLOTS.items() if kind.is_about_us],
        "footer": [form[slot.value] for slot, kind in SLOTS.items() if kind.is_footer],
        "desk": [
            form[slot.value] for slot, kind in SLOTS.items() if not (kind.is_footer or kind.is_about_us)
        ],
        "entries": [line for line in lines.values() if line.row],
    }
    return render(request, "reception/public_page.html", context)
