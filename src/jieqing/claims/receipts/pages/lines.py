"""银行对账: every line of the site's accounts with what it could pay beside it, and the totals above."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jieqing.claims.parties.selectors import party_names
from jieqing.claims.receipts import selectors
from jieqing.claims.receipts.engine.open_book import Suggestion
from jieqing.claims.receipts.pages.words import KIND_WORDS, MATCH_WORDS, problem_of, reasons_of
from jieqing.claims.receipts.selectors import LineFilter, LineRow
from jieqing.claims.receivables.selectors import replay_with_later_money
from jieqing.kernel.money import to_major
from jieqing.plumbing.http import requires
from jieqing.plumbing.listing import Chip, Column, Listing, Search, asked_of, cells, list_file, open_sheet
from jieqing.plumbing.listing.saved import views_of

SEARCH_CHARS_MAX = 100
EXPORT_ROWS_MAX = 20_000


@dataclass(frozen=True, slots=True)
class LineView:
    """Addresses, and for each open line its best suggestion; names of the debtors in one look-up."""

    line: Callable[[UUID], str]
    item: Callable[[UUID], str]
    seal: Callable[..., Any]
    best: dict[UUID, Suggestion]
    names: dict[UUID, str]


def _proposal(row: LineRow, view: LineView) -> object:
    if row.match:
        words, _tone = MATCH_WORDS[row.match.kind]
        papers = format_html_join(
            ", ",
            '<a class="mono" href="{}">{}</a>',
            ((view.item(p.item_id), p.item.document_number) for p in row.parts),
        )
        who = row.match.debtor.name if row.match.debtor else ""
        return format_html("<div>{} {}</div>", who or words, papers)
    best = view.best.get(row.line.id)
    if best is None:
        return cells.NOTHING
    tone = "good" if best.is_certain else "warn" if best.flags else "info"
    return format_html(
        '<div><a href="{}">{}</a> {} <span class="quiet small">{}</span></div>',
        view.line(row.line.id),
        view.names.get(best.debtor_id, "–"),
        cells.tag(best.score, tone),
        _("；").join(reasons_of(best)[:2]),
    )


def _state(row: LineRow, _view: LineView) -> object:
    if row.match is None:
        return cells.tag(_("待处理"), "warn")
    words, tone = MATCH_WORDS[row.match.kind]
    return cells.tag(words, tone)


BANK_LINES = Listing(
    name="receipts.lines",
    permission="ledger.read",
    default_sort="-day",
    columns=(
        Column(
            "day",
            gettext_lazy("记账日"),
            lambda row, view: cells.link(view.line(row.line.id), cells.day(row.line.booked_on)),
            lambda row, _view: row.line.booked_on,
            css="nowrap",
            sorts=True,
            first="down",
        ),
        Column(
            "who",
            gettext_lazy("对方"),
            lambda row, _view: cells.clip(row.line.counterparty_name or cells.NOTHING),
            lambda row, _view: row.line.counterparty_name,
        ),
        Column(
            "amount",
            gettext_lazy("金额"),
            lambda row, _view: cells.amount(row.line.amount_minor, row.line.currency),
            lambda row, _view: to_major(row.line.amount_minor, row.line.currency),
            css="num",
        ),
        Column("currency", gettext_lazy("币种"), lambda row, _view: row.line.currency, lambda row, _view: row.line.currency),
        Column(
            "purpose",
            gettext_lazy("摘要"),
            lambda row, _view: cells.clip(row.line.purpose or cells.NOTHING),
            lambda row, _view: row.line.purpose,
        ),
        Column(
            "kind",
            gettext_lazy("性质"),
            lambda row, _view: KIND_WORDS[row.line.kind],
            lambda row, _view: str(KIND_WORDS[row.line.kind]),
            is_shown=False,
        ),
        Column("proposal", gettext_lazy("建议或结果"), _proposal),
        Column("state", gettext_lazy("状态"), _state, lambda row, _view: str(MATCH_WORDS[row.match.kind][0] if row.match else _("待处理"))),
        Column(
            "seal",
            gettext_lazy("存证"),
            lambda row, view: view.seal(row.match.entry_id if row.match else row.line.statement.entry_id, str(row.line.booked_on)),
            is_named=False,
        ),
    ),
)  # fmt: skip


class LineFilterForm(forms.Form):
    state = forms.ChoiceField(
        label=gettext_lazy("状态"),
        required=False,
        choices=[
            ("open", gettext_lazy("待处理")),
            ("done", gettext_lazy("已处理")),
            ("all", gettext_lazy("全部")),
        ],
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("性质"), required=False, choices=[("", gettext_lazy("全部")), *KIND_WORDS.items()]
    )
    account = forms.ChoiceField(label=gettext_lazy("账户"), required=False)


@requires("ledger.read")
def bank_lines(request: HttpRequest, site_slug: str) -> HttpResponse:
    sheet = open_sheet(request, BANK_LINES)
    form, wanted = _asked(request.GET)
    page = selectors.lines_page(wanted, after=sheet.asked.after, is_reversed=sheet.asked.is_reversed)
    found = selectors.suggestions_for([row.line for row in page.rows if row.match is None])
    best = {line_id: suggestions[0] for line_id, suggestions in found.items() if suggestions}
    sheet.rows, sheet.next_cursor, sheet.total = page.rows, page.next_cursor, page.total
    sheet.view = _view(site_slug, best)
    sheet.row_id, sheet.row_label = (lambda row: row.line.id), (lambda row: str(row.line.booked_on))
    sheet.caption = _("银行流水")
    sheet.search, sheet.fields = Search(_("对方、摘要、流水号"), wanted.search), list(form)
    sheet.defaults = {"state": "open"}
    sheet.chips = _chips(form, wanted)
    sheet.files = [
        ("CSV", reverse("bank-export", args=[site_slug])),
        ("Excel", reverse("bank-workbook", args=[site_slug])),
    ]
    context = {
        "totals": selectors.totals(wanted),
        "statements": [
            (one, problem_of(one)) for one in selectors.statements(account_id=wanted.account_id, limit=6)
        ],
        "certain": sum(1 for one in best.values() if one.is_certain),
        "may": not request.allow("ledger.import"),  # type: ignore[attr-defined]
        "may_decide": not request.allow("ledger.decide"),  # type: ignore[attr-defined]
        "rule": selectors.live_rule(),
        "replay_on": replay_with_later_money(),
    }
    return sheet.respond(request, "receipts/lines.html", context)


@requires("ledger.read")
def bank_export(request: HttpRequest, site_slug: str, kind: str = "csv") -> HttpResponse:
    asked = asked_of(request, BANK_LINES, views_of(request.actor, BANK_LINES.name).columns)  # type: ignore[attr-defined]
    form, wanted = _asked(request.GET)
    page = selectors.lines_page(wanted, limit=EXPORT_ROWS_MAX, is_reversed=asked.is_reversed)
    return list_file(
        BANK_LINES,
        kind=kind,
        name=f"bank-{site_slug}",
        shown=asked.columns,
        rows=list(page.rows),
        view=_view(site_slug, {}),
        about=[(_("银行流水"), str(request.site.name)), *((chip.text,) for chip in _chips(form, wanted))],
    )


def _view(site_slug: str, best: dict[UUID, Suggestion]) -> LineView:
    return LineView(
        line=cells.addresses("bank-line", site_slug),
        item=cells.addresses("item", site_slug),
        seal=cells.seals(site_slug),
        best=best,
        names=party_names({one.debtor_id for one in best.values()}) if best else {},
    )


def _asked(asked: QueryDict) -> tuple[LineFilterForm, LineFilter]:
    form = LineFilterForm(
        {"state": "open", **{name: asked[name] for name in ("state", "kind", "account") if name in asked}}
    )
    accounts = selectors.accounts()
    form.fields["account"].choices = [  # type: ignore[attr-defined]
        ("", _("全部")), *((str(one.id), f"{one.tail} {one.currency}") for one in accounts)
    ]  # fmt: skip
    form.is_valid()
    data = form.cleaned_data
    statement = asked.get("statement", "")
    return form, LineFilter(
        state=data.get("state") or "open",
        kind=data.get("kind") or "",
        account_id=UUID(data["account"]) if data.get("account") else None,
        statement_id=_uuid(statement),
        search=asked.get("q", "").strip()[:SEARCH_CHARS_MAX],
    )


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _chips(form: LineFilterForm, wanted: LineFilter) -> list[Chip]:
    found = []
    for name in ("kind", "account"):
        value = form.cleaned_data.get(name)
        if value:
            words = dict(form.fields[name].choices)[value]  # type: ignore[attr-defined]
            label = form.fields[name].label
            found.append(Chip(_("%(label)s：%(value)s") % {"label": label, "value": words}, (name,)))
    if wanted.state != "open":
        words = dict(form.fields["state"].choices)[wanted.state]  # type: ignore[attr-defined]
        found.append(Chip(_("%(label)s：%(value)s") % {"label": _("状态"), "value": words}, ("state",)))
    if wanted.statement_id:
        found.append(Chip(_("一份流水"), ("statement",)))
    if wanted.search:
        found.append(Chip(_("%(label)s：%(value)s") % {"label": _("搜索"), "value": wanted.search}, ("q",)))
    return found
