"""What people decided about items: write-off, application of a credit, recovery, set-off.

The money stands in postings of the act's own revision; this row says why, who asked and who approved. What was asked
never changes; only its outcome is written, and a write-off is decided by a second person: the database says so too.
"""

from django.db import models
from django.db.models import F, Q

from jieqing.claims.receivables.engine.acts import ActKind
from jieqing.plumbing.db.models import SiteModel


class ActState(models.TextChoices):
    ASKED = "asked", "待批准"
    STANDING = "standing", "已入账"
    REFUSED = "refused", "未批准"
    TAKEN_BACK = "taken_back", "已撤回"


class LedgerAct(SiteModel):
    """One act on ``item``; ``credit`` is what an application or recovery uses up. ``revision`` holds its postings."""

    kind = models.CharField(max_length=12, choices=[(one.value, one.value) for one in ActKind])
    item = models.ForeignKey(
        "receivables.Item", on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    credit = models.ForeignKey(
        "receivables.Item",
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    amount_minor = models.BigIntegerField()
    effective_on = models.DateField()
    reason = models.CharField(max_length=200)
    # The document a set-off rests on, and when the debtor was told.
    reference = models.CharField(max_length=120, blank=True)
    notice_on = models.DateField(null=True)
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField()
    state = models.CharField(max_length=12, choices=ActState.choices)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    revision = models.IntegerField(null=True)
    back_revision = models.IntegerField(null=True)

    class Meta:
        db_table = "receivables_act"
        indexes = [
            models.Index(fields=["site_id", "item"], name="receivables_act_item"),
            models.Index(fields=["site_id", "credit"], name="receivables_act_credit"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="receivables_act_positive"),
            models.CheckConstraint(
                condition=~Q(kind="write_off") | Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                name="receivables_act_four_eyes",
            ),
        ]
