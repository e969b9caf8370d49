"""What must change in the postings of charges, and the one revision that changes it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from jieqing.claims.receivables.engine.accounts import CONTRA, Account, PostingKind, PostingSource
from jieqing.claims.receivables.engine.charge_plan import Plan
from jieqing.claims.receivables.events import AccountsAppropriated, ChargesPosted
from jieqing.claims.receivables.models import Appropriation, RevisionKind
from jieqing.claims.receivables.selectors.charges import Charged, Standing
from jieqing.claims.receivables.services.revisions import next_number, record_revision
from jieqing.kernel.actor import Actor
from jieqing.plumbing.db.statistics import take_statistics_after_commit
from jieqing.plumbing.events import publish
from jieqing.trust.evidence import services as evidence


class Written(NamedTuple):
    """A posting that must stand and does not: a decision of the platform's own count."""

    item_id: UUID
    kind: PostingKind
    account: int
    effective_on: date
    amount_minor: int
    currency: str


@dataclass(slots=True)
class Changes:
    """What one revision ends and writes: postings, and the parts of payments behind them."""

    ended: list[Standing] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)
    parts_ended: list[Appropriation] = field(default_factory=list)
    parts_begun: list[Appropriation] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.ended or self.written or self.parts_ended or self.parts_begun)


def note_differences(one: Charged, plan: Plan, changes: Changes) -> None:
    """Note what stands and should not, and what should stand and does not."""
    missing = dict(plan)
    for row in one.postings:
        if row.source != PostingSource.DECISION or row.kind == PostingKind.APPROPRIATION:
            continue
        at = PostingKind(row.kind), row.effective_on
        if missing.get(at) == row.amount_minor:
            del missing[at]
        else:
            changes.ended.append(row)
    for (kind, on), minor in missing.items():
        changes.written.append(
            Written(one.item.id, kind, Account.CHARGES.value, on, minor, one.item.currency)
        )


def post_changes(actor: Actor, changes: Changes) -> int:
    """One revision: end what is superseded, write what stands, say so."""
    site_id = actor.own_site
    number = next_number(site_id)
    _end_postings(changes.ended, site_id, number)
    _write_postings(changes.written, site_id, number)
    for part in changes.parts_begun:
        part.recorded_rev = number
    ended_parts = [part.id for part in changes.parts_ended]
    Appropriation.objects.filter(id__in=ended_parts).update(voided_rev=number)
    Appropriation.objects.bulk_create(changes.parts_begun, batch_size=2_000)
    take_statistics_after_commit(
        "receivables_posting", "receivables_appropriation", rows=len(changes.written)
    )
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


def _end_postings(rows: Sequence[Standing], site_id: UUID, number: int) -> None:
    """By item and number, as the one index of the table has them."""
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE receivables_posting p SET voided_rev = %s
            FROM unnest(%s::uuid[], %s::bigint[]) AS ended(item_id, id)
            WHERE p.site_id = %s AND p.item_id = ended.item_id AND p.id = ended.id
            """,
            [number, [row.item_id for row in rows], [row.id for row in rows], site_id],
        )


def _write_postings(rows: Sequence[Written], site_id: UUID, number: int) -> None:
    """In one statement, whatever their number: a year of charges on a large ledger is some hundred thousand rows."""
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO receivables_posting
                (site_id, item_id, kind, account, contra, effective_on, amount_minor, currency,
                 source, recorded_rev, origin_rev)
            SELECT %s, t.item_id, t.kind, t.account, t.contra, t.effective_on, t.amount_minor, t.currency,
                   %s, %s, %s
            FROM unnest(%s::uuid[], %s::smallint[], %s::smallint[], %s::smallint[], %s::date[], %s::bigint[],
                        %s::text[]) WITH ORDINALITY
                AS t(item_id, kind, account, contra, effective_on, amount_minor, currency, place)
            ORDER BY t.place
            """,
            [
                site_id, PostingSource.DECISION.value, number, number,
                [row.item_id for row in rows],
                [row.kind.value for row in rows],
                [row.account for row in rows],
                [CONTRA[row.kind].value for row in rows],
                [row.effective_on for row in rows],
                [row.amount_minor for row in rows],
                [row.currency for row in rows],
            ],
        )  # fmt: skip


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
