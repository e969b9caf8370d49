"""The published one-year LPR as this platform knows it: a row for each thing somebody said, and who vouched for it.

A correction is another row of the same month; nothing is overwritten. What a month is worth is the publication that was
confirmed last. Platform tables: the LPR is public and the same for every site.
"""

from django.db import models

from jieqing.plumbing.db.models import PlatformModel
from jieqing.plumbing.db.platform_tables import declare


class LprState(models.TextChoices):
    PROPOSED = "proposed", "待核实"
    CONFIRMED = "confirmed", "已核实"


class LprMonth(PlatformModel):
    """One publication as somebody read it; rates are fractions of one."""

    published_on = models.DateField()
    one_year_rate = models.DecimalField(max_digits=8, decimal_places=7)
    five_year_rate = models.DecimalField(max_digits=8, decimal_places=7)
    source = models.CharField(max_length=200)

    class Meta:
        db_table = "entitlements_lpr_month"
        indexes = [models.Index(fields=["-published_on"], name="entitlements_lpr_newest")]

    @property
    def month(self) -> str:
        return f"{self.published_on:%Y-%m}"


class LprMonthState(PlatformModel):
    """Proposed or confirmed: by whom (nobody: this version shipped it), when, why."""

    publication = models.ForeignKey(LprMonth, on_delete=models.PROTECT, related_name="states")
    state = models.CharField(max_length=10, choices=LprState.choices)
    at = models.DateTimeField()
    by_id = models.UUIDField(null=True)
    why = models.CharField(max_length=200)
    entry_id = models.UUIDField(null=True)

    class Meta:
        db_table = "entitlements_lpr_month_state"
        constraints = [
            # Two operators at once: the second is told that it is done.
            models.UniqueConstraint(fields=["publication", "state"], name="entitlements_lpr_state_once")
        ]


declare("entitlements_lpr_month", "the LPR is public and the same for every site")
declare("entitlements_lpr_month_state", "who runs the platform vouches for the LPR; no site does")
