"""The standing placement of a company's own team, and the placements that a new case may rest on.

A site of an in-house team is opened with the standing order of its own company (``estate.sites``). Its placement is made on
first need, once: a recalled one is not made again by itself.
"""

from collections.abc import Collection
from uuid import UUID

from jieqing.claims.receivables.selectors.finding import document_numbers
from jieqing.estate.sites.selectors import has_standing_placement, site_facts
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.plumbing.events import publish
from jieqing.recovery.placements.engine import problems
from jieqing.recovery.placements.engine.terms import Mandate, PlacementKind, PlacementStateCode, Terms
from jieqing.recovery.placements.events import PlacementActivated
from jieqing.recovery.placements.models import Placement
from jieqing.recovery.placements.selectors import active_placements_of, standing_placement
from jieqing.recovery.placements.services.opening import new_row
from jieqing.recovery.placements.services.steps import (
    lock_site,
    next_number,
    numbers_text,
    subject_of,
    write_state,
)
from jieqing.trust.evidence import services as evidence

IN_HOUSE = "in_house"
STANDING_SCOPE = "本企业自有应收账款的提醒、协商、对账与清收。"


def ensure_standing_placement(*, actor: Actor) -> Placement | Problem:
    """The standing placement of an in-house site, made now if it never was; as it is, if it exists."""
    site_id = actor.own_site
    with site_scope(site_id):
        known = standing_placement()
        if known:
            return known
        if site_facts(site_id).kind != IN_HOUSE or not has_standing_placement(site_id):
            return Problem.of(problems.OWN_DEBTS_ONLY)
        lock_site(site_id)
        return standing_placement() or _make(actor)


def placements_for(*, actor: Actor, item_ids: Collection[UUID]) -> dict[UUID, UUID] | Problem:
    """Item → placement for every item asked, or the Problem that names those without one.

    What opens a case asks this, not the selector: it makes the standing placement where there is none yet.
    """
    with site_scope(actor.own_site):
        found = active_placements_of(item_ids)
        if len(found) < len(set(item_ids)):
            ensure_standing_placement(actor=actor)
            found = active_placements_of(item_ids)
        missing = sorted(set(item_ids) - set(found))
        if missing:
            numbers = numbers_text(document_numbers(set(missing[:6])), missing)
            return Problem.of(problems.NOTHING_PLACED, count=len(missing), numbers=numbers)
    return found


def _make(actor: Actor) -> Placement:
    year, sequence, number = next_number()
    placement_id = new_id()
    terms = Terms(
        scope=STANDING_SCOPE,
        starts_on=clock.today(),
        mandate=Mandate(may_sue=True),
    )
    entry_id = evidence.record(
        actor=actor,
        action="recovery.placements.standing_made",
        subject=subject_of(placement_id),
        facts={"number": number, "kind": PlacementKind.STANDING.value, "terms": terms.as_json()},
    )
    placement = new_row(actor, placement_id, (year, sequence, number), terms, entry_id)
    placement.kind, placement.covers_all = PlacementKind.STANDING.value, True
    placement.save(force_insert=True)
    write_state(actor, placement, PlacementStateCode.ACTIVE, entry_id)
    publish(
        PlacementActivated(site_id=actor.own_site, placement_id=placement_id, item_ids=(), covers_all=True)
    )
    return placement
