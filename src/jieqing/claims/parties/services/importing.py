"""Contact points and identifiers that a ledger brings: sets of them, in the import's own transaction.

A point that the party has already is left as it is, with everything that was said of it since. What is new is written
with one evidence entry for all, each row provable by its digest. An import that is taken back withdraws what it brought
and nobody has spoken of since; brought again, it stands again.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from jieqing.claims.parties.engine.contact_points import HOLDER_CHARS_MAX, PointSource
from jieqing.claims.parties.engine.identifiers import read_identifier
from jieqing.claims.parties.engine.mentions import IdentifierMention, PointMention, points_in, whose
from jieqing.claims.parties.engine.names import PartyKind
from jieqing.claims.parties.models import ContactPoint, ContactPointState, Party, PointState
from jieqing.claims.parties.selectors.points import latest_states
from jieqing.claims.parties.selectors.sealed import SEAL, lookups
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.canonical import canonical_bytes
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing import sealing
from jieqing.plumbing.db.statistics import take_statistics_after_commit
from jieqing.trust.evidence import services as evidence

ROW_FORMAT = "jieqing-contact-point/v1"
CHUNK_ROWS = 10_000
_KNOWN = """
SELECT t.party_id, t.lookup FROM {table} t
JOIN unnest(%s::uuid[], %s::bytea[]) AS asked(party_id, lookup) USING (party_id, lookup)
"""
_INSERT_POINTS = """
INSERT INTO parties_contact_point (id, site_id, party_id, kind, belongs_to, value_sealed, lookup, holder_sealed, timezone,
    source, batch_id, added_at, added_by, entry_id)
SELECT id, %s, party_id, kind, belongs_to, value_sealed, lookup, holder_sealed, timezone, %s, %s, %s, %s, %s
FROM unnest(%s::uuid[], %s::uuid[], %s::text[], %s::text[], %s::bytea[], %s::bytea[], %s::bytea[], %s::text[])
    AS t(id, party_id, kind, belongs_to, value_sealed, lookup, holder_sealed, timezone)
ON CONFLICT (party_id, lookup) DO NOTHING
"""
_INSERT_IDENTIFIERS = """
INSERT INTO parties_identifier (id, site_id, party_id, kind, value_sealed, lookup, source, batch_id, added_at, added_by,
    entry_id)
SELECT id, %s, party_id, kind, value_sealed, lookup, %s, %s, %s, %s, %s
FROM unnest(%s::uuid[], %s::uuid[], %s::text[], %s::bytea[], %s::bytea[]) AS t(id, party_id, kind, value_sealed, lookup)
ON CONFLICT (party_id, lookup) DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class ImportedContacts:
    """What became of a ledger's contact cells."""

    added: int
    known: int
    unread: int
    entry_id: UUID | None

    def as_dict(self) -> dict[str, int]:
        return {"added": self.added, "known": self.known, "unread": self.unread}


class _Row(NamedTuple):
    """A new row before it is sealed; ``belongs_to`` is empty for an identifier."""

    id: UUID
    party_id: UUID
    kind: str
    belongs_to: str
    value: str
    lookup: bytes
    holder: str
    timezone: str


def import_contacts(
    *,
    actor: Actor,
    batch_id: UUID,
    subject: str,
    points: Iterable[PointMention],
    identifiers: Iterable[IdentifierMention] = (),
) -> ImportedContacts:
    """Add what the parties do not have yet. Runs in the caller's transaction and site scope."""
    lookup = lookups(actor.own_site)
    found, unread = _read_points(list(points), lookup)
    numbers, unread_numbers = _read_identifiers(identifiers, lookup)
    fresh = _without_known("parties_contact_point", found)
    fresh_numbers = _without_known("parties_identifier", numbers)
    known = len(found) - len(fresh) + len(numbers) - len(fresh_numbers)
    returned = _returned(found, fresh)
    rows = [*fresh, *fresh_numbers]
    if not (rows or returned):
        return ImportedContacts(0, known, unread + unread_numbers, None)
    entry_id = evidence.record_bulk(
        actor=actor,
        action="claims.parties.points_imported",
        subject=subject,
        row_digests=b"".join(_digest(row) for row in rows),
        facts={
            "row_format": ROW_FORMAT,
            "added": len(rows),
            "given_again": len(returned),
            "known": known - len(returned),
            "unread": unread + unread_numbers,
        },
    )
    _insert(actor, batch_id, entry_id, fresh, fresh_numbers)
    _say_all(actor, returned, PointState.GIVEN, entry_id)
    take_statistics_after_commit("parties_contact_point", rows=len(rows))
    return ImportedContacts(
        len(rows) + len(returned), known - len(returned), unread + unread_numbers, entry_id
    )


def withdraw_imported(*, actor: Actor, batch_id: UUID, subject: str) -> int:
    """Take back the points of an import that is undone; what a person has spoken of since stays. Returns how many."""
    brought = ContactPoint.objects.filter(batch_id=batch_id, lookup__isnull=False)
    gone = [row.pk for row in latest_states(brought) if row.state in (None, PointState.GIVEN.value)]
    spoken = set(
        ContactPoint.objects.filter(pk__in=gone, choices__isnull=False).values_list("pk", flat=True)
    ) | set(ContactPoint.objects.filter(pk__in=gone, hours__isnull=False).values_list("pk", flat=True))
    gone = [point_id for point_id in gone if point_id not in spoken]
    if not gone:
        return 0
    entry_id = evidence.record(
        actor=actor, action="claims.parties.points_withdrawn", subject=subject, facts={"points": len(gone)}
    )
    _say_all(actor, gone, PointState.WITHDRAWN, entry_id)
    return len(gone)


def _read_points(mentions: list[PointMention], lookup: Callable[[str], bytes]) -> tuple[list[_Row], int]:
    wanted = {mention.party_id for mention in mentions}
    parties = {
        party_id: (PartyKind(kind), name)
        for party_id, kind, name in Party.objects.filter(id__in=wanted).values_list("id", "kind", "name")
    }
    rows: dict[tuple[UUID, bytes], _Row] = {}
    unread = 0
    for mention in mentions:
        points, failed = points_in(mention)
        unread += failed
        belongs_to = whose(mention, *parties[mention.party_id])
        holder = " ".join(mention.holder.split())[:HOLDER_CHARS_MAX]
        for point in points:
            digest = lookup(point.key)
            rows.setdefault(
                (mention.party_id, digest),
                _Row(
                    new_id(),
                    mention.party_id,
                    point.kind.value,
                    belongs_to.value,
                    point.value,
                    digest,
                    holder,
                    point.timezone or "",
                ),
            )
    return list(rows.values()), unread


def _read_identifiers(
    mentions: Iterable[IdentifierMention], lookup: Callable[[str], bytes]
) -> tuple[list[_Row], int]:
    rows: dict[tuple[UUID, bytes], _Row] = {}
    unread = 0
    for mention in mentions:
        read = read_identifier(mention.text)
        if is_problem(read):
            unread += 1
            continue
        digest = lookup(f"identifier:{read.value}")
        row = _Row(new_id(), mention.party_id, read.kind.value, "", read.value, digest, "", "")
        rows.setdefault((mention.party_id, digest), row)
    return list(rows.values()), unread


def _without_known(table: str, rows: list[_Row]) -> list[_Row]:
    known: set[tuple[UUID, bytes]] = set()
    with connection.cursor() as cursor:
        for chunk in _chunks(rows):
            cursor.execute(
                _KNOWN.format(table=table), [[row.party_id for row in chunk], [row.lookup for row in chunk]]
            )
            known |= {(party_id, bytes(digest)) for party_id, digest in cursor.fetchall()}
    return [row for row in rows if (row.party_id, row.lookup) not in known]


def _returned(found: list[_Row], fresh: list[_Row]) -> list[UUID]:
    """Points that an undone import had brought and this one brings again."""
    new = {(row.party_id, row.lookup) for row in fresh}
    again = [row for row in found if (row.party_id, row.lookup) not in new]
    returned: list[UUID] = []
    for chunk in _chunks(again):
        held = ContactPoint.objects.filter(
            party_id__in={row.party_id for row in chunk}, lookup__in=[row.lookup for row in chunk]
        )
        returned += [row.pk for row in latest_states(held) if row.state == PointState.WITHDRAWN.value]
    return returned


def _insert(
    actor: Actor, batch_id: UUID, entry_id: UUID, points: list[_Row], identifiers: list[_Row]
) -> None:
    seal = sealing.sealer(SEAL)
    shared: list[Any] = [PointSource.LEDGER.value, batch_id, clock.now(), actor.id, entry_id]
    with connection.cursor() as cursor:
        for chunk in _chunks(points):
            columns: list[Any] = [
                [row.id for row in chunk],
                [row.party_id for row in chunk],
                [row.kind for row in chunk],
                [row.belongs_to for row in chunk],
                [seal(row.value.encode()) for row in chunk],
                [row.lookup for row in chunk],
                [seal(row.holder.encode()) if row.holder else None for row in chunk],
                [row.timezone for row in chunk],
            ]
            cursor.execute(_INSERT_POINTS, [actor.own_site, *shared, *columns])
        for chunk in _chunks(identifiers):
            numbers: list[Any] = [
                [row.id for row in chunk],
                [row.party_id for row in chunk],
                [row.kind for row in chunk],
                [seal(row.value.encode()) for row in chunk],
                [row.lookup for row in chunk],
            ]
            cursor.execute(_INSERT_IDENTIFIERS, [actor.own_site, *shared, *numbers])


def _say_all(actor: Actor, point_ids: list[UUID], state: PointState, entry_id: UUID) -> None:
    now = clock.now()
    ContactPointState.objects.bulk_create(
        (
            ContactPointState(
                site_id=actor.own_site,
                point_id=point_id,
                state=state.value,
                at=now,
                by_id=actor.id,
                entry_id=entry_id,
            )
            for point_id in point_ids
        ),
        batch_size=CHUNK_ROWS,
    )


def _digest(row: _Row) -> bytes:
    """What an entry proves of a row: its place and the keyed digest of its value, never the value."""
    said = {
        "format": ROW_FORMAT,
        "id": str(row.id),
        "party": str(row.party_id),
        "kind": row.kind,
        "belongs_to": row.belongs_to,
        "lookup": row.lookup.hex(),
        "timezone": row.timezone,
    }
    return sha256(b"\0" + canonical_bytes(said)).digest()


def _chunks(rows: list[_Row]) -> Iterable[list[_Row]]:
    return (rows[start : start + CHUNK_ROWS] for start in range(0, len(rows), CHUNK_ROWS))
