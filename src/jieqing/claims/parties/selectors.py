"""Reads about parties."""

from collections.abc import Iterable
from uuid import UUID

from jieqing.claims.parties.models import Party


def party_names(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Names by id; a party known only by its code is shown by it."""
    rows = Party.objects.filter(id__in=set(ids)).values_list("id", "name", "code")
    return {party_id: name or code for party_id, name, code in rows}


def ids_by_match_key(keys: Iterable[str]) -> dict[str, UUID]:
    """The ids of parties that are known already, by match key."""
    return dict(Party.objects.filter(match_key__in=set(keys)).values_list("match_key", "id"))
