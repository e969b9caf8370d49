"""The living page of the kit: every component with awkward values, in the frame it will stand in."""

import asyncio
from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jieqing.kernel import clock
from jieqing.plumbing import sse
from jieqing.plumbing.design import sample


class SampleForm(forms.Form):
    name = forms.CharField(label=_("匹配方案名称"), help_text=_("下次导入同一来源的文件时自动套用。"))
    as_of = forms.DateField(label=_("截止日"), widget=forms.DateInput(attrs={"type": "date"}))
    basis = forms.ChoiceField(label=_("账龄口径"), choices=[("due", _("到期日")), ("invoice", _("开票日"))])
    note = forms.CharField(label=_("备注"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    remember = forms.BooleanField(label=_("记住这个匹配方案"), required=False)


class FilterForm(forms.Form):
    basis = forms.ChoiceField(
        label=_("账龄口径"), choices=[("due", _("到期日")), ("invoice", _("开票日"))], required=False
    )


TICKS = 12
TICK_SECONDS = 0.5


def progress(request: HttpRequest) -> HttpResponse:
    """The fragment that ``<c-progress>`` re-reads; a real one reads a batch, this one reads how far the clock is."""
    done = int(clock.now().timestamp() / TICK_SECONDS) % (TICKS + 1)
    return render(request, "plumbing/design_progress.html", {"done": done * 100, "total": TICKS * 100})


async def progress_stream(request: HttpRequest) -> StreamingHttpResponse:
    async def ticks() -> AsyncIterator[str]:
        for _tick in range(TICKS):
            yield sse.format_event("progress", {})
            await asyncio.sleep(TICK_SECONDS)

    return StreamingHttpResponse(ticks(), content_type="text/event-stream")


def design(request: HttpRequest) -> HttpResponse:
    wrong = SampleForm({"name": "", "as_of": "2026-13-01", "basis": "due"})
    wrong.is_valid()
    context: dict[str, Any] = {
        "site": SimpleNamespace(name="江南轴承（无锡）有限公司", slug="sample"),
        "menu": [
            {"url": "#", "label": _("债权人工作台"), "icon": "desk", "current": True},
            {"url": "#", "label": _("应收明细"), "icon": "list", "count": "1,204"},
            {"url": "#", "label": _("账龄"), "icon": "chart"},
            {"url": "#", "label": pgettext_lazy("menu", "债务人"), "icon": "people"},
            {"url": "#", "label": _("导入"), "icon": "import"},
            {"url": "#", "label": _("存证"), "icon": "seal"},
        ],
        "debtors": sample.DEBTORS,
        "total_minor": sum(debtor.open_minor for debtor in sample.DEBTORS),
        "problem": sample.UNREADABLE_DATE,
        "ageing": sample.ageing_chart(),
        "collected": sample.collected_chart(),
        "steps": sample.import_steps(),
        "form": SampleForm(),
        "wrong": wrong,
        "filters": FilterForm(request.GET or None),
        "page": Paginator(range(1234), 50).get_page(request.GET.get("page", 3)),
    }
    return render(request, "plumbing/design.html", context)
