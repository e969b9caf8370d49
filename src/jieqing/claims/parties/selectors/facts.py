"""What the gate must know about reaching one point at one moment, from rows alone."""

from datetime import date, datetime
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
    asked = valid_at(ContactPoint.objects.filter(pk=point_id), at).first()
    if asked is None or asked.lookup is None or asked.state in GONE:
        return None
    choices = _choices(asked, at)
    hours = _hours(asked, at)
    return ContactFacts(
        point_id=asked.pk,
        party_id=asked.party_id,
        at=at,
        kind=asked.kind,
        role=asked.belongs_to,
        timezone=asked.timezone or None,
        number_valid=asked.state in _STANDS,
        debtor_reachable=_debtor_reachable(asked.party_id, at),
        refused=any(kind == ChoiceKind.REFUSAL.value for kind, _channel in choices),
        opted_out=_channels(choices, ChoiceKind.OPT_OUT),
        consented=_channels(choices, ChoiceKind.CONSENT),
        agreed_hours=hours or None,
        events=_events(asked.party_id, at),
    )


def _choices(asked: ContactPoint, at: datetime) -> list[tuple[str, str]]:
    """Of this point; of the number, when a third person refused it; of the whole person, for the debtor's own points."""
    places = Q(point=asked) | Q(lookup=asked.lookup, kind=ChoiceKind.REFUSAL.value)
    if BelongsTo(asked.belongs_to) is BelongsTo.DEBTOR:
        places |= Q(point=None)
    rows = ContactChoice.objects.filter(places, standing_at(at), party_id=asked.party_id)
    return list(rows.order_by("recorded_at").values_list("kind", "channel"))


def _channels(choices: list[tuple[str, str]], wanted: ChoiceKind) -> tuple[str, ...]:
    return tuple(sorted({channel or EVERY_CHANNEL for kind, channel in choices if kind == wanted.value}))


def _hours(asked: ContactPoint, at: datetime) -> tuple[str, ...]:
    places = Q(point=asked)
    if BelongsTo(asked.belongs_to) is BelongsTo.DEBTOR:
        places |= Q(point=None)
    rows = AgreedHours.objects.filter(places, standing_at(at), party_id=asked.party_id)
    return tuple(
        Hours(start, end).text
        for start, end in rows.order_by("from_minute").values_list("from_minute", "until_minute")
    )


def _debtor_reachable(party_id: UUID, at: datetime) -> bool | None:
    """Whether any point of the debtor's own still stands; None when none was ever known."""
    own = ContactPoint.objects.filter(
        party_id=party_id, belongs_to__in=[one.value for one in OBLIGED], lookup__isnull=False
    )
    states = [state for state in valid_at(own, at).values_list("state", flat=True) if state not in GONE]
    return any(state in _STANDS for state in states) if states else None


def _events(party_id: UUID, at: datetime) -> tuple[str, ...]:
    day: date = at.astimezone(_EVENT_ZONE).date()
    rows = DebtorEvent.objects.filter(
        Q(to_on=None) | Q(to_on__gte=day),
        Q(ended_at=None) | Q(ended_at__gt=at),
        party_id=party_id,
        from_on__lte=day,
        recorded_at__lte=at,
    )
    return tuple(sorted(set(rows.values_list("kind", flat=True))))
