"""Tell open pages that cases changed: a bare word on the site's channel and on each case's own, sent with the commit.

The word carries nothing: no id, no amount. A page that hears it reads again under its reader's own rights, so a channel can
leak nothing of a case, and each site's channels have names of their own. Very many cases at once are told as one word that
every open case of the site hears.
"""

from collections.abc import Collection
from uuid import UUID

from jieqing.plumbing import sse

NEWS = "news"
EACH_MAX = 500


def list_channel(site_id: UUID) -> str:
    """What lists and desks of a site hear: something changed on some case."""
    return sse.channel_name(site_id, "cases")


def case_channels(site_id: UUID, case_id: UUID) -> tuple[str, str]:
    """What the page of one case hears."""
    return sse.channel_name(site_id, f"case/{case_id}"), sse.channel_name(site_id, "case/many")


def tell_pages(site_id: UUID, case_ids: Collection[UUID]) -> None:
    """Inside the transaction that changes them; PostgreSQL says each word once, and none after a rollback."""
    if not case_ids:
        return
    told = [list_channel(site_id), sse.channel_name(site_id, "case/many")]
    if len(case_ids) <= EACH_MAX:
        told[1:] = [case_channels(site_id, case_id)[0] for case_id in set(case_ids)]
    sse.notify_many(told, NEWS)
