"""Every day that comes near, soonest first; the same as a calendar, and as a file that calendars read."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from jieqing.claims.deadlines import selectors
from jieqing.claims.deadlines.engine.icalendar import IcalEvent, calendar_text
from jieqing.claims.deadlines.selectors import NEAR_DAYS, DayRow
from jieqing.claims.receivables.selectors import replay_day
from jieqing.kernel import clock
from jieqing.kernel.dates import HOLIDAY_YEARS
from jieqing.plumbing.calendars import CalendarEvent, month_of
from jieqing.plumbing.http import requires
from jieqing.plumbing.spreadsheets import Cell, csv_file, download
from jieqing.plumbing.templatetags.kit import lang

# A page that nobody reads to its end helps nobody: the file has them all.
SHOWN_MAX = 300
WITHIN = (30, 90, NEAR_DAYS, 365, 1095)
TONES = {"passed": "bad", "last_day": "bad", "alarmed": "warn", "far": ""}


@requires("ledger.read")
@require_safe
def deadlines(request: HttpRequest, site_slug: str) -> HttpResponse:
    today, within = today_here(), _within(request)
    rows = selectors.near_days(as_of=today, within_days=within)
    month = month_of(
        "deadlines",
        _events(rows, site_slug),
        asked=request.GET.get("month", ""),
        view=request.GET.get("view", ""),
        today=today,
    )
    context: dict[str, Any] = {
        "today": today,
        "rows": [
            (row, claim_address(site_slug, row), TONES[row.countdown.state.value]) for row in rows[:SHOWN_MAX]
        ],
        "total": len(rows),
        "within": within,
        "choices": WITHIN,
        "month": month,
        "calendar_until": HOLIDAY_YEARS.stop - 1,
        "uncertain": sum(not row.deadline.is_certain for row in rows),
        "rung": selectors.last_rung(),
    }
    return render(request, "deadlines/deadlines.html", context)


@requires("ledger.read")
@require_safe
def deadlines_file(request: HttpRequest, site_slug: str) -> HttpResponse:
    """The days with their alarms for any calendar program; names no amount."""
    rows = selectors.near_days(as_of=today_here(), within_days=_within(request))
    events = [
        IcalEvent(
            uid=f"{row.deadline.code}-{row.watch_id or row.item_id}-{row.deadline.last_day:%Y%m%d}@jieqing",
            on=row.deadline.last_day,
            title=f"{capfirst(row.deadline.text(lang()))} · {row.debtor_name}",
            note=" ".join(part for part in (row.document_number, _confirm(row)) if part),
            link=request.build_absolute_uri(claim_address(site_slug, row)),
            alarms=tuple(alarm.on for alarm in row.countdown.alarms if not alarm.has_rung),
        )
        for row in rows
        if row.deadline.last_day >= today_here()
    ]
    text = calendar_text(events, name=_("期限和时效"), made_at=clock.now())
    return download(f"{_('期限和时效')} {site_slug}.ics", text.encode(), "text/calendar; charset=utf-8")


@requires("ledger.read")
@require_safe
def deadlines_csv(request: HttpRequest, site_slug: str) -> HttpResponse:
    """The same days as a table, all of them; names no amount."""
    today, within = today_here(), _within(request)
    rows = selectors.near_days(as_of=today, within_days=within)
    head = [
        _("届满日"), _("还剩天数"), _("期限"), _("债务人"), _("单据号"), _("下次提醒"), _("须确认"), _("凭什么"),
    ]  # fmt: skip
    told = (
        (
            row.deadline.last_day,
            row.countdown.days_left,
            capfirst(row.deadline.text(lang())),
            row.debtor_name,
            row.document_number,
            row.countdown.next_alarm.on if row.countdown.next_alarm else "",
            _confirm(row),
            row.note,
        )
        for row in rows
    )
    about: list[tuple[Cell, ...]] = [(_("截至"), today), (_("看多远（天）"), within)]
    return csv_file(f"{_('期限和时效')} {site_slug} {today}.csv", about=about, head=head, rows=told)


def claim_address(site_slug: str, row: DayRow) -> str:
    """Where a day is explained: the document's page, or the debtor's where it is about everything."""
    if row.item_id:
        return reverse("deadlines-claim", args=[site_slug, row.item_id])
    return reverse("deadlines-debtor", args=[site_slug, row.debtor_id])


def _events(rows: list[DayRow], site_slug: str) -> list[CalendarEvent]:
    """Last days, and the alarms that are still to ring."""
    found = []
    for row in rows:
        href, name = (
            claim_address(site_slug, row),
            f"{capfirst(row.deadline.text(lang()))} · {row.debtor_name}",
        )
        tone = TONES[row.countdown.state.value] or "warn"
        found.append(CalendarEvent(row.deadline.last_day, name, href, _("届满"), tone))
        for alarm in row.countdown.alarms:
            words = ngettext("提前 %(days)d 天提醒", "提前 %(days)d 天提醒", alarm.days_before) % {
                "days": alarm.days_before
            }
            found.append(CalendarEvent(alarm.on, name, href, words, ""))
    return found


def _confirm(row: DayRow) -> str:
    return "" if row.deadline.is_certain else _("须确认：当年放假安排未公布")


def _within(request: HttpRequest) -> int:
    asked = request.GET.get("within", "")
    return int(asked) if asked in map(str, WITHIN) else NEAR_DAYS


def today_here() -> date:
    return replay_day() or clock.today()
