"""Try facts: a lawful contact to change at will, and the verdict beside it. Nothing is asked of anybody, nothing is kept.

The address says what differs from the lawful contact, so a link shared is a question shared. The day may lie ahead:
rules that come into force by then are judged as they will be.
"""

import json
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from jieqing.kernel import clock
from jieqing.kernel.outcomes import JSON
from jieqing.plumbing.http import requires
from jieqing.plumbing.templatetags.kit import lang
from jieqing.recovery.assurance import selectors
from jieqing.recovery.assurance.engine.asked_facts import read_asked
from jieqing.recovery.assurance.engine.fact_words import GROUPS, VALUE_WORDS, fact_name, value_name
from jieqing.recovery.assurance.engine.lawful import LAWFUL, NEVER, NONE, UNKNOWN, as_facts, differences
from jieqing.recovery.outreach.engine.contact_verdict import told
from jieqing.trust.compliance.engine.facts import instant
from jieqing.trust.compliance.engine.verdicts import Verdict
from jieqing.trust.compliance.engine.vocabulary import FACTS, VALUES, Kind

ZONES = ("Asia/Shanghai", "Asia/Urumqi", "Asia/Hong_Kong", "Asia/Tokyo", "Europe/London", "America/New_York",
         "America/Los_Angeles")  # fmt: skip


@requires("compliance.read")
@require_safe
def try_facts(request: HttpRequest, site_slug: str) -> HttpResponse:
    today, reader = clock.today(), lang()
    flat, unread = read_asked(request.GET.getlist, today)
    facts = as_facts(flat)
    # What the site tightens holds from its own moment on: the day tried decides, not today.
    packs, decide = selectors.deciding(request.site.id, instant(facts.get("at")))  # type: ignore[attr-defined]
    verdict = decide(facts)
    address = reverse("gate-try", args=[site_slug])
    link = f"{address}?{urlencode(differences(flat, today))}".removesuffix("?")
    context = {
        "groups": _groups(flat, reader),
        "on": str(flat["at"])[:10] if flat["at"] else "",
        "time": str(flat["at"])[11:19] if flat["at"] else "10:00:00",
        "timezone": flat["timezone"] or UNKNOWN,
        "zones": sorted({*ZONES, str(flat["timezone"] or ZONES[0])}),
        "unread": [fact_name(name, reader) for name in unread],
        "verdict": _shown(verdict, reader),
        "changed": [fact_name(name, reader) for name in LAWFUL if flat.get(name) != LAWFUL[name]],
        "link": request.build_absolute_uri(link),
        "facts_json": json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True),
        "pack_digest": packs.digest,
        "facts_digest": verdict.facts_digest,
        "address": address,
    }
    response = render(request, "assurance/try.html", context)
    if getattr(request, "htmx", None):
        response["HX-Push-Url"] = link
    return response


def _shown(verdict: Verdict, reader: str) -> dict[str, Any]:
    at = instant(verdict.facts.get("at")) or clock.now()
    word = told(verdict, at)
    return {
        "code": word.code.value,
        "tone": word.tone,
        "label": word.label(reader),
        "not_before": verdict.not_before,
        "reasons": [
            {
                "rule": reason.rule.id,
                "article": reason.rule.article.text(reader),
                "text": reason.text(reader),
                "verdict": reason.verdict,
                "missing": [fact_name(fact, reader) for fact in reason.missing],
            }
            for reason in verdict.reasons
        ],
    }


def _groups(flat: dict[str, JSON], reader: str) -> list[dict[str, Any]]:
    place = 0 if reader == "zh" else 1
    return [
        {"key": key, "title": title[place], "fields": [_field(name, flat[name], reader) for name in names]}
        for key, title, names in GROUPS
    ]


def _field(name: str, value: JSON, reader: str) -> dict[str, Any]:
    """One control: what it is called, what may be picked, what is picked."""
    kind = FACTS[name]
    found: dict[str, Any] = {
        "name": name,
        "id": "fact-" + name.replace(".", "-"),
        "label": fact_name(name, reader),
    }
    found["is_changed"] = value != LAWFUL[name]
    if kind is Kind.BOOL:
        now = UNKNOWN if value is None else "yes" if value else "no"
        options = [("yes", value_name(name, True, reader)), ("no", value_name(name, False, reader))]
        return found | {"control": "pick", "options": [*options, _unknown(reader)], "value": now}
    if kind is Kind.TEXTS:
        held = value if isinstance(value, list) else []
        boxes = [(one, value_name(name, one, reader), one in held) for one in _codes(name)]
        return found | {"control": "boxes", "boxes": boxes, "none": NONE}
    if kind is Kind.COUNT:
        return found | {"control": "number", "value": "" if value is None else value}
    if kind is Kind.INSTANT:
        return found | {
            "control": "instant",
            "value": "" if value in (None, NEVER) else str(value)[:16],
            "never": NEVER,
        }
    if kind is Kind.HOURS:
        return found | {"control": "hours", "value": value or ""}
    options = [(one, value_name(name, one, reader)) for one in _codes(name)]
    return found | {"control": "pick", "options": [*options, _unknown(reader)], "value": value or UNKNOWN}


def _codes(name: str) -> list[str]:
    """In the order in which people know them, not by the alphabet."""
    named = [code for code in VALUE_WORDS[name] if code in VALUES[name]]
    return named + sorted(VALUES[name] - set(named))


def _unknown(reader: str) -> tuple[str, str]:
    return UNKNOWN, value_name("at", None, reader)
