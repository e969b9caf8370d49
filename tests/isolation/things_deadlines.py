"""Deadlines of the cast's sites: a freeze that rings, an act about limitation, the alarm told."""

from datetime import date

from jieqing.claims.deadlines import services
from jieqing.claims.deadlines.engine.watched import ActFacts, WatchFacts
from jieqing.claims.entitlements.engine.limitation_events import Act
from jieqing.claims.entitlements.engine.limitation_proof import Material
from jieqing.claims.receivables.selectors import ItemFilter, items_page
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.db.scopes import site_scope

DEADLINE_TABLES = {"watch_id": "deadlines_watch", "limitation_act_id": "deadlines_act"}


def fill_deadlines(actor: Actor) -> None:
    with site_scope(actor.own_site):
        item = items_page(ItemFilter(), as_of=date(2026, 6, 30)).rows[0]
    watched = services.watch(
        actor=actor,
        debtor_id=item.debtor_id,
        item_id=item.id,
        facts=WatchFacts("freeze_deposit", date(2026, 1, 5)),
        note="（2026）保1号裁定",
    )
    acted = services.record_act(
        actor=actor,
        item_id=item.id,
        due_on=item.due_on,
        facts=ActFacts(date(2026, 6, 1), Act.RECONCILIATION, Material.SIGNED),
        note="盖章对账单 2026-06",
    )
    assert not is_problem(watched) and not is_problem(acted)
    assert services.ring_alarms(site_id=actor.own_site, today=date(2026, 12, 20)) > 0
