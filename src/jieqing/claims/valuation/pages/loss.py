"""Expected credit loss, the calculation shown: counts and amounts, the matrix, the chance of default, the rate, the fen."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from jieqing.claims.receivables.engine.ageing import Basis, buckets_of
from jieqing.claims.receivables.selectors import Reading, reading_of
from jieqing.claims.valuation import selectors
from jieqing.claims.valuation.engine.loss import LossLine
from jieqing.claims.valuation.engine.rolls import (
    BUCKETS,
    DEFAULT,
    EDGES,
    LGD_PRIOR_ITEMS,
    LGD_PRIOR_MEAN,
    PRIOR_ITEMS,
    PRIOR_ROLLS,
)
from jieqing.claims.valuation.selectors import Loss
from jieqing.plumbing.charts import Chart, Series
from jieqing.plumbing.http import requires
from jieqing.plumbing.templatetags.kit import lang


@dataclass(frozen=True, slots=True)
class Line:
    label: str
    href: str
    items_href: str
    line: LossLine
    default_percent: str


@dataclass(frozen=True, slots=True)
class Roll:
    """A row of the matrix: what was seen, what the prior says, what is used; shares in per cent."""

    label: str
    items: int
    minor: int
    seen: list[int]
    used: list[str]
    prior: list[str]


@requires("ledger.read")
def loss(request: HttpRequest, site_slug: str) -> HttpResponse:
    reading = reading_of(request.GET)
    found = selectors.losses(as_of=reading.as_of, currency=reading.currency).get(reading.currency)
    labels = [bucket.label(lang(), Basis.DUE) for bucket in buckets_of(EDGES)]
    context: dict[str, Any] = {
        "reading": reading,
        "found": found,
        "labels": labels,
        "may_decide": not request.allow("valuation.decide"),  # type: ignore[attr-defined]
    }
    if found:
        items = reverse("items", args=[site_slug])
        context |= {
            "lines": _lines(found, labels, reading, site_slug),
            "rolls": _rolls(found, labels),
            "states": [*labels, _("已收回")],
            "chart": _chart(found, labels, reading, items),
            "lgd": _percent(found.rates.recovery.lgd),
            "lgd_prior": _percent(LGD_PRIOR_MEAN),
            "lgd_prior_items": LGD_PRIOR_ITEMS,
            "prior_items": PRIOR_ITEMS,
            "months": found.rates.rolls.months,
            "share": found.statement.share,
        }
    return render(request, "valuation/loss.html", context)


def _lines(found: Loss, labels: list[str], reading: Reading, slug: str) -> list[Line]:
    items = reverse("items", args=[slug])
    return [
        Line(
            label,
            reverse("loss-bucket", args=[slug]) + reading.query(row=at),
            items + reading.query(bucket=at, edges=""),
            line,
            _percent(found.rates.default[at]),
        )
        for at, (label, line) in enumerate(zip(labels, found.statement.lines, strict=True))
    ]


def _rolls(found: Loss, labels: list[str]) -> list[Roll]:
    counted = found.rates.rolls
    return [
        Roll(
            labels[at],
            int(counted.items[at]),
            int(counted.minor[at].sum()),
            [int(value) for value in counted.minor[at]],
            [_percent(value) for value in found.rates.matrix[at]],
            [_percent(value) for value in PRIOR_ROLLS[at]],
        )
        for at in range(DEFAULT)
    ]


def _chart(found: Loss, labels: list[str], reading: Reading, items: str) -> Chart:
    return Chart(
        name="expected-loss",
        title=_("各段预期损失"),
        category_title=_("账龄区间"),
        categories=labels,
        series=[Series(_("预期损失"), [line.loss_minor for line in found.statement.lines])],
        currency=found.currency,
        links=[items + reading.query(bucket=at, edges="") for at in range(BUCKETS)],
        has_total=True,
    )


def _percent(value: Any) -> str:
    return f"{value * 100:.2f} %"
