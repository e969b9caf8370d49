"""One bucket's loss opened: the months it was counted in, prior and posterior, chance of default, recovery, judgements, the fen."""

from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jieqing.claims.receivables.engine.ageing import Basis, buckets_of
from jieqing.claims.receivables.selectors import Reading, reading_of
from jieqing.claims.valuation import selectors
from jieqing.claims.valuation.engine.rolls import (
    BUCKETS,
    DEFAULT,
    EDGES,
    LGD_PRIOR_ITEMS,
    LGD_PRIOR_MEAN,
    PRIOR_ITEMS,
    PRIOR_ROLLS,
    RECOVERY_DAYS,
)
from jieqing.claims.valuation.selectors import Loss
from jieqing.plumbing.http import requires
from jieqing.plumbing.templatetags.kit import lang


@requires("ledger.read")
@require_safe
def loss_bucket(request: HttpRequest, site_slug: str) -> HttpResponse:
    asked = request.GET.get("row", "0")
    if asked not in map(str, range(BUCKETS)):
        raise Http404
    bucket = int(asked)
    reading = reading_of(request.GET)
    found = selectors.losses(as_of=reading.as_of, currency=reading.currency).get(reading.currency)
    labels = [one.label(lang(), Basis.DUE) for one in buckets_of(EDGES)]
    context: dict[str, Any] = {
        "reading": reading,
        "found": found,
        "label": labels[bucket],
        "states": [*labels, _("已收回")],
        "may_decide": not request.allow("valuation.decide"),  # type: ignore[attr-defined]
    }
    if found:
        context |= _parts(found, bucket, reading, labels, site_slug)
    return render(request, "valuation/loss_bucket.html", context)


def _parts(found: Loss, bucket: int, reading: Reading, labels: list[str], slug: str) -> dict[str, Any]:
    rates, line = found.rates, found.statement.lines[bucket]
    recovery = rates.recovery
    return {
        "line": line,
        "items_href": reverse("items", args=[slug]) + reading.query(bucket=bucket, edges=""),
        "is_default": bucket == DEFAULT,
        "months": [] if bucket == DEFAULT else _months(bucket, reading),
        "used": [] if bucket == DEFAULT else _used(found, bucket, [*labels, _("已收回")]),
        "steps": [] if bucket == DEFAULT else _steps(found, bucket, labels),
        "chance": _percent(rates.default[bucket]),
        "prior_items": PRIOR_ITEMS,
        "counted": int(rates.rolls.items[bucket]),
        "recovery": recovery,
        "lost_share": _percent(recovery.lost_minor / recovery.defaulted_minor)
        if recovery.defaulted_minor
        else "",
        "lgd": _percent(recovery.lgd),
        "lgd_prior": _percent(LGD_PRIOR_MEAN),
        "lgd_prior_items": LGD_PRIOR_ITEMS,
        "watched_days": RECOVERY_DAYS,
        "is_capped": line.base_rate * found.statement.overlay > Decimal(1),
        "judged": [(one, item) for one, item in found.judged if item.bucket == bucket],
    }


def _months(bucket: int, reading: Reading) -> list[dict[str, Any]]:
    """Each month's own count; months in which nothing stood in the bucket say nothing and are left out."""
    rows = selectors.rolls_by_month(
        as_of=reading.as_of, currency=reading.currency, entry_id=reading.facts.last_entry_id
    )
    return [
        {
            "before": before,
            "after": after,
            "items": int(rolls.items[bucket]),
            "minor": [int(value) for value in rolls.minor[bucket]],
            "query": reading.query(as_of=before.isoformat(), bucket=bucket, edges=""),
        }
        for before, after, rolls in rows
        if rolls.items[bucket]
    ]


def _used(found: Loss, bucket: int, states: list[str]) -> list[dict[str, Any]]:
    """For each state: the share seen, the prior, and what is used of both."""
    seen = found.rates.rolls.minor[bucket]
    whole = int(seen.sum())
    return [
        {
            "state": state,
            "minor": int(seen[at]),
            "seen": _percent(int(seen[at]) / whole) if whole else "–",
            "prior": _percent(PRIOR_ROLLS[bucket][at]),
            "used": _percent(found.rates.matrix[bucket][at]),
        }
        for at, state in enumerate(states)
    ]


def _steps(found: Loss, bucket: int, labels: list[str]) -> list[dict[str, Any]]:
    """The chance to default as a sum over where the amount may stand a month later: rate x chance from there."""
    matrix, chances = found.rates.matrix[bucket], found.rates.default
    return [
        {
            "state": label,
            "rate": _percent(matrix[at]),
            "chance": _percent(chances[at]),
            "part": _percent(matrix[at] * chances[at]),
        }
        for at, label in enumerate(labels)
        if matrix[at] > 0
    ]


def _percent(value: Any) -> str:
    return f"{value * 100:.4f} %"
