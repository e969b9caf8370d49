"""How a grade looks: its letter, where it moved, its reasons as chips. The colour only repeats the letter."""

from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jieqing.claims.valuation.engine.reasons import Reason, book_reasons, reasons_of
from jieqing.claims.valuation.engine.scorecard import Grade, tone_of
from jieqing.claims.valuation.models import RatingKind, RatingState
from jieqing.plumbing.listing import cells
from jieqing.plumbing.templatetags.kit import lang


def grade_cell(rating: RatingState) -> SafeString:
    return format_html("{} {}", cells.tag(Grade(rating.grade).name, tone_of(rating.grade)), movement(rating))


def movement(rating: RatingState) -> SafeString | str:
    """An arrow with words for those who do not see it; nothing where there is nothing to compare."""
    before = rating.previous_grade
    if before is None or before == rating.grade:
        return ""
    is_better = rating.grade < before
    words = (_("由 %(grade)s 上调") if is_better else _("由 %(grade)s 下调")) % {"grade": Grade(before).name}
    return format_html(
        '<span class="{}" title="{}"><span aria-hidden="true">{}</span><span class="sr-only">{}</span></span>',
        "good" if is_better else "bad",
        words,
        "▲" if is_better else "▼",
        words,
    )


def reasons(rating: Any) -> list[Reason]:
    if rating.kind == RatingKind.BOOK:
        return book_reasons(rating.values)
    return reasons_of(rating.values, rating.points, rating.grade, rating.invoices_due)


def chips(found: list[Reason]) -> SafeString:
    # In one span: a card on a phone lays out the children of a cell side by side.
    return format_html(
        "<span>{}</span>",
        format_html_join(
            " ",
            '<span class="tag" title="{}">{}</span>',
            ((one.text(lang()), one.short(lang())) for one in found),
        ),
    )
