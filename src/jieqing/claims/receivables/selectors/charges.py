"""What runs and what was charged: the terms in force, the accrual days, each item's course of principal and charges."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from jieqing.claims.entitlements.engine.facts import ClaimKind, RateBasis
from jieqing.claims.receivables.engine.accounts import Account, ItemKind
from jieqing.claims.receivables.engine.accruing import ChargeMode, Course, Terms
from jieqing.claims.receivables.engine.charge_plan import Decided, DecisionKind, split_open
from jieqing.claims.receivables.models import (
    ChargeDecision,
    ChargeRun,
    ChargeTerms,
    DecisionState,
    Item,
    Posting,
)
from jieqing.claims.receivables.selectors.statements import fetch, parameters


class Standing(NamedTuple):
    """A posting that stands now, as far as a count needs it."""

    item_id: UUID
    id: int
    kind: int
    account: int
    source: int
    effective_on: date
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Charged:
    """An item's part in an accrual: its course, what was decided, and the live postings of charges by id."""

    item: Item
    course: Course
    decided: tuple[Decided, ...]
    postings: tuple[Standing, ...]


def charge_terms() -> ChargeTerms | None:
    """The row in force; None while nobody has said anything: then nothing runs."""
    return ChargeTerms.objects.order_by("-number").first()


def all_charge_terms() -> list[ChargeTerms]:
    """Every version, the newest first."""
    return list(ChargeTerms.objects.order_by("-number"))


def decisions(*, item_id: UUID | None = None, state: DecisionState | None = None) -> list[ChargeDecision]:
    """Decisions on an item, or of a state, the newest first."""
    rows = ChargeDecision.objects.select_related("item").order_by("-asked_at", "-id")
    if item_id:
        rows = rows.filter(item_id=item_id)
    return list(rows.filter(state=state) if state else rows)


def terms_of(row: ChargeTerms | None) -> Terms:
    if row is None:
        return Terms(ChargeMode.NONE)
    return Terms(
        mode=ChargeMode(row.mode),
        claim_kind=ClaimKind(row.claim_kind),
        rate=row.rate,
        penalty_rate=row.penalty_rate,
        rate_basis=RateBasis(row.rate_basis) if row.rate_basis else None,
        late_multiple=row.late_multiple,
    )


def accrual_days() -> list[date]:
    return list(ChargeRun.objects.order_by("until_on").values_list("until_on", flat=True))


def charged_items(
    *, until: date, items: Iterable[UUID] | None = None, but_of: Collection[UUID] = ()
) -> list[Charged]:
    """Invoices that are late on a day, but those of some creditors, each with all that its charges depend on."""
    found = list(_late(until, items).exclude(creditor_id__in=but_of).order_by("id"))
    ids = [one.id for one in found]
    postings = standing_postings(ids)
    decided = decided_on(ids)
    return [_charged(one, postings.get(one.id, []), decided[one.id]) for one in found]


def late_accounts(*, until: date, items: Iterable[UUID] | None = None) -> set[tuple[UUID, UUID, str]]:
    """The accounts (creditor, debtor, currency) of invoices that are late on a day."""
    return set(_late(until, items).values_list("creditor_id", "debtor_id", "currency").distinct())


def _late(until: date, items: Iterable[UUID] | None) -> QuerySet[Item]:
    wanted = Item.objects.filter(withdrawn_rev=None, kind=ItemKind.INVOICE.value)
    if items is not None:
        wanted = wanted.filter(id__in=list(items))
    return wanted.annotate(_from=Coalesce("due_on", "invoice_on")).filter(_from__lt=until)


def standing_postings(item_ids: Sequence[UUID]) -> dict[UUID, list[Standing]]:
    """What stands on items now, by item, each item's in the order of their days; one statement."""
    rows = fetch(
        """
        SELECT p.item_id, p.id, p.kind, p.account, p.source, p.effective_on, p.amount_minor
        FROM receivables_posting p
        WHERE p.site_id = %(site)s AND p.item_id = ANY(%(items)s::uuid[]) AND p.voided_rev IS NULL
        ORDER BY p.effective_on, p.id
        """,
        parameters(as_of=date.max, revision=None, items=list(item_ids)),
    )
    found: dict[UUID, list[Standing]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(Standing(*row))
    return found


def decided_on(item_ids: Iterable[UUID]) -> dict[UUID, tuple[Decided, ...]]:
    """The approved decisions by item; an item without any has none."""
    decided: dict[UUID, tuple[Decided, ...]] = dict.fromkeys(item_ids, ())
    approved = ChargeDecision.objects.filter(state=DecisionState.APPROVED).order_by("effective_on", "id")
    for row in approved:
        if row.item_id in decided:
            one = Decided(DecisionKind(row.kind), row.effective_on, row.amount_minor)
            decided[row.item_id] += (one,)
    return decided


def open_parts(item_id: UUID, *, as_of: date) -> tuple[int, int]:
    """What is open on an item on a day, as principal and as charges."""
    sums = {True: 0, False: 0}
    for row in Posting.objects.filter(item_id=item_id, voided_rev=None, effective_on__lte=as_of):
        sums[row.account == Account.CHARGES] += row.amount_minor
    return split_open(sums[False], sums[True])


def charges_of_debtor(debtor_id: UUID, *, as_of: date, revision: int | None = None) -> dict[str, int]:
    """Open charges of a debtor by currency; part of, never on top of, what the debtor owes."""
    rows = fetch(
        """
        SELECT currency, sum(charges - least(greatest(-principal, 0), greatest(charges, 0)))::bigint FROM (
            SELECT p.currency, p.item_id,
                   coalesce(sum(p.amount_minor) FILTER (WHERE p.account = %(charges)s), 0) AS charges,
                   coalesce(sum(p.amount_minor) FILTER (WHERE p.account <> %(charges)s), 0) AS principal
            FROM receivables_posting p
            WHERE p.site_id = %(site)s AND p.effective_on <= %(as_of)s
              AND (%(revision)s::int IS NULL OR p.recorded_rev <= %(revision)s)
              AND (p.voided_rev IS NULL OR p.voided_rev > %(revision)s)
              AND p.item_id IN (
                  SELECT id FROM receivables_item WHERE site_id = %(site)s AND debtor_id = %(debtor)s)
            GROUP BY 1, 2
        ) parts WHERE charges <> 0 GROUP BY 1
        """,
        parameters(as_of=as_of, revision=revision, debtor=debtor_id, charges=Account.CHARGES.value),
    )
    return {code: minor for code, minor in rows if minor}


def _charged(item: Item, rows: Sequence[Standing], decided: Sequence[Decided]) -> Charged:
    on_principal = [row for row in rows if row.account != Account.CHARGES and row.kind != item.kind]
    course = Course(
        amount_minor=item.amount_minor,
        currency=item.currency,
        invoice_on=item.invoice_on,
        due_on=item.due_on,
        changes=tuple(sorted((row.effective_on, row.amount_minor) for row in on_principal)),
    )
    return Charged(item, course, tuple(decided), tuple(row for row in rows if row.account == Account.CHARGES))
