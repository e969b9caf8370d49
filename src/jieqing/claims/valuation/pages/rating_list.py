"""The list of debtors by grade, and the same as a file."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jieqing.claims.receivables.selectors import reading_of
from jieqing.claims.valuation import selectors
from jieqing.claims.valuation.engine.scorecard import Grade
from jieqing.claims.valuation.models import Rating
from jieqing.claims.valuation.pages import rating_cells
from jieqing.kernel.money import to_major
from jieqing.plumbing.http import requires
from jieqing.plumbing.listing import Chip, Column, Listing, Search, asked_of, cells, list_file, open_sheet
from jieqing.plumbing.listing.saved import views_of
from jieqing.plumbing.spreadsheets import Cell
from jieqing.plumbing.templatetags.kit import lang, thousands

SEARCH_CHARS_MAX = 100
EXPORT_ROWS_MAX = 100_000


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
            lambda row, _view: row.party.name or row.party.code,
            sorts=True,
        ),
        Column(
            "code",
            gettext_lazy("客户编码"),
            lambda row, _view: cells.text(row.party.code),
            lambda row, _view: row.party.code,
            is_shown=False,
            in_every_file=True,
        ),
        Column(
            "grade",
            gettext_lazy("评级"),
            lambda row, _view: rating_cells.grade_cell(row),
            lambda row, _view: Grade(row.grade).name,
        ),
        Column(
            "previous",
            gettext_lazy("上次评级"),
            lambda row, _view: _previous(row) or cells.NOTHING,
            lambda row, _view: _previous(row),
            is_shown=False,
            in_every_file=True,
        ),
        Column(
            "score",
            gettext_lazy("分数"),
            lambda row, _view: cells.count(row.score),
            lambda row, _view: row.score,
            sorts=True,
            css="num",
        ),
        Column(
            "why",
            gettext_lazy("理由"),
            lambda row, _view: rating_cells.chips(rating_cells.reasons(row)),
            lambda row, _view: "；".join(one.text(lang()) for one in rating_cells.reasons(row)),
        ),
        Column(
            "probability",
            gettext_lazy("半年内违约概率"),
            lambda row, _view: f"{row.probability_millionths / 10_000:.1f} %",
            lambda row, _view: Decimal(row.probability_millionths).scaleb(-6),
            file_label=gettext_lazy("半年内违约概率（0–1）"),
            css="num",
            on_phone=False,
        ),
        Column(
            "exposure",
            gettext_lazy("敞口"),
            lambda row, _view: cells.amount(row.open_minor, row.currency),
            lambda row, _view: to_major(row.open_minor, row.currency),
            sorts=True,
            first="down",
            descends=True,
            css="num",
        ),
        Column(
            "overdue",
            gettext_lazy("逾期"),
            lambda row, _view: cells.amount(row.overdue_minor, row.currency),
            lambda row, _view: to_major(row.overdue_minor, row.currency),
            css="num",
            is_shown=False,
        ),
        Column(
            "currency",
            gettext_lazy("币种"),
            lambda row, _view: row.currency,
            lambda row, _view: row.currency,
            on_phone=False,
            in_every_file=True,
        ),
        Column(
            "as_of",
            gettext_lazy("截至"),
            lambda row, _view: cells.day(row.as_of),
            lambda row, _view: row.as_of,
            is_shown=False,
            in_every_file=True,
        ),
        Column(
            "digest",
            gettext_lazy("存证摘要"),
            lambda row, _view: cells.text(bytes(row.row_digest).hex()[:12]),
            lambda row, _view: bytes(row.row_digest).hex(),
            is_shown=False,
            in_every_file=True,
        ),
    ),
)


@requires("ledger.read")
def ratings(request: HttpRequest, site_slug: str) -> HttpResponse:
    sheet = open_sheet(request, RATINGS)
    search, grade = _search(request), _grade(request)
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
    sheet.files = [
        ("CSV", reverse("ratings-export", args=[site_slug])),
        ("Excel", reverse("ratings-workbook", args=[site_slug])),
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
def ratings_export(request: HttpRequest, site_slug: str, kind: str = "csv") -> HttpResponse:
    """The same rows as a file: the filters and the run above them, each row with the digest its evidence holds."""
    views = views_of(request.actor, RATINGS.name)  # type: ignore[attr-defined]
    asked = asked_of(request, RATINGS, views.columns)
    search, grade, run = _search(request), _grade(request), selectors.last_run()
    page = selectors.ratings_page(
        sort=asked.key, is_reversed=asked.is_reversed, search=search, grade=grade, limit=EXPORT_ROWS_MAX
    )
    about: list[tuple[Cell, ...]] = [(_("债务人评级"), str(request.site.name))]
    about += [(_("搜索"), search)] if search else []
    about += [(_("评级"), grade.name)] if grade else []
    if run:
        about += [(_("截至"), run.as_of), (_("评级运行"), run.number), (_("存证编号"), str(run.entry_id))]
    about.append((_("债务人"), page.total))
    if page.total > len(page.rows):
        about.append((_("注意"), _("文件只含前 %(count)d 个债务人。") % {"count": len(page.rows)}))
    return list_file(
        RATINGS,
        kind=kind,
        name=f"ratings-{site_slug}-{run.as_of.isoformat() if run else 'none'}",
        shown=asked.columns,
        rows=page.rows,
        view=None,
        about=about,
    )


def _search(request: HttpRequest) -> str:
    return request.GET.get("q", "").strip()[:SEARCH_CHARS_MAX]


def _grade(request: HttpRequest) -> Grade | None:
    asked = request.GET.get("grade", "")
    return Grade[asked] if asked in Grade.__members__ else None


def _previous(row: Rating) -> str:
    return Grade(row.previous_grade).name if row.previous_grade else ""
