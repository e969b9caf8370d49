"""Bills and their steps. What stands on a bill never changes; its life is a row for each step, the newest one is its state."""

from django.db import models
from django.db.models import Q

from jieqing.claims.bills.engine.bills import BillKind, Step
from jieqing.plumbing.db.models import SiteModel


class Bill(SiteModel):
    """One bill as its face says it. ``revision`` of the ledger holds what it covered."""

    debtor = models.ForeignKey(
        "parties.Party", on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    kind = models.CharField(max_length=12, choices=[(one.value, one.value) for one in BillKind])
    number = models.CharField(max_length=40)
    drawer = models.CharField(max_length=120)
    acceptor = models.CharField(max_length=120)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    due_on = models.DateField()
    received_on = models.DateField()
    revision = models.IntegerField()

    class Meta:
        db_table = "bills_bill"
        indexes = [models.Index(fields=["site_id", "debtor"], name="bills_bill_debtor")]
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="bills_bill_positive"),
        ]


class BillStep(SiteModel):
    """Who did what with a bill, when, and why; ``revision`` when it changed the ledger."""

    bill = models.ForeignKey(Bill, on_delete=models.PROTECT, related_name="steps")
    number = models.SmallIntegerField()
    step = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Step])
    on = models.DateField()
    note = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.UUIDField()
    revision = models.IntegerField(null=True)
    entry_id = models.UUIDField()

    class Meta:
        db_table = "bills_step"
        constraints = [
            models.UniqueConstraint(fields=["bill", "number"], name="bills_step_number"),
        ]
