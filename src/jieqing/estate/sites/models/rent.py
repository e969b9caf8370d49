"""What a tenant owes the platform itself: terms, invoices, what was received. Never clients' money."""

from django.db import models

from jieqing.estate.sites.engine.rent import PLANS
from jieqing.plumbing.db.models import SiteModel

_PLANS = [(plan.code, plan.name_zh) for plan in PLANS.values()]


class RentTerm(SiteModel):
    """Rent runs under a plan from a day on; ``until_on`` is the first day on which it no longer does."""

    plan = models.CharField(max_length=16, choices=_PLANS)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    at = models.DateTimeField()
    by = models.UUIDField()
    entry_id = models.UUIDField()

    class Meta:
        db_table = "sites_rent_term"
        constraints = [
            models.UniqueConstraint(
                fields=["site_id"], condition=models.Q(until_on__isnull=True), name="sites_rent_term_open"
            )
        ]


class Invoice(SiteModel):
    """One period's rent: [from_on, until_on), numbered without gaps within the site. Credits are negative."""

    number = models.PositiveIntegerField()
    plan = models.CharField(max_length=16, choices=_PLANS)
    from_on = models.DateField()
    until_on = models.DateField()
    amount_fen = models.BigIntegerField()
    issued_on = models.DateField()
    due_on = models.DateField()
    entry_id = models.UUIDField()

    class Meta:
        db_table = "sites_invoice"
        constraints = [
            models.UniqueConstraint(fields=["site_id", "number"], name="sites_invoice_number"),
            # The job may run twice at once: one period is billed once.
            models.UniqueConstraint(
                fields=["site_id", "from_on"],
                condition=models.Q(amount_fen__gte=0),
                name="sites_invoice_period",
            ),
            models.CheckConstraint(
                condition=models.Q(from_on__lt=models.F("until_on")), name="sites_invoice_order"
            ),
        ]

    @property
    def reference(self) -> str:
        """What the tenant writes on the transfer."""
        return f"{self.from_on:%Y%m}-{self.number:04d}-{self.site_id.hex[-6:].upper()}"


class InvoicePayment(SiteModel):
    """An invoice marked as received, by the reference of a line in the platform's own bank account."""

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="payments")
    bank_reference = models.CharField(max_length=60)
    received_on = models.DateField()
    at = models.DateTimeField()
    by = models.UUIDField()
    entry_id = models.UUIDField()

    class Meta:
        db_table = "sites_invoice_payment"
        constraints = [
            models.UniqueConstraint(fields=["site_id", "invoice"], name="sites_invoice_payment_once"),
            models.UniqueConstraint(fields=["site_id", "bank_reference"], name="sites_invoice_payment_line"),
        ]


class InvoiceNotice(SiteModel):
    """That the tenant was told about an invoice, once for each occasion."""

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="+")
    occasion = models.CharField(max_length=16)
    notice_id = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        db_table = "sites_invoice_notice"
        constraints = [
            models.UniqueConstraint(fields=["invoice", "occasion"], name="sites_invoice_notice_once")
        ]


class Export(SiteModel):
    """A full export that the owner asked for: made by a job, taken by the owner, deleted after its days."""

    requested_by = models.UUIDField()
    at = models.DateTimeField()
    entry_id = models.UUIDField()
    finished_at = models.DateTimeField(null=True, blank=True)
    size_bytes = models.BigIntegerField(null=True, blank=True)
    digest = models.BinaryField(null=True)
    problem = models.CharField(max_length=60, blank=True)

    class Meta:
        db_table = "sites_export"
