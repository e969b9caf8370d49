"""One rule beside its article: what it asks, on which words it rests, where its edges lie, what it stopped this year."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jieqing.estate.accounts.selectors import display_names
from jieqing.kernel import clock
from jieqing.kernel.outcomes import JSON, Problem
from jieqing.plumbing.charts import Chart, ChartKind, Series
from jieqing.plumbing.http import problem_response, requires
from jieqing.plumbing.templatetags.kit import lang
from jieqing.recovery.assurance import selectors
from jieqing.recovery.assurance.engine.conditions import condition_lines
from jieqing.recovery.assurance.engine.edge_pairs import EdgePair, edge_pairs
from jieqing.recovery.assurance.engine.fact_words import fact_name, value_name
from jieqing.recovery.assurance.engine.lawful import NEVER, differences
from jieqing.recovery.assurance.engine.rule_rows import (
    CONFIDENCE_NAMES,
    FORCE_NAMES,
    SOURCE_NAMES,
    VERDICT_NAMES,
    RuleRow,
    name_of,
)
from jieqing.recovery.assurance.pages.rules import FORCE_TONES, VERDICT_TONES, days_words
from jieqing.recovery.assurance.problems import RULE_UNKNOWN
from jieqing.trust.compliance.selectors import Counted, Refusal, article_words, latest_refusals


@requires("compliance.read")
@require_safe
def rule(request: HttpRequest, site_slug: str, rule_id: str) -> HttpResponse:
    row = selectors.rule_row(request.site.id, rule_id)  # type: ignore[attr-defined]
    if row is None:
        return problem_response(request, Problem.of(RULE_UNKNOWN, rule=rule_id[:40]), 404)
    today, reader = clock.today(), lang()
    _packs, decide = selectors.deciding(request.site.id)  # type: ignore[attr-defined]
    cited = row.rule.law_text
    may_open = not request.allow("evidence.read")  # type: ignore[attr-defined]
    refusals = latest_refusals(row.id) if may_open else []
    weeks = selectors.weeks_of(request.site.id, row.id, today)  # type: ignore[attr-defined]
    context = {
        "row": row,
        "text": row.rule.text.text(reader),
        "article": row.rule.article.text(reader),
        "pack_title": row.pack.title.text(reader),
        "verdict": name_of(VERDICT_NAMES, row.rule.verdict, reader),
        "verdict_tone": VERDICT_TONES[row.rule.verdict],
        "confidence": name_of(CONFIDENCE_NAMES, row.rule.confidence, reader),
        "source": name_of(SOURCE_NAMES, row.pack.source, reader),
        "force": name_of(FORCE_NAMES, row.force_on(today), reader),
        "force_tone": FORCE_TONES[row.force_on(today)],
        "days": days_words(row),
        "words": article_words(cited) if cited else None,
        "condition": condition_lines(row.rule.when, reader),
        "applies": condition_lines(row.pack.applies, reader),
        "pairs": [_shown_pair(pair, site_slug, reader) for pair in edge_pairs(row.rule, decide, today)],
        "chart": _chart(row, weeks),
        "year_total": sum(counted.total for _monday, counted in weeks),
        "may_open": may_open,
        "refusals": _shown_refusals(refusals, reader),
    }
    return render(request, "assurance/rule.html", context)


def _shown_pair(pair: EdgePair, slug: str, reader: str) -> dict[str, Any]:
    address = reverse("gate-try", args=[slug])
    return {
        "fact": fact_name(pair.fact, reader),
        "fires": _value(pair.fact, pair.fires, reader),
        "passes": _value(pair.fact, pair.passes, reader),
        "passes_all": pair.passes_all,
        "fires_href": f"{address}?{urlencode(differences(pair.fires, clock.today()))}",
        "passes_href": f"{address}?{urlencode(differences(pair.passes, clock.today()))}",
    }


def _value(fact: str, flat: Mapping[str, JSON], reader: str) -> str:
    value = flat.get(fact)
    if fact in ("at", "last_contact_at", "last_conversation_at") and value not in (None, NEVER):
        return str(value)[:19].replace("T", " ")
    if value == NEVER:
        return _("从未")
    return value_name(fact, value, reader)


def _chart(row: RuleRow, weeks: list[tuple[Any, Counted]]) -> Chart:
    denies = row.rule.verdict == "deny"
    name = _("不得触达") if denies else _("须审批或已批准")
    return Chart(
        name="rule-weeks",
        title=_("一年内作为理由的次数，按周"),
        category_title=_("周一"),
        categories=[monday.isoformat() for monday, _counted in weeks],
        series=[Series(name, [counted.total for _monday, counted in weeks], "bad" if denies else "warn")],
        kind=ChartKind.BAR,
        unit=_("次"),
        has_total=True,
    )


def _shown_refusals(rows: list[Refusal], reader: str) -> list[dict[str, Any]]:
    """Without a word of whom: the entry opens with the rights of the evidence room."""
    people = display_names({one.actor_id for one in rows}) if rows else {}
    return [
        {
            "at": one.at,
            "by": people.get(one.actor_id, _("系统")),
            "channel": value_name("channel", one.channel, reader),
            "purpose": value_name("purpose", one.purpose, reader),
            "role": value_name("role", one.role, reader) if one.role else "–",
            "rules": one.rules,
            "entry": one.entry_id,
        }
        for one in rows
    ]
