"""The list of imports: which file, when, by whom, what it changed; filtered by state and by file name."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jieqing.claims.receivables.models import ImportBatch
from jieqing.claims.receivables.pages.batch_views import listed, may
from jieqing.claims.receivables.pages.import_words import STATES
from jieqing.claims.receivables.selectors import batch_history
from jieqing.estate.accounts import selectors as accounts
from jieqing.plumbing.http import requires
from jieqing.plumbing.listing import (
    Asked,
    Chip,
    Column,
    Listing,
    Search,
    asked_of,
    cells,
    list_file,
    open_sheet,
)
from jieqing.plumbing.listing.saved import views_of

SEARCH_CHARS_MAX = 100


@dataclass(frozen=True, slots=True)
class BatchView:
    batch: Any
    staged: Any
    seal: Any


def _count(key: str, label: Any, *, is_shown: bool = True) -> Column:
    return Column(
        key,
        label,
        lambda row, _view: cells.count(row[key]),
        lambda row, _view: row[key],
        css="num",
        is_shown=is_shown,
    )


def _waiting(row: dict[str, Any], view: BatchView) -> object:
    if row["waiting"]:
        return format_html('<a href="{}">{}</a>', view.staged(row["batch"].id), cells.count(row["waiting"]))
    return "0" if row["counts"] else cells.NOTHING


BATCHES = Listing(
    name="receivables.batches",
    permission="ledger.read",
    default_sort="-number",
    columns=(
        Column(
            "number",
            gettext_lazy("批次"),
            lambda row, view: cells.link(
                view.batch(row["batch"].id), _("第 %(number)d 批") % {"number": row["batch"].number}
            ),
            lambda row, _view: row["batch"].number,
            sorts=True,
            first="down",
        ),
        Column(
            "file",
            gettext_lazy("文件"),
            lambda row, _view: cells.clip(row["batch"].file_name),
            lambda row, _view: row["batch"].file_name,
            sorts=True,
        ),
        Column(
            "at",
            gettext_lazy("时间"),
            lambda row, _view: cells.instant(row["batch"].created_at),
            lambda row, _view: cells.instant(row["batch"].created_at),
            css="nowrap",
        ),
        Column("who", gettext_lazy("经手人"), lambda row, _view: row["who"], lambda row, _view: row["who"]),
        _count("rows", gettext_lazy("行数")),
        _count("accepted", gettext_lazy("新增")),
        _count("updated", gettext_lazy("更新")),
        _count("duplicates", gettext_lazy("重复")),
        Column("waiting", gettext_lazy("待处理"), _waiting, lambda row, _view: row["waiting"], css="num"),
        Column(
            "state",
            gettext_lazy("状态"),
            lambda row, _view: cells.tag(row["state"], row["tone"]),
            lambda row, _view: str(row["state"]),
        ),
        Column(
            "seal",
            gettext_lazy("存证"),
            lambda row, view: view.seal(row["entry"], row["batch"].file_name),
            is_named=False,
        ),
    ),
)


class BatchFilterForm(forms.Form):
    state = forms.ChoiceField(
        label=gettext_lazy("状态"),
        required=False,
        choices=[("", gettext_lazy("全部")), *((str(state), words[0]) for state, words in STATES.items())],
    )


@requires("ledger.read")
def batches(request: HttpRequest, site_slug: str) -> HttpResponse:
    sheet = open_sheet(request, BATCHES)
    form, search = _form(request.GET), _search(request.GET)
    found = _read(sheet.asked, form, search, after=sheet.asked.after)
    sheet.rows, sheet.next_cursor = _listed(found.rows), found.next_cursor
    sheet.view = _view(site_slug)
    sheet.row_id, sheet.row_label = (lambda row: row["batch"].id), (lambda row: str(row["batch"].number))
    sheet.total = found.total
    sheet.caption = _("导入记录")
    sheet.search, sheet.fields = Search(_("文件名"), search), list(form)
    sheet.chips = _chips(form, search)
    sheet.files = [
        ("CSV", reverse("batches-export", args=[site_slug])),
        ("Excel", reverse("batches-workbook", args=[site_slug])),
    ]
    context = {"may_import": may(request, "ledger.import"), "is_filtered": bool(sheet.chips)}
    return sheet.respond(request, "receivables/batches.html", context)


@requires("ledger.read")
def batches_export(request: HttpRequest, site_slug: str, kind: str = "csv") -> HttpResponse:
    asked = asked_of(request, BATCHES, views_of(request.actor, BATCHES.name).columns)  # type: ignore[attr-defined]
    form, search = _form(request.GET), _search(request.GET)
    found = _read(asked, form, search, limit=batch_history.EXPORT_BATCHES_MAX)
    about = [(_("导入记录"), str(request.site.name)), *((chip.text,) for chip in _chips(form, search))]
    return list_file(
        BATCHES,
        kind=kind,
        name=f"imports-{site_slug}",
        shown=asked.columns,
        rows=_listed(found.rows),
        view=_view(site_slug),
        about=about,
    )


def _form(asked: QueryDict) -> BatchFilterForm:
    form = BatchFilterForm({"state": asked.get("state", "")})
    form.is_valid()
    return form


def _search(asked: QueryDict) -> str:
    return asked.get("q", "").strip()[:SEARCH_CHARS_MAX]


def _read(asked: Asked, form: BatchFilterForm, search: str, **more: Any) -> batch_history.BatchesPage:
    return batch_history.batches_list(
        state=form.cleaned_data.get("state") or "",
        search=search,
        sort=asked.key,
        is_reversed=asked.is_reversed,
        **more,
    )


def _listed(rows: tuple[ImportBatch, ...]) -> list[dict[str, Any]]:
    staged = batch_history.staged_counts([batch.id for batch in rows])
    names: dict[UUID, str] = accounts.display_names({batch.created_by for batch in rows})
    return [listed(batch, staged.get(batch.id, {}), names) for batch in rows]


def _view(site_slug: str) -> BatchView:
    return BatchView(
        cells.addresses("batch", site_slug), cells.addresses("staged", site_slug), cells.seals(site_slug)
    )


def _chips(form: BatchFilterForm, search: str) -> list[Chip]:
    found = []
    state = form.cleaned_data.get("state")
    if state:
        words = {str(key): label for key, (label, _tone) in STATES.items()}[state]
        found.append(Chip(_("%(label)s：%(value)s") % {"label": _("状态"), "value": words}, ("state",)))
    if search:
        found.append(Chip(_("%(label)s：%(value)s") % {"label": _("搜索"), "value": search}, ("q",)))
    return found
