"""The only door from a notice's id to the notice."""

from uuid import UUID

from jieqing.kernel.outcomes import Problem
from jieqing.trust.notices.models import Notice, with_state

UNKNOWN = Problem(
    code="notices.unknown",
    zh="没有这条通知。",
    en="There is no such notice.",
    todo_zh="请从发件箱打开。",
    todo_en="Open it from the outbox.",
)


def notice_by_id(notice_id: UUID) -> Notice | Problem:
    """A notice of the active site."""
    return with_state(Notice.objects.filter(pk=notice_id)).first() or UNKNOWN


def platform_notice_by_id(notice_id: UUID) -> Notice | Problem:
    """A notice of the platform itself; asked for where no site is active."""
    # The policy shows rows without a site only outside every site's scope.
    return Notice.objects.with_scopes_disabled().filter(site_id=None, pk=notice_id).first() or UNKNOWN
