"""What the room tells the bell: changes that wait for a second person, and adopted ones that touch one's own cases."""

from collections.abc import Iterator
from datetime import timedelta

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from jieqing.kernel import clock
from jieqing.plumbing import notifications
from jieqing.plumbing.notifications import Notification
from jieqing.recovery.assurance import selectors

SHOWN = 20
# An adopted change is told until a week after it began.
TOLD_FOR = timedelta(days=7)


def waiting_changes(request: HttpRequest) -> Iterator[Notification]:
    slug = request.site.slug  # type: ignore[attr-defined]
    for row in selectors.waiting_for_second(request.actor, SHOWN):  # type: ignore[attr-defined]
        text = _("规则变更待决定：%(title)s") % {"title": row.title}
        hint = _("%(day)s 生效") % {"day": row.effective_on.isoformat()}
        yield Notification(text, reverse("gate-change", args=[slug, row.id]), row.at, hint, "warn", "list")


def touching_changes(request: HttpRequest) -> Iterator[Notification]:
    slug = request.site.slug  # type: ignore[attr-defined]
    until = clock.today() - TOLD_FOR
    for row in selectors.adopted_touching(request.actor, until, SHOWN):  # type: ignore[attr-defined]
        text = _("规则变更影响您的案件：%(title)s") % {"title": row.title}
        hint = _("%(day)s 生效") % {"day": row.effective_on.isoformat()}
        yield Notification(
            text, reverse("gate-change", args=[slug, row.id]), row.decision.at, hint, "warn", "list"
        )


def register() -> None:
    notifications.register(notifications.Source("changes-waiting", "compliance.manage", waiting_changes))
    notifications.register(notifications.Source("changes-touching", "compliance.read", touching_changes))
