"""What somebody recorded about a claim's days: terms to watch, acts that interrupt limitation, alarms that rang.

The days themselves are never stored: they are computed from these facts each time, so that a better calendar or a later
payment is heard at once. A record ends with a reason; nothing is rewritten.
"""

from django.db import models
from django.db.models import Q

from jieqing.plumbing.db.models import SiteModel

TEXT_CHARS_MAX = 300


class Record(SiteModel):
    """Who recorded it, and how it ended."""

    note = models.CharField(max_length=TEXT_CHARS_MAX)
    at = models.DateTimeField()
    by = models.UUIDField()
    entry_id = models.UUIDField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    end_reason = models.CharField(max_length=TEXT_CHARS_MAX, blank=True)
    end_entry_id = models.UUIDField(null=True)

    class Meta:
        abstract = True


class Watch(Record):
    """A term that runs from a day: of one document (``item_id``) or of everything the debtor owes."""

    debtor = models.ForeignKey(
        "parties.Party", on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    item_id = models.UUIDField(null=True)
    kind = models.CharField(max_length=32)
    start_on = models.DateField()
    guarantee_kind = models.CharField(max_length=8, blank=True)
    agreed_until = models.DateField(null=True)

    class Meta:
        db_table = "deadlines_watch"
        indexes = [
            # The live ones are few: list, desk, bell and the morning's round read them all.
            models.Index(
                fields=["site_id", "debtor"], condition=Q(ended_at__isnull=True), name="deadlines_watch_live"
            ),
        ]


class LimitationAct(Record):
    """An act about a document's limitation with the paper at hand; a proceeding may still be pending."""

    item_id = models.UUIDField()
    act = models.CharField(max_length=24)
    material = models.CharField(max_length=24)
    on = models.DateField()
    ended_on = models.DateField(null=True)
    new_due_on = models.DateField(null=True)
    is_pending = models.BooleanField(default=False)

    class Meta:
        db_table = "deadlines_act"
        indexes = [
            models.Index(
                fields=["site_id", "item_id"], condition=Q(ended_at__isnull=True), name="deadlines_act_live"
            ),
        ]


class Rung(SiteModel):
    """An alarm that was told, once: ``watch_id`` or ``item_id`` (limitation), which day it was about, to how many people."""

    watch_id = models.UUIDField(null=True)
    item_id = models.UUIDField(null=True)
    code = models.CharField(max_length=48)
    last_day = models.DateField()
    alarm_on = models.DateField()
    told = models.SmallIntegerField()
    at = models.DateTimeField()
    entry_id = models.UUIDField()

    class Meta:
        db_table = "deadlines_rung"
        constraints = [
            models.UniqueConstraint(
                fields=["site_id", "watch_id", "item_id", "code", "last_day", "alarm_on"],
                nulls_distinct=False,
                name="deadlines_rung_once",
            ),
        ]
