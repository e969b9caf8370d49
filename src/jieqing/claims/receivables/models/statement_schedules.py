"""Statements that are made every month without being asked for: a name, a filter, a day; ended, never deleted."""

from django.db import models
from django.db.models import Q

from jieqing.plumbing.db.models import SiteModel


class StatementSchedule(SiteModel):
    """On ``day_of_month`` (the last day in a shorter month) statements as of the day before, for all that match.

    ``next_on`` is the day on which it runs next; a worker that was away runs it once, not once for each missed month.
    """

    name = models.CharField(max_length=80)
    wanted = models.JSONField()
    lang = models.CharField(max_length=2)
    day_of_month = models.SmallIntegerField()
    next_on = models.DateField()
    last_run = models.ForeignKey(
        "receivables.StatementRun", null=True, on_delete=models.PROTECT, related_name="+"
    )
    last_problem = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    class Meta:
        db_table = "receivables_statement_schedule"
        constraints = [
            models.UniqueConstraint(
                fields=["site_id", "name"],
                condition=Q(ended_at__isnull=True),
                name="receivables_schedule_name",
            ),
            models.CheckConstraint(
                condition=Q(day_of_month__gte=1, day_of_month__lte=31), name="receivables_schedule_day"
            ),
        ]
