"""The reporting currency and the rates as people entered them; a correction is another row, the last entered one holds."""

from django.db import models
from django.db.models import F, Q

from jieqing.plumbing.db.models import SiteModel


class ReportingCurrency(SiteModel):
    """In what the site reports from now on; the newest row is in force."""

    currency = models.CharField(max_length=3)
    set_at = models.DateTimeField()
    set_by = models.UUIDField()
    entry_id = models.UUIDField()

    class Meta:
        db_table = "exchange_reporting_currency"
        indexes = [models.Index(fields=["site_id", "set_at"], name="exchange_currency_newest")]


class ExchangeRate(SiteModel):
    """One unit of ``base`` in ``quote`` on a day."""

    base = models.CharField(max_length=3)
    quote = models.CharField(max_length=3)
    on = models.DateField()
    rate = models.DecimalField(max_digits=20, decimal_places=10)
    source = models.CharField(max_length=120)
    entered_at = models.DateTimeField()
    entered_by = models.UUIDField()
    entry_id = models.UUIDField()

    class Meta:
        db_table = "exchange_rate"
        indexes = [models.Index(fields=["site_id", "quote", "base", "on"], name="exchange_rate_of_day")]
        constraints = [
            models.CheckConstraint(condition=Q(rate__gt=0), name="exchange_rate_positive"),
            models.CheckConstraint(condition=~Q(base=F("quote")), name="exchange_rate_two_currencies"),
        ]
