"""Verbs of contact points: add, confirm, correct, mark invalid, state the zone, open one for a purpose.

Every verb writes its row and its evidence in one transaction. The value goes into evidence as a salted commitment only.
A value is never changed: a correction adds the right one and says of the old one which replaced it.
"""

from uuid import UUID

from django.db import transaction

from jieqing.claims.parties.engine.contact_points import (
    HOLDER_CHARS_MAX,
    BelongsTo,
    Point,
    PointKind,
    PointSource,
    read_point,
    read_zone,
)
from jieqing.claims.parties.engine.purposes import RevealPurpose
from jieqing.claims.parties.engine.standing import REASON_MISSING
from jieqing.claims.parties.models import REASON_CHARS_MAX, ContactPoint, ContactPointState, Party, PointState
from jieqing.claims.parties.problems import POINT_ERASED, POINT_KNOWN
from jieqing.claims.parties.selectors.sealed import SEAL, holder_of, lookup_of, opened
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing import sealing
from jieqing.trust.evidence import services as evidence


def add_contact_point(
    *,
    actor: Actor,
    party: Party,
    kind: PointKind,
    value: str,
    belongs_to: BelongsTo = BelongsTo.DEBTOR,
    holder: str = "",
    timezone: str = "",
    source: PointSource = PointSource.HAND,
) -> ContactPoint | Problem:
    """Add a point. ``timezone`` as stated; without one the number's own, and none where the number tells none."""
    read = read_point(kind, value)
    if is_problem(read):
        return read
    zone = read_zone(timezone)
    if is_problem(zone):
        return zone
    with transaction.atomic():
        lookup = lookup_of(actor.own_site, read.key)
        # Two colleagues who enter one number at once: the second waits here and is told.
        Party.objects.select_for_update().filter(pk=party.pk).first()
        known = ContactPoint.objects.filter(party=party, lookup=lookup).first()
        if known is not None:
            return Problem.of(POINT_KNOWN, point=str(known.pk))
        return _write(actor, party, read, lookup, belongs_to, holder, zone, source)


def correct_contact_point(
    *, actor: Actor, point: ContactPoint, value: str, reason: str
) -> ContactPoint | Problem:
    """The right value of a point that was entered wrongly; the wrong one stays, replaced."""
    reason = reason.strip()
    read = read_point(PointKind(point.kind), value)
    if is_problem(read) or not reason:
        return read if is_problem(read) else Problem.of(REASON_MISSING)
    with transaction.atomic():
        if not _is_there(point):
            return Problem.of(POINT_ERASED)
        added = add_contact_point(
            actor=actor,
            party=point.party,
            kind=read.kind,
            value=value,
            belongs_to=BelongsTo(point.belongs_to),
            holder=holder_of(point),
            timezone=point.timezone if read.timezone is None else "",
            source=PointSource.HAND,
        )
        if not is_problem(added):
            _say(actor, point, PointState.REPLACED, reason, replaced_by=added)
        return added


def confirm_point(*, actor: Actor, point: ContactPoint, reason: str = "") -> ContactPointState | Problem:
    """Somebody reached the person there, or knows that it stands; also takes back that it is invalid."""
    with transaction.atomic():
        return (
            _say(actor, point, PointState.CONFIRMED, reason) if _is_there(point) else Problem.of(POINT_ERASED)
        )


def mark_invalid(*, actor: Actor, point: ContactPoint, reason: str) -> ContactPointState | Problem:
    """The number is out of use, the letter came back, somebody else answers."""
    if not reason.strip():
        return Problem.of(REASON_MISSING)
    with transaction.atomic():
        return (
            _say(actor, point, PointState.INVALID, reason) if _is_there(point) else Problem.of(POINT_ERASED)
        )


def state_timezone(
    *, actor: Actor, point: ContactPoint, timezone: str, reason: str
) -> ContactPoint | Problem:
    """Say in which zone the person lives, on what ground; it replaces what the number told."""
    zone = read_zone(timezone)
    if is_problem(zone) or not reason.strip():
        return zone if is_problem(zone) else Problem.of(REASON_MISSING)
    with transaction.atomic():
        evidence.record(
            actor=actor,
            action="claims.parties.timezone_stated",
            subject=subject_of(point),
            facts={"from": point.timezone, "to": zone or ""},
            personal={"reason": reason.strip()},
        )
        point.timezone = zone or ""
        point.save(update_fields=["timezone"])
    return point


def reveal_point(*, actor: Actor, point: ContactPoint, purpose: RevealPurpose) -> str | Problem:
    """The value in full, for a purpose; who opened it, when and what for is evidence."""
    value = opened(point)
    if not value:
        return Problem.of(POINT_ERASED)
    with transaction.atomic():
        evidence.record(
            actor=actor,
            action="claims.parties.point_revealed",
            subject=subject_of(point),
            facts={"party": point.party_id, "purpose": purpose.value},
        )
    return value


def subject_of(point: ContactPoint) -> str:
    return f"claims.parties.point:{point.pk}"


def _write(
    actor: Actor,
    party: Party,
    read: Point,
    lookup: bytes,
    belongs_to: BelongsTo,
    holder: str,
    zone: str | None,
    source: PointSource,
) -> ContactPoint:
    holder = " ".join(holder.split())[:HOLDER_CHARS_MAX]
    point = ContactPoint(
        id=new_id(),
        site_id=actor.own_site,
        party=party,
        kind=read.kind.value,
        belongs_to=belongs_to.value,
        value_sealed=sealing.seal(SEAL, read.value.encode()),
        lookup=lookup,
        holder_sealed=sealing.seal(SEAL, holder.encode()) if holder else None,
        timezone=zone or read.timezone or "",
        source=source.value,
        added_at=clock.now(),
        added_by=actor.id,
    )
    point.entry_id = evidence.record(
        actor=actor,
        action="claims.parties.point_added",
        subject=subject_of(point),
        facts={
            "party": party.pk,
            "kind": point.kind,
            "belongs_to": point.belongs_to,
            "source": point.source,
            "timezone": point.timezone,
            "is_timezone_stated": bool(zone),
        },
        personal={"value": read.value} | ({"holder": holder} if holder else {}),
    )
    point.save(force_insert=True)
    return point


def _say(
    actor: Actor,
    point: ContactPoint,
    state: PointState,
    reason: str,
    *,
    replaced_by: ContactPoint | None = None,
) -> ContactPointState:
    reason = reason.strip()[:REASON_CHARS_MAX]
    facts: dict[str, str | UUID] = {"party": point.party_id, "state": state.value}
    if replaced_by is not None:
        facts["replaced_by"] = replaced_by.pk
    row = ContactPointState(
        site_id=point.site_id,
        point=point,
        state=state.value,
        at=clock.now(),
        reason=reason,
        replaced_by=replaced_by,
        by_id=actor.id,
    )
    row.entry_id = evidence.record(
        actor=actor,
        action=f"claims.parties.point_{state.value}",
        subject=subject_of(point),
        facts=facts,
        personal={"reason": reason} if reason else {},
    )
    row.save(force_insert=True)
    return row


def _is_there(point: ContactPoint) -> bool:
    """Hold the row until commit; False when it was erased meanwhile."""
    held = ContactPoint.objects.select_for_update().filter(pk=point.pk).first()
    return held is not None and held.lookup is not None
