"""The search for conflicts of interest: whom this placement would set us against, and whom we already act for or against.

Three questions, asked of names and not of ids, because one company has many spellings:

- is the creditor who comes to us somebody whom others collect from here (``creditor_is_debtor``)?
- is a debtor of this placement a client of ours, or ourselves (``debtor_is_client``)?
- do creditor and debtor look like one group (``same_group``)?

Candidates for the first come from all parties of the site by one statement; clients are few, and an index holds them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from django.db import connection

from jieqing.claims.parties.selectors import party_names
from jieqing.claims.receivables.selectors.claim_facts import claim_facts
from jieqing.estate.sites.selectors import sites_by_ids
from jieqing.kernel.canonical import canonical_bytes
from jieqing.kernel.outcomes import JSON
from jieqing.plumbing.db.scopes import active_site_id
from jieqing.recovery.placements.engine.names_alike import SCORES, Alike, NameIndex, alike, form_of
from jieqing.recovery.placements.engine.terms import PlacementStateCode
from jieqing.recovery.placements.models import ConflictCheck, Placement, PlacementItem

CANDIDATES_MAX = 2_000


class Side(StrEnum):
    """Values stand in rows: never rename one."""

    CREDITOR_IS_DEBTOR = "creditor_is_debtor"
    DEBTOR_IS_CLIENT = "debtor_is_client"
    SAME_GROUP = "same_group"


class Met(StrEnum):
    """As what somebody whom a name may mean stands on this site."""

    DEBTOR = "debtor"
    CLIENT = "client"
    SELF = "self"


@dataclass(frozen=True, slots=True)
class NameHit:
    """Somebody whom an asked name may mean; ``party_id`` is None for the site itself."""

    asked: str
    met: Met
    party_id: UUID | None
    reason: Alike
    name: str

    @property
    def score(self) -> int:
        return SCORES[self.reason]


@dataclass(frozen=True, slots=True)
class ConflictHit:
    """One party of the placement and whom it meets. ``found_id`` is None for the site itself."""

    side: Side
    asked_id: UUID
    found_id: UUID | None
    reason: Alike
    asked_name: str
    found_name: str

    @property
    def score(self) -> int:
        return SCORES[self.reason]

    def as_json(self) -> dict[str, JSON]:
        """Ids and codes only: who they are stays with the parties."""
        return {
            "side": self.side.value,
            "asked": str(self.asked_id),
            "found": None if self.found_id is None else str(self.found_id),
            "reason": self.reason.value,
            "score": self.score,
        }


def conflicts_of(placement: Placement) -> list[ConflictHit]:
    """What a person must look at before this placement begins; strongest first, in an order that never varies."""
    creditor_id = placement.creditor_id
    if creditor_id is None:
        return []
    items = PlacementItem.objects.filter(placement=placement).values_list("item_id", flat=True)
    debtors = {claim.debtor_id for claim in claim_facts(list(items)).values()}
    names = party_names({creditor_id, *debtors})
    debtor_names = {one: names.get(one, "") for one in debtors}
    hits = [
        *_creditor_as_debtor(creditor_id, names.get(creditor_id, ""), debtors),
        *_debtors_as_clients(placement, debtor_names),
        *_one_group(creditor_id, names.get(creditor_id, ""), debtor_names),
    ]
    return sorted(hits, key=lambda hit: (-hit.score, hit.side, str(hit.asked_id), str(hit.found_id)))


def names_met(names: Iterable[str], site_id: UUID) -> list[NameHit]:
    """Whom these names may mean among debtors, clients (past ones too) and ourselves; strongest first. Writes nothing."""
    clients = _clients(site_id)
    index: NameIndex[UUID | None] = NameIndex(clients.items())
    hits = []
    for name in names:
        form = form_of(name)
        for client_id, reason in index.meeting(name):
            met = Met.SELF if client_id is None else Met.CLIENT
            hits.append(NameHit(name, met, client_id, reason, clients[client_id]))
        for party_id, found in _debtors_like(form.core or "-", form.pinyin, name):
            alike_as = Alike.SAME if found.casefold() == name.casefold() else alike(form, form_of(found))
            if alike_as is not None:
                hits.append(NameHit(name, Met.DEBTOR, party_id, alike_as, found))
    return sorted(hits, key=lambda hit: (-hit.score, hit.asked, hit.met, str(hit.party_id)))


def digest_of(hits: Iterable[ConflictHit]) -> bytes:
    """The digest of what was shown, so that a decision is about exactly that."""
    return sha256(canonical_bytes([hit.as_json() for hit in hits])).digest()


def newest_check(placement: Placement) -> ConflictCheck | None:
    return ConflictCheck.objects.filter(placement=placement).order_by("-id").first()


def _creditor_as_debtor(creditor_id: UUID, name: str, own_debtors: set[UUID]) -> Iterable[ConflictHit]:
    form = form_of(name)
    for party_id, found in _debtors_like(form.core, form.pinyin):
        reason = Alike.SAME if party_id == creditor_id else alike(form, form_of(found))
        if reason is not None and party_id not in own_debtors:
            yield ConflictHit(Side.CREDITOR_IS_DEBTOR, creditor_id, party_id, reason, name, found)


def _debtors_as_clients(placement: Placement, debtors: dict[UUID, str]) -> Iterable[ConflictHit]:
    clients = _clients(placement.site_id, placement)
    index: NameIndex[UUID | None] = NameIndex(clients.items())
    for debtor_id, name in debtors.items():
        for client_id, reason in index.meeting(name):
            yield ConflictHit(Side.DEBTOR_IS_CLIENT, debtor_id, client_id, reason, name, clients[client_id])


def _one_group(creditor_id: UUID, name: str, debtors: dict[UUID, str]) -> Iterable[ConflictHit]:
    form = form_of(name)
    for debtor_id, other in debtors.items():
        reason = alike(form, form_of(other))
        if reason is not None:
            yield ConflictHit(Side.SAME_GROUP, creditor_id, debtor_id, reason, name, other)


def _clients(site_id: UUID, own: Placement | None = None) -> dict[UUID | None, str]:
    """Creditors of placements (but for those of ``own``), past ones too, and the organisation itself."""
    others = Placement.objects.exclude(state=PlacementStateCode.DECLINED.value).filter(creditor__isnull=False)
    if own is not None:
        others = others.exclude(pk=own.pk).exclude(creditor=own.creditor_id)
    names = party_names(set(others.values_list("creditor_id", flat=True)))
    [site] = sites_by_ids([site_id])
    clients: dict[UUID | None, str] = {None: site.name}
    for client_id, name in names.items():
        clients[client_id] = name
    return clients


_LIKE = f"""
SELECT p.id, coalesce(nullif(p.name, ''), p.code) FROM parties_party p
WHERE p.site_id = %(site)s
  AND (p.name_key LIKE %(core)s OR upper(p.code) = upper(%(raw)s) OR (%(pinyin)s <> '' AND replace(p.sort_key, ' ', '') LIKE %(pinyin)s))
  AND EXISTS (SELECT 1 FROM receivables_item i
              WHERE i.site_id = %(site)s AND i.debtor_id = p.id AND i.withdrawn_rev IS NULL)
ORDER BY p.id LIMIT {CANDIDATES_MAX}
"""  # noqa: S608  # constants only


def _debtors_like(core: str, pinyin: str, raw: str = "") -> list[tuple[UUID, str]]:
    """Debtors of the site whose name holds the core or sounds like it; the engine decides what is alike."""
    if not core:
        return []
    # Cores and pinyin are letters and digits: nothing in them acts as a pattern.
    with connection.cursor() as cursor:
        cursor.execute(
            _LIKE,
            {
                "site": active_site_id(),
                "core": f"%{core}%",
                "pinyin": f"%{pinyin[:60]}%" if pinyin else "",
                "raw": raw or "-",
            },
        )
        return list(cursor.fetchall())
