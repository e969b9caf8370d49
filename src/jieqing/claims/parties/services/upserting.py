"""Verbs that write parties."""

from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from jieqing.claims.parties.engine.matching import Mention
from jieqing.claims.parties.engine.names import display_name, guess_kind, name_key, sort_key
from jieqing.claims.parties.models import CODE_CHARS_MAX
from jieqing.kernel.actor import Actor
from jieqing.kernel.ids import new_id

_INSERT = """
INSERT INTO parties_party (id, site_id, kind, name, name_key, sort_key, code, match_key)
SELECT * FROM unnest(%s::uuid[], %s::uuid[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[])
ON CONFLICT (site_id, match_key) DO UPDATE
    SET name = excluded.name, name_key = excluded.name_key, sort_key = excluded.sort_key, kind = excluded.kind
    WHERE parties_party.name = '' AND excluded.name <> ''
"""
_FIND = "SELECT match_key, id, name <> '' FROM parties_party WHERE site_id = %s AND match_key = ANY(%s)"
# Big enough to be one round trip for most files, small enough to keep the parameters modest.
CHUNK_PARTIES = 10_000


class _Known(NamedTuple):
    id: UUID
    has_name: bool


def upsert_parties(*, actor: Actor, mentions: Iterable[Mention]) -> dict[str, UUID]:
    """Make the parties that are missing and return the ids of all, by match key.

    Runs in the caller's transaction and site scope; the caller records evidence of what it imports. The first name
    of a party stays (sources vary its spelling from row to row); an empty one is filled in. Two workers that meet
    the same new party make one: the second waits for the first and finds it.
    """
    if actor.site_id is None:
        raise ValueError("parties belong to a site")
    by_key: dict[str, Mention] = {}
    for mention in mentions:
        known = by_key.get(mention.match_key)
        if known is None or (not known.name and mention.name):
            by_key[mention.match_key] = mention
    # Sorted, so that two imports lock new rows in one order and cannot deadlock.
    keys = sorted(by_key)
    ids: dict[str, UUID] = {}
    for start in range(0, len(keys), CHUNK_PARTIES):
        chunk = keys[start : start + CHUNK_PARTIES]
        found = _find(actor.site_id, chunk)
        missing = [key for key in chunk if key not in found or (not found[key].has_name and by_key[key].name)]
        if missing:
            _insert(actor.site_id, [(key, by_key[key]) for key in missing])
            found |= _find(actor.site_id, missing)
        ids |= {key: party.id for key, party in found.items()}
    return ids


def _insert(site_id: UUID, rows: list[tuple[str, Mention]]) -> None:
    names = [display_name(mention.name) for _key, mention in rows]
    columns: list[Any] = [
        [new_id() for _row in rows],
        [site_id for _row in rows],
        [guess_kind(name).value for name in names],
        names,
        [name_key(name) for name in names],
        [sort_key(name or mention.code) for name, (_key, mention) in zip(names, rows, strict=True)],
        [mention.code.strip()[:CODE_CHARS_MAX] for _key, mention in rows],
        [key for key, _mention in rows],
    ]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, columns)


def _find(site_id: UUID, keys: list[str]) -> dict[str, _Known]:
    with connection.cursor() as cursor:
        cursor.execute(_FIND, [site_id, keys])
        return {key: _Known(party_id, has_name) for key, party_id, has_name in cursor.fetchall()}
