"""What outreach tells the bell: requests that wait for this person's answer, and own ones that were approved."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from jieqing.plumbing import notifications
from jieqing.plumbing.notifications import Notification
from jieqing.recovery.outreach import selectors

SHOWN = 20


def waiting_approvals(request: HttpRequest) -> Iterator[Notification]:
    slug = request.site.slug  # type: ignore[attr-defined]
    for row in selectors.waiting_for(request.actor, SHOWN):  # type: ignore[attr-defined]
        text = _("触达待审批：%(name)s") % {"name": row.case.debtor_name}
        yield Notification(text, reverse("approval", args=[slug, row.id]), row.asked_at, "", "warn", "check")


def given_approvals(request: HttpRequest) -> Iterator[Notification]:
    slug = request.site.slug  # type: ignore[attr-defined]
    for row in selectors.approved_for(request.actor, SHOWN):  # type: ignore[attr-defined]
        text = _("触达已获同意，限时使用：%(name)s") % {"name": row.case.debtor_name}
        yield Notification(text, reverse("approval", args=[slug, row.id]), row.answer.at, "", "good", "check")


def register() -> None:
    notifications.register(notifications.Source("approvals-waiting", "cases.assign", waiting_approvals))
    notifications.register(notifications.Source("approvals-given", "cases.work", given_approvals))
