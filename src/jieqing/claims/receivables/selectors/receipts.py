"""What a revision that covered debts was for: a bank line or a bill, by item."""

from uuid import UUID

from jieqing.claims.receivables.engine.accounts import PostingKind
from jieqing.claims.receivables.models import Posting

_COVERING = (PostingKind.PAYMENT.value, PostingKind.ACCEPTANCE_BILL.value)


def covered_by_revision(revision: int) -> list[tuple[UUID, str, int]]:
    """Item, document number and amount of each part, ended ones included."""
    rows = Posting.objects.filter(recorded_rev=revision, kind__in=_COVERING).order_by("id")
    told = rows.values_list("item_id", "item__document_number", "amount_minor")
    return [(item, number, -minor) for item, number, minor in told]
