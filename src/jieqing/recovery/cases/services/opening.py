"""Open cases: by hand, from an enquiry, by the site's rule, from a file. One debtor, one creditor, one currency, many items.

All ways end in ``open_drafts``: under the ledger's lock (so that no payment slips between reading and opening) and the
site's lock of openings (so that two workers number and link one after the other) it writes cases, links, clocks, the
timeline and evidence, and brings the queue in step, all in one transaction. The database holds underneath that an item is
in one open case.

Refuses: an item in another open case, one that is settled, withdrawn or no invoice, items of several debtors, an item
without an active placement, one that the legality check refuses.
"""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max

from jieqing.claims.parties.selectors import names_of
from jieqing.claims.receivables.selectors.standing import ItemStanding, standing_of
from jieqing.claims.receivables.services.revisions import lock_ledger
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.plumbing.db.statistics import take_statistics_after_commit
from jieqing.plumbing.events import publish
from jieqing.recovery.cases import problems
from jieqing.recovery.cases.engine.clocks import milestones_of
from jieqing.recovery.cases.engine.codes import EventKind, Origin, Track
from jieqing.recovery.cases.engine.ladder import days_later, start
from jieqing.recovery.cases.events import CaseOpened
from jieqing.recovery.cases.models import Case, CaseClock, CaseItem
from jieqing.recovery.cases.selectors.days import moment_of, working_day
from jieqing.recovery.cases.selectors.ladders import ladder_in_force
from jieqing.recovery.cases.selectors.staff import may_own
from jieqing.recovery.cases.services.placing import placement_of, refusal_of
from jieqing.recovery.cases.services.queue import refresh
from jieqing.recovery.cases.services.timeline import NewEvent, write_events
from jieqing.recovery.placements.selectors import enquiries_of
from jieqing.recovery.placements.services.steps import lock_site as lock_placements


@dataclass(frozen=True, slots=True)
class Draft:
    """A case to be; its items are checked and free."""

    debtor_id: UUID
    creditor_id: UUID
    currency: str
    items: tuple[ItemStanding, ...]
    placement_id: UUID
    owner_id: UUID | None = None
    track: Track = Track.PLAIN
    enquiry_id: UUID | None = None
    file_id: UUID | None = None


def open_case(
    *,
    actor: Actor,
    item_ids: Sequence[UUID],
    origin: Origin = Origin.HAND,
    track: Track = Track.PLAIN,
    owner_id: UUID | None = None,
    enquiry_id: UUID | None = None,
    file_id: UUID | None = None,
    note: str = "",
) -> Case | Problem:
    """Open one case on these items of one debtor."""
    with site_scope(actor.own_site), transaction.atomic():
        if owner_id is not None and not may_own(owner_id):
            return Problem.of(problems.UNKNOWN_OWNER)
        lock_openings(actor)
        draft = _draft(actor, item_ids)
        if is_problem(draft):
            return draft
        draft = replace(draft, owner_id=owner_id, track=track, enquiry_id=enquiry_id, file_id=file_id)
        case = open_drafts(actor=actor, drafts=[draft], origin=origin)[0]
        if note.strip():
            events = [NewEvent(case.id, EventKind.NOTED, {}, note.strip()[:2_000])]
            write_events(actor=actor, events=events)
            refresh(actor=actor, case_ids=[case.id])
        case.refresh_from_db()
    return case


def lock_openings(actor: Actor) -> None:
    """The ledger, the placements (none may be recalled meanwhile), the openings of the site: always in this order."""
    site_id = actor.own_site
    lock_ledger(site_id)
    lock_placements(site_id)
    digest = hashlib.sha256(f"recovery.cases.opening/{site_id}".encode()).digest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(digest[:8], "big", signed=True)])


def open_drafts(*, actor: Actor, drafts: Sequence[Draft], origin: Origin) -> list[Case]:
    """Write cases for checked drafts, in order; the caller holds the locks."""
    if not drafts:
        return []
    now, today, ladder = clock.now(), working_day(), ladder_in_force()
    number = Case.objects.aggregate(last=Max("number"))["last"] or 0
    names = names_of({draft.debtor_id for draft in drafts})
    enquiries = enquiries_of({draft.placement_id for draft in drafts})
    cases = []
    for at, draft in enumerate(drafts, start=1):
        position = start(ladder, today, min(one.late_after for one in draft.items))
        step = ladder.steps[ladder.place(position.code)]
        debtor = names[draft.debtor_id]
        cases.append(
            Case(
                id=new_id(),
                site_id=actor.own_site,
                number=number + at,
                placement_id=draft.placement_id,
                debtor_id=draft.debtor_id,
                creditor_id=draft.creditor_id,
                currency=draft.currency,
                origin=origin.value,
                enquiry_id=draft.enquiry_id or enquiries.get(draft.placement_id),
                file_id=draft.file_id,
                track=draft.track.value,
                owner_id=draft.owner_id,
                state="open",
                opened_at=now,
                opened_by=actor.id,
                opened_on=today,
                stage=position.code,
                stage_since=position.since,
                anchor_on=position.anchor_on,
                next_action=step.action,
                next_action_on=days_later(today, step.within_days),
                debtor_name=str(debtor),
                sort_key=debtor.sort_key,
            )
        )
    Case.objects.bulk_create(cases, batch_size=1_000)
    _link(cases, drafts)
    _start_clocks(cases)
    _tell(actor, cases, drafts, origin)
    refresh(actor=actor, case_ids=[case.id for case in cases])
    take_statistics_after_commit("cases_case", "cases_item", rows=len(cases))
    return cases


def add_items(*, actor: Actor, case: Case, items: Sequence[ItemStanding]) -> None:
    """Let checked items join an open case; the caller holds the locks and refreshes."""
    now = clock.now()
    CaseItem.objects.bulk_create(
        [
            CaseItem(id=new_id(), site_id=case.site_id, case_id=case.id, item_id=one.item_id, from_at=now)
            for one in items
        ]
    )


def taken_items(item_ids: Sequence[UUID]) -> dict[UUID, int]:
    """Which of these items are under work, each with the number of its case."""
    rows = CaseItem.objects.filter(item_id__in=list(item_ids), until_at=None)
    return dict(rows.values_list("item_id", "case__number"))


def _draft(actor: Actor, item_ids: Sequence[UUID]) -> Draft | Problem:
    wanted = list(dict.fromkeys(item_ids))
    found = standing_of(wanted, as_of=working_day())
    items = tuple(found[item_id] for item_id in wanted if item_id in found)
    if not items or len(items) != len(wanted):
        return Problem.of(problems.NO_ITEMS)
    if any(not one.is_invoice or one.is_withdrawn or one.open_minor <= 0 for one in items):
        return Problem.of(problems.NO_ITEMS)
    if len({(one.debtor_id, one.creditor_id, one.currency) for one in items}) > 1:
        return Problem.of(problems.MIXED_ITEMS)
    taken = taken_items(wanted)
    for one in items:
        if one.item_id in taken:
            return Problem.of(problems.ITEM_IN_CASE, document=one.document_number, number=taken[one.item_id])
    placement_id = placement_of(actor=actor, item_ids=wanted)
    if is_problem(placement_id):
        return placement_id
    refused = refusal_of(actor=actor, item_ids=wanted)
    if refused:
        return refused
    first = items[0]
    return Draft(first.debtor_id, first.creditor_id, first.currency, items, placement_id)


def _link(cases: Sequence[Case], drafts: Sequence[Draft]) -> None:
    now = clock.now()
    CaseItem.objects.bulk_create(
        [
            CaseItem(id=new_id(), site_id=case.site_id, case_id=case.id, item_id=one.item_id, from_at=now)
            for case, draft in zip(cases, drafts, strict=True)
            for one in draft.items
        ],
        batch_size=2_000,
    )


def _start_clocks(cases: Sequence[Case]) -> None:
    CaseClock.objects.bulk_create(
        [
            CaseClock(
                id=new_id(), site_id=case.site_id, case_id=case.id, milestone=milestone.value, due_at=due_at
            )
            for case in cases
            for milestone, due_at in milestones_of(
                Track(case.track), moment_of(case.opened_on, case.opened_at)
            ).items()
        ],
        batch_size=2_000,
    )


def _tell(actor: Actor, cases: Sequence[Case], drafts: Sequence[Draft], origin: Origin) -> None:
    events = [
        NewEvent(
            case.id,
            EventKind.OPENED,
            {
                "number": case.number,
                "origin": origin.value,
                "track": case.track,
                "items": sorted(str(one.item_id) for one in draft.items),
                "open_minor": sum(one.open_minor for one in draft.items),
                "currency": case.currency,
                "placement": str(case.placement_id),
                "stage": case.stage,
            },
        )
        for case, draft in zip(cases, drafts, strict=True)
    ]
    write_events(actor=actor, events=events)
    owned: dict[UUID, list[Case]] = defaultdict(list)
    for case in cases:
        if case.owner_id:
            owned[case.owner_id].append(case)
    for owner_id, theirs in owned.items():
        write_events(
            actor=actor,
            events=[
                NewEvent(case.id, EventKind.ASSIGNED, {"from": None, "to": str(owner_id)}) for case in theirs
            ],
        )
    publish(
        CaseOpened(site_id=actor.own_site, case_ids=tuple(case.id for case in cases), origin=origin.value)
    )
