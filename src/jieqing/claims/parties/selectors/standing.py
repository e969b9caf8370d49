"""Reads about guarantees and debtor events."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q

from jieqing.claims.parties.engine.standing import EventKind
from jieqing.claims.parties.models import DebtorEvent, Guarantee


def guarantees_of(party_id: UUID) -> list[Guarantee]:
    """Who answers for a debtor, and for whom a party answers; ended ones last."""
    rows = Guarantee.objects.filter(Q(debtor_id=party_id) | Q(guarantor_id=party_id))
    return sorted(
        rows.select_related("guarantor", "debtor"),
        key=lambda row: (row.ended_at is not None, row.recorded_at),
    )


def guarantees_for(debtor_ids: Iterable[UUID]) -> dict[UUID, list[Guarantee]]:
    """Who answers for each of some debtors, one statement for all; a debtor nobody answers for is missing."""
    found: dict[UUID, list[Guarantee]] = {}
    for row in Guarantee.objects.filter(debtor_id__in=list(debtor_ids)).order_by("recorded_at", "id"):
        found.setdefault(row.debtor_id, []).append(row)
    return found


def debtor_events_of(party_ids: Iterable[UUID], *, on: date | None = None) -> dict[UUID, list[DebtorEvent]]:
    """Events by party, newest first; only those that hold on a day when one is named."""
    wanted = list(party_ids)
    rows = DebtorEvent.objects.filter(party_id__in=wanted).order_by("-from_on", "-id")
    if on is not None:
        rows = rows.filter(Q(to_on=None) | Q(to_on__gte=on), from_on__lte=on, ended_at=None)
    found: dict[UUID, list[DebtorEvent]] = {party_id: [] for party_id in wanted}
    for row in rows:
        found[row.party_id].append(row)
    return found


def parties_with(kinds: Iterable[EventKind], *, on: date) -> list[tuple[UUID, EventKind]]:
    """Every party of the site for whom one of these holds on a day."""
    rows = DebtorEvent.objects.filter(
        Q(to_on=None) | Q(to_on__gte=on),
        kind__in=[kind.value for kind in kinds],
        from_on__lte=on,
        ended_at=None,
    )
    return [(party_id, EventKind(kind)) for party_id, kind in rows.values_list("party_id", "kind").distinct()]
