"""委案: every order that the site holds or held, newest first, with its state and what it covers."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jieqing.kernel.money import format_amount
from jieqing.plumbing.http import requires
from jieqing.plumbing.listing import Chip, Column, Listing, Search, asked_of, cells, list_file, open_sheet
from jieqing.plumbing.listing.saved import views_of
from jieqing.plumbing.templatetags.kit import lang
from jieqing.recovery.placements import selectors
from jieqing.recovery.placements.models import Placement
from jieqing.recovery.placements.pages.words import KIND_WORDS, STATE_TAGS
from jieqing.recovery.placements.selectors import PlacementFilter

SEARCH_CHARS_MAX = 100
EXPORT_ROWS_MAX = 20_000


@dataclass(frozen=True, slots=True)
class PlacementView:
    placement: Callable[[UUID], str]
    seal: Callable[..., Any]


def percent_text(rate: Decimal | None) -> str:
    """A rate as people write it: ``5 %``, ``12.5 %``."""
    return "" if rate is None else f"{(rate * 100).normalize():f} %"


def fee_text(row: Placement) -> str:
    if row.fee_rate is not None:
        return percent_text(row.fee_rate)
    if row.fee_fixed_fen is not None:
        return format_amount(row.fee_fixed_fen, "CNY", lang())
    return str(_("不收费"))


def _creditor(row: Placement) -> str:
    return str(_("本企业")) if row.covers_all else row.creditor.name if row.creditor else ""


def _debts(row: Placement) -> str:
    return str(_("全部")) if row.covers_all else cells.count(row.named)  # type: ignore[attr-defined]  # annotated


def _state(row: Placement, _view: PlacementView) -> object:
    words, tone = STATE_TAGS[row.state]
    return cells.tag(words, tone)


PLACEMENTS = Listing(
    name="placements.placements",
    permission="placements.read",
    default_sort="-number",
    columns=(
        Column(
            "number",
            gettext_lazy("委案编号"),
            lambda row, view: cells.link(view.placement(row.id), row.number, mono=True),
            lambda row, _view: row.number,
            css="nowrap",
            sorts=True,
            first="down",
        ),
        Column("creditor", gettext_lazy("债权人"), lambda row, _view: cells.clip(_creditor(row)), lambda row, _view: _creditor(row)),
        Column("state", gettext_lazy("状态"), _state, lambda row, _view: str(STATE_TAGS[row.state][0])),
        Column("items", gettext_lazy("债权笔数"), lambda row, _view: _debts(row), lambda row, _view: _debts(row), css="num"),
        Column("from", gettext_lazy("起始"), lambda row, _view: cells.day(row.starts_on), lambda row, _view: row.starts_on),
        Column("to", gettext_lazy("到期"), lambda row, _view: cells.day(row.ends_on), lambda row, _view: row.ends_on),
        Column("fee", gettext_lazy("收费"), lambda row, _view: fee_text(row), lambda row, _view: fee_text(row)),
        Column(
            "kind",
            gettext_lazy("种类"),
            lambda row, _view: KIND_WORDS[row.kind],
            lambda row, _view: str(KIND_WORDS[row.kind]),
            is_shown=False,
        ),
        Column("seal", gettext_lazy("存证"), lambda row, view: view.seal(row.entry_id, row.number), is_named=False),
    ),
)  # fmt: skip


class PlacementFilterForm(forms.Form):
    state = forms.ChoiceField(
        label=gettext_lazy("状态"),
        required=False,
        choices=[("", gettext_lazy("全部")), *((code, words) for code, (words, _tone) in STATE_TAGS.items())],
    )


@requires("placements.read")
def placements(request: HttpRequest, site_slug: str) -> HttpResponse:
    sheet = open_sheet(request, PLACEMENTS)
    form, wanted = _asked(request.GET)
    page = selectors.placements_page(wanted, after=sheet.asked.after, is_reversed=sheet.asked.is_reversed)
    sheet.rows, sheet.next_cursor, sheet.total = page.rows, page.next_cursor, page.total
    sheet.view = _view(site_slug)
    sheet.row_label = lambda row: row.number
    sheet.caption = _("委案")
    sheet.search, sheet.fields = Search(_("委案编号、债权人"), wanted.search), list(form)
    sheet.chips = _chips(wanted)
    sheet.files = [
        ("CSV", reverse("placements-export", args=[site_slug])),
        ("Excel", reverse("placements-workbook", args=[site_slug])),
    ]
    context = {
        "counts": selectors.counts_by_state(),
        "may": not request.allow("placements.manage"),  # type: ignore[attr-defined]
    }
    return sheet.respond(request, "placements/placements.html", context)


@requires("placements.read")
def placements_file(request: HttpRequest, site_slug: str, kind: str = "csv") -> HttpResponse:
    asked = asked_of(request, PLACEMENTS, views_of(request.actor, PLACEMENTS.name).columns)  # type: ignore[attr-defined]
    _form, wanted = _asked(request.GET)
    page = selectors.placements_page(wanted, limit=EXPORT_ROWS_MAX, is_reversed=asked.is_reversed)
    return list_file(
        PLACEMENTS,
        kind=kind,
        name=f"placements-{site_slug}",
        shown=asked.columns,
        rows=list(page.rows),
        view=_view(site_slug),
        about=[(_("委案"), str(request.site.name)), *((chip.text,) for chip in _chips(wanted))],
    )


def _view(site_slug: str) -> PlacementView:
    return PlacementView(cells.addresses("placement", site_slug), cells.seals(site_slug))


def _asked(asked: QueryDict) -> tuple[PlacementFilterForm, PlacementFilter]:
    form = PlacementFilterForm({"state": asked.get("state", "")})
    form.is_valid()
    search = asked.get("q", "").strip().replace("\0", "")[:SEARCH_CHARS_MAX]
    return form, PlacementFilter(state=form.cleaned_data.get("state") or "", search=search)


def _chips(wanted: PlacementFilter) -> list[Chip]:
    found = []
    if wanted.state:
        words = {"label": _("状态"), "value": STATE_TAGS[wanted.state][0]}
        found.append(Chip(_("%(label)s：%(value)s") % words, ("state",)))
    if wanted.search:
        found.append(Chip(_("%(label)s：%(value)s") % {"label": _("搜索"), "value": wanted.search}, ("q",)))
    return found
