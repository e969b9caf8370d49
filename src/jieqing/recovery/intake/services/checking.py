"""Check debts before a case opens on them, and again when something has changed.

A check is written when the facts or the pack differ from the item's newest one; otherwise that one still stands, with the
decision made on it. Many items are one evidence entry, every row of it provable.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.canonical import canonical_bytes
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem, ProblemKind
from jieqing.plumbing.db.scopes import site_scope
from jieqing.plumbing.events import publish
from jieqing.recovery.intake.engine import problems
from jieqing.recovery.intake.engine.legality import Colour, judge
from jieqing.recovery.intake.events import LegalityTurned
from jieqing.recovery.intake.models import LegalityCheck
from jieqing.recovery.intake.selectors import Standing, intake_pack, known_debts, newest_checks, standing_of
from jieqing.trust.evidence import services as evidence

CHUNK = 5_000


@dataclass
class Sorted:
    """Items by what their check means for opening a case."""

    opens: list[UUID] = field(default_factory=list)
    waits: dict[UUID, LegalityCheck] = field(default_factory=dict)
    refused: dict[UUID, LegalityCheck] = field(default_factory=dict)

    @property
    def problem(self) -> Problem | None:
        """Why not all of them may open: the refusals first."""
        if self.refused:
            return _problem(problems.RED, self.refused)
        return _problem(problems.AMBER, self.waits) if self.waits else None


def check_legality(*, actor: Actor, item_ids: Collection[UUID]) -> dict[UUID, LegalityCheck]:
    """The check of each item as of now; written where it is new. An id that is not the site's is missing."""
    with site_scope(actor.own_site):
        known = known_debts(item_ids)
        newest = newest_checks(known)
        pack = intake_pack()
        fresh: list[LegalityCheck] = []
        for item_id, debt in known.items():
            found = judge(pack, debt.facts)
            earlier = newest.get(item_id)
            if earlier and (earlier.facts_digest, earlier.pack_digest) == (found.facts_digest, pack.digest):
                continue
            fresh.append(
                LegalityCheck(
                    id=new_id(), site_id=actor.own_site, item_id=item_id, debtor_id=debt.claim.debtor_id,
                    placement_id=debt.placement_id, colour=found.colour.value, facts=debt.facts,
                    facts_digest=found.facts_digest, pack_digest=pack.digest,
                    reasons=[reason.as_json() for reason in found.reasons], at=clock.now(), by=actor.id,
                )
            )  # fmt: skip
        if fresh:
            _write(actor, fresh, pack.digest)
        return newest | {row.item_id: row for row in fresh}


def may_open(*, actor: Actor, item_ids: Collection[UUID]) -> Sorted:
    """Check items and sort them; what opens a case takes ``opens``, or shows ``problem``."""
    done = Sorted()
    for item_id, check in check_legality(actor=actor, item_ids=item_ids).items():
        standing = standing_of(check)
        if standing is Standing.OPENS:
            done.opens.append(item_id)
        else:
            (done.waits if standing is Standing.WAITS else done.refused)[item_id] = check
    return done


def recheck_site(*, actor: Actor, debtor_id: UUID | None = None) -> int:
    """Check every item again that was ever checked, of one debtor or all; returns how many have a new result.

    What turned red, and what no longer is, is told in the transaction that writes it: cases on it stop, or go on.
    """
    with site_scope(actor.own_site):
        rows = LegalityCheck.objects.filter(debtor_id=debtor_id) if debtor_id else LegalityCheck.objects.all()
        ids = list(rows.order_by("item_id").values_list("item_id", flat=True).distinct())
    return sum(_recheck(actor, ids[start : start + CHUNK]) for start in range(0, len(ids), CHUNK))


def _recheck(actor: Actor, ids: list[UUID]) -> int:
    with site_scope(actor.own_site), transaction.atomic():
        before = newest_checks(ids)
        after = check_legality(actor=actor, item_ids=ids)
        fresh = {item_id: row for item_id, row in after.items() if before[item_id].id != row.id}
        was = {item_id for item_id in fresh if standing_of(before[item_id]) is Standing.REFUSED}
        now = {item_id for item_id, row in fresh.items() if standing_of(row) is Standing.REFUSED}
        if was != now:
            publish(
                LegalityTurned(
                    site_id=actor.own_site,
                    refused=tuple(sorted(now - was)),
                    cleared=tuple(sorted(was - now)),
                )
            )
        return len(fresh)


def _write(actor: Actor, fresh: list[LegalityCheck], pack_digest: str) -> None:
    counts = {colour.value: sum(row.colour == colour for row in fresh) for colour in Colour}
    entry_id = evidence.record_bulk(
        actor=actor,
        action="recovery.intake.checked",
        subject=f"recovery.intake.check:{fresh[0].id}",
        row_digests=[_digest(row) for row in fresh],
        facts={"items": len(fresh), "pack_sha256": pack_digest, **counts},
    )
    for row in fresh:
        row.entry_id = entry_id
    LegalityCheck.objects.bulk_create(fresh, batch_size=2_000)


def _digest(row: LegalityCheck) -> bytes:
    told = {
        "check": str(row.id),
        "item": str(row.item_id),
        "colour": row.colour,
        "facts_sha256": row.facts_digest,
        "pack_sha256": row.pack_digest,
        "rules": [reason["rule"] for reason in row.reasons],
    }
    return sha256(canonical_bytes(told)).digest()


def _problem(kind: ProblemKind, rows: dict[UUID, LegalityCheck]) -> Problem:
    first = _first_reason(rows.values())
    missing = len(first["missing"]) if first else 0
    text, article = first["text"], first["article"]
    zh = f"缺少 {missing} 项事实，无法排除“{text['zh']}”" if missing else text["zh"]
    en = f'{missing} facts are missing to rule out "{text["en"]}"' if missing else text["en"]
    return Problem.of(
        kind,
        count=len(rows),
        text=zh,
        text_en=en,
        article=article["zh"],
        article_en=article["en"],
        checks=[str(row.id) for row in list(rows.values())[:20]],
    )


def _first_reason(rows: Iterable[LegalityCheck]) -> dict:
    """The strongest reason of the first row; a lawyer's refusal stands for the reason it was asked about."""
    return next(row.reasons[0] for row in rows if row.reasons)
