"""Files of cases that somebody only looked at: removed by night when their days are over, and that is evidence.

How long they are kept is the site's own (``OpeningTerms.preview_days``). The entry names digests alone, so that whoever holds
such a file can find out that it is gone. It is written first and the files go when it stands: a night that dies between leaves
the files to the next one.
"""

from datetime import timedelta

from django.db import transaction

from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.plumbing.db.scopes import site_scope
from jieqing.plumbing.storage import aside_since, drop_aside
from jieqing.recovery.cases.selectors.ladders import opening_terms
from jieqing.trust.evidence import services as evidence


def forget_previews(*, actor: Actor) -> int:
    """Remove the site's previewed files that are older than its days; how many there were."""
    site_id = actor.own_site
    with site_scope(site_id), transaction.atomic():
        days = opening_terms()[0].preview_days
        old = aside_since(site_id, clock.now() - timedelta(days=days))
        if not old:
            return 0
        evidence.record(
            actor=actor,
            action="recovery.cases.previews_removed",
            subject=f"recovery.cases.previews:{site_id}",
            facts={"count": len(old), "days": days, "files": list(old)},
        )
        transaction.on_commit(lambda: drop_aside(site_id, old))
    return len(old)
