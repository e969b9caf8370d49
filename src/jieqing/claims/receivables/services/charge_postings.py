"""What must change in the postings of charges, and the one revision that changes it."""

from jieqing.claims.receivables.engine.accounts import CONTRA, Account, PostingKind, PostingSource
from jieqing.claims.receivables.engine.charge_plan import Plan
from jieqing.claims.receivables.events import ChargesPosted
from jieqing.claims.receivables.models import Posting, RevisionKind
from jieqing.claims.receivables.selectors.charges import Charged
from jieqing.claims.receivables.services.revisions import next_number, record_revision
from jieqing.kernel.actor import Actor
from jieqing.plumbing.events import publish
from jieqing.trust.evidence import services as evidence


def note_differences(one: Charged, plan: Plan, ended: list[int], written: list[Posting]) -> None:
    """Note what stands and should not, and what should stand and does not."""
    missing = dict(plan)
    for row in one.postings:
        if row.source != PostingSource.DECISION:
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


def post_differences(actor: Actor, ended: list[int], written: list[Posting]) -> int:
    """One revision: end what is superseded, write what stands, say so."""
    site_id = actor.own_site
    number = next_number(site_id)
    for row in written:
        row.recorded_rev = row.origin_rev = number
    Posting.objects.filter(id__in=ended).update(voided_rev=number)
    Posting.objects.bulk_create(written, batch_size=2_000)
    sums: dict[str, int] = {}
    for row in written:
        sums[row.currency] = sums.get(row.currency, 0) + row.amount_minor
    entry_id = evidence.record(
        actor=actor,
        action="claims.receivables.charges_recounted",
        subject=f"claims.receivables.ledger:{site_id}",
        facts={"revision": number, "written": len(written), "ended": len(ended), "sums_minor": sums},
    )
    record_revision(actor=actor, number=number, kind=RevisionKind.CHARGE, entry_id=entry_id, batch=None)
    publish(
        ChargesPosted(site_id=site_id, revision=number, item_ids=sorted({row.item_id for row in written}))
    )
    return number
