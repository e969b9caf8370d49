"""What an e-invoice says beyond its item: its own file, its net and tax, and the blue invoice that a red one takes back."""

from django.db import models

from jieqing.plumbing.db.models import SiteModel


class EInvoice(SiteModel):
    """The e-invoice that made ``item``. Never changed: another invoice is another item.

    ``signature`` says honestly what was done about a seal or signature: "" there is none, "not_verified" there is one.
    """

    item = models.ForeignKey(
        "receivables.Item", on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    batch = models.ForeignKey(
        "receivables.ImportBatch", on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    number = models.CharField(max_length=120)
    original_number = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=60)
    seller_name = models.CharField(max_length=200, blank=True)
    seller_tax_id = models.CharField(max_length=60, blank=True)
    buyer_tax_id = models.CharField(max_length=60, blank=True)
    net_minor = models.BigIntegerField(null=True)
    tax_minor = models.BigIntegerField(null=True)
    signature = models.CharField(max_length=20, blank=True)
    file_name = models.CharField(max_length=255)
    file_key = models.CharField(max_length=120, blank=True)
    entered_rev = models.IntegerField()

    class Meta:
        db_table = "receivables_e_invoice"
        constraints = [
            models.UniqueConstraint(
                fields=["site_id", "item", "entered_rev"], name="receivables_e_invoice_once"
            ),
        ]
        indexes = [
            # Which red invoices take a blue one back.
            models.Index(
                fields=["site_id", "original_number"],
                condition=~models.Q(original_number=""),
                name="receivables_e_invoice_red",
            ),
        ]
