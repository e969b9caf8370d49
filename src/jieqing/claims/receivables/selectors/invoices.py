"""What an e-invoice says beyond its item, and which red and blue invoices belong together."""

from dataclasses import dataclass

from jieqing.claims.receivables.models import EInvoice, Item


@dataclass(frozen=True, slots=True)
class InvoiceFacts:
    """``originals``: the blue invoices that this red one takes back; ``reds``: the red ones that take this one back."""

    invoice: EInvoice
    originals: tuple[Item, ...]
    reds: tuple[Item, ...]


def invoice_of(item: Item) -> InvoiceFacts | None:
    """The newest e-invoice behind an item, None for items of ordinary tables."""
    own = EInvoice.objects.filter(item_id=item.id).order_by("-entered_rev").first()
    if own is None:
        return None
    originals: tuple[Item, ...] = ()
    if own.original_number:
        blue = Item.objects.filter(
            creditor_id=item.creditor_id, document_number=own.original_number, withdrawn_rev=None
        )
        originals = tuple(blue.order_by("id")[:5])
    linked = EInvoice.objects.filter(original_number=item.document_number).values("item_id")
    reds = Item.objects.filter(id__in=linked, creditor_id=item.creditor_id, withdrawn_rev=None)
    return InvoiceFacts(own, originals, tuple(reds.order_by("invoice_on", "id")[:50]))
