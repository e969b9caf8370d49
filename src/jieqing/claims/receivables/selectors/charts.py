"""Ageing buckets as a chart with its table twin; pages and panels give the addresses that its bars open."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from jieqing.claims.receivables.engine.ageing import Basis, Bucket
from jieqing.plumbing.charts import Chart, Series
from jieqing.plumbing.templatetags.kit import lang, overdue_step


def bucket_chart(
    buckets: Sequence[Bucket],
    basis: Basis,
    currency: str,
    sums: Sequence[int],
    links: Sequence[str],
    *,
    name: str = "ageing",
) -> Chart:
    """One bar for each bucket, darker as it gets older; each bar opens its items."""
    steps = [overdue_step(bucket.from_days) if bucket.from_days else 0 for bucket in buckets]
    return Chart(
        name=name,
        title=_("账龄分布"),
        category_title=_("账龄区间"),
        categories=[bucket.label(lang(), basis) for bucket in buckets],
        series=[Series(_("未清金额"), list(sums), colours=[f"overdue-{step}" for step in steps])],
        currency=currency,
        links=list(links),
        has_total=True,
    )
