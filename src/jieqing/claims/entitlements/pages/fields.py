"""Fields of the calculators: an amount as people type it, a native date, and what a link keeps of a form."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from jieqing.claims.entitlements.engine.amount_texts import TEXT_MAX, read_yuan
from jieqing.claims.entitlements.engine.deadlines import YEARS
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.templatetags.kit import lang

VALUE_MAX = 60


class YuanField(forms.CharField):
    """Text in, fen out; what cannot be read says so in a sentence and stays in the field."""

    def __init__(self, **extra: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "maxlength": TEXT_MAX})
        super().__init__(widget=widget, **extra)

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        fen = read_yuan(text)
        if is_problem(fen):
            raise forms.ValidationError(sentences(fen))
        return fen


class DayField(forms.DateField):
    """A native date picker; ISO in the link, whatever the reader's language."""

    def __init__(self, **extra: Any) -> None:
        limits = {"min": f"{YEARS.start}-01-01", "max": f"{YEARS.stop - 1}-12-31"}
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", **limits})
        messages = {"invalid": _("请填写日期，例如 2026-11-22。")}
        super().__init__(widget=widget, input_formats=["%Y-%m-%d"], error_messages=messages, **extra)

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        if day is not None and day.year not in YEARS:
            raise forms.ValidationError(_("年份须在 1950 至 2150 之间。"))
        return day


def sentences(problem: Problem) -> str:
    """Return what is wrong and what to do, as a form says it beside the field."""
    return f"{problem.text(lang())}{'' if lang() == 'zh' else ' '}{problem.todo(lang())}"


def short_values(query: QueryDict, names: Iterable[str]) -> dict[str, str]:
    """Return the values that a form knows, the last of each, cut to what a field can need."""
    return {name: str(query[name])[: VALUE_MAX + 1] for name in names if query.get(name)}


def link_of(path: str, values: dict[str, str]) -> str:
    """Return the address that makes the same result again: only what was filled in."""
    return f"{path}?{urlencode(values)}" if values else path
