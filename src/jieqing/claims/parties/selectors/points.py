"""Contact points as pages and programs see them: masked, with what was last said of each and what its holder chose."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery

from jieqing.claims.parties.engine.contact_points import (
    BelongsTo,
    PointKind,
    PointSource,
    masked,
    masked_holder,
)
from jieqing.claims.parties.models import (
    AgreedHours,
    ContactChoice,
    ContactPoint,
    ContactPointState,
    PointState,
)
from jieqing.claims.parties.selectors.sealed import holder_of, lookup_of, opened

LIVE = ("", PointState.CONFIRMED.value, PointState.GIVEN.value)
GONE = (PointState.REPLACED.value, PointState.ERASED.value, PointState.WITHDRAWN.value)


@dataclass(frozen=True, slots=True)
class PointView:
    """One point without its value. ``state`` is empty while nobody said anything since its source gave it."""

    id: UUID
    party_id: UUID
    kind: PointKind
    belongs_to: BelongsTo
    shown: str
    holder: str
    timezone: str
    source: PointSource
    added_at: datetime
    entry_id: UUID
    state: str
    state_at: datetime | None
    state_reason: str
    state_entry_id: UUID | None
    choices: tuple[ContactChoice, ...]
    hours: tuple[AgreedHours, ...]

    @property
    def is_valid(self) -> bool:
        return self.state in LIVE

    @property
    def is_refused(self) -> bool:
        return any(choice.kind == "refusal" for choice in self.choices)


def contact_points_of(
    party_ids: Iterable[UUID], *, with_gone: bool = False, with_choices: bool = True
) -> dict[UUID, list[PointView]]:
    """The points of some parties, newest first, three statements for all; replaced and erased ones only when asked for.

    Without choices and hours, for readers who only name the points, it is one statement.
    """
    wanted = list(party_ids)
    rows = list(_with_state(ContactPoint.objects.filter(party_id__in=wanted)).order_by("-added_at", "-id"))
    standing = {"party_id__in": wanted, "ended_at": None}
    choices = _by_place(
        ContactChoice.objects.filter(**standing).order_by("recorded_at") if with_choices else ()
    )
    hours = _by_place(AgreedHours.objects.filter(**standing).order_by("recorded_at") if with_choices else ())
    found: dict[UUID, list[PointView]] = {party_id: [] for party_id in wanted}
    for row in rows:
        if with_gone or row.state not in GONE:
            found[row.party_id].append(_view(row, choices, hours))
    return found


def points_called(site_id: UUID, key: str) -> list[UUID]:
    """The points of a canonical number or address on a site, whoever has them."""
    rows = ContactPoint.objects.filter(lookup=lookup_of(site_id, key)).order_by("id")
    return list(rows.values_list("id", flat=True))


def _with_state(rows):  # type: ignore[no-untyped-def]  # the checker knows no annotated fields
    latest = ContactPointState.objects.filter(point=OuterRef("pk")).order_by("-at", "-id")
    return rows.annotate(
        state=Subquery(latest.values("state")[:1]),
        state_at=Subquery(latest.values("at")[:1]),
        state_reason=Subquery(latest.values("reason")[:1]),
        state_entry_id=Subquery(latest.values("entry_id")[:1]),
    )


def _by_place(rows):  # type: ignore[no-untyped-def]
    """Rows by point, and by lookup for refusals of a number, and by party for what holds for all of its points."""
    found = defaultdict(list)
    for row in rows:
        found[row.point_id or row.party_id].append(row)
        if getattr(row, "lookup", None):
            found[(row.party_id, bytes(row.lookup))].append(row)
    return found


def _view(row, choices, hours) -> PointView:  # type: ignore[no-untyped-def]
    kind, value = PointKind(row.kind), opened(row)
    own = [*choices[row.id], *_of_party(row, choices)]
    if row.lookup:
        own += [one for one in choices[(row.party_id, bytes(row.lookup))] if one not in own]
    return PointView(
        id=row.id,
        party_id=row.party_id,
        kind=kind,
        belongs_to=BelongsTo(row.belongs_to),
        shown=masked(kind, value) if value else "",
        holder=masked_holder(holder_of(row)),
        timezone=row.timezone,
        source=PointSource(row.source),
        added_at=row.added_at,
        entry_id=row.entry_id,
        state=row.state or "",
        state_at=row.state_at,
        state_reason=row.state_reason or "",
        state_entry_id=row.state_entry_id,
        choices=tuple(own),
        hours=(*hours[row.id], *_of_party(row, hours)),
    )


def _of_party(row, found):  # type: ignore[no-untyped-def]
    """What the party chose for all of its own points; a third person's point is not the party's to decide about."""
    return found[row.party_id] if row.belongs_to == BelongsTo.DEBTOR.value else []


def latest_states(rows):  # type: ignore[no-untyped-def]
    """Points with ``state`` as it stands now; None while nobody said anything."""
    return _with_state(rows)


def valid_at(rows, at: datetime):  # type: ignore[no-untyped-def]
    """Points with the state that stood at a moment."""
    latest = ContactPointState.objects.filter(point=OuterRef("pk"), at__lte=at).order_by("-at", "-id")
    return rows.filter(added_at__lte=at).annotate(state=Subquery(latest.values("state")[:1]))


def standing_at(at: datetime) -> Q:
    """Rows recorded before a moment and not ended by then."""
    return Q(from_at__lte=at) & (Q(ended_at=None) | Q(ended_at__gt=at))
