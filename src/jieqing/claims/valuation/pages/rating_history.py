"""One debtor's rating: the points that make the score, and the history, each step with its cause and its proof."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from jieqing.claims.parties import access as parties
from jieqing.claims.receivables.selectors import reading_of
from jieqing.claims.valuation import selectors
from jieqing.claims.valuation.engine.scorecard import Grade
from jieqing.claims.valuation.pages import rating_cells
from jieqing.kernel.money import to_major
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.charts import Chart, ChartKind, Series
from jieqing.plumbing.http import problem_response, requires
from jieqing.plumbing.spreadsheets import Cell, csv_file
from jieqing.plumbing.templatetags.kit import lang

HISTORY_ROWS_MAX = 1_000


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
        "reasons": rating_cells.all_points(now) if now else [],
        "why": [one.text(lang()) for one in rating_cells.reasons(now)] if now else [],
        "files": [
            ("CSV", reverse("rating-csv", args=[site_slug, debtor_id])),
            ("Excel", reverse("rating-xlsx", args=[site_slug, debtor_id])),
        ],
        "history": [
            (
                row,
                run,
                rating_cells.grade_cell(row),
                rating_cells.chips(rating_cells.reasons(row)),
                rating_cells.trigger_words(run.trigger),
            )
            for row, run in history
        ],
        "chart": _chart(history) if len(history) > 1 else None,
        "reading": reading_of(request.GET),
    }
    return render(request, "valuation/rating.html", context)


@requires("ledger.read")
@require_GET
def rating_file(request: HttpRequest, site_slug: str, debtor_id: UUID, file: str) -> HttpResponse:
    """The whole history as a file: what was said when, why, and the entry and digest that prove it."""
    party = parties.party_by_id(request.actor, debtor_id)  # type: ignore[attr-defined]
    if is_problem(party):
        return problem_response(request, party, 404)
    name = party.name or party.code
    head: list[Cell] = [
        _("截至"), _("评级"), _("分数"), _("半年内违约概率（0–1）"), _("敞口"), _("逾期"), _("币种"), _("理由"), _("起因"),
        _("台账版本"), _("计算于"), _("存证编号"), _("存证行"), _("存证摘要"),
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [
            row.as_of,
            Grade(row.grade).name,
            row.score,
            rating_cells.share(row.probability_millionths),
            to_major(row.open_minor, row.currency),
            to_major(row.overdue_minor, row.currency),
            row.currency,
            "；".join(one.text(lang()) for one in rating_cells.reasons(row)),
            str(rating_cells.trigger_words(run.trigger)),
            run.revision,
            run.at.isoformat(timespec="seconds"),
            str(run.entry_id),
            row.leaf_index,
            bytes(row.row_digest).hex(),
        ]
        for row, run in selectors.rating_history(party.id, limit=HISTORY_ROWS_MAX)
    ]
    about: list[list[Cell]] = [[_("评级历史"), name], [_("客户编码"), party.code]]
    title = f"{_('评级历史')} {name}.{file}"
    if file == "xlsx":
        from jieqing.plumbing.workbooks import workbook_file  # only a download needs openpyxl

        return workbook_file(title, about=about, head=head, rows=rows)
    return csv_file(title, about=about, head=head, rows=rows)


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
