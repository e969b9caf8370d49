"""Charges: under which terms they run, on which days they were accrued, what was decided about them and by whom.

The money itself stands in postings on the account of charges; these rows say why. Two people stand behind every fee,
waiver and cancellation: the database refuses a decision by the one who asked.
"""

from django.db import models
from django.db.models import F, Q

from jieqing.claims.receivables.engine.accruing import ChargeMode
from jieqing.claims.receivables.engine.charge_plan import DecisionKind
from jieqing.plumbing.db.models import SiteModel


class DecisionState(models.TextChoices):
    ASKED = "asked", "待批准"
    APPROVED = "approved", "已批准"
    REFUSED = "refused", "未批准"
    TAKEN_BACK = "taken_back", "已撤回"


class ChargeTerms(SiteModel):
    """What runs on late items from now on; the newest row of a site is in force, the older ones tell what was."""

    number = models.IntegerField()
    mode = models.CharField(max_length=12, choices=[(one.value, one.value) for one in ChargeMode])
    claim_kind = models.CharField(max_length=16)
    rate = models.DecimalField(max_digits=12, decimal_places=8, null=True)
    penalty_rate = models.DecimalField(max_digits=12, decimal_places=8, null=True)
    rate_basis = models.CharField(max_length=8, blank=True)
    late_multiple = models.DecimalField(max_digits=4, decimal_places=2, null=True)
    reason = models.CharField(max_length=200)
    set_at = models.DateTimeField()
    set_by = models.UUIDField()
    entry_id = models.UUIDField()

    class Meta:
        db_table = "receivables_charge_terms"
        constraints = [
            models.UniqueConstraint(fields=["site_id", "number"], name="receivables_charge_terms_number"),
        ]


class ChargeRun(SiteModel):
    """A day up to which charges were accrued: once for a site, however often it is asked for."""

    until_on = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.UUIDField()

    class Meta:
        db_table = "receivables_charge_run"
        constraints = [
            models.UniqueConstraint(fields=["site_id", "until_on"], name="receivables_charge_run_once"),
        ]


class ChargeDecision(SiteModel):
    """A fee, waiver or cancellation on one item: asked by one person, decided by another."""

    item = models.ForeignKey(
        "receivables.Item", on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    kind = models.CharField(max_length=12, choices=[(one.value, one.value) for one in DecisionKind])
    amount_minor = models.BigIntegerField()
    effective_on = models.DateField()
    reason = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField()
    state = models.CharField(max_length=12, choices=DecisionState.choices, default=DecisionState.ASKED)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)

    class Meta:
        db_table = "receivables_charge_decision"
        indexes = [models.Index(fields=["site_id", "item"], name="receivables_decision_item")]
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="receivables_decision_positive"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                name="receivables_decision_four_eyes",
            ),
        ]
