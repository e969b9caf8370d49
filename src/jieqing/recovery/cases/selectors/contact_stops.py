"""What stands at cases against contacting their people: read in one statement, for the gate."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, Func, IntegerField, OuterRef, Q
from django.db.models.functions import Coalesce
from django.db.models.lookups import IsNull

from jieqing.recovery.cases.models import Case, CaseItem, Complaint, Dispute, Hold, Promise
from jieqing.recovery.cases.selectors.days import working_day


@dataclass(frozen=True, slots=True)
class ContactStops:
    """``instalments``: of each open promise, how many payments it has. ``item_ids``: the documents under work, on ``day``."""

    item_ids: tuple[UUID, ...]
    hold_kinds: frozenset[str]
    is_disputed: bool
    is_complained: bool
    instalments: tuple[int, ...]
    day: date


def contact_stops_of(case: Case) -> ContactStops:
    """What stands at one case."""
    return contact_stops_of_many([case.pk])[case.pk]


def contact_stops_of_many(case_ids: Collection[UUID]) -> dict[UUID, ContactStops]:
    """What stands at each, in one statement. What a closed case ended with counts as its documents, as on its page."""
    today, mine = working_day(), {"case": OuterRef("pk")}
    live = Hold.objects.filter(Q(to_on=None) | Q(to_on__gte=today), from_on__lte=today, **mine)
    ended = Q(until_at=OuterRef("closed_at")) | (Q(until_at=None) & IsNull(OuterRef("closed_at"), True))
    length = Coalesce(Func(F("instalments"), function="jsonb_array_length", output_field=IntegerField()), 0)
    promises = Promise.objects.filter(state="open", **mine).annotate(length=length)
    rows = (
        Case.objects.filter(pk__in=list(case_ids))
        .annotate(
            found_items=ArraySubquery(CaseItem.objects.filter(ended, **mine).values("item_id")),
            found_holds=ArraySubquery(live.values("kind")),
            is_disputed=Exists(Dispute.objects.filter(closed_at=None, **mine)),
            is_complained=Exists(Complaint.objects.filter(answered_at=None, **mine)),
            found_instalments=ArraySubquery(promises.values("length")),
        )
        .values_list("pk", "found_items", "found_holds", "is_disputed", "is_complained", "found_instalments")
    )
    return {
        pk: ContactStops(tuple(items), frozenset(holds), disputed, complained, tuple(lengths), today)
        for pk, items, holds, disputed, complained, lengths in rows
    }
