"""The living page of the kit: every component with awkward values, in the frame it will stand in."""

import asyncio
from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from jieqing.kernel import clock
from jieqing.plumbing import sse
from jieqing.plumbing.boards import board_response
from jieqing.plumbing.design import kit_samples, sample
from jieqing.plumbing.listing import Sheet


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


SITE = SimpleNamespace(name="江南轴承（无锡）有限公司", slug="sample")
CARDS = ("hongda", "lishi", "yuanjing", "kraftwerk")
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


def palette(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()
    return render(
        request,
        "plumbing/palette_hits.html",
        {"groups": kit_samples.hits(words), "words": words, "site": SITE},
    )


def bell(request: HttpRequest) -> HttpResponse:
    rows = kit_samples.notifications()
    return render(request, "plumbing/bell.html", {"rows": rows, "count": len(rows), "site": SITE})


def theme(request: HttpRequest) -> HttpResponse:
    return HttpResponse(kit_samples.theme_sheet(request.GET.get("colour", "")), content_type="text/css")


@require_POST
def board(request: HttpRequest) -> HttpResponse:
    """A move on the sample board: nothing is kept but what the form carries, and one lane refuses."""
    at = {
        card: request.POST[f"at-{card}"]
        for card in CARDS
        if request.POST.get(f"at-{card}") in kit_samples.LANES
    }
    card, lane = request.POST.get("card", ""), request.POST.get("lane", "")
    if card not in CARDS or lane not in kit_samples.LANES or lane == "settled":
        return board_response(request, kit_samples.board(at), refused=kit_samples.NOT_YET)
    moved = kit_samples.board({**at, card: lane})
    words = gettext("已移到“%(lane)s”。") % {
        "lane": next(one.label for one in moved.lanes if one.key == lane)
    }
    return board_response(request, moved, moved=words)


def design(request: HttpRequest) -> HttpResponse:
    wrong = SampleForm({"name": "", "as_of": "2026-13-01", "basis": "due"})
    wrong.is_valid()
    off = SampleForm()
    for field in off.fields.values():
        field.disabled = True
    colour = request.GET.get("colour", "")
    context: dict[str, Any] = {
        "site": SITE,
        "menu": menu(),
        "debtors": sample.DEBTORS,
        "sheet": kit_samples.sheet(request, list(FilterForm(request.GET or None))),
        "problem": sample.UNREADABLE_DATE,
        "ageing": sample.ageing_chart(),
        "collected": sample.collected_chart(),
        "steps": sample.import_steps(),
        "form": SampleForm(),
        "wrong": wrong,
        "off": off,
        "page": Paginator(range(1234), 50).get_page(request.GET.get("page", 3)),
        "timeline": kit_samples.timeline(request.GET.get("show", "")),
        "board": kit_samples.board({}),
        "month": kit_samples.month(request.GET.get("month", ""), request.GET.get("view", "")),
        "notifications": kit_samples.notifications(),
        "palette_href": reverse("design-palette"),
        "bell_href": reverse("design-bell"),
        "colours": [("", _("默认")), *((name, name) for name in kit_samples.THEMES)],
        "colour": colour,
        "theme_sheet": f"{reverse('design-theme')}?colour={colour}" if colour in kit_samples.THEMES else "",
    }
    sheet: Sheet = context.pop("sheet")
    return sheet.respond(request, "plumbing/design.html", context)


def menu() -> list[dict[str, Any]]:
    return [
        {"url": "#", "label": _("债权人工作台"), "icon": "desk", "current": True},
        {"url": "#", "label": _("应收明细"), "icon": "list", "count": "1,204"},
        {"url": "#", "label": _("账龄"), "icon": "chart"},
        {"url": "#", "label": pgettext_lazy("menu", "债务人"), "icon": "people"},
        {"url": "#", "label": _("导入"), "icon": "import"},
        {"url": "#", "label": _("存证"), "icon": "seal"},
    ]
