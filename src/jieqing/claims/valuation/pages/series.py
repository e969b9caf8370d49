"""Figures over time: one table with every month, each figure opening its rows; two charts; the same as a file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from jieqing.claims.receivables.selectors import Reading, reading_of
from jieqing.claims.valuation import selectors
from jieqing.claims.valuation.engine.series import Point
from jieqing.kernel.money import to_major
from jieqing.plumbing.charts import Chart, ChartKind, Series
from jieqing.plumbing.http import requires
from jieqing.plumbing.spreadsheets import Cell, csv_file


@dataclass(frozen=True, slots=True)
class Measure:
    """``value`` is a whole number, ``places`` how many of its digits stand behind the point; ``page`` opens its rows."""

    key: str
    label: Any
    unit: str
    definition: Any
    value: Callable[[Point], int | None]
    places: int
    page: str
    more: tuple[tuple[str, str], ...] = ()

    def number(self, point: Point) -> Decimal | None:
        value = self.value(point)
        return None if value is None else Decimal(value).scaleb(-self.places)


MEASURES = (
    Measure(
        "dso",
        gettext_lazy("应收账款周转天数（DSO）"),
        "",
        gettext_lazy("有欠款的单据之和 ÷ 近 90 天开票额 × 90 天。"),
        lambda point: point.dso_tenths,
        1,
        "items",
    ),
    Measure(
        "turnover",
        gettext_lazy("应收账款周转率（次/年）"),
        "",
        gettext_lazy("近 365 天开票额 ÷ 现在与 365 天前欠款的平均。"),
        lambda point: point.turnover_hundredths,
        2,
        "items",
    ),
    Measure(
        "overdue",
        gettext_lazy("逾期率"),
        " %",
        gettext_lazy("已过到期日的欠款 ÷ 全部欠款；当天到期不算逾期。"),
        lambda point: point.overdue_bp,
        2,
        "items",
        (("state", "overdue"),),
    ),
    Measure(
        "top",
        gettext_lazy("前五大占比"),
        " %",
        gettext_lazy("欠款最多的五个债务人 ÷ 全部欠款。"),
        lambda point: point.top_bp,
        2,
        "debtors",
    ),
    Measure(
        "hhi",
        gettext_lazy("集中度（HHI）"),
        "",
        gettext_lazy("各债务人占比的平方和 × 10000：10000 表示只有一个债务人，100 相当于一百个同样大的。"),
        lambda point: point.hhi,
        0,
        "debtors",
    ),
    Measure(
        "provision",
        gettext_lazy("计提率"),
        " %",
        gettext_lazy("预期信用损失 ÷ 应收余额，按当天账本自己的损失率计算，不含人工判断。"),
        lambda point: point.provision_bp,
        2,
        "loss",
    ),
)


@requires("ledger.read")
@require_GET
def series(request: HttpRequest, site_slug: str) -> HttpResponse:
    reading = reading_of(request.GET)
    points = _points(reading)
    context = {
        "reading": reading,
        "measures": MEASURES,
        "rows": [_row(point, reading, site_slug) for point in points],
        "charts": _charts(points, reading, site_slug) if points else (),
    }
    return render(request, "valuation/series.html", context)


@requires("ledger.read")
@require_GET
def series_on_desk(request: HttpRequest, site_slug: str) -> HttpResponse:
    """The line of DSO and overdue ratio for a desk, fetched after it, so that no desk waits for a year of figures."""
    reading = reading_of(request.GET)
    points = _points(reading)
    last = _row(points[-1], reading, site_slug)["cells"] if points else []
    context = {
        "reading": reading,
        "site": request.site,
        "chart": _desk_chart(points, reading, site_slug) if points else None,
        "last": [cell for cell, one in zip(last, MEASURES, strict=False) if one.key in ("dso", "overdue")],
    }
    return render(request, "valuation/panels/trend.html", context)


@requires("ledger.read")
@require_GET
def series_file(request: HttpRequest, site_slug: str, file: str) -> HttpResponse:
    reading = reading_of(request.GET)
    head: list[Cell] = [_("日期"), _("未清金额"), *(f"{one.label}{one.unit}" for one in MEASURES)]
    rows: list[list[Cell]] = [
        [point.on, to_major(point.owed_minor, reading.currency), *(one.number(point) for one in MEASURES)]
        for point in _points(reading)
    ]
    about: list[Sequence[Cell]] = [
        [_("截止日"), reading.as_of],
        [_("币种"), reading.currency],
        *((str(one.label), str(one.definition)) for one in MEASURES),
    ]
    name = f"{_('指标走势')} {site_slug} {reading.as_of.isoformat()} {reading.currency}.{file}"
    if file == "xlsx":
        from jieqing.plumbing.workbooks import workbook_file  # only a download needs openpyxl

        return workbook_file(name, about=about, head=head, rows=rows)
    return csv_file(name, about=about, head=head, rows=rows)


def _points(reading: Reading) -> tuple[Point, ...]:
    return selectors.series(
        as_of=reading.as_of,
        currency=reading.currency,
        known_at=reading.known_at,
        entry_id=reading.facts.last_entry_id,
    )


def _query(point: Point, reading: Reading, **more: str) -> str:
    return reading.query(as_of=point.on.isoformat(), **more)


def _row(point: Point, reading: Reading, slug: str) -> dict[str, Any]:
    cells = []
    for one in MEASURES:
        number = one.number(point)
        text = "–" if number is None else f"{number:,f}{one.unit}"
        cells.append(
            (one.label, text, reverse(one.page, args=[slug]) + _query(point, reading, **dict(one.more)))
        )
    return {
        "on": point.on,
        "owed": point.owed_minor,
        "href": reverse("items", args=[slug]) + _query(point, reading),
        "cells": cells,
    }


def _desk_chart(points: tuple[Point, ...], reading: Reading, slug: str) -> Chart:
    page = reverse("series", args=[slug])
    return Chart(
        name="desk-trend",
        title=_("DSO 与逾期率"),
        category_title=_("日期"),
        categories=[point.on.isoformat() for point in points],
        series=[
            Series(_("DSO（天）"), [_whole(point.dso_tenths, 10) for point in points]),
            Series(_("逾期率（%）"), [_whole(point.overdue_bp, 100) for point in points]),
        ],
        kind=ChartKind.LINE,
        links=[page + _query(point, reading) for point in points],
    )


def _whole(value: int | None, step: int) -> int | None:
    return None if value is None else round(value / step)


def _charts(points: tuple[Point, ...], reading: Reading, slug: str) -> tuple[Chart, Chart]:
    days = [point.on.isoformat() for point in points]
    links = [reverse("items", args=[slug]) + _query(point, reading) for point in points]

    dso = Chart(
        name="dso",
        title=_("应收账款周转天数（DSO）"),
        category_title=_("日期"),
        categories=days,
        series=[Series(_("天数"), [_whole(point.dso_tenths, 10) for point in points])],
        kind=ChartKind.LINE,
        unit=_("天"),
        links=links,
    )
    shares = Chart(
        name="shares",
        title=_("逾期率、前五大占比、计提率"),
        category_title=_("日期"),
        categories=days,
        series=[
            Series(_("逾期"), [_whole(point.overdue_bp, 100) for point in points]),
            Series(_("前五大"), [_whole(point.top_bp, 100) for point in points]),
            Series(_("计提"), [_whole(point.provision_bp, 100) for point in points]),
        ],
        kind=ChartKind.LINE,
        unit="%",
        links=links,
    )
    return dso, shares
