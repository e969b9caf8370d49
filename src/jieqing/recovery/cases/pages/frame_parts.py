"""What the case room tells the frame: hits for the command palette, and what waits for this person's hand."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jieqing.kernel import clock
from jieqing.kernel.money import format_amount
from jieqing.plumbing import notifications, palette
from jieqing.plumbing.notifications import Notification
from jieqing.plumbing.palette import Hit
from jieqing.plumbing.templatetags.kit import lang
from jieqing.recovery.cases import selectors
from jieqing.recovery.cases.engine.clocks import MILESTONE_NAMES
from jieqing.recovery.cases.pages.case_rows import late_clocks
from jieqing.recovery.cases.pages.words import word
from jieqing.recovery.cases.selectors import CaseFilter

SHOWN = 20


def find_cases(request: HttpRequest, words: str) -> Iterator[Hit]:
    rows = selectors.cases_page(
        request.actor,  # type: ignore[attr-defined]
        CaseFilter(search=words),
        limit=palette.HITS_EACH,
    ).rows
    for case in rows:
        hint = format_amount(case.overdue_minor, case.currency, lang())
        href = reverse("case", args=[request.site.slug, case.id])  # type: ignore[attr-defined]
        yield Hit(f"{case.number} {case.debtor_name}", href, hint, "inbox")


def waiting_clocks(request: HttpRequest) -> Iterator[Notification]:
    """Clocks that ran out, of cases that this person sees."""
    slug = request.site.slug  # type: ignore[attr-defined]
    for one in late_clocks(request.actor, SHOWN):  # type: ignore[attr-defined]
        text = _("%(clock)s已超时：%(name)s") % {
            "clock": word(MILESTONE_NAMES, one.milestone),
            "name": one.case.debtor_name,
        }
        yield Notification(text, reverse("case", args=[slug, one.case_id]), one.due_at, "", "bad", "clock")


def waiting_promises(request: HttpRequest) -> Iterator[Notification]:
    """Own cases whose promise was broken: somebody has to ask why."""
    rows = selectors.cases_page(
        request.actor,  # type: ignore[attr-defined]
        CaseFilter(promise="late", owner="me"),
        limit=SHOWN,
    ).rows
    for case in rows:
        text = _("承诺到期未见到账：%(name)s") % {"name": case.debtor_name}
        hint = format_amount(case.promise_minor or 0, case.currency, lang())
        yield Notification(text, _case(request, case), clock.now(), hint, "warn", "calendar")


def waiting_complaints(request: HttpRequest) -> Iterator[Notification]:
    slug = request.site.slug  # type: ignore[attr-defined]
    for row in selectors.open_complaints(SHOWN):
        text = _("投诉 %(number)s 待答复") % {"number": row.number}
        hint = _("答复期限 %(day)s") % {"day": row.due_on.isoformat()}
        href = reverse("case-complaint-answer", args=[slug, row.case_id]) + f"?which={row.id}"
        yield Notification(text, href, row.filed_at, hint, "bad", "alert")


def _case(request: HttpRequest, case: Any) -> str:
    return reverse("case", args=[request.site.slug, case.id])  # type: ignore[attr-defined]


def register() -> None:
    palette.register(palette.Finder("cases", gettext_lazy("案件"), "cases.read", find_cases))
    notifications.register(notifications.Source("case-clocks", "cases.work", waiting_clocks))
    notifications.register(notifications.Source("case-promises", "cases.work", waiting_promises))
    notifications.register(notifications.Source("case-complaints", "complaints.answer", waiting_complaints))
