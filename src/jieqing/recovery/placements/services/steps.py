"""What all verbs share: the site's lock, the next engagement number, a state with its evidence."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from uuid import UUID

from django.db import connection
from django.db.models import Max

from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.canonical import canonical_bytes
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem
from jieqing.recovery.placements.engine import problems
from jieqing.recovery.placements.engine.terms import PlacementStateCode, engagement_number, may_follow
from jieqing.recovery.placements.models import Placement, PlacementState
from jieqing.recovery.placements.selectors import STATE_NAMES

REASON_CHARS_MAX = 500


def lock_site(site_id: UUID) -> None:
    """Placements of one site change one after the other: numbers have no gap, and two activations see each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"placements:{site_id}"])


def subject_of(placement_id: UUID) -> str:
    return f"recovery.placements.placement:{placement_id}"


def next_number() -> tuple[int, int, str]:
    """Year, count and number of the next engagement; under the lock, and no row is ever deleted, so no gap."""
    year = clock.today().year
    last = Placement.objects.filter(year=year).aggregate(last=Max("sequence"))["last"] or 0
    return year, last + 1, engagement_number(year, last + 1)


def locked(placement: Placement, after: PlacementStateCode) -> Placement | Problem:
    """The placement as it is now, under the site's lock; refused when the wanted state cannot follow."""
    lock_site(placement.site_id)
    now = Placement.objects.select_related("creditor").get(pk=placement.pk)
    state = PlacementStateCode(now.state)
    if may_follow(state, after):
        return now
    zh, en = STATE_NAMES[state]
    return Problem.of(problems.WRONG_STEP, number=now.number, state=zh, state_en=en)


def write_state(
    actor: Actor, placement: Placement, state: PlacementStateCode, entry_id: UUID, reason: str = ""
) -> PlacementState:
    """The row of history, and the mirror on the placement."""
    last = PlacementState.objects.filter(placement=placement).aggregate(last=Max("number"))["last"] or 0
    row = PlacementState.objects.create(
        id=new_id(), site_id=placement.site_id, placement=placement, number=last + 1, state=state.value,
        at=clock.now(), by=actor.id, reason=reason, entry_id=entry_id,
    )  # fmt: skip
    placement.state = state.value
    placement.save(update_fields=["state"])
    return row


def item_digests(placement_id: UUID, item_ids: Iterable[UUID]) -> list[bytes]:
    """A digest for each debt, so that "this debt was placed" is provable alone."""
    return [
        sha256(canonical_bytes({"placement": str(placement_id), "item": str(item_id)})).digest()
        for item_id in item_ids
    ]


def numbers_text(numbers: Mapping[UUID, str], ids: Iterable[UUID]) -> str:
    """The first few document numbers, for a sentence."""
    named = [numbers.get(one) or str(one) for one in ids]
    return "、".join(named[:5]) + ("…" if len(named) > 5 else "")
