"""Verbs of guarantees and debtor events. Recovery calls the second pair from its own steps; the same step told twice is one row."""

from datetime import date
from uuid import UUID

from django.db import transaction

from jieqing.claims.parties.engine.standing import (
    ENDED_BEFORE,
    OWN_GUARANTOR,
    REASON_MISSING,
    TERM_BACKWARDS,
    EventKind,
    GuaranteeKind,
)
from jieqing.claims.parties.events import DebtorStandingChanged
from jieqing.claims.parties.models import REASON_CHARS_MAX, DebtorEvent, Guarantee, Party
from jieqing.claims.parties.problems import GUARANTEE_KNOWN
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem
from jieqing.plumbing.events import publish
from jieqing.trust.evidence import services as evidence

BY_HAND = "parties"


def link_guarantor(
    *,
    actor: Actor,
    guarantor: Party,
    debtor: Party,
    kind: GuaranteeKind,
    reason: str,
    until_on: date | None = None,
    item_id: UUID | None = None,
) -> Guarantee | Problem:
    """A party answers for a debtor: for one item or for all, until the end of the guarantee period when there is one."""
    if guarantor.pk == debtor.pk:
        return Problem.of(OWN_GUARANTOR)
    if not reason.strip():
        return Problem.of(REASON_MISSING)
    row = Guarantee(
        id=new_id(),
        site_id=actor.own_site,
        guarantor=guarantor,
        debtor=debtor,
        item_id=item_id,
        kind=kind.value,
        until_on=until_on,
        reason=reason.strip()[:REASON_CHARS_MAX],
        recorded_at=clock.now(),
        recorded_by=actor.id,
    )
    with transaction.atomic():
        Party.objects.select_for_update().filter(pk=debtor.pk).first()
        if Guarantee.objects.filter(
            guarantor=guarantor, debtor=debtor, item_id=item_id, ended_at=None
        ).exists():
            return Problem.of(GUARANTEE_KNOWN)
        facts: dict[str, object] = {"guarantor": guarantor.pk, "kind": kind.value}
        facts |= {"until": until_on} if until_on else {}
        facts |= {"item": item_id} if item_id else {}
        row.entry_id = evidence.record(
            actor=actor,
            action="claims.parties.guarantor_linked",
            subject=f"claims.parties.party:{debtor.pk}",
            facts=facts,
            personal={"reason": row.reason},
        )
        row.save(force_insert=True)
    return row


def end_guarantee(*, actor: Actor, guarantee: Guarantee, reason: str) -> Guarantee | Problem:
    """The guarantor is released, or was linked in error."""
    if not reason.strip():
        return Problem.of(REASON_MISSING)
    with transaction.atomic():
        held = Guarantee.objects.select_for_update().filter(pk=guarantee.pk, ended_at=None).first()
        if held is None:
            return Problem.of(ENDED_BEFORE)
        held.ended_at, held.ended_by = clock.now(), actor.id
        held.end_entry_id = evidence.record(
            actor=actor,
            action="claims.parties.guarantee_ended",
            subject=f"claims.parties.party:{held.debtor_id}",
            facts={"guarantee": held.pk},
            personal={"reason": reason.strip()[:REASON_CHARS_MAX]},
        )
        held.save(update_fields=["ended_at", "ended_by", "end_entry_id"])
    return held


def record_debtor_event(
    *,
    actor: Actor,
    party: Party,
    kind: EventKind,
    from_on: date,
    reason: str,
    to_on: date | None = None,
    source: str = BY_HAND,
    source_id: UUID | None = None,
) -> DebtorEvent | Problem:
    """Something holds for a party from a day, which may lie in the past. The same source row told again is the same event."""
    if not reason.strip():
        return Problem.of(REASON_MISSING)
    if to_on is not None and to_on < from_on:
        return Problem.of(TERM_BACKWARDS)
    with transaction.atomic():
        Party.objects.select_for_update().filter(pk=party.pk).first()
        told = {"party": party, "kind": kind.value, "source": source, "source_id": source_id}
        known = DebtorEvent.objects.filter(**told).first() if source_id else None
        if known is not None:
            return known
        row = DebtorEvent(
            id=new_id(),
            site_id=actor.own_site,
            **told,
            from_on=from_on,
            to_on=to_on,
            reason=reason.strip()[:REASON_CHARS_MAX],
            recorded_at=clock.now(),
            recorded_by=actor.id,
        )
        facts: dict[str, object] = {"event": row.pk, "kind": kind.value, "from": from_on, "source": source}
        facts |= {"to": to_on} if to_on else {}
        facts |= {"source_id": source_id} if source_id else {}
        row.entry_id = evidence.record(
            actor=actor,
            action="claims.parties.event_recorded",
            subject=f"claims.parties.party:{party.pk}",
            facts=facts,
            personal={"reason": row.reason},
        )
        row.save(force_insert=True)
        publish(DebtorStandingChanged(site_id=row.site_id, party_ids=(party.pk,)))
    return row


def end_debtor_event(*, actor: Actor, event: DebtorEvent, to_on: date, reason: str) -> DebtorEvent | Problem:
    """It is over from this moment; ``to_on`` is the last day it held."""
    if not reason.strip():
        return Problem.of(REASON_MISSING)
    if to_on < event.from_on:
        return Problem.of(TERM_BACKWARDS)
    with transaction.atomic():
        held = DebtorEvent.objects.select_for_update().filter(pk=event.pk, ended_at=None).first()
        if held is None:
            return Problem.of(ENDED_BEFORE)
        held.to_on, held.ended_at, held.ended_by = to_on, clock.now(), actor.id
        held.end_entry_id = evidence.record(
            actor=actor,
            action="claims.parties.event_ended",
            subject=f"claims.parties.party:{held.party_id}",
            facts={"event": held.pk, "kind": held.kind, "to": to_on},
            personal={"reason": reason.strip()[:REASON_CHARS_MAX]},
        )
        held.save(update_fields=["to_on", "ended_at", "ended_by", "end_entry_id"])
        publish(DebtorStandingChanged(site_id=held.site_id, party_ids=(held.party_id,)))
    return held
