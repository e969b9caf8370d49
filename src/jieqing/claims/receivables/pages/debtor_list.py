"""The list of debtors: search, sort, page on, pick, export."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from jieqing.claims.receivables import selectors
from jieqing.claims.receivables.pages.debtor_columns import DEBTORS, debtor_key, debtor_label, view_of
from jieqing.claims.receivables.selectors import DebtorsPage, Reading
from jieqing.kernel.money import to_major
from jieqing.plumbing.http import requires
from jieqing.plumbing.listing import Asked, Chip, Search, asked_of, list_file, open_sheet, picked_of
from jieqing.plumbing.listing.saved import views_of
from jieqing.plumbing.spreadsheets import Cell
from jieqing.plumbing.templatetags.kit import currency_unit, thousands

SEARCH_CHARS_MAX = 100
EXPORT_ROWS_MAX = 100_000


class DayForm(forms.Form):
    """The day and the currency of the figures; both always have a value, so an unreadable one never hides the list."""

    as_of = forms.DateField(
        label=gettext_lazy("截止日"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    currency = forms.ChoiceField(label=gettext_lazy("币种"), required=False)

    def __init__(self, reading: Reading) -> None:
        super().__init__(initial={"as_of": reading.as_of, "currency": reading.currency})
        codes = reading.facts.currencies
        self.fields["currency"].choices = [(code, code) for code in codes]  # type: ignore[attr-defined]
        if len(codes) < 2:
            del self.fields["currency"]


@requires("ledger.read")
def debtors(request: HttpRequest, site_slug: str) -> HttpResponse:
    reading = selectors.reading_of(request.GET)
    sheet = open_sheet(request, DEBTORS)
    search = _search(request.GET)
    page = _read(reading, sheet.asked, search=search, after=sheet.asked.after)
    sheet.rows, sheet.view = page.rows, view_of(reading, site_slug)
    sheet.row_id, sheet.row_label = debtor_key, debtor_label
    sheet.next_cursor, sheet.total, sheet.totals = page.next_cursor, page.total_debtors, page
    sheet.caption = ngettext("%(count)s 个债务人", "%(count)s 个债务人", page.total_debtors) % {
        "count": thousands(page.total_debtors)
    }
    sheet.caption_total = _("全部合计")
    sheet.unit = _("单位：%(unit)s") % {"unit": currency_unit(reading.currency)}
    sheet.search = Search(_("名称、拼音或客户编码"), search)
    sheet.fields = list(DayForm(reading))
    sheet.defaults = {"as_of": reading.default_on.isoformat(), "currency": reading.default_currency}
    if search:
        sheet.chips = [Chip(_("%(label)s：%(value)s") % {"label": _("搜索"), "value": search}, ("q",))]
    sheet.files = [
        ("CSV", reverse("debtors-export", args=[site_slug])),
        ("Excel", reverse("debtors-workbook", args=[site_slug])),
    ]
    context = {
        "reading": reading,
        "search": search,
        "can_import": not request.allow("ledger.import"),  # type: ignore[attr-defined]
    }
    return sheet.respond(request, "receivables/debtors.html", context)


@requires("ledger.read")
def debtors_export(request: HttpRequest, site_slug: str, kind: str = "csv") -> HttpResponse:
    reading = selectors.reading_of(request.GET)
    return _file(request, kind, reading, _asked(request, request.GET), search=_search(request.GET))


@requires("ledger.read")
@require_POST
def debtors_picked(request: HttpRequest, site_slug: str) -> HttpResponse:
    """A file of the debtors that were picked: first what it will hold, then, once confirmed, the file."""
    picked = picked_of(request)
    reading = selectors.reading_of(picked.asked)
    search, kind = _search(picked.asked), "xlsx" if request.POST.get("action") == "xlsx" else "csv"
    asked = _asked(request, picked.asked)
    if picked.is_confirmed:
        return _file(request, kind, reading, asked, search=search, ids=picked.ids)
    found = _read(reading, asked, search=search, ids=picked.ids, limit=5)
    context = {
        "picked": picked,
        "kind": kind,
        "reading": reading,
        "count": found.total_debtors,
        "open_minor": found.total_open_minor,
        "sample": found.rows,
    }
    return render(request, "receivables/debtors_picked.html", context)


def _search(asked: QueryDict) -> str:
    return asked.get("q", "").strip()[:SEARCH_CHARS_MAX]


def _asked(request: HttpRequest, query: QueryDict) -> Asked:
    request.GET = query  # type: ignore[assignment]  # a bulk form carries the list's own address
    return asked_of(request, DEBTORS, views_of(request.actor, DEBTORS.name).columns)  # type: ignore[attr-defined]


def _read(reading: Reading, asked: Asked, *, search: str, **more: Any) -> DebtorsPage:
    return selectors.debtors_page(
        as_of=reading.as_of,
        currency=reading.currency,
        sort=asked.key,
        is_reversed=asked.is_reversed,
        search=search,
        known_at=reading.known_at,
        **more,
    )


def _file(
    request: HttpRequest,
    kind: str,
    reading: Reading,
    asked: Asked,
    *,
    search: str,
    ids: tuple[UUID, ...] | None = None,
) -> HttpResponse:
    found = _read(reading, asked, search=search, ids=ids, limit=EXPORT_ROWS_MAX)
    about: list[tuple[Cell, ...]] = [
        (_("债务人"), str(request.site.name)),
        (_("截止日"), reading.as_of.isoformat()),
        (_("币种"), reading.currency),
        *([(_("台账版本"), str(reading.known))] if reading.known else []),
        *([(_("搜索"), search)] if search else []),
        *([(_("手工选择"), str(len(ids)))] if ids is not None else []),
        (_("笔数"), found.total_debtors),
        (_("未清金额合计"), to_major(found.total_open_minor, reading.currency), reading.currency),
    ]
    slug = request.site.slug  # type: ignore[attr-defined]
    return list_file(
        DEBTORS,
        kind=kind,
        name=f"debtors-{slug}-{reading.as_of.isoformat()}",
        shown=asked.columns,
        rows=found.rows,
        view=view_of(reading, slug),
        about=about,
    )
