"""Write what happened: one row of the timeline with its evidence, in the transaction that did it.

A few events get an entry each, in the numbered chain of their case; many at once share one entry with the root of their
rows, so that ten thousand cases cost one signature and each row is still proved. What a person wrote goes into evidence as
a salted commitment. Events that meet a milestone stop its clock.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.ids import new_id
from jieqing.recovery.cases.engine.clocks import met_by
from jieqing.recovery.cases.engine.codes import EventKind
from jieqing.recovery.cases.models import Case, CaseEvent
from jieqing.recovery.cases.selectors.days import working_moment
from jieqing.recovery.cases.selectors.timeline import event_digest
from jieqing.recovery.cases.services.bulk_sql import stop_clocks, write_many_events
from jieqing.recovery.cases.services.telling import tell_pages
from jieqing.trust.evidence import services as evidence

SINGLE_MAX = 20


@dataclass(frozen=True, slots=True)
class NewEvent:
    """``facts`` are JSON without personal data; ``text`` is what somebody wrote."""

    case_id: UUID
    kind: EventKind
    facts: dict[str, Any] = field(default_factory=dict)
    text: str = ""


def write_event(
    *, actor: Actor, case: Case, kind: EventKind, facts: dict[str, Any] | None = None, text: str = ""
) -> CaseEvent:
    """Write one event of one case."""
    return write_events(actor=actor, events=[NewEvent(case.id, kind, facts or {}, text)])[0]


def write_events(*, actor: Actor, events: Sequence[NewEvent]) -> list[CaseEvent]:
    """Write events with their evidence and stop the clocks that they meet."""
    if len(events) > SINGLE_MAX and not any(event.text for event in events):
        write_events_as_one(actor=actor, events=events)
        return []
    now = clock.now()
    rows = [
        CaseEvent(
            id=new_id(),
            site_id=actor.own_site,
            case_id=event.case_id,
            kind=event.kind.value,
            at=now,
            actor_id=actor.id,
            facts=event.facts,
            text=event.text,
            entry_id=_record(actor, event),
        )
        for event in events
    ]
    CaseEvent.objects.bulk_create(rows, batch_size=2_000)
    _stop_clocks(actor, events)
    tell_pages(actor.own_site, {event.case_id for event in events})
    return rows


def write_events_as_one(
    *, actor: Actor, events: Sequence[NewEvent], about: dict[str, Any] | None = None
) -> UUID:
    """Write many events under one entry with the root of their rows; ``about`` is what the entry says more."""
    entry_id = _record_many(actor, events, about or {})
    write_many_events(
        site_id=actor.own_site,
        actor_id=actor.id,
        at=clock.now(),
        entry_id=entry_id,
        events=[(event.case_id, event.kind.value, event.facts) for event in events],
    )
    _stop_clocks(actor, events)
    tell_pages(actor.own_site, {event.case_id for event in events})
    return entry_id


def _record(actor: Actor, event: NewEvent) -> UUID:
    return evidence.record(
        actor=actor,
        action=f"recovery.cases.{event.kind.value}",
        subject=f"recovery.cases.case:{event.case_id}",
        facts=event.facts,
        personal={"text": event.text} if event.text else None,
        chain=event.case_id,
    )


def _record_many(actor: Actor, events: Sequence[NewEvent], about: dict[str, Any]) -> UUID:
    kinds = Counter(event.kind.value for event in events)
    return evidence.record_bulk(
        actor=actor,
        action="recovery.cases.many",
        subject=f"recovery.cases.bulk:{new_id()}",
        row_digests=b"".join(event_digest(event.case_id, event.kind.value, event.facts) for event in events),
        facts={
            "kinds": dict(sorted(kinds.items())),
            "cases": len({event.case_id for event in events}),
            **about,
        },
    )


def _stop_clocks(actor: Actor, events: Sequence[NewEvent]) -> None:
    wanted: dict[frozenset[Any], set[UUID]] = {}
    for event in events:
        milestones = met_by(event.kind)
        if milestones:
            wanted.setdefault(milestones, set()).add(event.case_id)
    for milestones, case_ids in wanted.items():
        stop_clocks(
            site_id=actor.own_site,
            actor_id=actor.id,
            at=working_moment(),
            case_ids=list(case_ids),
            milestones=[one.value for one in milestones],
        )
