"""Looking at a change before it takes effect: which verdicts of what stands open would change, kept as rows with evidence.

Everything that registered with `sources` is judged before and after by the column kernel. Nothing is changed by looking; what
is found stands beside the digests of both sets of packs, so anybody can see what was compared.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.canonical import canonical_bytes, sha256
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import JSON, Problem, is_problem
from jieqing.recovery.assurance import problems
from jieqing.recovery.assurance.engine.changes import STEPS, Changed, changed_contacts, loads_of
from jieqing.recovery.assurance.engine.proposals import ChangeKind, read_proposal, with_pack
from jieqing.recovery.assurance.engine.rule_rows import rule_rows, turns
from jieqing.recovery.assurance.models import ChangeReview, ReviewChange
from jieqing.recovery.assurance.services.sources import Found, Subject, sources
from jieqing.recovery.assurance.services.standing import POINTS
from jieqing.trust.compliance.engine.packs import Pack, PackSet
from jieqing.trust.compliance.selectors import packs_of
from jieqing.trust.compliance.services import overlays as gate_overlays
from jieqing.trust.evidence import services as evidence

WORDS_MAX = 500
# Contacts judged together: each is asked at every half hour and every load, so this bounds the memory of a review.
AT_ONCE = 400
_BEIJING = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Compared:
    """What is compared: two sets of packs, each on its day."""

    kind: ChangeKind
    title: str
    old: PackSet
    new: PackSet
    old_day: date
    new_day: date
    pack: Pack | None = None


def review_change(*, actor: Actor, effective_on: date, why: str, text: str = "") -> ChangeReview | Problem:
    """Look at a change that would take effect on a day: a pack's text, or, without one, what begins and ends on that day."""
    reason = why.strip()[:WORDS_MAX]
    if not reason:
        return Problem.of(problems.WHY_MISSING)
    if effective_on < clock.today():
        return Problem.of(problems.IN_THE_PAST)
    compared = _compared(actor, effective_on, text)
    if is_problem(compared):
        return compared
    with transaction.atomic():
        # What stands is read before the change is kept: a proposal is not among what it would change.
        found = [(source.name, source.find(actor, clock.now())) for source in sources()]
        overlay_id: UUID | None = None
        if compared.kind is ChangeKind.TIGHTENING:
            # The gate proves that it tightens, and keeps it as proposed: this room only looks and decides.
            proposed = gate_overlays.propose_overlay(actor=actor, overlay=text, why=reason)
            if is_problem(proposed):
                return proposed
            overlay_id = proposed.pk
        return _keep(actor, compared, reason, effective_on, overlay_id, found)


def _compared(actor: Actor, day: date, text: str) -> Compared | Problem:
    """The two sides: the rules of the day as they stand, and with the change."""
    standing = packs_of(actor.own_site, start_of(day))
    if not text.strip():
        if not any(turn.on == day for turn in turns(rule_rows(standing))):
            return Problem.of(problems.NOTHING_TURNS)
        title = day.isoformat()
        return Compared(ChangeKind.DAY, title, standing, standing, day - timedelta(days=1), day)
    pack = read_proposal(text)
    if is_problem(pack):
        return pack
    new = with_pack(standing, pack)
    if is_problem(new):
        return new
    if new.digest == standing.digest:
        return Problem.of(problems.SAME_RULES)
    kind = ChangeKind.TIGHTENING if pack.overlay else ChangeKind.PACK
    return Compared(kind, f"{pack.id} · {pack.title.zh}"[:200], standing, new, day, day, pack)


def start_of(day: date) -> datetime:
    """The first moment of a day in Beijing, or now when it has begun."""
    return max(datetime.combine(day, time.min, _BEIJING), clock.now())


def _keep(
    actor: Actor,
    compared: Compared,
    why: str,
    day: date,
    overlay_id: UUID | None,
    found: Sequence[tuple[str, Found]],
) -> ChangeReview:
    now = clock.now()
    changed = [
        (name, subject, one) for name, held in found for subject, one in _things(held.subjects, compared)
    ]
    points = next(held for name, held in found if name == POINTS)
    contacts = sum(len(held.subjects) for _name, held in found)
    review = ChangeReview(
        id=new_id(),
        site_id=actor.own_site,
        kind=compared.kind.value,
        title=compared.title,
        effective_on=day,
        document=compared.pack.document if compared.pack else None,
        overlay_id=overlay_id,
        old_digest=compared.old.digest,
        new_digest=compared.new.digest,
        cases_open=points.there_are,
        cases=points.looked_at,
        contacts=contacts,
        judged=contacts * STEPS * 2 * len(loads_of(compared.old, compared.new)),
        changed=len(changed),
        looked={name: [held.looked_at, held.there_are, _count(changed, name)] for name, held in found},
        why=why,
        by=actor.id,
        at=now,
    )
    rows = [_row(review, name, subject, one) for name, subject, one in changed]
    digests = [_digest(row) for row in rows]
    review.list_digest = sha256(b"".join(digests)).hex()
    review.entry_id = evidence.record_bulk(
        actor=actor,
        action="recovery.assurance.reviewed",
        subject=f"recovery.assurance.review:{review.pk}",
        row_digests=digests,
        facts={
            "kind": review.kind,
            "effective_on": day.isoformat(),
            "old_digest": review.old_digest,
            "new_digest": review.new_digest,
            "cases": review.cases,
            "cases_open": review.cases_open,
            "contacts": contacts,
            "changed": review.changed,
            "looked": review.looked,
            "list_sha256": review.list_digest,
        },
    )
    review.save(force_insert=True)
    ReviewChange.objects.bulk_create(rows, batch_size=1_000)
    return review


def _things(subjects: Sequence[Subject], compared: Compared) -> Iterator[tuple[Subject, Changed]]:
    """Of each thing and channel the first question whose verdict changes, with the rules of all that do."""
    found: dict[tuple[str, str], tuple[Subject, Changed]] = {}
    for start in range(0, len(subjects), AT_ONCE):
        some = subjects[start : start + AT_ONCE]
        for one in _changes(some, compared):
            subject = some[one.index]
            key = (subject.ref, subject.channel)
            first, known = found.get(key, (subject, one))
            found[key] = (first, replace(known, rules=tuple(sorted({*known.rules, *one.rules}))))
    yield from found.values()


def _changes(subjects: Sequence[Subject], compared: Compared) -> list[Changed]:
    return changed_contacts(
        [one.facts for one in subjects],
        compared.old,
        compared.new,
        old_day=compared.old_day,
        new_day=compared.new_day,
    )


def _count(changed: Sequence[tuple[str, Subject, Changed]], source: str) -> int:
    return sum(1 for name, _subject, _one in changed if name == source)


def _row(review: ChangeReview, source: str, subject: Subject, one: Changed) -> ReviewChange:
    return ReviewChange(
        id=new_id(),
        site_id=review.site_id,
        review=review,
        source=source,
        subject=subject.ref,
        case_id=subject.case_id,
        owner_id=subject.owner_id,
        channel=subject.channel,
        before=one.before.as_dict(),
        after=one.after.as_dict(),
        is_stricter=one.is_stricter,
        rules=list(one.rules),
    )


def _digest(row: ReviewChange) -> bytes:
    told: dict[str, JSON] = {
        "source": row.source,
        "subject": row.subject,
        "channel": row.channel,
        "before": row.before,
        "after": row.after,
        "rules": row.rules,
    }
    return sha256(canonical_bytes(told))
