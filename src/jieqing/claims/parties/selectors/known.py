"""Reads about parties."""

from collections.abc import Iterable
from uuid import UUID

from jieqing.claims.parties.engine.names import name_key
from jieqing.claims.parties.models import Party


def party_names(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Names by id; a party known only by its code is shown by it."""
    rows = Party.objects.filter(id__in=set(ids)).values_list("id", "name", "code")
    return {party_id: name or code for party_id, name, code in rows}


def ids_by_match_key(keys: Iterable[str]) -> dict[str, UUID]:
    """The ids of parties that are known already, by match key."""
    return dict(Party.objects.filter(match_key__in=set(keys)).values_list("match_key", "id"))


def parties_called(text: str) -> list[UUID]:
    """Who is meant by an id, a customer code or a full name; several when the words fit several."""
    wanted = text.strip()
    try:
        return list(Party.objects.filter(id=UUID(wanted)).values_list("id", flat=True))
    except ValueError:
        pass
    by_code = list(Party.objects.filter(code=wanted).values_list("id", flat=True)) if wanted else []
    return by_code or list(Party.objects.filter(name_key=name_key(wanted)).values_list("id", flat=True)[:50])


def names_of(ids: Iterable[UUID]) -> dict[UUID, Party]:
    """The parties of some ids, in one statement."""
    return Party.objects.in_bulk(list(ids))
