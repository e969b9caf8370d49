"""Verbs of what people chose: consent, opt-out, refusal, agreed hours; and taking back what can be taken back.

A refusal is recorded for the number, not for the row: its lookup digest is copied, so erasing the point or entering the
number again opens nothing. The database holds it too (``parties_choice_refusal_stands``).
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from jieqing.claims.parties.engine.choices import (
    OWES_CANNOT_REFUSE,
    REFUSAL_STANDS,
    Channel,
    ChoiceKind,
    ChoiceSource,
    Hours,
)
from jieqing.claims.parties.engine.contact_points import BELONGS_TO_NAMES, OBLIGED, BelongsTo
from jieqing.claims.parties.engine.standing import ENDED_BEFORE, REASON_MISSING
from jieqing.claims.parties.models import REASON_CHARS_MAX, AgreedHours, ContactChoice, ContactPoint, Party
from jieqing.claims.parties.problems import POINT_ERASED
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem
from jieqing.trust.evidence import services as evidence


def record_consent(
    *,
    actor: Actor,
    party: Party,
    source: ChoiceSource,
    reason: str,
    channel: Channel | None = None,
    point: ContactPoint | None = None,
    from_at: datetime | None = None,
) -> ContactChoice | Problem:
    """The person agrees to be reached by a channel (or by all), at a point (or at all of their own)."""
    return _record(actor, ChoiceKind.CONSENT, party, point, channel, source, reason, from_at)


def record_opt_out(
    *,
    actor: Actor,
    party: Party,
    source: ChoiceSource,
    reason: str,
    channel: Channel | None = None,
    point: ContactPoint | None = None,
    from_at: datetime | None = None,
) -> ContactChoice | Problem:
    """The person wants no more of a channel, or of any."""
    return _record(actor, ChoiceKind.OPT_OUT, party, point, channel, source, reason, from_at)


def record_refusal(
    *, actor: Actor, point: ContactPoint, source: ChoiceSource, reason: str, case_id: UUID | None = None
) -> ContactChoice | Problem:
    """A third person refuses: the number is closed for this debtor for ever."""
    role = BelongsTo(point.belongs_to)
    if role in OBLIGED:
        zh, en = BELONGS_TO_NAMES[role]
        return Problem.of(OWES_CANNOT_REFUSE, who=zh, who_en=en)
    return _record(actor, ChoiceKind.REFUSAL, point.party, point, None, source, reason, None, case_id=case_id)


def withdraw_choice(*, actor: Actor, choice: ContactChoice, reason: str) -> ContactChoice | Problem:
    """The person takes a consent or an opt-out back. A refusal stands."""
    if choice.kind == ChoiceKind.REFUSAL.value:
        return Problem.of(REFUSAL_STANDS)
    return _end(actor, choice, "claims.parties.choice_withdrawn", reason)


def agree_hours(
    *,
    actor: Actor,
    party: Party,
    hours: Hours,
    source: ChoiceSource,
    reason: str,
    point: ContactPoint | None = None,
) -> AgreedHours | Problem:
    """A window of the person's own day in which they agreed to be reached."""
    if not reason.strip():
        return Problem.of(REASON_MISSING)
    now = clock.now()
    row = AgreedHours(
        id=new_id(),
        site_id=actor.own_site,
        party=party,
        point=point,
        from_minute=hours.from_minute,
        until_minute=hours.until_minute,
        source=source.value,
        reason=reason.strip()[:REASON_CHARS_MAX],
        from_at=now,
        recorded_at=now,
        recorded_by=actor.id,
    )
    with transaction.atomic():
        row.entry_id = evidence.record(
            actor=actor,
            action="claims.parties.hours_agreed",
            subject=f"claims.parties.party:{party.pk}",
            facts={"hours": hours.text, "source": row.source} | ({"point": point.pk} if point else {}),
            personal={"reason": row.reason},
        )
        row.save(force_insert=True)
    return row


def end_hours(*, actor: Actor, hours: AgreedHours, reason: str) -> AgreedHours | Problem:
    """The window is no longer agreed."""
    return _end(actor, hours, "claims.parties.hours_ended", reason)


def _record(
    actor: Actor,
    kind: ChoiceKind,
    party: Party,
    point: ContactPoint | None,
    channel: Channel | None,
    source: ChoiceSource,
    reason: str,
    from_at: datetime | None,
    *,
    case_id: UUID | None = None,
) -> ContactChoice | Problem:
    if not reason.strip():
        return Problem.of(REASON_MISSING)
    now = clock.now()
    with transaction.atomic():
        if point is not None:
            held = ContactPoint.objects.select_for_update().filter(pk=point.pk).first()
            if held is None or held.lookup is None:
                return Problem.of(POINT_ERASED)
        row = ContactChoice(
            id=new_id(),
            site_id=actor.own_site,
            party=party,
            point=point,
            kind=kind.value,
            channel=channel.value if channel else "",
            lookup=point.lookup if point is not None and kind is ChoiceKind.REFUSAL else None,
            case_id=case_id,
            source=source.value,
            reason=reason.strip()[:REASON_CHARS_MAX],
            from_at=from_at or now,
            recorded_at=now,
            recorded_by=actor.id,
        )
        facts: dict[str, object] = {
            "choice": row.pk,
            "channel": row.channel,
            "source": row.source,
            "from": row.from_at,
        }
        facts |= {"point": point.pk} if point is not None else {}
        facts |= {"case": case_id} if case_id else {}
        row.entry_id = evidence.record(
            actor=actor,
            action=f"claims.parties.{kind.value}_recorded",
            subject=f"claims.parties.party:{party.pk}",
            facts=facts,
            personal={"reason": row.reason},
            event_time=row.from_at,
        )
        row.save(force_insert=True)
    return row


def _end(actor: Actor, row, action: str, reason: str):  # type: ignore[no-untyped-def]
    if not reason.strip():
        return Problem.of(REASON_MISSING)
    with transaction.atomic():
        held = type(row).objects.select_for_update().filter(pk=row.pk, ended_at=None).first()
        if held is None:
            return Problem.of(ENDED_BEFORE)
        held.ended_at, held.ended_by = clock.now(), actor.id
        held.end_entry_id = evidence.record(
            actor=actor,
            action=action,
            subject=f"claims.parties.party:{held.party_id}",
            facts={"row": held.pk},
            personal={"reason": reason.strip()[:REASON_CHARS_MAX]},
        )
        held.save(update_fields=["ended_at", "ended_by", "end_entry_id"])
    return held
