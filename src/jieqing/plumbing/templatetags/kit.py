"""Template tags of the component kit: how an amount, a date, an overdue count and a Problem are written.

One place decides how people read a value, so that a page, a print and a partial cannot disagree. Text follows the
active language; tables use ISO dates and bare amounts with the unit in the column head; text uses symbols and
long dates. Nothing here reads the database or the clock.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.core.paginator import Page
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from jieqing.kernel.money import format_amount, to_major
from jieqing.kernel.outcomes import Problem
from jieqing.plumbing import paths
from jieqing.plumbing.toasts import read_toast

register = template.Library()

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
WEEKDAYS_ZH = "一二三四五六日"
WEEKDAYS_EN = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
# Upper ends, in days, of the steps of the overdue colour scale; step 0 is "not yet due".
OVERDUE_STEPS = (0, 30, 60, 90, 180, 365)
UNITS = {"CNY": ("元", "CNY")}


def lang() -> str:
    """``zh`` or ``en``: the two languages that every sentence of ours exists in."""
    return "zh" if (get_language() or "zh").lower().startswith("zh") else "en"


@lru_cache(maxsize=1)
def _manifest_of(stamp: float) -> dict[str, str]:
    file = paths.frontend_dist() / "manifest.json"
    return dict(json.loads(file.read_text())) if stamp else {}


@register.simple_tag
def asset(name: str) -> str:
    """The address of a built front-end file: its hashed name, or its plain name when nothing was built yet."""
    try:
        stamp = (paths.frontend_dist() / "manifest.json").stat().st_mtime
    except FileNotFoundError:
        stamp = 0.0
    return static(_manifest_of(stamp).get(name, name))


@register.simple_tag
def amount(amount_minor: int | None, currency: str = "CNY") -> str:
    """An amount in text: ``¥48,210,336.20``."""
    return "–" if amount_minor is None else format_amount(amount_minor, currency, lang())


@register.simple_tag
def amount_cell(amount_minor: int | None, currency: str = "CNY") -> str:
    """An amount in a table whose column head names the unit: ``48,210,336.20``."""
    return "–" if amount_minor is None else f"{to_major(amount_minor, currency):,f}"


@register.filter
def currency_unit(currency: str) -> str:
    """The unit for a column head: 元 for CNY in Chinese, the ISO code otherwise."""
    return UNITS.get(currency, (currency, currency))[0 if lang() == "zh" else 1]


@register.filter
def thousands(count: int | None) -> str:
    return "–" if count is None else f"{count:,d}"


@register.filter
def percent(ratio: Decimal | None, digits: int = 1) -> str:
    """``Decimal("0.268")`` as ``26.8 %``."""
    return "–" if ratio is None else f"{ratio * 100:.{digits}f}\u202f%"


@register.filter
def date_text(day: date | None) -> str:
    """A date in a sentence: 2026年11月22日, 22 November 2026."""
    if day is None:
        return "–"
    if lang() == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {MONTHS.split('|')[day.month - 1]} {day.year}"


@register.filter
def month_text(day: date) -> str:
    return (
        f"{day.year}年{day.month}月" if lang() == "zh" else f"{MONTHS.split('|')[day.month - 1]} {day.year}"
    )


@register.filter
def weekday_text(day: date) -> str:
    return f"星期{WEEKDAYS_ZH[day.weekday()]}" if lang() == "zh" else WEEKDAYS_EN.split("|")[day.weekday()]


@register.filter
def weekday_short(day: date) -> str:
    return WEEKDAYS_ZH[day.weekday()] if lang() == "zh" else WEEKDAYS_EN.split("|")[day.weekday()][:3]


@register.filter
def date_cell(day: date | None) -> str:
    """A date in a table: ISO."""
    return "–" if day is None else day.isoformat()[:10]


@register.filter
def moment(at: datetime | None) -> str:
    """An instant on the wall clock of Shanghai, to the second."""
    return "–" if at is None else at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")


@register.filter
def overdue_step(days: int | None) -> int:
    """The step 0 … 6 of the overdue scale."""
    return sum((days or 0) > edge for edge in OVERDUE_STEPS)


@register.filter
def overdue_text(days: int | None) -> str:
    if days is None:
        return "–"
    if days <= 0:
        return gettext("未到期")
    return ngettext("逾期 %(days)d 天", "逾期 %(days)d 天", days) % {"days": days}


@register.filter
def problem_text(problem: Problem) -> str:
    return problem.text(lang())


@register.filter
def problem_todo(problem: Problem) -> str:
    return problem.todo(lang())


@register.filter
def problem_kept(problem: Problem) -> str:
    """What was kept, when the Problem says so in its details (`kept_zh`, `kept_en`)."""
    return str(problem.details.get(f"kept_{lang()}", ""))


@register.filter
def attributes(attrs: Any) -> SafeString:
    """A component's remaining attributes, each value escaped.

    Cotton's own ``{{ attrs }}`` prints a value passed as ``:name="variable"`` unescaped, so a debtor's name could
    carry a tag into the page; a test forbids it.
    """
    return format_html_join(
        "",
        ' {}="{}"',
        (
            (name, "" if value is True else value)
            for name, value in attrs.attrs_dict().items()
            if value not in (None, False)
        ),
    )


@register.simple_tag(takes_context=True)
def seal_url(context: template.Context, entry: Any, row: int | None = None, digest: str = "") -> str:
    """The page of an evidence entry of the current site; empty when there is none to open.

    ``row`` and its ``digest`` name a row of a bulk entry whose own proof is meant.
    """
    site = getattr(context.get("request"), "site", None)
    if not entry or site is None:
        return ""
    try:
        address = reverse("evidence-entry", args=[site.slug, getattr(entry, "id", entry)])
        return f"{address}?row={row}&digest={digest}" if digest and row is not None else address
    except NoReverseMatch:
        return ""


@register.simple_tag(takes_context=True)
def allowed(context: template.Context, permission: str) -> bool:
    """Whether the reader of this page may do something here: no button is shown that would fail after the click."""
    allow = getattr(context.get("request"), "allow", None)
    return allow is not None and allow(permission) is None


@register.simple_tag(takes_context=True)
def sorting(context: template.Context, key: str, first: str = "") -> dict[str, str]:
    """How a sortable head behaves now: its `aria-sort` state and the `sort` value that a click asks for.

    `first` = "down" for columns that people want largest first.
    """
    request = context.get("request")
    now = request.GET.get("sort", "") if request is not None else ""
    up, down = key, f"-{key}"
    states = {up: ("ascending", down), down: ("descending", up)}
    state, asks = states.get(now, ("", down if first == "down" else up))
    return {"state": state, "asks": asks}


@register.simple_tag
def page_numbers(page: Page[Any]) -> Iterable[int | str]:
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


@register.simple_tag
def sort_messages(messages: Iterable[Any]) -> dict[str, list[Any]]:
    """Messages apart: notes that stand in the page, toasts that float and can be undone."""
    found: dict[str, list[Any]] = {"notes": [], "toasts": []}
    for message in messages:
        told = read_toast(message)
        found["toasts" if told else "notes"].append(told or message)
    return found
