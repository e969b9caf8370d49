"""What cases show on desks: the head of the queue, clocks, the team's load, stages, promises to come, what came in and what it cost.

Each panel is a function from the request to a template fragment, or None where the reader may not see cases or there are
none. It reads through selectors, shows nothing that it cannot open, and writes nothing. The desk decides what stands where.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jieqing.kernel.money import format_amount
from jieqing.plumbing.templatetags.kit import lang
from jieqing.recovery.cases import selectors
from jieqing.recovery.cases.engine import words as code_words
from jieqing.recovery.cases.engine.clocks import MILESTONE_NAMES, Milestone
from jieqing.recovery.cases.selectors.money import MoneyMade, money_made, promised_ahead

QUEUE_ROWS, PROMISE_DAYS, MONTH_DAYS = 8, 14, 30


def may_see(request: HttpRequest) -> bool:
    return request.allow("cases.read") is None  # type: ignore[attr-defined]


def queue(request: HttpRequest) -> SafeString | None:
    """The most valuable cases to be worked now, with the counts above them."""
    if not may_see(request):
        return None
    actor = request.actor  # type: ignore[attr-defined]
    page = selectors.cases_page(actor, selectors.CaseFilter(state="queue"), limit=QUEUE_ROWS)
    today = selectors.working_day()
    rows = [
        {
            "case": case,
            "href": reverse("case", args=[_slug(request), case.id]),
            "days": (today - case.oldest_due_on).days if case.oldest_due_on else 0,
            "action": code_words.name_of(code_words.NEXT_ACTION_NAMES, case.next_action, lang()),
            "is_late": bool(case.next_action_on and case.next_action_on < today),
        }
        for case in page.rows
    ]
    return _render(request, "queue", rows=rows, counts=selectors.queue_counts(actor))


def clocks(request: HttpRequest) -> SafeString | None:
    """The share of clocks met in the last 90 days, and what has run out."""
    if not may_see(request):
        return None
    shares = selectors.milestone_shares()
    rows = [
        {"name": MILESTONE_NAMES[one][0 if lang() == "zh" else 1], "share": shares[one]}
        for one in Milestone
        if shares[one].decided or shares[one].running
    ]
    return _render(
        request, "clocks", rows=rows, counts=selectors.queue_counts(request.actor), complaints=selectors.complaint_counts()  # type: ignore[attr-defined]
    )  # fmt: skip


def team(request: HttpRequest) -> SafeString | None:
    """Who has how much in hand; for whoever gives cases out."""
    if request.allow("cases.assign"):  # type: ignore[attr-defined]
        return None
    base = reverse("cases", args=[_slug(request)])
    rows = [
        {
            "name": load.name or (_("无人负责") if load.user_id is None else "–"),
            "href": f"{base}?state=open&owner={load.user_id or 'none'}",
            "load": load,
            "overdue": _sums(load.overdue_minor),
        }
        for load in selectors.team_load()
    ]
    return _render(request, "team", rows=rows)


def stages(request: HttpRequest) -> SafeString | None:
    """How many open cases stand on each step of the ladder, and what is overdue there."""
    if not may_see(request):
        return None
    base = reverse("cases", args=[_slug(request)])
    rows = [
        {
            "name": one.zh if lang() == "zh" else one.en,
            "href": f"{base}?state=open&stage={one.code}",
            "cases": one.cases,
            "overdue": _sums(one.overdue_minor),
        }
        for one in selectors.stage_counts(request.actor)  # type: ignore[attr-defined]
    ]
    return _render(request, "stages", rows=rows)


def promises(request: HttpRequest) -> SafeString | None:
    """What is promised for the next fourteen days."""
    if not may_see(request):
        return None
    today = selectors.working_day()
    rows = selectors.promise_days(request.actor, today, today + timedelta(days=PROMISE_DAYS))  # type: ignore[attr-defined]
    return _render(
        request,
        "promises",
        days=PROMISE_DAYS,
        rows=[{"on": row.on, "count": row.promises, "sums": _sums(row.minor)} for row in rows],
    )


def money(request: HttpRequest, today: date | None = None) -> SafeString | None:
    """Recovered, promised, expected and spent in the thirty days to the site's working day; nothing without cases."""
    if not may_see(request):
        return None
    today = today or selectors.working_day()
    made = money_made(since=today - timedelta(days=MONTH_DAYS))
    if not made.cases:
        return None
    return _render(request, "money", days=MONTH_DAYS, **_money(made, today))


def _money(made: MoneyMade, today: date) -> dict[str, Any]:
    ahead = promised_ahead(today, today + timedelta(days=MONTH_DAYS))
    return {
        "cases": made.cases,
        "settled": made.settled,
        "recovered": _first_and_others(made.recovered_minor),
        "promised": _first_and_others(ahead),
        "expected": _first_and_others(made.expected_minor),
        "outlays": _first_and_others(made.outlay_minor),
        "hours": made.minutes // 60,
        "minutes": made.minutes % 60,
    }


def _sums(sums: Mapping[str, int]) -> str:
    return (
        " · ".join(format_amount(minor, code, lang()) for code, minor in sorted(sums.items()) if minor) or "–"
    )


def _first_and_others(sums: Mapping[str, int]) -> tuple[str, str]:
    """The largest sum as the number, the other currencies as words below it."""
    ranked = sorted(sums.items(), key=lambda one: (-abs(one[1]), one[0]))
    first, others = dict(ranked[:1]), {code: minor for code, minor in ranked[1:] if minor}
    return _sums(first), _sums(others) if others else ""


def _slug(request: HttpRequest) -> str:
    slug: str = request.site.slug  # type: ignore[attr-defined]
    return slug


def _render(request: HttpRequest, name: str, **context: Any) -> SafeString:
    return SafeString(
        render_to_string(f"cases/panels/{name}.html", {"site": request.site, **context}, request)
    )
