"""What an item or credit still has to give from a day on, and the acts that were done on it."""

from datetime import date
from uuid import UUID

from django.db.models import Q

from jieqing.claims.receivables.engine.accounts import Account, ItemKind, PostingKind
from jieqing.claims.receivables.engine.acts import least_left
from jieqing.claims.receivables.models import ActState, Item, LedgerAct, Posting

_BY_ORDER = Q(kind=PostingKind.APPROPRIATION.value)
_WRITTEN_OFF = (PostingKind.WRITE_OFF.value, PostingKind.RECOVERY.value)


def open_left(item_id: UUID, on: date) -> int:
    """What is open on every day from ``on`` on; charges have decisions of their own."""
    return least_left(_live(item_id), on)


def credit_left(item_id: UUID, on: date) -> int:
    """What of a credit is unused on every day from ``on`` on; what the order of appropriation took gives way to a person."""
    return least_left([(day, -minor) for day, minor in _live(item_id, by_people=True)], on)


def written_off_left(item_id: UUID, on: date) -> int:
    """What was written off and not recovered, on every day from ``on`` on."""
    rows = Posting.objects.filter(item_id=item_id, voided_rev=None, kind__in=_WRITTEN_OFF)
    return least_left(((day, -minor) for day, minor in rows.values_list("effective_on", "amount_minor")), on)


def acts_on(item: Item) -> list[LedgerAct]:
    """Every act on the item, or with it as the credit; the newest first."""
    rows = LedgerAct.objects.filter(Q(item_id=item.id) | Q(credit_id=item.id))
    return list(rows.select_related("item", "credit").order_by("-asked_at", "-id"))


def waiting_acts(limit: int) -> list[LedgerAct]:
    """Acts of the site that nobody has decided yet, the oldest first."""
    rows = LedgerAct.objects.filter(state=ActState.ASKED).select_related("item", "item__debtor")
    return list(rows.order_by("asked_at", "id")[:limit])


def usable_credits(item: Item, on: date) -> list[tuple[Item, int]]:
    """Credits of the same debtor, creditor and currency with something left, the oldest first."""
    rows = Item.objects.filter(
        debtor_id=item.debtor_id,
        creditor_id=item.creditor_id,
        currency=item.currency,
        withdrawn_rev=None,
        kind__in=(ItemKind.CREDIT_NOTE.value, ItemKind.UNAPPLIED_PAYMENT.value),
    ).order_by("invoice_on", "id")
    found = list(rows)
    moved: dict[UUID, list[tuple[date, int]]] = {}
    for item_id, day, minor in Posting.objects.filter(
        ~_BY_ORDER, item_id__in=[credit.id for credit in found], voided_rev=None
    ).values_list("item_id", "effective_on", "amount_minor"):
        moved.setdefault(item_id, []).append((day, -minor))
    left = [(credit, least_left(moved.get(credit.id, []), on)) for credit in found]
    return [(credit, minor) for credit, minor in left if minor]


def _live(item_id: UUID, *, by_people: bool = False) -> list[tuple[date, int]]:
    rows = Posting.objects.filter(item_id=item_id, voided_rev=None, account=Account.RECEIVABLE.value)
    if by_people:
        rows = rows.exclude(_BY_ORDER)
    return list(rows.values_list("effective_on", "amount_minor"))
