"""The list of debtors by grade, and one debtor's rating with its history."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jieqing.claims.parties import access as parties
from jieqing.claims.receivables.selectors import reading_of
from jieqing.claims.valuation import selectors
from jieqing.claims.valuation.engine.scorecard import Grade
from jieqing.claims.valuation.pages import rating_cells
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.charts import Chart, ChartKind, Series
from jieqing.plumbing.http import problem_response, requires
from jieqing.plumbing.listing import Chip, Column, Listing, Search, cells, open_sheet
from jieqing.plumbing.templatetags.kit import lang, thousands

SEARCH_CHARS_MAX = 100


@dataclass(frozen=True, slots=True)
class RatingView:
    rating: Callable[[UUID], str]


RATINGS = Listing(
    name="valuation.ratings",
    permission="ledger.read",
    default_sort="score",
    columns=(
        Column(
            "name",
            gettext_lazy("债务人"),
            lambda row, view: cells.link(view.rating(row.party_id), row.party.name or row.party.code),
            sorts=True,
        ),
        Column("grade", gettext_lazy("评级"), lambda row, _view: rating_cells.grade_cell(row)),
        Column(
            "score", gettext_lazy("分数"), lambda row, _view: cells.count(row.score), sorts=True, css="num"
        ),
        Column(
            "why",
            gettext_lazy("理由"),
            lambda row, _view: rating_cells.chips(rating_cells.reasons(row)),
        ),
        Column(
            "probability",
            gettext_lazy("半年内违约概率"),
            lambda row, _view: f"{row.probability_millionths / 10_000:.1f} %",
            css="num",
            on_phone=False,
        ),
        Column(
            "exposure",
            gettext_lazy("敞口"),
            lambda row, _view: cells.amount(row.open_minor, row.currency),
            sorts=True,
            first="down",
            descends=True,
            css="num",
        ),
        Column("currency", gettext_lazy("币种"), lambda row, _view: row.currency, on_phone=False),
    ),
)


@requires("ledger.read")
def ratings(request: HttpRequest, site_slug: str) -> HttpResponse:
    sheet = open_sheet(request, RATINGS)
    search = request.GET.get("q", "").strip()[:SEARCH_CHARS_MAX]
    asked = request.GET.get("grade", "")
    grade = Grade[asked] if asked in Grade.__members__ else None
    page = selectors.ratings_page(
        sort=sheet.asked.key,
        is_reversed=sheet.asked.is_reversed,
        search=search,
        grade=grade,
        after=sheet.asked.after,
    )
    sheet.rows, sheet.view = page.rows, RatingView(cells.addresses("rating", site_slug))
    sheet.row_id = lambda row: row.party_id
    sheet.row_label = lambda row: row.party.name or row.party.code
    sheet.next_cursor, sheet.total = page.next_cursor, page.total
    sheet.caption = ngettext("%(count)s 个债务人", "%(count)s 个债务人", page.total) % {
        "count": thousands(page.total)
    }
    sheet.search = Search(_("名称、拼音或客户编码"), search)
    sheet.chips = [
        *([Chip(_("搜索：%(words)s") % {"words": search}, ("q",))] if search else []),
        *([Chip(_("评级：%(grade)s") % {"grade": grade.name}, ("grade",))] if grade else []),
    ]
    context = {
        "run": selectors.last_run(),
        "books": [
            (row, rating_cells.grade_cell(row), [one.short(lang()) for one in rating_cells.reasons(row)])
            for row in selectors.book_ratings()
        ],
        "may_decide": not request.allow("valuation.decide"),  # type: ignore[attr-defined]
        "reading": reading_of(request.GET),
    }
    return sheet.respond(request, "valuation/ratings.html", context)


@requires("ledger.read")
def rating(request: HttpRequest, site_slug: str, debtor_id: UUID) -> HttpResponse:
    party = parties.party_by_id(request.actor, debtor_id)  # type: ignore[attr-defined]
    if is_problem(party):
        return problem_response(request, party, 404)
    history = selectors.rating_history(party.id)
    now = history[0][0] if history else None
    context: dict[str, Any] = {
        "party": party,
        "name": party.name or party.code,
        "now": now,
        "grade": rating_cells.grade_cell(now) if now else "",
        "reasons": [(one.text(lang()), one.points) for one in rating_cells.reasons(now)] if now else [],
        "history": [
            (row, run, rating_cells.grade_cell(row), rating_cells.chips(rating_cells.reasons(row)))
            for row, run in history
        ],
        "chart": _chart(history) if len(history) > 1 else None,
        "reading": reading_of(request.GET),
    }
    return render(request, "valuation/rating.html", context)


def _chart(history: list[Any]) -> Chart:
    oldest_first = list(reversed(history))
    return Chart(
        name="rating-history",
        title=_("分数走势"),
        category_title=_("日期"),
        categories=[row.as_of.isoformat() for row, _run in oldest_first],
        series=[Series(_("分数"), [row.score for row, _run in oldest_first])],
        kind=ChartKind.LINE,
        unit=_("分"),
    )
