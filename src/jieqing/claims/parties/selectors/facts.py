"""What the gate must know about reaching a party's points at one moment, from rows alone: four statements for all its points."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q

from jieqing.claims.parties.engine.choices import ChoiceKind, Hours
from jieqing.claims.parties.engine.contact_points import OBLIGED, BelongsTo
from jieqing.claims.parties.engine.facts import ContactFacts
from jieqing.claims.parties.models import AgreedHours, ContactChoice, ContactPoint, DebtorEvent, PointState
from jieqing.claims.parties.selectors.points import GONE, standing_at, valid_at

EVERY_CHANNEL = "*"
_STANDS = (None, PointState.CONFIRMED.value, PointState.GIVEN.value)
_EVENT_ZONE = ZoneInfo("Asia/Shanghai")


def contact_facts(point_id: UUID, at: datetime) -> ContactFacts | None:
    """The person's facts; None when the active site has no such point, or it was replaced, withdrawn or erased by then."""
    party_id = ContactPoint.objects.filter(pk=point_id).values_list("party_id", flat=True).first()
    return contact_facts_of([party_id], at).get(point_id) if party_id else None


def contact_facts_of(party_ids: Iterable[UUID], at: datetime) -> dict[UUID, ContactFacts]:
    """The same for every point of some parties that stands at the moment, by point."""
    wanted = list(party_ids)
    points = [
        row
        for row in valid_at(ContactPoint.objects.filter(party_id__in=wanted, lookup__isnull=False), at)
        if row.state not in GONE
    ]
    choices = list(
        ContactChoice.objects.filter(standing_at(at), party_id__in=wanted).order_by("recorded_at", "id")
    )
    hours = list(AgreedHours.objects.filter(standing_at(at), party_id__in=wanted).order_by("from_minute"))
    events = _events(wanted, at)
    return {row.pk: _facts(row, at, points, choices, hours, events.get(row.party_id, ())) for row in points}


def _facts(
    asked: Any,
    at: datetime,
    points: list[Any],
    choices: list[ContactChoice],
    hours: list[AgreedHours],
    events: tuple[str, ...],
) -> ContactFacts:
    own = [choice for choice in choices if _concerns(choice, asked)]
    windows = tuple(Hours(row.from_minute, row.until_minute).text for row in hours if _concerns(row, asked))
    return ContactFacts(
        point_id=asked.pk,
        party_id=asked.party_id,
        at=at,
        kind=asked.kind,
        role=asked.belongs_to,
        timezone=asked.timezone or None,
        number_valid=asked.state in _STANDS,
        debtor_reachable=_debtor_reachable(asked.party_id, points),
        refused=any(choice.kind == ChoiceKind.REFUSAL.value for choice in own),
        opted_out=_channels(own, ChoiceKind.OPT_OUT),
        consented=_channels(own, ChoiceKind.CONSENT),
        agreed_hours=windows or None,
        events=events,
    )


def _concerns(row: Any, asked: Any) -> bool:
    """Of this point; of the number, when a third person refused it; of the whole person, for the debtor's own points."""
    if row.party_id != asked.party_id:
        return False
    if row.point_id == asked.pk:
        return True
    refused = getattr(row, "lookup", None)
    if refused and bytes(refused) == bytes(asked.lookup):
        return True
    return row.point_id is None and asked.belongs_to == BelongsTo.DEBTOR.value


def _channels(choices: list[ContactChoice], wanted: ChoiceKind) -> tuple[str, ...]:
    return tuple(sorted({row.channel or EVERY_CHANNEL for row in choices if row.kind == wanted.value}))


def _debtor_reachable(party_id: UUID, points: list[Any]) -> bool | None:
    """Whether any point of the debtor's own still stands; None when none is known."""
    own = [row for row in points if row.party_id == party_id and BelongsTo(row.belongs_to) in OBLIGED]
    return any(row.state in _STANDS for row in own) if own else None


def _events(party_ids: list[UUID], at: datetime) -> dict[UUID, tuple[str, ...]]:
    day = at.astimezone(_EVENT_ZONE).date()
    rows = DebtorEvent.objects.filter(
        Q(to_on=None) | Q(to_on__gte=day),
        Q(ended_at=None) | Q(ended_at__gt=at),
        party_id__in=party_ids,
        from_on__lte=day,
        recorded_at__lte=at,
    )
    found: dict[UUID, set[str]] = {}
    for party_id, kind in rows.values_list("party_id", "kind"):
        found.setdefault(party_id, set()).add(kind)
    return {party_id: tuple(sorted(kinds)) for party_id, kinds in found.items()}
