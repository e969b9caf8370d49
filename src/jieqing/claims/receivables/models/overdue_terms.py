"""From which day on documents are late: versions of a site's terms, or of one creditor's."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from jieqing.claims.receivables.engine.overdue_terms import GRACE_DAYS_MAX
from jieqing.plumbing.db.models import SiteModel


class OverdueTermsVersion(SiteModel):
    """``grace_days`` None: this creditor follows the site again. ``shifts`` is the calendar that was published then."""

    number = models.IntegerField()
    creditor = models.ForeignKey(
        "parties.Party",
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    grace_days = models.SmallIntegerField(null=True)
    shifts = ArrayField(models.SmallIntegerField(), default=list)
    effective_from = models.DateField()
    recorded_rev = models.IntegerField()
    reason = models.CharField(max_length=200)
    set_at = models.DateTimeField()
    set_by = models.UUIDField()
    entry_id = models.UUIDField()

    @property
    def is_rolling(self) -> bool:
        return bool(self.shifts)

    class Meta:
        db_table = "receivables_overdue_terms"
        constraints = [
            models.UniqueConstraint(fields=["site_id", "number"], name="receivables_overdue_terms_number"),
            models.CheckConstraint(
                condition=Q(grace_days__isnull=True) | Q(grace_days__gte=0, grace_days__lte=GRACE_DAYS_MAX),
                name="receivables_overdue_terms_bounds",
            ),
            models.CheckConstraint(
                condition=Q(grace_days__isnull=False) | Q(creditor__isnull=False),
                name="receivables_overdue_terms_of_site",
            ),
        ]
