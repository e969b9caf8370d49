"""The calendar of promises: what was promised for which day, and what came of it."""

from collections.abc import Iterator
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jieqing.kernel.money import format_amount
from jieqing.plumbing.calendars import CalendarEvent, month_of
from jieqing.plumbing.http import requires
from jieqing.plumbing.listing import cells
from jieqing.plumbing.templatetags.kit import lang
from jieqing.recovery.cases.engine import codes
from jieqing.recovery.cases.engine import words as code_words
from jieqing.recovery.cases.models import Case, Promise
from jieqing.recovery.cases.pages.words import word
from jieqing.recovery.cases.selectors.days import working_day
from jieqing.recovery.cases.sight import visible

EVENTS_MAX = 1_000
TONES = {"open": "", "kept": "good", "broken": "bad"}


@requires("cases.read")
@require_safe
def promises(request: HttpRequest, site_slug: str) -> HttpResponse:
    asked, view, today = request.GET.get("month", ""), request.GET.get("view", ""), working_day()
    weeks = month_of("promises", [], asked=asked, view=view, today=today).weeks
    found = list(_events(request, weeks[0][0].on, weeks[-1][-1].on, today))
    month = month_of("promises", found, asked=asked, view=view, today=today)
    return render(request, "cases/promises.html", {"month": month, "count": len(found)})


def _events(request: HttpRequest, first: date, last: date, today: date) -> Iterator[CalendarEvent]:
    """Open promises stand on the day of their next instalment, judged ones on their last."""
    address = cells.addresses("case", request.site.slug)  # type: ignore[attr-defined]
    seen = visible(request.actor, Case.objects.all())  # type: ignore[attr-defined]
    rows = (
        Promise.objects.filter(case__in=seen)
        .exclude(state=codes.PromiseState.CANCELLED)
        .filter(due_on__gte=first)
        .select_related("case")
        .order_by("due_on", "id")[:EVENTS_MAX]
    )
    for row in rows:
        for on, minor in _days(row):
            if not first <= on <= last:
                continue
            words = _("%(amount)s · %(name)s") % {
                "amount": format_amount(minor, row.case.currency, lang()),
                "name": row.case.debtor_name,
            }
            late = row.state == codes.PromiseState.OPEN and on < today
            tone = "warn" if late else TONES.get(row.state, "")
            yield CalendarEvent(
                on, words, address(row.case_id), word(code_words.PROMISE_NAMES, row.state), tone
            )


def _days(row: Promise) -> list[tuple[date, int]]:
    """The days and amounts of a promise, one for each instalment."""
    return [(date.fromisoformat(day), minor) for day, minor in row.instalments]
