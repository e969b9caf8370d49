"""The calendar of rules: which come into force on which day, which end."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from jieqing.kernel import clock
from jieqing.plumbing.calendars import CalendarEvent, month_of
from jieqing.plumbing.http import requires
from jieqing.plumbing.templatetags.kit import lang
from jieqing.recovery.assurance import selectors
from jieqing.recovery.assurance.engine.rule_rows import Turn, turns

LATEST = 12


@requires("compliance.read")
@require_safe
def calendar(request: HttpRequest, site_slug: str) -> HttpResponse:
    today = clock.today()
    found = turns(selectors.rows_in_force(request.site.id))  # type: ignore[attr-defined]
    month = month_of(
        "rules",
        _events(found, site_slug),
        asked=request.GET.get("month", ""),
        view=request.GET.get("view", ""),
        today=today,
    )
    coming = [turn for turn in found if turn.on > today]
    past = [turn for turn in reversed(found) if turn.on <= today][:LATEST]
    reader = lang()
    context = {
        "month": month,
        "coming": [_shown(turn, reader, site_slug) for turn in coming],
        "may_review": not request.allow("compliance.manage"),  # type: ignore[attr-defined]
        "past": [_shown(turn, reader, site_slug) for turn in past],
    }
    return render(request, "assurance/calendar.html", context)


def _events(found: list[Turn], slug: str) -> list[CalendarEvent]:
    """One for each pack, day and direction: a pack that begins as a whole is one thing on its day."""
    together: dict[tuple[date, str, bool], list[Turn]] = {}
    for turn in found:
        together.setdefault((turn.on, turn.row.pack.id, turn.begins), []).append(turn)
    events = []
    for (on, pack, begins), group in together.items():
        alone = group[0].row.id if len(group) == 1 else ""
        words = alone or ngettext("%(pack)s · %(count)d 条", "%(pack)s · %(count)d 条", len(group)) % {
            "pack": pack,
            "count": len(group),
        }
        href = (
            reverse("gate-rule", args=[slug, alone])
            if alone
            else f"{reverse('gate-rules', args=[slug])}?pack={pack}&on={on.isoformat()}"
        )
        events.append(
            CalendarEvent(on, words, href, _("施行") if begins else _("失效"), "warn" if begins else "")
        )
    return events


def _shown(turn: Turn, reader: str, slug: str) -> dict[str, object]:
    return {
        "on": turn.on,
        "begins": turn.begins,
        "rule": turn.row.id,
        "text": turn.row.rule.text.text(reader),
        "href": reverse("gate-rule", args=[slug, turn.row.id]),
        "try_href": f"{reverse('gate-try', args=[slug])}?on={turn.on.isoformat()}",
        "month": f"{turn.on:%Y-%m}",
        "is_coming": turn.on > clock.today(),
    }
