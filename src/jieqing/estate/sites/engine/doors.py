"""What the state of a site lets its members do, whatever their role: one rule, asked by the middleware for every request,
by the command line before it writes, and by jobs that were queued while the site was still live.

Live: everything. Before that: look around, and the pages of the application. Suspended: read and export, write nothing.
Closed: the pages that say they are open then (the owner's export), for the days of grace; afterwards nothing.
"""

from collections.abc import Collection
from datetime import date, timedelta

from jieqing.estate.sites.engine.tenancy import STATE_NAMES, SiteState
from jieqing.kernel.outcomes import Problem

EXPORT_DAYS_AFTER_CLOSING = 90
CLOSED = Problem(
    code="site.closed",
    zh="站点已关闭。",
    en="The site is closed.",
    todo_zh=f"站点负责人在关闭后 {EXPORT_DAYS_AFTER_CLOSING} 日内仍可导出全部数据；其他页面不再开放。",
    todo_en=f"Its owner can export all data for {EXPORT_DAYS_AFTER_CLOSING} days after closing; other pages are shut.",
)
SUSPENDED = Problem(
    code="site.suspended",
    zh="站点已暂停，只能查看和导出，什么也没有改动。",
    en="The site is suspended: data can be read and exported; nothing was changed.",
    todo_zh="请站点负责人在租用页查看暂停的理由和恢复办法。",
    todo_en="Its owner finds the reason and the way back on the rental page.",
)


def check_door(
    state: str, *, is_reading: bool, open_while: Collection[str], closed_on: date | None, today: date
) -> Problem | None:
    """Why the site's state shuts this door, or None. ``open_while`` are states in which the page also takes writes."""
    if state == SiteState.LIVE:
        return None
    if state == SiteState.CLOSED:
        is_in_grace = closed_on is not None and today <= closed_on + timedelta(days=EXPORT_DAYS_AFTER_CLOSING)
        return None if state in open_while and is_in_grace else CLOSED
    if is_reading or state in open_while:
        return None
    return SUSPENDED if state == SiteState.SUSPENDED else _not_live(SiteState(state))


def _not_live(state: SiteState) -> Problem:
    zh, en = STATE_NAMES[state]
    return Problem(
        code="site.not_live",
        zh=f"站点还没有开通（{zh}），什么也没有改动。",
        en=f"The site is not live yet ({en.lower()}); nothing was changed.",
        todo_zh="开通后才能写入数据；请在租用页查看还缺什么。",
        todo_en="Data can be written once it is live; the rental page says what is missing.",
    )
