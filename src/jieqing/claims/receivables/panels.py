"""What the ledger shows on a desk: figures, ageing, largest debtors, what falls due, what to do next.

Each panel is a function from a reading of the ledger to a template fragment. It reads through selectors only, shows
nothing it cannot open, and writes nothing. The desk decides which panels stand where.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jieqing.claims.receivables import selectors
from jieqing.claims.receivables.engine.ageing import AgeingReport
from jieqing.claims.receivables.selectors import CurrencyFigures, DueSoon, ItemFilter, Reading, acts

DUE_DAYS = 30
DUE_ROWS = 8
TOP_DEBTORS = 10
ACT_ROWS = 8


@dataclass(frozen=True, slots=True)
class Portfolio:
    """The figures of one reading, read once for all panels of a desk."""

    reading: Reading
    figures: CurrencyFigures | None
    currencies: tuple[str, ...]
    due: DueSoon | None
    report: AgeingReport

    @property
    def overdue_share(self) -> Decimal | None:
        return _ratio(self.figures.overdue_share_bp) if self.figures else None

    @property
    def previous_share(self) -> Decimal | None:
        return _ratio(self.figures.previous_overdue_share_bp) if self.figures else None


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do next: what, why, by when, and where."""

    title: str
    why: str
    href: str
    on: object = None
    tone: str = ""


def read_portfolio(reading: Reading) -> Portfolio:
    rows = selectors.portfolio(as_of=reading.as_of, known_at=reading.known_at)
    due = selectors.due_within(as_of=reading.as_of, days=DUE_DAYS, known_at=reading.known_at)
    (report,) = selectors.ageing(
        as_of=reading.as_of,
        basis=reading.basis,
        edges=reading.edges,
        currency=reading.currency,
        known_at=reading.known_at,
    )
    return Portfolio(
        reading=reading,
        figures=next((row for row in rows if row.currency == reading.currency), None),
        currencies=reading.facts.currencies,
        due=next((row for row in due if row.currency == reading.currency), None),
        report=report,
    )


def figures(request: HttpRequest, portfolio: Portfolio) -> SafeString:
    """The numbers first: outstanding, overdue, its share, due soon; each with its movement and its rows."""
    reading, now = portfolio.reading, portfolio.figures
    items = reverse("items", args=[_slug(request)])
    soon = {
        "due_from": reading.as_of + timedelta(days=1),
        "due_until": reading.as_of + timedelta(days=DUE_DAYS),
        "sort": "due",
    }
    share, before = portfolio.overdue_share, portfolio.previous_share
    overdue_move = now.overdue_minor - now.previous_overdue_minor if now else 0
    return _render(
        request,
        "figures",
        portfolio=portfolio,
        reading=reading,
        now=now,
        due=portfolio.due,
        due_days=DUE_DAYS,
        outstanding_move_size=abs(now.movement_minor) if now else 0,
        overdue_move=overdue_move,
        overdue_move_size=abs(overdue_move),
        share_points=(share - before) * 100 if share is not None and before is not None else None,
        items_href=items + reading.query(),
        overdue_href=items + reading.query(state="overdue"),
        due_href=items + reading.query(**soon),
        ageing_href=reverse("ageing", args=[_slug(request)]) + reading.query(),
    )


def ageing(request: HttpRequest, portfolio: Portfolio) -> SafeString:
    reading, report = portfolio.reading, portfolio.report
    items = reverse("items", args=[_slug(request)])
    links = [items + reading.query(bucket=index) for index in range(len(report.buckets))]
    sums = [row.amount_minor for row in report.sums]
    chart = selectors.bucket_chart(report.buckets, report.basis, report.currency, sums, links)
    return _render(request, "ageing", chart=chart, reading=reading)


def top_debtors(request: HttpRequest, portfolio: Portfolio) -> SafeString:
    """The ten debtors who owe most, with their share of everything outstanding."""
    reading = portfolio.reading
    rows = selectors.top_debtors(
        as_of=reading.as_of, currency=reading.currency, limit=TOP_DEBTORS, known_at=reading.known_at
    )
    whole = portfolio.figures.outstanding_minor if portfolio.figures else 0
    shown = sum(row.open_minor for row in rows)
    return _render(
        request,
        "top_debtors",
        rows=[(row, _part(row.open_minor, whole)) for row in rows],
        reading=reading,
        shown_minor=shown,
        shown_share=_part(shown, whole),
        others=(portfolio.figures.debtors if portfolio.figures else 0) - len(rows),
    )


def due_soon(request: HttpRequest, portfolio: Portfolio) -> SafeString:
    """The next items to fall due, soonest first."""
    reading = portfolio.reading
    wanted = ItemFilter(
        currency=reading.currency,
        due_from=reading.as_of,
        due_until=reading.as_of + timedelta(days=DUE_DAYS),
    )
    page = selectors.items_page(
        wanted, as_of=reading.as_of, sort="due", limit=DUE_ROWS, known_at=reading.known_at
    )
    more = reverse("items", args=[_slug(request)]) + reading.query(
        due_from=wanted.due_from, due_until=wanted.due_until, sort="due"
    )
    return _render(request, "due_soon", page=page, reading=reading, more_href=more, due_days=DUE_DAYS)


def next_steps(request: HttpRequest, portfolio: Portfolio) -> SafeString:
    return _render(request, "next_steps", steps=steps_of(request, portfolio), reading=portfolio.reading)


def waiting_acts(request: HttpRequest) -> SafeString:
    """Acts on the ledger that wait for a second person, the oldest first."""
    found = acts.waiting_acts(limit=ACT_ROWS)
    return _render(request, "waiting_acts", rows=found, site=request.site)


def steps_of(request: HttpRequest, portfolio: Portfolio) -> Sequence[Step]:
    """What a creditor can do now, most urgent first."""
    return [*_staged_steps(request), *_portfolio_steps(request, portfolio)]


def _staged_steps(request: HttpRequest) -> list[Step]:
    return [
        Step(
            title=_("处理第 %(number)d 批的 %(rows)d 行暂存数据")
            % {"number": batch.number, "rows": batch.waiting},
            why=_("%(file)s：这些行还没有入账，余额里不包含它们。") % {"file": batch.file_name},
            href=reverse("staged", args=[_slug(request), batch.id]),
            on=batch.created_at,
            tone="warn",
        )
        for batch in selectors.batches(limit=20)
        if batch.waiting and batch.state != "undone"
    ]


def _portfolio_steps(request: HttpRequest, portfolio: Portfolio) -> list[Step]:
    reading, now, report = portfolio.reading, portfolio.figures, portfolio.report
    items = reverse("items", args=[_slug(request)])
    found = []
    if now and now.credit_items:
        found.append(
            Step(
                title=_("匹配 %(count)d 笔贷项和未核销回款") % {"count": now.credit_items},
                why=_("它们抵减了余额，但还没有对应到具体发票。"),
                href=items + reading.query(credits=1),
                on=reading.as_of,
            )
        )
    fallback = sum(row.fallback_items for row in report.sums)
    if fallback:
        found.append(
            Step(
                title=_("补齐 %(count)d 笔缺少的日期") % {"count": fallback},
                why=_("缺日期的项目暂按开票日期计算账龄。"),
                href=items + reading.query(no_date=1),
                on=reading.as_of,
            )
        )
    if portfolio.due and portfolio.due.due_today_items:
        found.append(
            Step(
                title=_("今天到期 %(count)d 笔") % {"count": portfolio.due.due_today_items},
                why=_("今天到期的不算逾期，明天起计入逾期。"),
                href=items + reading.query(due_from=reading.as_of, due_until=reading.as_of),
                on=reading.as_of,
            )
        )
    return found


def _part(part: int, whole: int) -> Decimal | None:
    return Decimal(part) / Decimal(whole) if whole > 0 else None


def _ratio(basis_points: int | None) -> Decimal | None:
    return None if basis_points is None else Decimal(basis_points) / 10_000


def _slug(request: HttpRequest) -> str:
    return str(request.site.slug)  # type: ignore[attr-defined]


def _render(request: HttpRequest, name: str, **context: object) -> SafeString:
    return render_to_string(f"receivables/panels/{name}.html", context, request)
