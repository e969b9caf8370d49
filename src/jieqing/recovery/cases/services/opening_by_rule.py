"""Open cases by the site's rule: all overdue documents that count, in one pass, as one step.

The documents of one debtor and one creditor make a case, or join the open one that they have. What has no placement in
force, or is refused by the legality check, is left out and counted: nothing is opened around a refusal. Run twice, it opens
nothing twice.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from jieqing.claims.receivables.selectors.standing import ItemStanding, overdue_items, standing_of
from jieqing.kernel.actor import Actor
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.cases.engine.codes import CaseState, EventKind, Origin, Track
from jieqing.recovery.cases.engine.opening import OpeningTerms, groups_worth_it
from jieqing.recovery.cases.models import Case
from jieqing.recovery.cases.selectors.days import working_day
from jieqing.recovery.cases.selectors.ladders import opening_terms
from jieqing.recovery.cases.services.opening import (
    Draft,
    add_items,
    lock_openings,
    open_drafts,
    taken_items,
)
from jieqing.recovery.cases.services.placing import placements_of_many, refused_items
from jieqing.recovery.cases.services.queue import refresh
from jieqing.recovery.cases.services.timeline import NewEvent, write_events

CHUNK = 20_000
Group = tuple[UUID, UUID, UUID]


@dataclass
class RuleRun:
    """What a run did: cases opened, cases that documents joined, documents left out and why."""

    opened: list[UUID] = field(default_factory=list)
    joined: list[UUID] = field(default_factory=list)
    items: int = 0
    unplaced: int = 0
    refused: int = 0
    too_small: int = 0


def open_by_rule(*, actor: Actor, as_of: date | None = None, terms: OpeningTerms | None = None) -> RuleRun:
    """Open what the rule says; ``terms`` tries other terms than those in force."""
    done = RuleRun()
    with site_scope(actor.own_site), transaction.atomic():
        lock_openings(actor)
        wanted = terms or opening_terms()[0]
        today = as_of or working_day()
        overdue = overdue_items(
            as_of=today,
            due_before=today - timedelta(days=wanted.min_overdue_days - 1),
            currency=wanted.currency,
        )
        free = _free([one.item_id for one in overdue])
        placed = _placed(actor, free, done)
        groups: dict[Group, list[UUID]] = defaultdict(list)
        for one in overdue:
            if one.item_id in placed:
                groups[(one.debtor_id, one.creditor_id, placed[one.item_id])].append(one.item_id)
        standing = _standing(list(placed), today)
        left = _join(actor, groups, standing, wanted.currency, done)
        sums = ((key, standing[item].open_minor) for key, items in left.items() for item in items)
        worth = groups_worth_it(sums, wanted.min_open_minor)
        done.too_small = sum(len(items) for key, items in left.items() if key not in worth)
        drafts = [
            Draft(
                key[0],
                key[1],
                wanted.currency,
                tuple(standing[item] for item in items),
                key[2],
                track=Track(wanted.track),
            )
            for key, items in left.items()
            if key in worth
        ]
        cases = open_drafts(actor=actor, drafts=drafts, origin=Origin.RULE)
        done.opened = [case.id for case in cases]
        done.items += sum(len(draft.items) for draft in drafts)
    return done


def _free(items: Sequence[UUID]) -> list[UUID]:
    """Those that no open case works on."""
    taken: set[UUID] = set()
    for start in range(0, len(items), CHUNK):
        taken |= set(taken_items(items[start : start + CHUNK]))
    return [item for item in items if item not in taken]


def _placed(actor: Actor, items: Sequence[UUID], done: RuleRun) -> dict[UUID, UUID]:
    """The placement of each item that may be worked."""
    placed = placements_of_many(actor=actor, item_ids=items)
    refused = refused_items(actor=actor, item_ids=list(placed))
    done.unplaced, done.refused = len(items) - len(placed), len(refused)
    return {item: placement for item, placement in placed.items() if item not in refused}


def _standing(items: Sequence[UUID], today: date) -> dict[UUID, ItemStanding]:
    found: dict[UUID, ItemStanding] = {}
    for start in range(0, len(items), CHUNK):
        found |= standing_of(items[start : start + CHUNK], as_of=today)
    return found


def _join(
    actor: Actor,
    groups: dict[Group, list[UUID]],
    standing: dict[UUID, ItemStanding],
    currency: str,
    done: RuleRun,
) -> dict[Group, list[UUID]]:
    """Let documents join the open case of their group; what is left makes new cases."""
    debtors = list({key[0] for key in groups})
    cases: dict[Group, Case] = {}
    for start in range(0, len(debtors), CHUNK):
        rows = Case.objects.filter(
            debtor_id__in=debtors[start : start + CHUNK], currency=currency, state=CaseState.OPEN.value
        ).order_by("number")
        for case in rows:
            cases[(case.debtor_id, case.creditor_id, case.placement_id)] = case
    events, left = [], {}
    for key, items in groups.items():
        found = cases.get(key)
        if found is None:
            left[key] = items
            continue
        add_items(actor=actor, case=found, items=[standing[item] for item in items])
        facts = {"items": sorted(str(item) for item in items)}
        events.append(NewEvent(found.id, EventKind.ITEMS_ADDED, facts))
        done.joined.append(found.id)
        done.items += len(items)
    write_events(actor=actor, events=events)
    refresh(actor=actor, case_ids=done.joined)
    return left
