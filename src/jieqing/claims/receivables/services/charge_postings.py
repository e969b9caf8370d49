"""What must change in the postings of charges, and the one revision that changes it."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from jieqing.claims.receivables.engine.accounts import CONTRA, Account, PostingKind, PostingSource
from jieqing.claims.receivables.engine.charge_plan import Plan
from jieqing.claims.receivables.events import AccountsAppropriated, ChargesPosted
from jieqing.claims.receivables.models import Appropriation, Posting, RevisionKind
from jieqing.claims.receivables.selectors.charges import Charged
from jieqing.claims.receivables.services.revisions import next_number, record_revision
from jieqing.kernel.actor import Actor
from jieqing.plumbing.events import publish
from jieqing.trust.evidence import services as evidence


@dataclass(slots=True)
class Changes:
    """What one revision ends and writes: postings, and the parts of payments behind them."""

    ended: list[int] = field(default_factory=list)
    written: list[Posting] = field(default_factory=list)
    parts_ended: list[Appropriation] = field(default_factory=list)
    parts_begun: list[Appropriation] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.ended or self.written or self.parts_ended or self.parts_begun)


def note_differences(one: Charged, plan: Plan, ended: list[int], written: list[Posting]) -> None:
    """Note what stands and should not, and what should stand and does not."""
    missing = dict(plan)
    for row in one.postings:
        if row.source != PostingSource.DECISION or row.kind == PostingKind.APPROPRIATION:
            continue
        at = PostingKind(row.kind), row.effective_on
        if missing.get(at) == row.amount_minor:
            del missing[at]
        else:
            ended.append(row.id)
    for (kind, on), minor in missing.items():
        written.append(
            Posting(
                site_id=one.item.site_id,
                item=one.item,
                amount_minor=minor,
                effective_on=on,
                kind=kind.value,
                account=Account.CHARGES.value,
                contra=CONTRA[kind].value,
                source=PostingSource.DECISION.value,
                currency=one.item.currency,
            )
        )


def post_changes(actor: Actor, changes: Changes) -> int:
    """One revision: end what is superseded, write what stands, say so."""
    site_id = actor.own_site
    number = next_number(site_id)
    for row in changes.written:
        row.recorded_rev = row.origin_rev = number
    for part in changes.parts_begun:
        part.recorded_rev = number
    Posting.objects.filter(id__in=changes.ended).update(voided_rev=number)
    Posting.objects.bulk_create(changes.written, batch_size=2_000)
    ended_parts = [part.id for part in changes.parts_ended]
    Appropriation.objects.filter(id__in=ended_parts).update(voided_rev=number)
    Appropriation.objects.bulk_create(changes.parts_begun, batch_size=2_000)
    moves_parts = bool(changes.parts_begun or changes.parts_ended)
    entry_id = _record(
        actor, number, changes, "accounts_appropriated" if moves_parts else "charges_recounted"
    )
    kind = RevisionKind.APPROPRIATED if moves_parts else RevisionKind.CHARGE
    record_revision(actor=actor, number=number, kind=kind, entry_id=entry_id, batch=None)
    charged = {row.item_id for row in changes.written if row.kind != PostingKind.APPROPRIATION}
    publish(ChargesPosted(site_id=site_id, revision=number, item_ids=sorted(charged)))
    if moves_parts:
        moved = {part.document_id for part in (*changes.parts_begun, *changes.parts_ended)}
        publish(AccountsAppropriated(site_id=site_id, revision=number, item_ids=tuple(sorted(moved))))
    return number


def _record(actor: Actor, number: int, changes: Changes, step: str) -> UUID:
    sums: dict[str, int] = {}
    for row in changes.written:
        sums[row.currency] = sums.get(row.currency, 0) + row.amount_minor
    facts: dict[str, Any] = {
        "revision": number,
        "written": len(changes.written),
        "ended": len(changes.ended),
        "sums_minor": sums,
    }
    if step == "accounts_appropriated":
        facts |= {"parts_begun": len(changes.parts_begun), "parts_ended": len(changes.parts_ended)}
    return evidence.record(
        actor=actor,
        action=f"claims.receivables.{step}",
        subject=f"claims.receivables.ledger:{actor.own_site}",
        facts=facts,
    )
