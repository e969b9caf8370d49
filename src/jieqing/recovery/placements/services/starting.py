"""Decide on conflicts of interest, then begin: from here on contact and cases may rest on the placement.

The decision is about exactly the hits that were shown: the search runs again, and other hits are another question. An
activation runs under the site's lock, with the unique index underneath; of two placements that name one debt one begins.
"""

from uuid import UUID

from django.db import IntegrityError, transaction

from jieqing.claims.receivables.selectors.finding import document_numbers
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import JSON, Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.plumbing.events import publish
from jieqing.recovery.placements.engine import problems
from jieqing.recovery.placements.engine.terms import PlacementStateCode
from jieqing.recovery.placements.events import PlacementActivated
from jieqing.recovery.placements.models import ConflictCheck, Placement, PlacementItem
from jieqing.recovery.placements.selectors import (
    STATE_NAMES,
    conflicts_of,
    digest_of,
    item_ids_of,
    newest_check,
)
from jieqing.recovery.placements.services.steps import (
    REASON_CHARS_MAX,
    item_digests,
    lock_site,
    locked,
    numbers_text,
    subject_of,
    write_state,
)
from jieqing.recovery.placements.services.stopping import end_due_rows
from jieqing.trust.evidence import services as evidence

OPEN_STATES = (PlacementStateCode.DRAFT.value, PlacementStateCode.SIGNED.value)


def decide_conflicts(
    *, actor: Actor, placement: Placement, is_accepted: bool, reason: str = "", seen: bytes | None = None
) -> ConflictCheck | Problem:
    """Search and decide in one step. Without hits the check is clear; with hits it needs a reason either way.

    ``seen`` is the digest of the hits that the person looked at; None means that whatever is found now is decided on.
    """
    with site_scope(actor.own_site):
        lock_site(placement.site_id)
        row = Placement.objects.get(pk=placement.pk)
        if row.state not in OPEN_STATES:
            zh, en = STATE_NAMES[PlacementStateCode(row.state)]
            return Problem.of(problems.WRONG_STEP, number=row.number, state=zh, state_en=en)
        hits = conflicts_of(row)
        digest = digest_of(hits)
        if seen is not None and seen != digest:
            return Problem.of(problems.CONFLICTS_CHANGED)
        decision = ("accepted" if hits else "clear") if is_accepted else "refused"
        if decision != "clear" and not reason.strip():
            return Problem.of(problems.REASON_MISSING)
        found: list[JSON] = [hit.as_json() for hit in hits]
        entry_id = evidence.record(
            actor=actor,
            action="recovery.placements.conflicts_decided",
            subject=subject_of(row.id),
            facts={
                "number": row.number,
                "decision": decision,
                "hits": len(hits),
                "hits_sha256": digest.hex(),
            },
            personal={"reason": reason.strip()} if reason.strip() else None,
        )
        return ConflictCheck.objects.create(
            id=new_id(), site_id=row.site_id, placement=row, at=clock.now(), by=actor.id,
            names={"creditor": str(row.creditor_id), "items": PlacementItem.objects.filter(placement=row).count()},
            hits=found, hits_digest=digest, decision=decision, reason=reason.strip()[:REASON_CHARS_MAX],
            entry_id=entry_id,
        )  # fmt: skip


def activate_placement(*, actor: Actor, placement: Placement) -> Placement | Problem:
    """Let it begin: signed, conflicts decided, within its term, and no debt in another placement."""
    with site_scope(actor.own_site):
        row = locked(placement, PlacementStateCode.ACTIVE)
        if is_problem(row):
            return row
        end_due_rows(row.site_id)
        problem = _check_conflicts(row)
        if problem is None and row.ends_on is not None and row.ends_on < clock.today():
            problem = Problem.of(problems.ALREADY_OVER, end=row.ends_on.isoformat())
        if problem:
            return problem
        ids = item_ids_of(row)
        if taken := _taken(row, ids):
            return taken
        try:
            with transaction.atomic():
                PlacementItem.objects.filter(placement=row, until_at=None).update(from_at=clock.now())
        except IntegrityError:
            return _taken(row, ids) or Problem.of(problems.ALREADY_PLACED, count=1, numbers="–")
        entry_id = evidence.record_bulk(
            actor=actor,
            action="recovery.placements.activated",
            subject=subject_of(row.id),
            row_digests=item_digests(row.id, ids),
            facts={
                "number": row.number,
                "items": len(ids),
                "starts_on": row.starts_on.isoformat(),
                "ends_on": None if row.ends_on is None else row.ends_on.isoformat(),
            },
        )
        write_state(actor, row, PlacementStateCode.ACTIVE, entry_id)
        publish(
            PlacementActivated(
                site_id=row.site_id, placement_id=row.id, item_ids=tuple(ids), covers_all=False
            )
        )
    return row


def _check_conflicts(placement: Placement) -> Problem | None:
    check = newest_check(placement)
    if check is None:
        return Problem.of(problems.CONFLICTS_UNCHECKED)
    if check.decision == "refused":
        return Problem.of(problems.CONFLICTS_REFUSED)
    # A clear search of last month says nothing about today's clients.
    if bytes(check.hits_digest) != digest_of(conflicts_of(placement)):
        return Problem.of(problems.CONFLICTS_CHANGED)
    return None


def _taken(placement: Placement, ids: list[UUID]) -> Problem | None:
    others = PlacementItem.objects.filter(item_id__in=ids, from_at__isnull=False, until_at=None)
    taken = sorted(others.exclude(placement=placement).values_list("item_id", flat=True))
    if not taken:
        return None
    numbers = numbers_text(document_numbers(set(taken[:6])), taken)
    return Problem.of(problems.ALREADY_PLACED, count=len(taken), numbers=numbers)
