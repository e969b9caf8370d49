"""立案审查: what was checked, what waits for a lawyer, what may not be collected, each with its first reason."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jieqing.plumbing.http import requires
from jieqing.plumbing.listing import Chip, Column, Listing, Search, asked_of, cells, list_file, open_sheet
from jieqing.plumbing.listing.saved import views_of
from jieqing.plumbing.templatetags.kit import lang
from jieqing.recovery.intake import selectors
from jieqing.recovery.intake.models import LegalityCheck
from jieqing.recovery.intake.selectors import CheckFilter, Standing, standing_of

SEARCH_CHARS_MAX = 100
EXPORT_ROWS_MAX = 20_000
STANDING_TAGS: dict[str, tuple[Any, str]] = {
    "opens": (gettext_lazy("可以立案"), "good"),
    "waits": (gettext_lazy("须律师决定"), "warn"),
    "refused": (gettext_lazy("不能立案"), "bad"),
}


@dataclass(frozen=True, slots=True)
class CheckView:
    check: Callable[[UUID], str]
    seal: Callable[..., Any]


def reason_text(row: LegalityCheck) -> str:
    """The strongest reason with its article, and how many more there are."""
    if not row.reasons:
        return ""
    first = row.reasons[0]
    text = _("%(text)s（%(article)s）") % {"text": first["text"][lang()], "article": first["article"][lang()]}
    if first["missing"]:
        text = _("缺少事实，无法排除：%(text)s") % {"text": text}
    return text


def standing_tag(standing: Standing) -> object:
    words, tone = STANDING_TAGS[standing.value]
    return cells.tag(words, tone)


CHECKS = Listing(
    name="intake.checks",
    permission="placements.read",
    default_sort="-debtor",
    columns=(
        Column(
            "debtor",
            gettext_lazy("债务人"),
            lambda row, view: cells.link(view.check(row.id), row.debtor.name or row.debtor.code),
            lambda row, _view: row.debtor.name,
            sorts=True,
            first="down",
        ),
        Column(
            "document",
            gettext_lazy("单据号"),
            lambda row, _view: cells.text(row.item.document_number),
            lambda row, _view: row.item.document_number,
            css="mono",
        ),
        Column(
            "standing",
            gettext_lazy("结论"),
            lambda row, _view: standing_tag(standing_of(row)),
            lambda row, _view: str(STANDING_TAGS[standing_of(row).value][0]),
        ),
        Column(
            "reason",
            gettext_lazy("理由"),
            lambda row, _view: cells.text(reason_text(row)),
            lambda row, _view: reason_text(row),
        ),
        Column(
            "at",
            gettext_lazy("审查时间"),
            lambda row, _view: cells.instant(row.at),
            lambda row, _view: row.at.isoformat(timespec="seconds"),
            css="nowrap",
        ),
        Column(
            "seal",
            gettext_lazy("存证"),
            lambda row, view: view.seal(row.entry_id, row.item.document_number),
            is_named=False,
        ),
    ),
)


class CheckFilterForm(forms.Form):
    standing = forms.ChoiceField(
        label=gettext_lazy("结论"),
        required=False,
        choices=[
            *((code, words) for code, (words, _tone) in STANDING_TAGS.items()),
            ("all", gettext_lazy("全部")),
        ],
    )


@requires("placements.read")
def checks(request: HttpRequest, site_slug: str) -> HttpResponse:
    sheet = open_sheet(request, CHECKS)
    form, wanted = _asked(request.GET)
    page = selectors.checks_page(wanted, after=sheet.asked.after, is_reversed=sheet.asked.is_reversed)
    sheet.rows, sheet.next_cursor, sheet.total = page.rows, page.next_cursor, page.total
    sheet.view = _view(site_slug)
    sheet.row_label = lambda row: row.item.document_number
    sheet.caption = _("立案审查")
    sheet.search, sheet.fields = Search(_("债务人、单据号"), wanted.search), list(form)
    sheet.defaults = {"standing": "waits"}
    sheet.chips = _chips(wanted)
    sheet.files = [
        ("CSV", reverse("intake-export", args=[site_slug])),
        ("Excel", reverse("intake-workbook", args=[site_slug])),
    ]
    context = {"may": not request.allow("placements.manage")}  # type: ignore[attr-defined]
    return sheet.respond(request, "intake/checks.html", context)


@requires("placements.read")
def checks_file(request: HttpRequest, site_slug: str, kind: str = "csv") -> HttpResponse:
    asked = asked_of(request, CHECKS, views_of(request.actor, CHECKS.name).columns)  # type: ignore[attr-defined]
    _form, wanted = _asked(request.GET)
    page = selectors.checks_page(wanted, limit=EXPORT_ROWS_MAX, is_reversed=asked.is_reversed)
    return list_file(
        CHECKS,
        kind=kind,
        name=f"intake-{site_slug}",
        shown=asked.columns,
        rows=list(page.rows),
        view=_view(site_slug),
        about=[(_("立案审查"), str(request.site.name)), *((chip.text,) for chip in _chips(wanted))],
    )


def _view(site_slug: str) -> CheckView:
    return CheckView(cells.addresses("intake-check", site_slug), cells.seals(site_slug))


def _asked(asked: QueryDict) -> tuple[CheckFilterForm, CheckFilter]:
    form = CheckFilterForm({"standing": asked.get("standing", "waits")})
    form.is_valid()
    standing = form.cleaned_data.get("standing") or "waits"
    search = asked.get("q", "").strip().replace("\0", "")[:SEARCH_CHARS_MAX]
    return form, CheckFilter(standing="" if standing == "all" else standing, search=search)


def _chips(wanted: CheckFilter) -> list[Chip]:
    found = []
    if wanted.standing != "waits":
        words = STANDING_TAGS[wanted.standing][0] if wanted.standing else _("全部")
        found.append(Chip(_("%(label)s：%(value)s") % {"label": _("结论"), "value": words}, ("standing",)))
    if wanted.search:
        found.append(Chip(_("%(label)s：%(value)s") % {"label": _("搜索"), "value": wanted.search}, ("q",)))
    return found
