"""Who somebody is, as text that is the same at every site: for the gate's counts alone, which keep nothing but a keyed digest.

A number that the state gave is the best; a company is its name; a person without a number is the name and the first number
they were known by, because two people of one name must not share their calls. What is returned here is personal: it goes
into an HMAC and nowhere else.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from jieqing.claims.parties.engine.contact_points import OBLIGED, BelongsTo, PointKind, read_point
from jieqing.claims.parties.engine.names import PartyKind
from jieqing.claims.parties.models import ContactPoint, Party, PartyIdentifier
from jieqing.claims.parties.selectors.sealed import open_sealed, opened
from jieqing.kernel.outcomes import is_problem

_NUMBERS = (PointKind.MOBILE.value, PointKind.PHONE.value)
_REACHED_BY_VALUE = (*_NUMBERS, PointKind.EMAIL.value, PointKind.IM.value)


@dataclass(frozen=True, slots=True)
class ContactIdentity:
    """``person`` is who is reached at a point, ``number`` the point itself; empty where a channel has none."""

    person: str
    number: str


def party_identities(party_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The identity of each party; three statements for all."""
    wanted = set(party_ids)
    numbers: dict[UUID, str] = {}
    for row in PartyIdentifier.objects.filter(party_id__in=wanted, lookup__isnull=False).order_by("-id"):
        numbers[row.party_id] = open_sealed(row.value_sealed)
    first: dict[UUID, str] = {}
    own = ContactPoint.objects.filter(
        party_id__in=wanted - set(numbers),
        belongs_to=BelongsTo.DEBTOR.value,
        kind__in=_NUMBERS,
        lookup__isnull=False,
    )
    for point in own.order_by("-added_at", "-id"):
        first[point.party_id] = opened(point)
    found = {}
    for party in Party.objects.filter(id__in=wanted):
        name = party.name_key or party.match_key
        is_person = party.kind != PartyKind.COMPANY.value
        found[party.id] = (
            f"number:{numbers[party.id]}"
            if party.id in numbers
            else f"person:{name}:{first.get(party.id, '')}"
            if is_person
            else f"company:{name}"
        )
    return found


def contact_identities(
    point_ids: Iterable[UUID], *, known: Mapping[UUID, str] | None = None
) -> dict[UUID, ContactIdentity]:
    """Whom each point reaches. A third person is its own number, whoever's debtor they were named for.

    ``known``: identities of parties that the caller has read already.
    """
    points = list(ContactPoint.objects.filter(pk__in=list(point_ids), lookup__isnull=False))
    parties = dict(known or {})
    unknown = {point.party_id for point in points} - set(parties)
    parties |= party_identities(unknown) if unknown else {}
    found = {}
    for point in points:
        number = _number(point)
        is_own = BelongsTo(point.belongs_to) in OBLIGED
        person = parties[point.party_id] if is_own or not number else f"at:{number}"
        found[point.pk] = ContactIdentity(person, number)
    return found


def _number(point: ContactPoint) -> str:
    if point.kind not in _REACHED_BY_VALUE:
        return ""
    value = opened(point)
    read = read_point(PointKind(point.kind), value)
    if is_problem(read):
        return value
    if point.kind in _NUMBERS and not read.value.startswith("+"):
        return f"+86{read.value.lstrip('0')}"
    return read.value.casefold()
