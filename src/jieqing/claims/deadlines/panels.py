"""What deadlines show on a desk and in the bell: the days that ring, soonest first."""

from collections.abc import Iterator
from datetime import UTC, datetime, time
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jieqing.claims.deadlines import selectors
from jieqing.claims.deadlines.selectors import DayRow
from jieqing.claims.entitlements.engine.deadlines import CountdownState
from jieqing.claims.receivables.selectors import LARGE_LEDGER_ITEMS, Reading
from jieqing.kernel import clock
from jieqing.plumbing import notifications
from jieqing.plumbing.notifications import Notification
from jieqing.plumbing.templatetags.kit import lang

DESK_ROWS, BELL_DAYS = 6, 30


def near(request: HttpRequest, reading: Reading) -> SafeString | None:
    """The next days of the site; None while nothing comes near."""
    # Whole ledgers are looked through in the morning's round, not whenever a desk opens.
    is_small = reading.facts.items <= LARGE_LEDGER_ITEMS
    rows = selectors.near_days(as_of=reading.default_on, with_documents=is_small)
    ringing = [row for row in rows if row.countdown.state is not CountdownState.FAR]
    if not ringing:
        return None
    slug = request.site.slug  # type: ignore[attr-defined]
    context = {
        "site": request.site,
        "rows": [(row, _address(slug, row.item_id, row.debtor_id)) for row in ringing[:DESK_ROWS]],
        "more": max(0, len(ringing) - DESK_ROWS),
    }
    return SafeString(render_to_string("deadlines/panels/near.html", context, request=request))


def waiting_days(request: HttpRequest) -> Iterator[Notification]:
    """What rings and ends within a month, for whoever keeps deadlines; gone once it is done or has passed."""
    today, slug = clock.today(), request.site.slug  # type: ignore[attr-defined]
    rung = selectors.documents_rung(today=today, within_days=BELL_DAYS)
    if rung:
        count = len({one.item_id for one in rung})
        text = ngettext("%(count)d 份单据的时效临近", "%(count)d 份单据的时效临近", count) % {"count": count}
        yield Notification(
            text, reverse("deadlines", args=[slug]), rung[0].at, rung[0].last_day.isoformat(), "warn", "bell"
        )
    for row in selectors.near_days(as_of=today, within_days=BELL_DAYS, with_documents=False):
        if row.countdown.state in (CountdownState.ALARMED, CountdownState.LAST_DAY):
            yield _notification(slug, row)


def register() -> None:
    notifications.register(notifications.Source("deadlines", "deadlines.manage", waiting_days))


def _notification(slug: str, row: DayRow) -> Notification:
    rung = [alarm.on for alarm in row.countdown.alarms if alarm.has_rung]
    since = datetime.combine(rung[-1] if rung else row.countdown.as_of, time(1), UTC)
    text = _("%(name)s：%(day)s 届满") % {
        "name": capfirst(row.deadline.text(lang())),
        "day": row.deadline.last_day.isoformat(),
    }
    hint = " · ".join(part for part in (row.debtor_name, row.document_number) if part)
    return Notification(text, _address(slug, row.item_id, row.debtor_id), since, hint, "warn", "bell")


def _address(slug: str, item_id: UUID | None, debtor_id: UUID) -> str:
    if item_id:
        return reverse("deadlines-claim", args=[slug, item_id])
    return reverse("deadlines-debtor", args=[slug, debtor_id])
