"""Set from which day on documents are late: a new version with its reason, one revision, heard at once.

No money moves, but every "overdue" of the site may: cases and the worklist are brought in step in the same transaction,
valuations after it. The same terms set again write nothing new: a second click is answered with the version in force.
"""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from jieqing.claims.receivables.engine import overdue_terms as engine
from jieqing.claims.receivables.events import OverdueTermsSet
from jieqing.claims.receivables.models import Item, OverdueTermsVersion, RevisionKind
from jieqing.claims.receivables.services.revisions import lock_ledger, next_number, record_revision
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.plumbing.events import publish
from jieqing.trust.evidence import services as evidence

REASON_CHARS_MAX = 200


def set_overdue_terms(
    *,
    actor: Actor,
    grace_days: int | None,
    rolls: bool,
    effective_from: date,
    reason: str,
    creditor_id: UUID | None = None,
) -> OverdueTermsVersion | Problem:
    """Say from which day of reports on which grace and roll hold; no days of grace lets a creditor follow the site again."""
    problem = _refusal(grace_days, effective_from, reason, creditor_id)
    if problem:
        return problem
    site_id = actor.own_site
    with site_scope(site_id), transaction.atomic():
        lock_ledger(site_id)
        if creditor_id and not Item.objects.filter(creditor_id=creditor_id).exists():
            return Problem.of(engine.CREDITOR_UNKNOWN)
        shifts = engine.calendar_shifts() if rolls and grace_days is not None else []
        newest = OverdueTermsVersion.objects.filter(creditor_id=creditor_id).order_by("-number").first()
        said = (grace_days, shifts, effective_from)
        if newest and (newest.grace_days, list(newest.shifts), newest.effective_from) == said:
            return newest
        return _write(actor, said, reason.strip(), creditor_id)


def _write(
    actor: Actor, said: tuple[int | None, list[int], date], reason: str, creditor_id: UUID | None
) -> OverdueTermsVersion:
    site_id = actor.own_site
    grace_days, shifts, effective_from = said
    number = (OverdueTermsVersion.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    revision = next_number(site_id)
    entry_id = evidence.record(
        actor=actor,
        action="claims.receivables.overdue_terms_set",
        subject=f"claims.receivables.ledger:{site_id}",
        facts={
            "number": number,
            "revision": revision,
            "creditor": str(creditor_id) if creditor_id else None,
            "grace_days": grace_days,
            "rolls": bool(shifts),
            "effective_from": effective_from.isoformat(),
        },
        personal={"reason": reason},
    )
    record_revision(
        actor=actor, number=revision, kind=RevisionKind.OVERDUE_TERMS, entry_id=entry_id, batch=None
    )
    made = OverdueTermsVersion.objects.create(
        site_id=site_id,
        number=number,
        creditor_id=creditor_id,
        grace_days=grace_days,
        shifts=shifts,
        effective_from=effective_from,
        recorded_rev=revision,
        reason=reason[:REASON_CHARS_MAX],
        set_at=clock.now(),
        set_by=actor.id,
        entry_id=entry_id,
    )
    publish(OverdueTermsSet(site_id=site_id, revision=revision, creditor_id=creditor_id))
    return made


def _refusal(
    grace_days: int | None, effective_from: date, reason: str, creditor_id: UUID | None
) -> Problem | None:
    if not reason.strip():
        return Problem.of(engine.REASON_MISSING)
    if grace_days is None:
        return None if creditor_id else Problem.of(engine.NOTHING_TO_FOLLOW)
    if not 0 <= grace_days <= engine.GRACE_DAYS_MAX:
        return Problem.of(engine.GRACE_OUT_OF_BOUNDS, days=grace_days, most=engine.GRACE_DAYS_MAX)
    if effective_from > clock.today():
        return Problem.of(engine.BEGINS_IN_FUTURE, day=effective_from.isoformat())
    return None
