"""Open a placement, sign it with its agreement, or decline it.

Opening names the debts and the terms and takes the next engagement number. Signing keeps the agreement's bytes under their
digest and puts the digest into evidence: whoever holds the paper can show that this very paper was here on that day.
"""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from jieqing.claims.entitlements.engine.fees import court_fee
from jieqing.claims.entitlements.engine.fees_tables import FeeKind
from jieqing.claims.receivables.engine.accounts import ItemKind
from jieqing.claims.receivables.selectors.claim_facts import ClaimFacts, claim_facts
from jieqing.estate.reception.access import enquiry_by_id
from jieqing.estate.sites.selectors import site_facts
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.plumbing.storage import store_bytes
from jieqing.recovery.placements.engine import problems
from jieqing.recovery.placements.engine.terms import (
    PlacementKind,
    PlacementStateCode,
    Terms,
    check_holder,
    check_terms,
)
from jieqing.recovery.placements.models import Placement, PlacementItem
from jieqing.recovery.placements.services.steps import (
    REASON_CHARS_MAX,
    item_digests,
    lock_site,
    locked,
    next_number,
    numbers_text,
    subject_of,
    write_state,
)
from jieqing.trust.evidence import services as evidence
from jieqing.trust.evidence.engine.digests import artefact_of

AGREEMENT_MB_MAX = 20
AGREEMENT_BYTES_MAX = AGREEMENT_MB_MAX << 20
_FORMS = (b"%PDF-", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")


def open_placement(
    *,
    actor: Actor,
    creditor_id: UUID,
    item_ids: Collection[UUID],
    terms: Terms,
    enquiry_id: UUID | None = None,
) -> Placement | Problem:
    """Write down what a creditor entrusts: which debts, on which terms. Nothing may be done on it yet.

    ``enquiry_id``: the enquiry that it grew from; its cases will name it too.
    """
    site_id = actor.own_site
    with site_scope(site_id):
        enquiry = enquiry_by_id(enquiry_id) if enquiry_id else None
        if is_problem(enquiry):
            return enquiry
        kind = site_facts(site_id).kind
        claims = claim_facts(item_ids)
        problem = (
            check_holder(kind)
            or _check_items(creditor_id, item_ids, claims)
            or check_terms(
                terms, site_kind=kind, placed_fen=_placed(claims.values()), fee_cap_fen=_lawyers_cap
            )
        )
        if problem:
            return problem
        lock_site(site_id)
        year, sequence, number = next_number()
        placement_id = new_id()
        entry_id = evidence.record_bulk(
            actor=actor,
            action="recovery.placements.opened",
            subject=subject_of(placement_id),
            row_digests=item_digests(placement_id, sorted(claims)),
            facts={
                "number": number,
                "kind": PlacementKind.ENTRUSTED.value,
                "creditor": str(creditor_id),
                "items": len(claims),
                "terms": terms.as_json(),
                **({"enquiry": str(enquiry_id)} if enquiry_id else {}),
            },
        )
        placement = new_row(actor, placement_id, (year, sequence, number), terms, entry_id)
        placement.kind, placement.creditor_id = PlacementKind.ENTRUSTED.value, creditor_id
        placement.enquiry_id = enquiry_id
        placement.save(force_insert=True)
        PlacementItem.objects.bulk_create(
            [
                PlacementItem(id=new_id(), site_id=site_id, placement=placement, item_id=one)
                for one in sorted(claims)
            ],
            batch_size=5_000,
        )
        write_state(actor, placement, PlacementStateCode.DRAFT, entry_id)
    return placement


def sign_placement(
    *, actor: Actor, placement: Placement, name: str, data: bytes, signed_on: date
) -> Placement | Problem:
    """Keep the signed agreement and put its digest into evidence."""
    problem = _check_agreement(name, data, signed_on)
    if problem:
        return problem
    with site_scope(actor.own_site):
        row = locked(placement, PlacementStateCode.SIGNED)
        if is_problem(row):
            return row
        original = artefact_of(data)
        entry_id = evidence.record(
            actor=actor,
            action="recovery.placements.signed",
            subject=subject_of(row.id),
            facts={"number": row.number, "signed_on": signed_on.isoformat()},
            personal={"file_name": name},
            artefacts={"agreement": original},
        )
        row.agreement_key = store_bytes(row.site_id, data)
        row.agreement_digest, row.agreement_name, row.signed_on = original.sha256, name[:255], signed_on
        row.save(update_fields=["agreement_key", "agreement_digest", "agreement_name", "signed_on"])
        write_state(actor, row, PlacementStateCode.SIGNED, entry_id)
    return row


def decline_placement(*, actor: Actor, placement: Placement, reason: str) -> Placement | Problem:
    """Do not take it: a draft or signed placement ends before it began, with the reason."""
    if not reason.strip():
        return Problem.of(problems.REASON_MISSING)
    with site_scope(actor.own_site):
        row = locked(placement, PlacementStateCode.DECLINED)
        if is_problem(row):
            return row
        entry_id = evidence.record(
            actor=actor,
            action="recovery.placements.declined",
            subject=subject_of(row.id),
            facts={"number": row.number},
            personal={"reason": reason.strip()},
        )
        write_state(actor, row, PlacementStateCode.DECLINED, entry_id, reason.strip()[:REASON_CHARS_MAX])
    return row


def new_row(
    actor: Actor, placement_id: UUID, numbered: tuple[int, int, str], terms: Terms, entry_id: UUID
) -> Placement:
    """An unsaved placement with its terms; the caller says whose."""
    year, sequence, number = numbered
    return Placement(
        id=placement_id, site_id=actor.own_site, year=year, sequence=sequence, number=number,
        scope=terms.scope.strip(), max_discount_rate=terms.mandate.max_discount_rate,
        max_instalment_months=terms.mandate.max_instalment_months, may_sue=terms.mandate.may_sue,
        fee_rate=terms.fee.rate, fee_fixed_fen=terms.fee.fixed_fen, starts_on=terms.starts_on,
        ends_on=terms.ends_on, state=PlacementStateCode.DRAFT.value, created_at=clock.now(),
        created_by=actor.id, entry_id=entry_id,
    )  # fmt: skip


def _check_items(
    creditor_id: UUID, item_ids: Collection[UUID], claims: dict[UUID, ClaimFacts]
) -> Problem | None:
    if not item_ids:
        return Problem.of(problems.NO_ITEMS)
    strange = [
        one
        for one in item_ids
        if one not in claims
        or claims[one].creditor_id != creditor_id
        or claims[one].is_withdrawn
        or claims[one].kind != ItemKind.INVOICE
        or claims[one].open_minor <= 0
    ]
    if not strange:
        return None
    known = {one: claims[one].document_number for one in strange if one in claims}
    return Problem.of(problems.NOT_THE_CREDITORS, count=len(strange), numbers=numbers_text(known, strange))


def _placed(claims: Collection[ClaimFacts]) -> int:
    """What is placed in yuan debts: the cap of lawyers' fees is a table in yuan."""
    return sum(one.open_minor for one in claims if one.currency == "CNY")


def _lawyers_cap(amount_fen: int) -> int:
    cap = court_fee(FeeKind.AGENCY_CAP, amount_fen)
    return 0 if is_problem(cap) else cap.fee_fen


def _check_agreement(name: str, data: bytes, signed_on: date) -> Problem | None:
    if not data:
        return Problem.of(problems.AGREEMENT_MISSING)
    if len(data) > AGREEMENT_BYTES_MAX:
        return Problem.of(problems.AGREEMENT_LARGE, max=AGREEMENT_MB_MAX)
    if not data.startswith(_FORMS):
        return Problem.of(problems.AGREEMENT_FORM, name=name)
    if signed_on > clock.today():
        return Problem.of(problems.SIGNED_LATER, day=signed_on.isoformat())
    return None
