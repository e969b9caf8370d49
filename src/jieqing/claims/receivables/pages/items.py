"""The list of items: filter, sort, page on, pick, export. What is on the screen is what the file says."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from jieqing.claims.parties import selectors as parties
from jieqing.claims.receivables import selectors
from jieqing.claims.receivables.pages.item_columns import ITEMS, item_label, view_of
from jieqing.claims.receivables.pages.item_forms import ItemFilterForm
from jieqing.claims.receivables.pages.words import KIND_WORDS, STATE_WORDS
from jieqing.claims.receivables.selectors import ItemFilter, ItemsPage, ItemState, Reading
from jieqing.kernel.money import to_major
from jieqing.plumbing.http import requires
from jieqing.plumbing.listing import Asked, Chip, Picked, Search, asked_of, list_file, open_sheet, picked_of
from jieqing.plumbing.listing.saved import views_of
from jieqing.plumbing.listing.sheet import Sheet
from jieqing.plumbing.spreadsheets import Cell
from jieqing.plumbing.templatetags.kit import currency_unit, lang, thousands


@requires("ledger.read")
def items(request: HttpRequest, site_slug: str) -> HttpResponse:
    reading = selectors.reading_of(request.GET)
    form = ItemFilterForm(request.GET.dict(), reading)
    sheet = open_sheet(request, ITEMS)
    page = _page(sheet, form.wanted(), reading)
    sheet.rows, sheet.view, sheet.row_label = page.rows, view_of(reading, site_slug), item_label
    sheet.next_cursor = page.next_cursor
    if request.GET.get("part") == "totals":
        _say_totals(sheet, page)
        return render(request, "plumbing/listing_totals.html", {"sheet": sheet})
    if page.total_items >= 0:
        _say_totals(sheet, page)
    else:
        sheet.caption, sheet.later_href = _("应收明细"), sheet.address(part="totals")
    sheet.unit = _("单位：%(unit)s") % {"unit": currency_unit(reading.currency)}
    sheet.search = Search(_("单据号、债务人或拼音"), form.cleaned_data.get("q", ""))
    sheet.fields = form.shown_fields
    sheet.defaults = defaults_of(reading)
    sheet.chips = [Chip(text, names) for text, names in chips_of(form.wanted(), reading)]
    sheet.files = files_of(site_slug)
    return sheet.respond(
        request,
        "receivables/items.html",
        {
            "reading": reading,
            "can_import": not request.allow("ledger.import"),  # type: ignore[attr-defined]
            "is_filtered": bool(form.told()),
        },
    )


def _page(sheet: Sheet, wanted: ItemFilter, reading: Reading) -> ItemsPage:
    """The page asked for. Of a large ledger first the rows, and the totals with them only when they are known."""
    asked = sheet.asked
    is_large = reading.known_at is None and reading.facts.items > selectors.LARGE_LEDGER_ITEMS
    if is_large and sheet.request.GET.get("part") == "totals":
        return selectors.items_totals(wanted, as_of=reading.as_of, facts=reading.facts)
    if is_large:
        walked = selectors.items_walked(
            wanted,
            as_of=reading.as_of,
            sort=asked.key,
            is_reversed=asked.is_reversed,
            after=asked.after,
        )
        if walked and selectors.are_totals_known(wanted, as_of=reading.as_of, facts=reading.facts):
            totals = selectors.items_totals(wanted, as_of=reading.as_of, facts=reading.facts)
            return replace(totals, rows=walked.rows, next_cursor=walked.next_cursor)
        if walked:
            return walked
    return selectors.items_page(
        wanted,
        as_of=reading.as_of,
        sort=asked.key,
        is_reversed=asked.is_reversed,
        after=asked.after,
        known_at=reading.known_at,
    )


def _say_totals(sheet: Sheet, page: ItemsPage) -> None:
    count = {"count": thousands(page.total_items)}
    sheet.total, sheet.totals = page.total_items, page
    sheet.caption = ngettext("%(count)s 笔", "%(count)s 笔", page.total_items) % count
    sheet.caption_total = ngettext("全部 %(count)s 笔合计", "全部 %(count)s 笔合计", page.total_items) % count


@requires("ledger.read")
def items_export(request: HttpRequest, site_slug: str, kind: str = "csv") -> HttpResponse:
    """The same rows as a file, its filters printed above them."""
    views = views_of(request.actor, ITEMS.name)  # type: ignore[attr-defined]
    asked = asked_of(request, ITEMS, views.columns)
    reading = selectors.reading_of(request.GET)
    form = ItemFilterForm(request.GET.dict(), reading)
    return _file(request, kind, asked, reading, form.wanted())


@requires("ledger.read")
@require_POST
def items_picked(request: HttpRequest, site_slug: str) -> HttpResponse:
    """A file of the rows that were picked: first what it will hold, then, once confirmed, the file."""
    picked = picked_of(request)
    reading = selectors.reading_of(picked.asked)
    wanted = replace(ItemFilterForm(picked.asked.dict(), reading).wanted(), ids=picked.ids)
    kind = "xlsx" if request.POST.get("action") == "xlsx" else "csv"
    asked = _asked_by(request, picked.asked)
    if picked.is_confirmed:
        return _file(request, kind, asked, reading, wanted)
    found = selectors.items_page(wanted, as_of=reading.as_of, known_at=reading.known_at, limit=5)
    return render(
        request,
        "receivables/items_picked.html",
        {"picked": picked, "kind": kind, "reading": reading, **_preview(picked, found, reading)},
    )


def _preview(picked: Picked, found: ItemsPage, reading: Reading) -> dict[str, Any]:
    rows = min(found.total_items, selectors.EXPORT_ROWS_MAX)
    return {
        "count": found.total_items,
        "rows": rows,
        "is_cut": rows < found.total_items,
        "left_out": max(0, len(picked.ids or ()) - found.total_items),
        "open_minor": found.totals_minor.get(reading.currency, 0),
        "sample": found.rows,
    }


def _asked_by(request: HttpRequest, query: QueryDict) -> Asked:
    """How the list stood when rows were picked: its order and its columns."""
    request.GET = query  # type: ignore[assignment]  # the form carries the list's own address
    return asked_of(request, ITEMS, views_of(request.actor, ITEMS.name).columns)  # type: ignore[attr-defined]


def _file(
    request: HttpRequest, kind: str, asked: Asked, reading: Reading, wanted: ItemFilter
) -> HttpResponse:
    found = selectors.items_export(
        wanted,
        as_of=reading.as_of,
        sort=asked.key,
        is_reversed=asked.is_reversed,
        known_at=reading.known_at,
    )
    total = to_major(found.totals_minor.get(reading.currency, 0), reading.currency)
    about: list[tuple[Cell, ...]] = [
        (_("应收明细"), str(request.site.name)),
        *words_of(wanted, reading),
        (_("笔数"), found.total_items),
        (_("未清金额合计"), total, reading.currency),
    ]
    if found.total_items > len(found.rows):
        about.append((_("注意"), _("文件只含前 %(count)d 笔；合计为全部。") % {"count": len(found.rows)}))
    slug = request.site.slug  # type: ignore[attr-defined]
    return list_file(
        ITEMS,
        kind=kind,
        name=f"items-{slug}-{reading.as_of.isoformat()}",
        shown=asked.columns,
        rows=found.rows,
        view=view_of(reading, slug),
        about=about,
    )


def files_of(site_slug: str) -> list[tuple[str, str]]:
    return [
        ("CSV", reverse("items-export", args=[site_slug])),
        ("Excel", reverse("items-workbook", args=[site_slug])),
    ]


def defaults_of(reading: Reading) -> dict[str, str]:
    """What an address need not say, because it is so anyway."""
    return {
        "state": ItemState.OPEN.value,
        "as_of": reading.default_on.isoformat(),
        "currency": reading.default_currency,
        "basis": "due",
    }


def words_of(wanted: ItemFilter, reading: Reading) -> list[tuple[str, str]]:
    """The filter in words, for the head of a file or a print."""
    words = [
        (_("截止日"), reading.as_of.isoformat()),
        (_("币种"), reading.currency),
        (_("状态"), str(STATE_WORDS[wanted.state])),
    ]
    if reading.known:
        words.append((_("台账版本"), str(reading.known)))
    if wanted.ids is not None:
        words.append((_("手工选择"), str(len(wanted.ids))))
    return words + [(label, value) for label, value, _names in _narrowing(wanted, reading)]


def chips_of(wanted: ItemFilter, reading: Reading) -> list[tuple[str, tuple[str, ...]]]:
    """What narrows the list, each with the parameters that lift it."""
    found = _narrowing(wanted, reading)
    if wanted.state is not ItemState.OPEN:
        found.insert(0, (_("状态"), str(STATE_WORDS[wanted.state]), ("state",)))
    return [
        (_("%(label)s：%(value)s") % {"label": label, "value": value} if value else label, names)
        for label, value, names in found
    ]


def _narrowing(wanted: ItemFilter, reading: Reading) -> list[tuple[str, str, tuple[str, ...]]]:
    found: list[tuple[str, str, tuple[str, ...]]] = []
    if wanted.bucket is not None and wanted.bucket < len(reading.buckets):
        label = reading.buckets[wanted.bucket].label(lang(), reading.basis)
        found.append((_("账龄区间"), label, ("bucket",)))
    if wanted.kind:
        found.append((_("类型"), str(KIND_WORDS[wanted.kind]), ("kind",)))
    if wanted.search:
        found.append((_("搜索"), wanted.search, ("q",)))
    if wanted.debtor_id:
        name = parties.party_names([wanted.debtor_id]).get(wanted.debtor_id, "–")
        found.append((_("债务人"), name, ("debtor",)))
    if wanted.due_from or wanted.due_until:
        days = [day.isoformat() if day else "…" for day in (wanted.due_from, wanted.due_until)]
        found.append((_("到期日"), " – ".join(days), ("due_from", "due_until")))
    if wanted.credits:
        found.append((_("只看贷项和未核销回款"), "", ("credits",)))
    if wanted.no_date:
        found.append((_("缺少账龄基准日期"), "", ("no_date",)))
    if wanted.batch_id:
        found.append((_("导入批次"), str(wanted.batch_id)[-8:], ("batch",)))
    return found
