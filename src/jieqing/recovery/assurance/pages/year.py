"""A year of verdicts: how many contacts were allowed, waited for approval, were denied; by week, rule, pack, channel, person."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jieqing.estate.accounts.selectors import display_names
from jieqing.kernel import clock
from jieqing.plumbing.charts import Chart, ChartKind, Series
from jieqing.plumbing.http import requires
from jieqing.plumbing.spreadsheets import csv_file
from jieqing.plumbing.templatetags.kit import lang
from jieqing.recovery.assurance import selectors
from jieqing.recovery.assurance.engine.fact_words import value_name
from jieqing.recovery.assurance.engine.rule_rows import RuleRow
from jieqing.recovery.assurance.selectors import Year
from jieqing.trust.compliance.selectors import Counted


@requires("compliance.read")
@require_safe
def year(request: HttpRequest, site_slug: str) -> HttpResponse:
    rows = {row.id: row for row in selectors.rows_in_force(request.site.id)}  # type: ignore[attr-defined]
    found = _year(request, rows)
    tables = _tables(found, rows, site_slug)
    context = {"year": found, "whole": found.counts.whole, "chart": _chart(found), "tables": tables}
    return render(request, "assurance/year.html", context)


@requires("compliance.read")
@require_safe
def year_file(request: HttpRequest, site_slug: str) -> HttpResponse:
    """Every count as one table: the way it was counted, its key, its name, the three counts."""
    rows = {row.id: row for row in selectors.rows_in_force(request.site.id)}  # type: ignore[attr-defined]
    found = _year(request, rows)
    lines = [
        (_("周"), monday.isoformat(), "", counted.allow, counted.needs_approval, counted.deny)
        for monday, counted in found.weeks
    ]
    for table in _tables(found, rows, site_slug):
        for line in table["rows"]:
            counted = line["counted"]
            lines.append(
                (
                    table["title"],
                    line["key"],
                    line["name"],
                    counted.allow,
                    counted.needs_approval,
                    counted.deny,
                )
            )
    return csv_file(
        f"verdicts-{site_slug}.csv",
        about=[(_("一年的裁决"), found.start.isoformat(), found.end.isoformat())],
        head=[_("分组"), _("编号"), _("名称"), _("准予"), _("须审批"), _("不准")],
        rows=lines,
    )


def _year(request: HttpRequest, rows: Mapping[str, RuleRow]) -> Year:
    packs_of = {rule_id: row.pack.id for rule_id, row in rows.items()}
    return selectors.year_of(request.site.id, clock.today(), packs_of)  # type: ignore[attr-defined]


def _tables(found: Year, rows: Mapping[str, RuleRow], slug: str) -> list[dict[str, Any]]:
    reader, counts = lang(), found.counts
    people = display_names(set(counts.by_person)) if counts.by_person else {}

    def rule_name(key: str) -> str:
        return rows[key].rule.text.text(reader) if key in rows else ""

    titles = {row.pack.id: row.pack.title.text(reader) for row in rows.values()}
    return [
        _table(_("规则"), counts.by_rule, rule_name, lambda key: _rule_href(slug, key, rows)),
        _table(
            _("规则包"), counts.by_pack, lambda key: titles.get(key, ""), lambda key: _pack_href(slug, key)
        ),
        _table(_("渠道"), counts.by_channel, lambda key: value_name("channel", key, reader)),
        _table(_("人员"), counts.by_person, lambda key: people.get(key, _("系统")), key_is_shown=False),
    ]


def _table(
    title: str,
    counts: Mapping[Any, Counted],
    name: Callable[[Any], str],
    href: Callable[[Any], str] | None = None,
    *,
    key_is_shown: bool = True,
) -> dict[str, Any]:
    """Those that stand against most contacts first."""
    ordered = sorted(
        counts.items(), key=lambda one: (-one[1].deny, -one[1].needs_approval, -one[1].allow, str(one[0]))
    )
    return {
        "title": title,
        "rows": [
            {
                "key": "" if isinstance(key, UUID) else str(key),
                "name": name(key),
                "href": href(key) if href else "",
                "counted": counted,
            }
            for key, counted in ordered
        ],
        "key_is_shown": key_is_shown,
    }


def _rule_href(slug: str, key: str, rows: Mapping[str, RuleRow]) -> str:
    return reverse("gate-rule", args=[slug, key]) if key in rows else ""


def _pack_href(slug: str, key: str) -> str:
    return f"{reverse('gate-rules', args=[slug])}?pack={key}"


def _chart(found: Year) -> Chart:
    weeks = found.weeks
    return Chart(
        name="verdict-weeks",
        title=_("每周的裁决"),
        category_title=_("周一"),
        categories=[monday.isoformat() for monday, _counted in weeks],
        series=[
            Series(_("准予"), [counted.allow for _monday, counted in weeks], "good"),
            Series(_("须审批"), [counted.needs_approval for _monday, counted in weeks], "warn"),
            Series(_("不准"), [counted.deny for _monday, counted in weeks], "bad"),
        ],
        kind=ChartKind.STACKED,
        unit=_("次"),
        has_total=True,
    )
