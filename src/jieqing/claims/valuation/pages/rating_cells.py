"""How a grade looks: its letter, where it moved, its reasons as chips. The colour only repeats the letter."""

from decimal import Decimal
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jieqing.claims.valuation.engine.reasons import Reason, book_reasons, costs_of, reasons_of
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


def share(millionths: int) -> Decimal:
    """A probability as a number between 0 and 1, for files."""
    return Decimal(millionths).scaleb(-6)


def all_points(rating: RatingState) -> list[tuple[str, int]]:
    """Everything that cost points, also what is too little to be named a reason: the sum makes the score."""
    if rating.kind == RatingKind.BOOK:
        return [(one.text(lang()), one.points) for one in book_reasons(rating.values)]
    return [(one.text(lang()), one.points) for one in costs_of(rating.values, rating.points)]


_TRIGGERS: dict[str, Any] = {
    "import": gettext_lazy("导入"),
    "undo": gettext_lazy("撤销导入"),
    "by_hand": gettext_lazy("人工重算"),
    "new_day": gettext_lazy("换日"),
    "payment": gettext_lazy("收款"),
    "act": gettext_lazy("核销等处理"),
    "charge": gettext_lazy("息费"),
    "changes": gettext_lazy("多项变动"),
    "standing": gettext_lazy("异议或债务人状况变化"),
}


def trigger_words(trigger: str) -> Any:
    return _TRIGGERS.get(trigger, trigger)
