"""The order of appropriation as the site set it, and what went where by it.

An order is a version: the newest row that has begun holds for payments of its days, of one creditor or of all; older rows
tell what was. ``Appropriation`` rows are the applications of a replay: each part of a payment on a part of a document, by
the revision that said so until the revision that said otherwise. The money stands in postings of kind *appropriation*.
"""

from django.db import models
from django.db.models import F, Q

from jieqing.claims.receivables.engine.appropriation_facts import Order
from jieqing.plumbing.db.models import SiteModel


class AppropriationOrder(SiteModel):
    """Between debts and within a debt; ``within`` are names of parts, the first is taken first."""

    number = models.IntegerField()
    creditor = models.ForeignKey(
        "parties.Party",
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    between = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Order])
    within = models.JSONField()
    covers_booked = models.BooleanField()
    effective_from = models.DateField()
    reason = models.CharField(max_length=200)
    set_at = models.DateTimeField()
    set_by = models.UUIDField()
    entry_id = models.UUIDField()

    class Meta:
        db_table = "receivables_appropriation_order"
        constraints = [
            models.UniqueConstraint(
                fields=["site_id", "number"], name="receivables_appropriation_order_number"
            ),
        ]


class Appropriation(SiteModel):
    """``home`` is the item on which the money stands; ``part`` what of the document it covers."""

    home = models.ForeignKey(
        "receivables.Item", on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    document = models.ForeignKey(
        "receivables.Item", on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    part = models.SmallIntegerField()
    effective_on = models.DateField()
    amount_minor = models.BigIntegerField()
    recorded_rev = models.IntegerField()
    voided_rev = models.IntegerField(null=True)

    class Meta:
        db_table = "receivables_appropriation"
        indexes = [
            models.Index(fields=["site_id", "document"], name="receivables_appropriated_to"),
            models.Index(fields=["site_id", "home"], name="receivables_appropriated_from"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(amount_minor=0), name="receivables_appropriation_not_zero"),
            models.CheckConstraint(
                condition=Q(voided_rev__isnull=True) | Q(voided_rev__gt=F("recorded_rev")),
                name="receivables_appropriation_voided_later",
            ),
        ]
